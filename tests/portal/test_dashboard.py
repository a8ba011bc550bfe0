"""/dashboard/: each number is recounted from the rows (R3) and leads to exactly these (P2), on any day."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from beginnings import lasting
from django.http import QueryDict
from django.test import Client
from meeting_cast import decided
from query_counts import as_many_queries
from report_cast import published, seal
from time_machine import Traveller

from initiatives.actions.studying import ask_question, note_finding
from initiatives.enums import Freshness, freshness_on
from initiatives.filters import ItemFilter
from initiatives.late_items import LateItem
from initiatives.models import ProgressEntry
from kirishima_dx.moment import Moment
from kirishima_dx.pictures.picture import Number, Picture
from people.models import Department, User
from plans.models import Edition, FocusItem
from portal.queries.dashboard.ground import Ground
from portal.queries.dashboard.page import dashboard
from portal.queries.dashboard.slips import slips_picture
from reviews.actions.following_up import follow_up
from reviews.actions.publishing import withhold_report
from reviews.actions.reporting import open_correction, write_report
from reviews.enums import DecisionKind, FollowUpStep
from reviews.models import AnnualReport
from reviews.queries.reports import report_page

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
URL = "/dashboard/"
BEFORE, TODAY = date(2026, 10, 15), date(2026, 10, 16)
LATE = {
    "rating": "late",
    "delay_cause": "機器の納入が遅れた。",
    "countermeasure": "先に1か所で始める。",
}
OF_STAFF = ("問いから結論まで", "決めたことは、どれだけ")


@pytest.fixture
@lasting
def year(
    responsible: FocusItem,
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    editor: User,
    record: Record,
    frozen_clock: Traveller,
) -> AnnualReport:
    """A report is published; the day after, 1-A-1 slips, its question is asked and two things are decided."""
    other = FocusItem.objects.get(code="2-A-1")
    record(responsible, by=editor, new_due_date=date(2027, 3, 31), **LATE)
    record(other, by=secretariat, as_of=date(2025, 9, 30), status="operating")
    report = published(small_edition, secretariat)
    frozen_clock.move_to(datetime(2026, 10, 16, 1, 0, tzinfo=UTC))
    record(responsible, by=editor, as_of=TODAY, new_due_date=date(2027, 9, 30), **LATE)
    star = FocusItem.objects.get(code="1-A-2")
    study = ask_question(
        focus_item=star, question="どの窓口から", review_by=None, opened_version=0, by=secretariat
    )
    note_finding(study=study, text="聞き取りをした。", by=secretariat)
    decided(small_edition, secretariat, welfare, star, kind=DecisionKind.CONTINUE_STUDY)
    done = decided(small_edition, secretariat, welfare)
    follow_up(
        decision=done,
        step=FollowUpStep.ANSWERED,
        text="済ませた。",
        opened_number=0,
        seen_version=done.version,
        by=secretariat,
    )
    return report


def pictures(edition: Edition, at: Moment, **kept: str) -> dict[str, Picture]:
    found = dashboard(edition, at, kept, query="?on=x" if kept else "", for_staff=True)
    return {picture.key: picture for picture in found}


def numbers(picture: Picture) -> list[dict[str, Number]]:
    """Return the rows of a picture's table by their heads."""
    assert picture.numbers is not None
    heads = picture.numbers.heads
    return [
        {head: cell for head, cell in zip(heads, row, strict=True) if isinstance(cell, Number)}
        for row in picture.numbers.rows
    ]


def counted(picture: Picture) -> dict[str, int | str]:
    """Return the last row of a picture's table, without what is 0."""
    return {head: cell.value for head, cell in numbers(picture)[-1].items() if cell.value}


def linked(picture: Picture) -> Iterator[tuple[int, str]]:
    for row in numbers(picture):
        for cell in row.values():
            if isinstance(cell.value, int):
                assert cell.url or not cell.value, f"{cell.value} leads nowhere"
                if cell.url:
                    yield cell.value, cell.url


def rows_behind(url: str, edition: Edition, at: Moment) -> int:
    """Return how many rows the page shows to which an address leads."""
    address = urlsplit(url)
    asked = QueryDict(address.query)
    if address.path == "/items/":
        narrowed = ItemFilter(asked, edition=edition, at=at)
        assert narrowed.form.is_valid(), url
        return narrowed.qs.count()
    assert address.fragment == "progress"
    _, _, fiscal_year, number, _ = address.path.split("/")
    report = AnnualReport.objects.get(fiscal_year=fiscal_year, number=number)
    page = report_page(report, for_staff=False, rated=asked.get("rating", ""))
    return sum(len(group.rows) for group in page.layout.progress)


@pytest.mark.parametrize("day", [BEFORE, TODAY])
def test_each_number_leads_to_exactly_the_rows_that_it_counts(
    day: date, year: AnnualReport, small_edition: Edition
) -> None:
    at = Moment.end_of(day)
    kept = {} if day == TODAY else {"on": day.isoformat()}
    found = pictures(small_edition, at, **kept)

    told = [pair for key in ("status", "ratings", "freshness") for pair in linked(found[key])]
    assert len(told) > 20
    for count, url in told:
        assert rows_behind(url, small_edition, at) == count, url
        assert ("on=" in url) == bool(kept and url.startswith("/items/")), url
    for key in ("studies", "decisions"):
        picture = found[key].numbers
        assert picture is not None
        for _, count, *cells in picture.rows:
            linked_rows = [
                one for cell in cells if not isinstance(cell, Number) for one in cell if one.url
            ]
            assert isinstance(count, Number)
            assert count.value == len(linked_rows)


def test_the_numbers_are_those_of_the_rows_below(
    year: AnnualReport, small_edition: Edition
) -> None:
    found = pictures(small_edition, Moment.today())

    assert counted(found["status"]) == {
        "軸": "合計",
        "項目数": 4,
        "試行中": 1,
        "運用中": 1,
        "？未回答": 2,
    }
    assert counted(found["freshness"]) == {
        "軸": "合計",
        "項目数": 4,
        "3か月以内": 1,
        "1年より前": 1,
        "？未回答": 2,
    }
    of_report, *_, now = numbers(found["ratings"])
    assert (now["▲遅れている"].value, now["◎順調"].value) == (1, 1)
    document = report_page(year, for_staff=False).layout
    cells = (cell for group in document.progress for row in group.rows for cell in row)
    rated = Counter(part.text for cell in cells for part in cell if part.key == "rating")
    told = {head[1:]: cell.value for head, cell in of_report.items() if head[1:] in rated}
    assert told == rated
    assert [row["延びた月数"].value for row in numbers(found["slips"])] == [6]
    assert "いちばん延びたのは「1-A-1" in found["slips"].sentence
    assert "期限を過ぎたものはありません" in found["decisions"].sentence
    assert "決定・指示事項は2件です" in found["decisions"].sentence


def test_another_day_is_shown_as_it_was_known(year: AnnualReport, small_edition: Edition) -> None:
    before = pictures(small_edition, Moment.end_of(BEFORE), on=BEFORE.isoformat())
    earlier = pictures(small_edition, Moment.end_of(date(2026, 10, 14)), on="2026-10-14")

    assert [row["延びた月数"].value for row in numbers(before["slips"])] == [0]
    assert "1項目は、まだ問いが立っていません" in before["studies"].sentence
    assert before["decisions"].sentence == "対応を待っている決定・指示事項はありません。"
    assert [row["年度"].value for row in numbers(before["ratings"])] == ["令和8年度", "この日"]
    assert "公表した年次報告は、まだありません" in earlier["ratings"].sentence
    assert earlier["status"].sentence == "4項目のどれにも、まだ進捗の記録がありません。"
    assert earlier["slips"].drawing is None


def test_past_years_come_from_published_reports_that_are_not_withheld(
    year: AnnualReport, small_edition: Edition, secretariat: User
) -> None:
    def years() -> list[tuple[str, str]]:
        told = pictures(small_edition, Moment.today())["ratings"]
        return [(str(row["年度"].value), row["年度"].url) for row in numbers(told)[:-1]]

    draft = open_correction(report=year, reason="数の誤り", by=secretariat)
    draft = write_report(
        report=draft,
        overview="直した。",
        technology_trends="",
        national_trends="",
        opened_version=draft.version,
        by=secretariat,
    )
    seal(draft, secretariat)
    assert years() == [("令和8年度", "/reports/2026/1/")]
    withhold_report(report=year, reason="個人の名があった。", by=secretariat)
    assert years() == []


def test_everybody_sees_four_pictures_and_staff_two_more(
    year: AnnualReport, client_of: ClientOf, staff: User
) -> None:
    with as_many_queries(client_of(staff), URL, f"{URL}?on=2026-10-15", most=12):
        FocusItem.objects.get(code="1-B-1")
    to_staff = client_of(staff).get(URL).content.decode()
    to_all = client_of(None).get(URL).content.decode()

    assert all(words in to_staff for words in OF_STAFF)
    assert not any(words in to_all for words in (*OF_STAFF, "R8-1-1", "どの窓口から"))
    assert to_all.count('class="picture__question"') == 4
    assert re.findall(r' style="|<script(?! type="module" src=)', to_staff) == []
    told = client_of(None).get("/reports/2026/1/?rating=late").content.decode()
    assert "進捗評価が「遅れている」の1項目だけを表示しています" in told


def test_the_worst_are_drawn_and_the_number_leads_to_all(small_edition: Edition) -> None:
    late = [
        LateItem(
            code="",
            place=f"1-A-{number}",
            title="項目",
            is_study=False,
            rating="late",
            rating_label="遅れている",
            rating_mark="▲",
            department="福祉課",
            promises=(
                date(2026, 9, 30),
                date(2026 + (8 + number) // 12, (8 + number) % 12 + 1, 28),
            ),
        )
        for number in range(1, 26)
    ]

    picture = slips_picture(Ground(small_edition, Moment.today(), []), late)

    slipped = [row["延びた月数"].value for row in numbers(picture)]
    assert slipped == list(range(25, 5, -1))
    assert picture.drawing is not None
    assert len(picture.drawing.rows) == len(slipped)  # type: ignore[attr-defined]  # Rows of time.
    assert picture.links[0] == ("遅れている25項目の一覧", "/items/?rating=any_late")
    assert "20項目" in picture.note


def test_before_a_plan_is_loaded_the_page_says_so(db: None, client_of: ClientOf) -> None:
    assert "計画がまだありません" in client_of(None).get(URL).content.decode()


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (date(2026, 7, 15), Freshness.QUARTER),
        (date(2026, 7, 14), Freshness.HALF),
        (date(2025, 10, 15), Freshness.YEAR),
        (date(2025, 10, 14), Freshness.OLDER),
    ],
)
def test_how_old_a_statement_is_goes_by_the_calendar(as_of: date, told: Freshness) -> None:
    begin, end = told.days(BEFORE)

    assert freshness_on(BEFORE)(as_of) is told
    assert begin is None or begin <= as_of
    assert end is None or as_of < end
