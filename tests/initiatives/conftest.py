"""An answer with a history, answers that wait to be checked, the desk at which they are, a town over some days, and a
study."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from answering import now, of
from any_day_cast import Story, adopt_next, later, october, with_new_item
from assigning import assign, lead
from django.test import Client
from studying import asked
from time_machine import Traveller

from initiatives.actions.answers import send_answer
from initiatives.actions.progress import correct_entry
from initiatives.answer_content import AnswerContent
from initiatives.models import Answer, Initiative, ProgressEntry, ReportingRound, Study
from initiatives.statement import Statement
from people.models import Department, User
from plans.models import Edition, FocusItem


@pytest.fixture
def after_last_year(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    open_the_round: Callable[..., ReportingRound],
) -> Answer:
    """The answer of 1-A-1 with an entry of last year beside it."""
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="前回の実績。")
    return of(open_the_round(instructions="数を入れて書いてください。"))


@pytest.fixture
def sent(answer: Answer, content: Callable[..., AnswerContent], editor: User) -> Answer:
    """The answer of 1-A-1, sent."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return now(answer)


@pytest.fixture
def sent_in(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Callable[..., AnswerContent],
    editor: User,
) -> Callable[..., Answer]:
    """Open a round on other terms and send the answer of 1-A-1 in it."""

    def make(**terms: Any) -> Answer:
        answer = of(open_the_round(**terms))
        send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        return now(answer)

    return make


@pytest.fixture
def three_sent(
    sent: Answer, content: Callable[..., AnswerContent], secretariat: User
) -> list[Answer]:
    """1-A-1, 1-B-1 and 2-A-1 wait for the 事務局."""
    found = [sent]
    for code in ("1-B-1", "2-A-1"):
        other = of(sent.round, code)
        send_answer(answer=other, content=content(), opened_revision=0, by=secretariat)
        found.append(now(other))
    return found


@pytest.fixture
def second(responsible: FocusItem, welfare: Department, secretariat: User) -> FocusItem:
    """1-A-2, led by 福祉課 too."""
    item = FocusItem.objects.get(plan=responsible.plan, code="1-A-2")
    assign(item, welfare, by=secretariat)
    return item


@pytest.fixture
def story(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    statement: Callable[..., Statement],
    welfare: Department,
    editor: User,
    secretariat: User,
    frozen_clock: Traveller,
) -> Story:
    """What happened to the town that Story tells of."""
    later(frozen_clock, october(16))
    entry = record(responsible, by=editor, as_of=october(10))
    later(frozen_clock, october(18))
    correct_entry(
        entry=entry,
        statement=statement(status="operating", rating="mostly_on_track"),
        as_of=october(10),
        reason="運用を始めていた。",
        opened_revision=Initiative.objects.revision_of(responsible),
        by=editor,
    )
    later(frozen_clock, october(20))
    welfare.name = "福祉政策課"
    welfare.save()
    later(frozen_clock, october(22))
    edition = adopt_next(october(19), secretariat, with_new_item(secretariat))
    later(frozen_clock, october(25))
    return Story(responsible, entry, edition)


@pytest.fixture
def reader(client_of: Callable[[User | None], Client]) -> Client:
    """Somebody who is not signed in."""
    return client_of(None)


@pytest.fixture
def study(small_edition: Edition, secretariat: User, welfare: Department) -> Study:
    """A study of 1-A-2, led by 福祉課."""
    lead("1-A-2", welfare, secretariat)
    return asked(secretariat)


@pytest.fixture
def lost_star(responsible: FocusItem, secretariat: User) -> Study:
    """A study of 1-A-1, which is no ★ item (any more)."""
    return asked(secretariat, focus_item=responsible)
