"""What a draft report lacks is named, each item with the way to where it is mended."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from query_counts import asked_by, assert_as_many
from report_cast import opened, seal

from initiatives.actions.departments import assign_departments
from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.reporting import change_as_of
from reviews.models import AnnualReport
from reviews.queries.gaps import GapGroup, report_gaps
from reviews.queries.reports import draft_report
from rounds.actions.answers import send_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

Record = Callable[..., ProgressEntry]


def gaps_of(report: AnnualReport) -> dict[str, GapGroup]:
    return {group.key: group for group in report_gaps(report, draft_report(report))}


def told(group: GapGroup) -> list[tuple[str, str, str]]:
    return [(gap.place, gap.note, gap.mend_url) for gap in group.gaps]


def test_silence_is_named_with_the_last_word(
    small_edition: Edition, responsible: FocusItem, record: Record, secretariat: User
) -> None:
    record(responsible, by=secretariat, as_of=date(2026, 3, 31))
    silent = gaps_of(opened(small_edition, secretariat))["silent"]
    assert told(silent) == [
        ("1-A-1", "最後の記録は令和8年3月31日現在", "/items/1-A-1/progress/"),
        ("1-A-2", "記録なし", "/items/1-A-2/progress/"),
        ("1-B-1", "記録なし", "/items/1-B-1/progress/"),
        ("2-A-1", "記録なし", "/items/2-A-1/progress/"),
    ]


def test_who_answers_for_nothing_is_named(
    small_edition: Edition, responsible: FocusItem, secretariat: User
) -> None:
    unassigned = gaps_of(opened(small_edition, secretariat))["unassigned"]
    assert told(unassigned) == [
        (code, "", f"/items/{code}/departments/") for code in ("1-A-2", "1-B-1", "2-A-1")
    ]


def test_what_cannot_be_rated_is_named(
    small_edition: Edition, responsible: FocusItem, record: Record, secretariat: User
) -> None:
    record(responsible, by=secretariat, rating="not_ratable", rating_reason="始めたばかり")
    gaps = gaps_of(opened(small_edition, secretariat))
    assert told(gaps["unrated"]) == [
        ("1-A-1", "記録は令和8年9月30日現在", "/items/1-A-1/progress/")
    ]
    assert "1-A-1" not in [gap.place for gap in gaps["silent"].gaps]


def test_an_answer_that_was_sent_and_not_accepted_is_named(
    small_edition: Edition,
    answer: Answer,
    content: Callable[..., AnswerContent],
    editor: User,
    secretariat: User,
) -> None:
    report = opened(small_edition, secretariat)
    assert "sent" not in gaps_of(report)
    send_answer(answer=answer, content=content(), opened_revision=answer.revision, by=editor)
    assert told(gaps_of(report)["sent"]) == [
        ("1-A-1", "令和8年度 上半期（提出済）", f"/rounds/{answer.round_id}/review/1-A-1/")
    ]


def test_a_record_from_before_the_period_that_was_asked_about_is_stale(
    small_edition: Edition,
    responsible: FocusItem,
    record: Record,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
) -> None:
    record(responsible, by=secretariat, as_of=date(2026, 6, 30))
    report = opened(small_edition, secretariat)
    assert "stale" not in gaps_of(report)
    asked = {"period_from": date(2026, 7, 1), "kind": "ad_hoc", "title": "臨時"}
    open_the_round(**asked)
    assert told(gaps_of(report)["stale"]) == [
        ("1-A-1", "記録は令和8年6月30日現在", "/items/1-A-1/progress/")
    ]


def test_the_same_words_as_last_year_are_named(
    small_edition: Edition, responsible: FocusItem, record: Record, secretariat: User
) -> None:
    record(responsible, by=secretariat, as_of=date(2026, 3, 31))
    entry = record(responsible, by=secretariat, rating="mostly_on_track")
    report = opened(small_edition, secretariat)
    assert told(gaps_of(report)["repeated"]) == [("1-A-1", "", "/items/1-A-1/progress/")]
    record(
        responsible, by=secretariat, as_of=date(2026, 10, 1), achievements=f"{entry.achievements}増"
    )
    report = change_as_of(
        report=report, as_of=date(2026, 10, 1), opened_version=report.version, by=secretariat
    )
    assert "repeated" not in gaps_of(report)


def test_the_page_leads_the_secretariat_to_where_it_is_mended(
    small_edition: Edition,
    responsible: FocusItem,
    secretariat: User,
    staff: User,
    client_of: Callable[[User | None], Client],
) -> None:
    report = opened(small_edition, secretariat)
    for leaf in ("", "seal/"):
        page = client_of(secretariat).get(f"{report.get_absolute_url()}{leaf}").content.decode()
        assert '<strong>未回答</strong> <span class="num">4項目</span>' in page
        assert 'href="/items/1-A-2/progress/"' in page
        assert 'href="/items/1-A-2/departments/"' in page
    page = client_of(staff).get(report.get_absolute_url()).content.decode()
    assert "<strong>未回答</strong>" in page
    assert 'href="/items/1-A-2/"' in page
    assert "/items/1-A-2/progress/" not in page
    sealed = seal(report, secretariat)
    page = client_of(secretariat).get(sealed.get_absolute_url()).content.decode()
    assert "/items/1-A-2/progress/" not in page


def test_gaps_cost_the_same_with_few_and_many(
    small_edition: Edition,
    responsible: FocusItem,
    record: Record,
    open_the_round: Callable[..., ReportingRound],
    content: Callable[..., AnswerContent],
    secretariat: User,
    editor: User,
) -> None:
    def cost() -> list[str]:
        compiled = draft_report(report)
        return asked_by(lambda: report_gaps(report, compiled))

    report = opened(small_edition, secretariat)
    few = cost()
    welfare = Department.objects.get(code="welfare")
    for item in FocusItem.objects.exclude(pk=responsible.pk):
        assign_departments(
            focus_item=item,
            lead=welfare,
            supporting=[],
            from_date=date(2026, 4, 1),
            reason="決定",
            opened_revision=0,
            by=secretariat,
        )
        record(item, by=secretariat, as_of=date(2026, 3, 31))
        record(item, by=secretariat)
    asked = open_the_round(period_from=date(2026, 7, 1))
    for answer in Answer.objects.with_names().filter(round=asked):
        send_answer(answer=answer, content=content(), opened_revision=answer.revision, by=editor)
    assert {"sent", "repeated", "silent"} == gaps_of(report).keys()
    assert_as_many(few, cost())
