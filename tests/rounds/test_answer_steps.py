"""What is done to an answer, step by step: who, in which state, and what is left behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from answering import accepted, of
from assigning import assign
from django.db import IntegrityError, connection, transaction

from initiatives.actions.progress import correct_entry, record_progress
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.models import Initiative, ProgressEntry
from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import answer_unchanged, save_answer, send_answer, withdraw_answer
from rounds.actions.checking import accept_answer, certify_answer, reopen_answer, return_answer
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerState
from rounds.errors import AnswerConflict
from rounds.models import Answer, ReportingRound
from rounds.queries.previous_entries import last_entries_before

Content = Callable[..., AnswerContent]


def steps(answer: Answer) -> list[str]:
    return list(answer.changes.order_by("revision").values_list("step", flat=True))


def test_opening_asks_whoever_leads_and_shows_what_nobody_leads(
    reporting_round: ReportingRound, welfare: Department
) -> None:
    asked = {
        answer.initiative.focus_item.code: answer.asked_department_name
        for answer in reporting_round.answers.select_related("initiative__focus_item")
    }

    assert asked == {"1-A-1": "福祉課", "1-A-2": "", "1-B-1": "", "2-A-1": ""}


def test_an_accepted_answer_becomes_the_entry_of_whoever_sent_it(
    answer: Answer, content: Content, editor: User, secretariat: User, welfare: Department
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    done = accepted(answer, secretariat)

    entry = done.entry
    assert entry is not None
    assert (entry.as_of, entry.achievements) == (date(2026, 9, 30), "三つの手続きで試行した。")
    assert (entry.recorded_by, entry.department_name) == (editor, "福祉課")
    assert (done.state, done.accepted_by) == (AnswerState.ACCEPTED, secretariat)
    assert steps(done) == ["asked", "sent", "accepted"]


def test_a_rehearsal_leaves_no_entry(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    secretariat: User,
) -> None:
    answer = of(open_the_round(is_rehearsal=True))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    done = accepted(answer, secretariat)

    assert (done.state, done.entry) == (AnswerState.ACCEPTED, None)
    assert not ProgressEntry.objects.exists()
    assert Initiative.objects.get(focus_item=responsible).revision == 1


def test_a_draft_is_kept_however_little_and_an_equal_one_leaves_no_trace(
    answer: Answer, editor: User
) -> None:
    little = AnswerContent(problem="人手")

    saved = save_answer(answer=answer, content=little, opened_revision=0, by=editor)
    again = save_answer(answer=saved, content=little, opened_revision=1, by=editor)

    assert (again.state, again.problem, again.revision) == (AnswerState.WRITING, "人手", 1)
    assert steps(again) == ["asked", "saved"]


def test_sending_names_what_is_missing_and_keeps_nothing(
    answer: Answer, content: Content, editor: User
) -> None:
    with pytest.raises(EntryRefused) as refused:
        send_answer(
            answer=answer,
            content=content(rating="late", rating_reason="", direction=""),
            opened_revision=0,
            by=editor,
        )

    assert list(refused.value.errors) == [
        "rating_reason",
        "delay_cause",
        "countermeasure",
        "new_due_date",
        "direction",
    ]
    answer.refresh_from_db()
    assert (answer.state, answer.revision) == (AnswerState.UNANSWERED, 0)


def test_the_headquarters_are_asked_about_a_problem_that_is_told(
    answer: Answer, content: Content, editor: User, secretariat: User
) -> None:
    with pytest.raises(EntryRefused) as refused:
        send_answer(
            answer=answer, content=content(for_headquarters=True), opened_revision=0, by=editor
        )
    assert list(refused.value.errors) == ["problem"]

    wished = content(for_headquarters=True, problem="予算が足りない。")
    send_answer(answer=answer, content=wished, opened_revision=0, by=editor)
    entry = accepted(answer, secretariat).entry
    assert entry is not None
    assert entry.for_headquarters


def test_two_people_at_one_answer_are_told(answer: Answer, content: Content, editor: User) -> None:
    save_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    with pytest.raises(AnswerConflict):
        save_answer(answer=answer, content=content(problem="別"), opened_revision=0, by=editor)

    answer.refresh_from_db()
    assert answer.problem == ""


def test_unchanged_says_the_last_entry_again(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> None:
    last = record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="昨年度の実績")
    answer = of(open_the_round())

    answer_unchanged(answer=answer, opened_revision=0, by=editor)
    entry = accepted(answer, secretariat).entry

    assert entry is not None
    assert (entry.kind, entry.repeats, entry.achievements) == ("unchanged", last, "昨年度の実績")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "前回の記録がない"),
        ({"rating": "late", "delay_cause": "因", "countermeasure": "策"}, "新たな期限"),
    ],
)
def test_unchanged_is_refused_where_nothing_can_be_said_again(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Callable[..., ProgressEntry],
    editor: User,
    last: dict[str, Any] | None,
    expected: str,
) -> None:
    if last is not None:
        due = date(2026, 8, 31)
        record(responsible, by=editor, as_of=date(2026, 3, 31), new_due_date=due, **last)

    with pytest.raises(EntryRefused, match=expected):
        answer_unchanged(answer=of(open_the_round()), opened_revision=0, by=editor)


def test_unchanged_is_not_accepted_once_the_last_entry_is_another(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 3, 31))
    answer = of(open_the_round())
    answer_unchanged(answer=answer, opened_revision=0, by=editor)
    record(responsible, by=editor, as_of=date(2026, 9, 1))

    with pytest.raises(EntryRefused, match="前回の記録が変わりました"):
        accepted(answer, secretariat)


def test_accepting_tells_of_a_record_written_meanwhile(
    answer: Answer,
    content: Content,
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    seen = Initiative.objects.get(pk=answer.initiative_id).revision
    record(answer.initiative.focus_item, by=editor)

    with pytest.raises(RevisionConflict):
        accept_answer(answer=answer, opened_revision=1, initiative_revision=seen, by=secretariat)

    answer.refresh_from_db()
    assert (answer.state, answer.revision) == (AnswerState.SENT, 1)


def test_what_is_accepted_holds_also_where_a_later_day_was_recorded(
    answer: Answer,
    content: Content,
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
) -> None:
    """The 基準日 is the round's: a statement of a later day stays the newest."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    later = record(answer.initiative.focus_item, by=editor, as_of=date(2026, 10, 10))

    entry = accepted(answer, secretariat).entry

    entries = ProgressEntry.objects.standing().latest_first()
    assert list(entries) == [later, entry]


def test_the_certifier_confirms_before_the_secretariat_accepts(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    certifier: User,
    secretariat: User,
) -> None:
    answer = of(open_the_round(asks_certification=True))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    with pytest.raises(EntryRefused, match="課内の確認"):
        accepted(answer, secretariat)
    for nobody in (editor, secretariat):
        with pytest.raises(EntryRefused, match="主担当課の確認者だけ"):
            certify_answer(answer=answer, opened_revision=1, by=nobody)
    certify_answer(answer=answer, opened_revision=1, by=certifier)

    assert accepted(answer, secretariat).certified_by_name == "確認 課長"


def test_what_is_returned_is_written_again_with_the_reason_in_sight(
    answer: Answer, content: Content, editor: User, secretariat: User
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    with pytest.raises(EntryRefused, match="理由"):
        return_answer(answer=answer, reason=" ", opened_revision=1, by=secretariat)
    returned = return_answer(answer=answer, reason="数を", opened_revision=1, by=secretariat)
    assert (returned.state, returned.return_reason) == (AnswerState.RETURNED, "数を")
    assert (returned.sent_at, returned.sent_by) == (None, None)

    mended = save_answer(
        answer=returned, content=content(outcome="3件"), opened_revision=2, by=editor
    )
    assert (mended.state, mended.return_reason) == (AnswerState.WRITING, "数を")
    sent = send_answer(answer=mended, content=content(outcome="3件"), opened_revision=3, by=editor)
    assert sent.return_reason == ""
    assert steps(sent) == ["asked", "sent", "returned", "saved", "sent"]


def test_what_was_sent_is_taken_back_until_it_is_accepted(
    answer: Answer, content: Content, editor: User, secretariat: User
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    back = withdraw_answer(answer=answer, opened_revision=1, by=editor)
    assert (back.state, back.achievements) == (AnswerState.WRITING, "三つの手続きで試行した。")

    send_answer(answer=back, content=content(), opened_revision=2, by=editor)
    done = accepted(answer, secretariat)
    with pytest.raises(EntryRefused, match="確認済"):
        withdraw_answer(answer=done, opened_revision=done.revision, by=editor)


def test_an_open_answer_goes_with_the_lead(
    answer: Answer,
    content: Content,
    other_editor: User,
    secretariat: User,
    planning: Department,
    frozen_clock: time_machine.Traveller,
) -> None:
    assign(answer.initiative.focus_item, planning, by=secretariat, since=date(2026, 10, 15))

    sent = send_answer(answer=answer, content=content(), opened_revision=0, by=other_editor)

    assert (sent.asked_department_name, sent.sent_department_name) == ("福祉課", "企画課")


def test_the_secretariat_sends_in_the_name_of_the_lead_and_says_so(
    answer: Answer, content: Content, secretariat: User
) -> None:
    sent = send_answer(answer=answer, content=content(), opened_revision=0, by=secretariat)

    assert sent.sent_department_name == "福祉課（事務局代行）"
    assert sent.sent_by_name == "事務 局子"


def test_a_day_that_has_not_come_is_not_recorded(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    secretariat: User,
) -> None:
    answer = of(open_the_round(as_of=date(2026, 10, 20)))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    with pytest.raises(EntryRefused, match="基準日"):
        accepted(answer, secretariat)


def test_the_last_entry_is_not_one_of_the_round_itself(
    answer: Answer, content: Content, editor: User, secretariat: User, statement: Any
) -> None:
    record_progress(
        focus_item=answer.initiative.focus_item,
        statement=statement(achievements="前回"),
        as_of=date(2026, 6, 30),
        opened_revision=1,
        by=editor,
    )
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    accepted(answer, secretariat)

    last = last_entries_before(answer.round)

    assert {key: entry.achievements for key, entry in last.items()} == {
        answer.initiative_id: "前回"
    }


def test_an_entry_that_was_corrected_elsewhere_is_corrected_once_more(
    answer: Answer, content: Content, editor: User, secretariat: User, statement: Any
) -> None:
    """Answered, accepted, twice corrected on the item's page, reopened, answered and accepted again: one line."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    entry = accepted(answer, secretariat).entry
    for problem in ("一度目の訂正", "二度目の訂正"):
        assert entry is not None
        entry = correct_entry(
            entry=entry,
            statement=statement(problem=problem),
            as_of=date(2026, 9, 30),
            reason="誤り",
            opened_revision=Initiative.objects.revision_of(answer.initiative.focus_item),
            by=editor,
        )
        assert not last_entries_before(answer.round)
    reopen_answer(
        answer=answer,
        due_on=date(2026, 10, 20),
        reason="数の誤り",
        opened_revision=2,
        by=secretariat,
    )
    send_answer(answer=answer, content=content(outcome="数"), opened_revision=3, by=editor)

    last = accepted(answer, secretariat).entry

    assert last is not None
    assert (last.kind, last.corrects, last.correction_reason) == ("correction", entry, "数の誤り")
    assert list(ProgressEntry.objects.standing()) == [last]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rounds_answer SET problem = 'x'",
        "UPDATE rounds_answerchange SET reason = 'x'",
        "DELETE FROM rounds_answerchange",
        "UPDATE rounds_reportinground SET due_on = '2027-01-01'",
        "DELETE FROM rounds_reportinground",
    ],
)
def test_the_database_keeps_what_was_asked_and_answered(
    answer: Answer, content: Content, editor: User, statement: str
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
