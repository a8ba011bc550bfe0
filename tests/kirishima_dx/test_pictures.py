"""Pictures: words never lie upon each other, however wide the picture is drawn; scales count in whole steps."""

from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kirishima_dx.closed_set import Traits
from kirishima_dx.days import months_before
from kirishima_dx.fiscal_year import first_day
from kirishima_dx.pictures.bars import Sign, segments
from kirishima_dx.pictures.labels import GAP, placed
from kirishima_dx.pictures.scale import EDGE, NARROW, Days, whole_ticks
from kirishima_dx.pictures.time_rows import TimeRow, labels, time_rows

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
NAMED_DAYS = st.lists(st.tuples(DAYS, st.text("あ定R8.9△ ", min_size=1, max_size=20)), max_size=12)
STRETCH = st.floats(1, 6)


@given(
    st.lists(st.tuples(st.floats(0, NARROW), st.text("あR8末.", min_size=1, max_size=20))), STRETCH
)
def test_words_never_overlap_nor_leave_the_picture(
    wanted: list[tuple[float, str]], stretch: float
) -> None:
    found = placed(wanted)

    assert sorted(label.words for label in found) == sorted(words for _, words in wanted)
    for label in found:
        left, right = label.span(stretch)
        assert left >= -0.01
        assert right <= NARROW * stretch + 0.01
    for one, other in combinations(found, 2):
        if one.row == other.row:
            (left, right), (begin, end) = sorted((one.span(stretch), other.span(stretch)))
            assert right + GAP <= begin + 0.01, (left, right, begin, end)


@settings(max_examples=50)
@given(NAMED_DAYS, DAYS)
def test_a_row_is_as_high_as_its_words_and_the_years_have_room(
    named: list[tuple[date, str]], today: date
) -> None:
    days = Days.around([*(day for day, _ in named), today])
    row = TimeRow("期限", "", labels=labels(days, named))
    drawn = time_rows([row], days, today, [(today, "第2.0版")])

    assert all(label.y < row.height for label in row.labels)
    assert all(label.y < drawn.height for label in drawn.heads)
    for one, other in combinations(drawn.heads, 2):
        if one.y == other.y:
            assert one.span()[1] <= other.span()[0] or other.span()[1] <= one.span()[0]


@given(st.lists(DAYS, min_size=2, max_size=9))
def test_days_stand_in_their_order_between_the_edges(told: list[date]) -> None:
    days = Days.around(told)
    places = [days.on(day) for day in sorted(told)]

    assert places == sorted(places)
    assert places[0] >= EDGE
    assert places[-1] <= NARROW - EDGE
    assert all(abs(days.on(first_day(year)) - days.at(year)) < 0.01 for year in days.years)


@given(st.integers(0, 100_000))
def test_a_scale_has_few_whole_steps_and_reaches_the_top(top: int) -> None:
    ticks = whole_ticks(top)

    assert len(ticks) <= 6
    assert ticks[0] == 0
    assert ticks[-1] >= max(top, 1)
    assert len({after - before for before, after in pairwise(ticks)}) == 1


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.integers(0, 60))
def test_a_bar_is_as_long_as_its_number(counts: list[int], more: int) -> None:
    signs = [Sign.of(str(n), f"語{n}", Traits(meaning="")) for n, _ in enumerate(counts)]
    whole = sum(counts) + more
    parts = list(segments(signs, counts, whole=whole))

    assert [part.count for part in parts] == [count for count in counts if count]
    assert all(abs(part.width - NARROW * part.count / whole) < 0.01 for part in parts)
    assert all(abs(a.x + a.width - b.x) < 0.02 for a, b in pairwise(parts))


@given(DAYS, st.integers(1, 24))
def test_so_many_months_before_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    before = months_before(day, months)

    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1
