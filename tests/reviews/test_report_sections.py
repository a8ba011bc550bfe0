"""The parts of a report's page: totals by department, change against last year, problems, decisions, and the ways."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from django.test import Client
from follow_cast import step
from meeting_cast import decide, held
from query_counts import asked_by_page
from report_cast import opened, publish, seal, sealed

from initiatives.models import Initiative, ProgressEntry
from initiatives.stated_column import Kind
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.enums import FollowUpStep
from reviews.models import AnnualReport, Decision
from reviews.queries.reports import report_document, report_page
from reviews.report.bars import totals
from reviews.report.changes_layout import comparison
from reviews.report.document import Cell, Column, ReportDocument, Table
from reviews.report.layout import layout
from rounds.actions.answers import send_answer
from rounds.actions.checking import accept_answer, reopen_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
PAGE = "/reports/2026/1/"


@pytest.fixture
@lasting
def two_years(responsible: FocusItem, record: Record, editor: User) -> FocusItem:
    """1-A-1 was on track, was put off twice and is late now; its 取組実績 is reworded, the rest said again."""
    late = {"delay_cause": "調整", "countermeasure": "人を増やす"}
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="三つの手続きで試行した。")
    record(
        responsible,
        by=editor,
        as_of=date(2026, 6, 30),
        rating="slightly_late",
        new_due_date=date(2026, 12, 28),
        **late,
    )
    record(
        responsible,
        by=editor,
        rating="late",
        status="preparing",
        achievements="五つの手続きで試行した。",
        new_due_date=date(2027, 3, 31),
        problem="人手が足りない。",
        for_headquarters=True,
        **late,
    )
    return responsible


def section(page: str, key: str) -> str:
    """Return one part of the page."""
    start = page.index(f'aria-labelledby="{key}"')
    return page[start : page.index("</section>", start)]


def text_of(client: Client, url: str = PAGE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_totals_of_departments_sum_only_at_the_end(
    small_edition: Edition, two_years: FocusItem, secretariat: User
) -> None:
    table = report_document(opened(small_edition, secretariat)).table("totals_by_department")
    assert table is not None
    drawn = totals(table)
    assert [(row.axis, row.count, row.is_sum) for row in drawn.rows] == [
        ("福祉課", 1, False),
        ("未設定", 3, False),
    ]
    assert (drawn.total.axis, drawn.total.count, drawn.total.is_sum) == ("合計", 4, True)
    assert not drawn.has_parts


def test_totals_of_policies_still_sum_axis_by_axis(
    small_edition: Edition, secretariat: User
) -> None:
    table = report_document(opened(small_edition, secretariat)).table("totals_by_rating")
    assert table is not None
    drawn = totals(table)
    assert [row.policy for row in drawn.rows if row.is_sum] == ["小計", "小計"]
    assert drawn.has_parts


def test_the_comparison_counts_and_tells_each_item(
    small_edition: Edition, two_years: FocusItem, secretariat: User
) -> None:
    drawn = comparison(report_document(opened(small_edition, secretariat)))
    assert drawn is not None
    assert [tally.summary for tally in drawn.tallies] == ["悪化1", "後退1"]
    (row,) = drawn.rows
    assert (row.rating.before.text, row.rating.now.text) == ("順調", "遅れている")
    assert (row.rating.change, row.rating.mark) == ("悪化", "↓")
    assert (row.status.change, row.status.mark) == ("後退", "↓")
    assert [(part.label, part.day) for part in row.dates] == [
        ("当初の期限", date(2026, 12, 28)),
        ("いまの期限", date(2027, 3, 31)),
    ]
    assert row.slips == Cell("1", 1)
    assert row.repeated == "評価理由、今後の取組"
    reworded = {one.label: [(run.kind, run.text) for run in one.runs] for one in row.rewordings}
    assert reworded == {
        "取組実績": [("old", "三"), ("new", "五"), ("same", "つの手続きで試行した。")],
        "課題": [("new", "人手が足りない。")],
    }
    assert (drawn.slipped, drawn.repeated) == (1, 1)


def test_the_page_of_the_comparison(
    small_edition: Edition, two_years: FocusItem, secretariat: User, client_of: ClientOf
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    part = section(text_of(client_of(None)), "changes")
    for words in (
        "<title>評価の変化の内訳：悪化1</title>",
        '<span class="report-move__mark" aria-hidden="true">↓</span> <strong>悪化</strong>',
        "延期1回",
        "<del>三</del><ins>五</ins>つの手続きで試行した。",
        'href="/items/1-A-1/"',
        'href="#item-1-A-1"',
    ):
        assert words in part, words
    assert "▲" not in part
    page = text_of(client_of(None))
    assert '<tr id="item-1-A-1">' in page
    assert "前年度の文言" not in page


def test_what_a_later_version_adds_is_shown_and_what_an_earlier_lacked_is_not_missed() -> None:
    """A sealed report may know other columns, words and tables than the program that shows it."""
    changes = Table(
        "changes",
        "前年度との比較",
        (
            Column("code", "番号"),
            Column("rating_change", "評価の変化", Kind.CHOICE, "rating_change"),
            Column("cost", "費用", Kind.WHOLE),
        ),
        ((Cell("1-A-1"), Cell("大きく改善", "much_better"), Cell("1,200円", 1200)),),
    )
    drawn = comparison(ReportDocument((), (changes,)))
    assert drawn is not None
    (row,) = drawn.rows
    assert [tally.summary for tally in drawn.tallies] == ["大きく改善1"]
    assert [(part.label, part.text) for part in row.others] == [("費用", "1,200円")]
    assert (row.rating.mark, row.rating.look, row.dates, row.rewordings) == ("", "other", [], [])
    other = Table("budget", "予算", (Column("sum", "合計"),), ((Cell("1", 1),),))
    drawn_page = layout(ReportDocument((), (other,)))
    assert drawn_page.others == [other]
    assert drawn_page.comparison is None


def test_the_contents_name_the_parts_in_the_order_of_the_page(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    page = text_of(client_of(None))
    _, _, after = page.partition('aria-label="この報告の内容"')
    contents, _, parts = after.partition("</nav>")
    named = re.findall(r'href="#([a-z_]+)"', contents)
    assert {"changes", "problems", "progress"} < set(named)
    places = [parts.index(f'id="{key}"') for key in named]
    assert places == sorted(places)


def test_the_same_words_in_another_order_of_years_are_no_change(
    small_edition: Edition, responsible: FocusItem, record: Record, secretariat: User
) -> None:
    record(responsible, by=secretariat, as_of=date(2026, 3, 31))
    record(responsible, by=secretariat)
    drawn = comparison(report_document(opened(small_edition, secretariat)))
    assert drawn is not None
    (row,) = drawn.rows
    assert (row.rating.change, row.rating.mark, row.rewordings) == ("変わらない", "＝", [])
    assert not row.has_slipped


def test_a_report_without_two_years_says_that_there_is_nothing_to_compare(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    page = text_of(client_of(None))
    assert "比べる記録がありません。" in section(page, "changes")
    assert "なし" in section(page, "problems")
    assert "なし" in section(page, "decisions")


def test_problems_are_numbered_for_the_sitting(
    small_edition: Edition, two_years: FocusItem, secretariat: User, client_of: ClientOf
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    part = section(text_of(client_of(None)), "problems")
    assert "<small>1件</small>" in part
    assert "人手が足りない。" in part
    assert "対応策：人を増やす" in part
    assert 'href="/items/1-A-1/"' in part


@pytest.fixture
def decision(
    small_edition: Edition, responsible: FocusItem, welfare: Department, secretariat: User
) -> Decision:
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 20))
    return decide(meeting, secretariat, welfare, focus_items=[responsible])


def test_staff_walk_from_a_decision_in_the_report_to_what_came_of_it(
    decision: Decision,
    small_edition: Edition,
    secretariat: User,
    staff: User,
    client_of: ClientOf,
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    link = f'<a href="{decision.get_absolute_url()}">{decision.code}</a>'
    assert link in section(text_of(client_of(staff)), "decisions")
    public = section(text_of(client_of(None)), "decisions")
    assert decision.get_absolute_url() not in public
    assert decision.code in public
    assert decision.text in public
    assert "対応中" in public


def test_a_sealed_report_tells_decisions_as_they_stood_on_its_day(
    decision: Decision, small_edition: Edition, secretariat: User, editor: User, client_of: ClientOf
) -> None:
    publish(sealed(small_edition, secretariat), secretariat)
    step(decision, FollowUpStep.ANSWERED, editor)
    step(decision, FollowUpStep.CLOSED, secretariat, "済んだため")
    part = section(text_of(client_of(None)), "decisions")
    assert "対応中" in part
    assert "決着の理由" in part
    assert "済んだため" not in part


def accepted(answer: Answer, content: AnswerContent, editor: User, secretariat: User) -> Answer:
    answer = send_answer(answer=answer, content=content, opened_revision=answer.revision, by=editor)
    initiative = Initiative.objects.get(pk=answer.initiative_id)
    return accept_answer(
        answer=answer,
        opened_revision=answer.revision,
        initiative_revision=initiative.revision,
        by=secretariat,
    )


def test_staff_walk_from_a_row_to_the_entry_and_the_answer_it_came_from(
    answer: Answer,
    content: Callable[..., AnswerContent],
    small_edition: Edition,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: ClientOf,
) -> None:
    """Both ways stay when the answer is reopened and accepted anew: the new entry corrects the reported one."""
    answer = accepted(answer, content(), editor, secretariat)
    report = opened(small_edition, secretariat)
    entry = f'href="/items/1-A-1/#entry-{answer.entry_id}"'
    asked = f'href="/rounds/{answer.round_id}/answers/1-A-1/"'
    draft = section(text_of(client_of(staff)), "progress")
    assert entry in draft
    assert asked in draft
    publish(seal(report, secretariat), secretariat)
    before = section(text_of(client_of(staff)), "progress")
    assert entry in before
    assert asked in before
    public = section(text_of(client_of(None)), "progress")
    assert entry not in public
    assert asked not in public
    answer = reopen_answer(
        answer=answer,
        reason="数字の誤り",
        due_on=date(2026, 10, 20),
        opened_revision=answer.revision,
        by=secretariat,
    )
    accepted(answer, content(outcome="直した成果"), editor, secretariat)
    assert section(text_of(client_of(staff)), "progress") == before


def test_a_published_page_is_read_in_six_queries_and_costs_staff_the_same_however_long(
    small_edition: Edition,
    responsible: FocusItem,
    record: Record,
    open_the_round: Callable[..., ReportingRound],
    welfare: Department,
    secretariat: User,
    staff: User,
    client_of: ClientOf,
) -> None:
    def cost(user: User | None, url: str) -> int:
        return len(asked_by_page(client_of(user), url))

    few = publish(sealed(small_edition, secretariat), secretariat)
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 20))
    for item in FocusItem.objects.all():
        record(item, by=secretariat, as_of=date(2026, 3, 31))
        record(item, by=secretariat, problem="課題", for_headquarters=True)
        decide(meeting, secretariat, welfare, text=f"{item}の指示", focus_items=[item])
    again = AnnualReport.objects.create(
        plan=few.plan,
        fiscal_year=2026,
        number=2,
        as_of=few.as_of,
        edition=few.edition,
        overview="総括",
        corrects=few,
        correction_reason="誤り",
        opened_at=few.opened_at,
        opened_by=secretariat,
    )
    many = publish(seal(again, secretariat), secretariat)
    assert len(report_page(many, for_staff=True).layout.lists[0].rows) == 4
    urls = [report.get_absolute_url() for report in (few, many)]
    few_cost, many_cost = (cost(None, url) for url in urls)
    assert few_cost == many_cost <= 6
    spent = [cost(staff, url) for url in urls]
    # A report without decisions or entries does not ask for them.
    assert spent[1] - spent[0] <= 2
