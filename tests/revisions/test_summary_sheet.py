"""改定の概要 on paper: one sheet, the weightiest changes first, and nothing left out in silence."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from compare_cast import add, axis_of, change
from django.conf import settings
from django.test import Client
from draft_cast import write_section
from hypothesis import given
from hypothesis import strategies as st

from people.models import User
from plans.models import Edition
from revisions.actions.amending_axes import amend_add_axis, amend_move_axis
from revisions.enums import AmendmentKind
from revisions.papers.paper import NARROW, ems, fitted, lines_for
from revisions.papers.remarks import Given, Remarks
from revisions.papers.sheet import (
    AROUND,
    LABEL_WIDTH,
    LINE,
    REASON_WIDTH,
    SHEET,
    WHAT_WIDTH,
    SheetRow,
    sheet_of,
)
from revisions.papers.summary import ChangeLine, RevisionSummary, summary_of
from revisions.queries.revisions import revision

ClientOf = Callable[[User | None], Client]
URL = "/editions/compare/1.0/1.1/summary/"
PAPER = (210 - 2 * 16) / 25.4 * 72
"""Points between the margins of A4, from left to right."""
LONG = "市民の声と照会への回答を受けて、窓口の案内と手続きの流れを見直すため。" * 12


def test_the_measures_are_those_of_the_style_sheet() -> None:
    """Larger letters there must reach the sheet, which would grow to two."""
    style = (settings.BASE_DIR / "static/css/revisions/compare.css").read_text(encoding="utf-8")
    found = re.search(
        r"\.summary :is\(\.table, .*font-size: (\d+)pt; line-height: ([\d.]+);", style
    )
    assert found is not None
    letter, line_height = float(found[1]), float(found[2])
    assert pytest.approx(letter * line_height) == LINE
    assert (LABEL_WIDTH + WHAT_WIDTH + REASON_WIDTH) * letter < PAPER


def line(reason: str = "改めるため。", *, times: int = 1, label: str = "1-A-1 窓口") -> ChangeLine:
    reasons = tuple(Given(reason, at=datetime(2026, 10, 1, tzinfo=UTC)) for _ in range(times))
    remarks = Remarks((AmendmentKind.REWORD,), reasons=reasons)
    return ChangeLine(label, ("「甲」を「乙」に",), remarks, counted_as=("文言変更",), unit="項目")


def summary_with(lines: Sequence[ChangeLine], renumbered: int = 0) -> RevisionSummary:
    new = SimpleNamespace(plan=SimpleNamespace(name="ためし町DX計画"), is_draft=True)
    some = cast(Any, new)  # Of the edition, only these are asked.
    return RevisionSummary(some, some, [], [], list(lines), renumbered, [], [])


def on_paper(rows: Sequence[SheetRow]) -> list[SheetRow]:
    return [row for row in rows if row.is_on_paper]


# How much room words take


def test_words_are_as_wide_as_their_letters() -> None:
    assert ems("令和8年") == 3 + NARROW
    assert ems("DX") == 2


def test_a_latin_word_stays_whole_and_one_too_long_goes_on() -> None:
    assert lines_for(4, "計画のDX化") == 2
    assert lines_for(4, "計画がDXX") == 2
    assert lines_for(4, "あ" + "W" * 9) == 4
    assert lines_for(4, "あいう", "え") == 2
    assert lines_for(4, "") == 1


@given(st.text("あいA b。W\n", max_size=80), st.integers(3, 12), st.integers(1, 4))
def test_what_is_fitted_takes_no_more_lines_and_is_not_cut_in_silence(
    text: str, width: int, lines: int
) -> None:
    found = fitted(text, width, lines)
    assert found.whole == " ".join(text.split())
    assert lines_for(width, found.short) <= lines
    assert found.is_cut == found.short.endswith("…")
    assert found.whole.startswith(found.short.removesuffix("…"))


def test_what_stands_around_words_takes_of_their_room() -> None:
    alone, beside = (fitted("あ" * 30, 10, 2, around=around) for around in ("", "決定　"))
    assert (len(alone.short), len(beside.short)) == (20, 17)


# What stands on the sheet


@pytest.mark.parametrize("reason", ["改めるため。", LONG, "W" * 900])
@pytest.mark.parametrize("number", [1, 5, 18, 40, 150])
def test_all_that_is_on_paper_has_room_and_the_rest_is_counted(number: int, reason: str) -> None:
    sheet = sheet_of(summary_with([line(reason)] * number, renumbered=2))
    told = on_paper(sheet.rows)
    assert sum(row.height for row in told) <= SHEET - AROUND
    assert told == sheet.rows[: len(told)]
    rest = number - len(told)
    assert sheet.left_out == [*([f"文言変更 {rest}項目"] if rest else []), "番号の変更 2項目"]
    assert len(told) >= min(number, 10)


def test_few_changes_are_told_at_length_and_many_in_short() -> None:
    few, many = (sheet_of(summary_with([line(LONG)] * number)).rows for number in (2, 20))
    assert len(few[0].reasons[0].text.short) > 4 * len(many[0].reasons[0].text.short)
    assert many[0].height < 4 * LINE
    assert {row.reasons[0].text.whole for row in (*few, *many)} == {LONG}
    assert not many[-1].reasons[0].text.is_cut


def test_of_many_reasons_paper_tells_the_last_ones() -> None:
    (row,) = sheet_of(summary_with([line(times=5)])).rows
    assert (row.most_reasons, row.further, len(row.reasons)) == (2, 3, 5)
    (row,) = sheet_of(summary_with([line(times=2)])).rows
    assert row.further == 0


# A revision


def test_what_matters_most_stands_first(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    write_section(draft, "purpose", "書き改めた趣旨です。", by=secretariat)
    change(draft, secretariat)
    amend_add_axis(
        draft=draft,
        name="つながるまち",
        english="",
        tagline="",
        reason="加える。",
        by=secretariat,
    )
    lines = summary_of(revision(small_edition, draft)).lines
    assert [(one.label.split()[0], one.remarks.kinds[0].label) for one in lines] == [
        ("軸3", "新設"),
        ("1-A-3", "新設"),
        ("1-B-1", "終了"),
        ("1-A-2", "具体化（★解除）"),
        ("1-A-1", "文言変更"),
        ("①", "文言変更"),
    ]


def test_listed_and_left_out_add_up_to_the_counts(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    change(draft, secretariat)
    for number in range(40):
        add(draft, by=secretariat, title=f"新しい取組{number}")
    write_section(draft, "purpose", "書き改めた趣旨です。", by=secretariat)
    summary = summary_of(revision(small_edition, draft))
    sheet = sheet_of(summary)
    listed = Counter(name for row in on_paper(sheet.rows) for name in row.line.counted_as)
    found = (re.fullmatch(r"(.+) (\d+)(項目|か所)", words) for words in sheet.left_out)
    rest = Counter({one[1]: int(one[2]) for one in found if one})
    counts = {count.label: count.number for count in summary.counts if count.label != "同一"}
    assert listed + rest == Counter({**counts, "本文": 1})
    assert rest["本文"] == 1
    assert listed["新設"] >= 10


def test_the_number_alone_is_counted_on_paper_too(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    amend_move_axis(
        axis=axis_of(draft, "2"), after=None, opened_version=1, reason="先にする。", by=secretariat
    )
    sheet = sheet_of(summary_of(revision(small_edition, draft)))
    assert sheet.left_out == ["番号の変更 4項目"]


def test_the_screen_keeps_what_paper_leaves_out(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    for number in range(30):
        add(draft, by=secretariat, title=f"新しい取組{number}", reason=f"{LONG}{number}")
    page = client_of(secretariat).get(URL).content.decode()
    rows = re.findall(r"<tr( class=\"no-print\")?>\s*<th scope=\"row\">1-A-\d+ 新しい取組", page)
    assert len(rows) == 30
    beyond = sum(bool(hidden) for hidden in rows)
    assert beyond
    assert f"このほか、新設 {beyond}項目があります（新旧対照表に示します）。" in page
    assert all(f"{LONG}{number}<" in page for number in range(30))
    assert page.count('<span class="only-print">市民') == 30 - beyond


def test_a_change_that_fits_is_told_once(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    add(draft, by=secretariat, reason="始めるため。")
    page = client_of(secretariat).get(URL).content.decode()
    assert page.count("始めるため。") == 1
    assert "only-print" not in page
