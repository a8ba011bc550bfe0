"""★ items and the 改定の検討 in the report, before a meeting, on マイページ and on the page of an item."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from django.test import Client
from meeting_cast import COMING, PAST, decide, decided, held, planned, put, said
from query_counts import asked_by, assert_as_many
from report_cast import opened, publish, seal

from initiatives.actions.departments import assign_departments
from initiatives.actions.studying import ask_question, note_finding
from initiatives.models import Study
from kirishima_dx import clock
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.agenda import remove_agenda_item
from reviews.actions.considering import record_consideration
from reviews.actions.meetings import Sitting, change_meeting
from reviews.actions.minutes import closing_obstacles
from reviews.enums import AgendaKind, ConsiderationOutcome, DecisionKind, StudyStanding
from reviews.errors import MeetingRefused
from reviews.models import AnnualReport, Consideration
from reviews.queries.papers import meeting_papers, papers_of
from reviews.queries.reports import report_document
from reviews.queries.studied import waiting_studies
from reviews.report.document import Record

ClientOf = Callable[[User | None], Client]
QUESTION, NOTE, REASON = (
    "どの窓口から始めるか。",
    "部内だけの見立て。",
    "進みをみて、いまは改めない。",
)


@pytest.fixture
@lasting
def star(small_edition: Edition, responsible: FocusItem) -> FocusItem:
    return FocusItem.objects.get(plan=small_edition.plan, code="1-A-2")


def ask(
    star: FocusItem, by: User, review_by: date | None = None, question: str = QUESTION
) -> Study:
    """Ask in August, and note what was found once."""
    version = Study.objects.filter(initiative__focus_item=star).values_list("version", flat=True)
    with clock.standing_at(clock.now().replace(month=8)):
        study = ask_question(
            focus_item=star,
            question=question,
            review_by=review_by,
            opened_version=version.first() or 0,
            by=by,
        )
        if not study.notes.exists():
            note_finding(study=study, text=NOTE, by=by)
    return study


def consider(edition: Edition, by: User, **overrides: object) -> Consideration:
    terms: dict[str, object] = {
        "fiscal_year": 2026,
        "outcome": ConsiderationOutcome.KEEP,
        "reason": REASON,
        "considered_on": date(2026, 9, 1),
        "meeting": None,
    }
    return record_consideration(plan=edition.plan, by=by, **{**terms, **overrides})  # type: ignore[arg-type]  # Terms.


def rows(report: AnnualReport, key: str = "studies") -> list[Record]:
    table = report_document(report).table(key)
    assert table is not None
    return table.records


def words(row: Record) -> dict[str, str]:
    return {key: cell.words for key, cell in row.items() if cell.words}


def test_a_report_tells_what_is_asked_and_what_was_decided_but_no_note(
    small_edition: Edition, star: FocusItem, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    (row,) = rows(report)
    assert (row["standing"].value, row["question"].words) == (StudyStanding.NOT_BEGUN, "")

    ask(star, secretariat, date(2026, 9, 1))
    (row,) = rows(report)
    assert words(row) == {
        "code": "1-A-2",
        "title": "遠隔相談",
        "department": "未設定",
        "question": QUESTION,
        "review_by": "令和8年9月1日",
        "notes": "1",
        "standing": "期限を過ぎている",
    }
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 20))
    kind = DecisionKind.CONCRETISE
    decision = decide(meeting, secretariat, kind=kind, text="決めた。", focus_items=[star])
    (row,) = rows(report)
    assert row["standing"].value == StudyStanding.ENDED
    assert (row["conclusion"].value, row["decision"].words) == (kind, decision.code)
    assert NOTE not in report_document(report).canonical().decode()


def test_words_are_those_of_now_and_facts_those_of_the_day(
    small_edition: Edition, star: FocusItem, secretariat: User
) -> None:
    """A question is mended before it becomes public, and the report tells the mended words."""
    ask(star, secretariat, date(2026, 9, 1))
    study = Study.objects.get()
    ask_question(
        focus_item=star,
        question="直した問い。",
        review_by=date(2027, 1, 1),
        opened_version=study.version,
        by=secretariat,
    )
    note_finding(study=study, text="十月の記録。", by=secretariat)
    decided(small_edition, secretariat, None, star, kind=DecisionKind.STOP, text="やめる。")

    (row,) = rows(opened(small_edition, secretariat))

    assert row["question"].words == "直した問い。"
    assert row["review_by"].value == "2026-09-01"
    assert row["notes"].value == 1
    assert row["conclusion"].is_empty


def test_r1_a_sealed_report_keeps_its_words_and_is_linked_once_it_is_public(
    small_edition: Edition, star: FocusItem, secretariat: User, client_of: ClientOf
) -> None:
    study = ask(star, secretariat)
    consider(small_edition, secretariat)
    report = opened(small_edition, secretariat)
    page = client_of(secretariat).get("/reports/2026/1/seal/").content.decode()
    made_public = page.partition('id="made-public"')[2].partition('id="facts"')[0]
    assert QUESTION in made_public
    assert REASON in made_public
    sealed = seal(report, secretariat)
    link = '/reports/2026/1/#studies">'
    assert link not in client_of(None).get("/items/1-A-2/").content.decode()
    publish(sealed, secretariat)
    ask(star, secretariat, question="後の問い。")

    told = client_of(None).get("/reports/2026/1/").content.decode()
    item = client_of(None).get("/items/1-A-2/").content.decode()

    assert study.question in told
    assert REASON in told
    assert link in item
    assert re.findall(f"後の問い。|{NOTE}", told + item) == []


def test_the_year_is_told_as_it_was_considered(
    small_edition: Edition, star: FocusItem, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    (row,) = rows(report, "considerations")
    assert row["outcome"].words == "検討の記録なし"

    consider(small_edition, secretariat)
    consider(small_edition, secretariat, fiscal_year=2025, outcome=ConsiderationOutcome.REVISE)
    consider(small_edition, secretariat, considered_on=date(2026, 10, 1), reason="基準日の後。")

    told = [(row["outcome"].words, row["reason"].words) for row in rows(report, "considerations")]
    assert told == [("改定しない", REASON), ("改定する", REASON)]


def test_a_meeting_considers_the_update_once_with_its_paper(
    small_edition: Edition, secretariat: User, desk: Client
) -> None:
    consider(small_edition, secretariat, fiscal_year=2025)
    meeting = planned(small_edition, secretariat, held_on=PAST)
    sent = desk.post(f"/meetings/{meeting.pk}/agenda/add/", {"consideration": "on", "items": ""})
    assert sent.status_code == 302
    item = meeting.agenda.get()
    assert (item.kind, item.title) == (AgendaKind.CONSIDERATION, "令和8年度の改定の検討")
    with pytest.raises(MeetingRefused):
        put(meeting, secretariat, "もう一度", kind=AgendaKind.CONSIDERATION)
    assert (
        "令和8年度の改定の検討"
        not in desk.get(f"/meetings/{meeting.pk}/agenda/add/").content.decode()
    )

    papers = desk.get(f"/meetings/{meeting.pk}/papers/").content.decode()
    assert REASON in papers.partition('id="paper-2"')[2]
    assert REASON in desk.get(f"/meetings/{meeting.pk}/present/").content.decode()
    said(item, secretariat)
    assert "結論を記録する" in desk.get(f"/meetings/{meeting.pk}/").content.decode()
    consider(small_edition, secretariat, meeting=meeting, considered_on=PAST, reason="十分進んだ。")
    for page in ("", "minutes/"):
        assert "十分進んだ。" in desk.get(f"/meetings/{meeting.pk}/{page}").content.decode()


def test_what_a_meeting_considered_keeps_its_item_and_its_day(
    small_edition: Edition, secretariat: User, desk: Client
) -> None:
    meeting = planned(small_edition, secretariat, held_on=PAST)
    item = put(meeting, secretariat, "改定の検討", kind=AgendaKind.CONSIDERATION)
    assert item in [one.agenda_item for one in closing_obstacles(meeting)]
    consider(small_edition, secretariat, meeting=meeting, considered_on=PAST)
    assert item not in [one.agenda_item for one in closing_obstacles(meeting)]

    with pytest.raises(MeetingRefused, match="結論が記録されている"):
        remove_agenda_item(agenda_item=item, by=secretariat)
    with pytest.raises(MeetingRefused, match="今日より後"):
        change_meeting(
            meeting=meeting,
            sitting=Sitting(1, COMING),
            opened_version=meeting.version,
            by=secretariat,
        )
    assert REASON in desk.get(f"/meetings/{meeting.pk}/close/").content.decode()


def test_a_report_of_before_there_was_the_table_has_no_paper_of_it(
    small_edition: Edition, secretariat: User
) -> None:
    """The papers of meetings that were held keep their numbers."""
    old = AnnualReport.objects.create(
        plan=small_edition.plan,
        fiscal_year=2025,
        as_of=date(2026, 3, 31),
        edition=small_edition,
        opened_at=clock.now(),
        opened_by=secretariat,
        status="sealed",
        seal_reason="理由",
        overview="総括",
        digest="d",
        sealed_at=clock.now(),
        sealed_by=secretariat,
    )
    meeting = planned(small_edition, secretariat, report=old)

    titles = [paper.title for paper in papers_of(meeting, [])]

    assert titles[-2:] == ["課題・協議事項", "前回決定事項の対応状況"]
    assert meeting_papers(meeting, COMING).document is not None


def test_what_waits_stands_on_the_page_of_whoever_may_move_it(
    small_edition: Edition,
    star: FocusItem,
    welfare: Department,
    secretariat: User,
    editor: User,
    staff: User,
    client_of: ClientOf,
) -> None:
    def shown(user: User) -> bool:
        return "遠隔相談" in client_of(user).get("/my/").content.decode()

    assert [shown(one) for one in (secretariat, editor, staff)] == [True, False, False]
    assign_departments(
        focus_item=star,
        lead=welfare,
        supporting=[],
        from_date=date(2026, 4, 1),
        reason="担当の決定",
        opened_revision=0,
        by=secretariat,
    )
    assert [shown(one) for one in (secretariat, editor, staff)] == [True, True, False]
    ask(star, secretariat, date(2026, 12, 1))
    assert [shown(one) for one in (secretariat, editor)] == [False, False]
    few = asked_by(lambda: waiting_studies(small_edition.plan, clock.today(), None))
    ask(star, secretariat, date(2026, 10, 1))
    assert [shown(one) for one in (secretariat, editor)] == [True, True]
    many = asked_by(lambda: waiting_studies(small_edition.plan, clock.today(), None))
    assert_as_many(few, many)
    decided(small_edition, secretariat, None, star, kind=DecisionKind.STOP, text="やめる。")
    assert [shown(one) for one in (secretariat, editor)] == [False, False]
