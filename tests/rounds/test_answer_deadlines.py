"""Until when an answer is given: deadlines, what moves them, closing and reopening."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from answering import accepted, of

from initiatives.errors import EntryRefused
from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import save_answer, send_answer, withdraw_answer
from rounds.actions.checking import reopen_answer, return_answer
from rounds.actions.rounds import close_round, extend_deadline
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

Content = Callable[..., AnswerContent]


def test_the_deadline_that_applied_is_stored_with_what_was_sent(
    answer: Answer, content: Content, editor: User, secretariat: User, welfare: Department
) -> None:
    extend_deadline(
        round=answer.round,
        department=welfare,
        due_on=date(2026, 10, 25),
        reason="議会対応のため",
        by=secretariat,
    )

    sent = send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    assert sent.applied_due_on == date(2026, 10, 25)
    extend_deadline(
        round=answer.round,
        department=None,
        due_on=date(2026, 10, 31),
        reason="全体",
        by=secretariat,
    )
    sent.refresh_from_db()
    assert sent.applied_due_on == date(2026, 10, 25)


def test_a_deadline_only_moves_on(
    reporting_round: ReportingRound, secretariat: User, welfare: Department
) -> None:
    with pytest.raises(EntryRefused) as refused:
        extend_deadline(
            round=reporting_round,
            department=welfare,
            due_on=date(2026, 10, 20),
            reason=" ",
            by=secretariat,
        )

    assert set(refused.value.errors) == {"due_on", "reason"}


def test_a_reopened_answer_that_is_late_is_told_what_helps(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    editor: User,
    secretariat: User,
    frozen_clock: time_machine.Traveller,
) -> None:
    """An extension moves the day of the department, not the one that was set for this answer."""
    answer = of(open_the_round(overdue_rule="refuse"))
    reopen_answer(
        answer=answer,
        due_on=date(2026, 10, 16),
        reason="数の誤り",
        opened_revision=0,
        by=secretariat,
    )
    frozen_clock.shift(2 * 24 * 3600)

    with pytest.raises(EntryRefused, match="もう一度「再開」を頼んで"):
        save_answer(answer=answer, content=AnswerContent(problem="x"), opened_revision=1, by=editor)


@pytest.mark.parametrize(("rule", "taken"), [("take", True), ("refuse", False)])
def test_after_the_deadline_the_round_says_what_happens(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    rule: str,
    taken: bool,
) -> None:
    answer = of(open_the_round(due_on=date(2026, 10, 14), overdue_rule=rule))

    if taken:
        sent = send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        assert sent.applied_due_on == date(2026, 10, 14)
    else:
        with pytest.raises(EntryRefused, match="期限（令和8年10月14日）を過ぎた"):
            send_answer(answer=answer, content=content(), opened_revision=0, by=editor)


def test_nothing_is_written_before_the_window_opens(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
) -> None:
    answer = of(open_the_round(opens_on=date(2026, 10, 16)))

    with pytest.raises(EntryRefused, match="10月16日から"):
        save_answer(answer=answer, content=content(), opened_revision=0, by=editor)


def test_closing_ends_it_and_reopening_lets_one_answer_be_mended(
    answer: Answer, content: Content, editor: User, secretariat: User
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    first = accepted(answer, secretariat)
    close_round(round=answer.round, by=secretariat)
    with pytest.raises(EntryRefused, match="すでに締め切られて"):
        close_round(round=answer.round, by=secretariat)

    opened = reopen_answer(
        answer=first,
        due_on=date(2026, 10, 30),
        reason="数の誤り",
        opened_revision=first.revision,
        by=secretariat,
    )
    mended = content(achievements="四つの手続きで試行した。")
    sent = send_answer(answer=opened, content=mended, opened_revision=3, by=editor)
    again = accepted(sent, secretariat)

    entry = again.entry
    assert entry is not None
    assert (entry.corrects, entry.correction_reason) == (first.entry, "数の誤り")
    assert again.applied_due_on == date(2026, 10, 30)
    kept = again.changes.get(revision=first.revision)
    assert kept.content["achievements"] == "三つの手続きで試行した。"


def test_an_answer_of_a_closed_round_is_neither_written_nor_returned(
    answer: Answer, content: Content, editor: User, secretariat: User
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    close_round(round=answer.round, by=secretariat)

    with pytest.raises(EntryRefused, match="締め切"):
        withdraw_answer(answer=answer, opened_revision=1, by=editor)
    with pytest.raises(EntryRefused, match="再開"):
        return_answer(answer=answer, reason="数", opened_revision=1, by=secretariat)
