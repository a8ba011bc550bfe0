"""Answers that were sent on other terms, or wait to be checked; a second item."""

from collections.abc import Callable
from typing import Any

import pytest
from answering import now, of
from assigning import assign
from beginnings import lasting

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import send_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound


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
@lasting
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
@lasting
def second(responsible: FocusItem, welfare: Department, secretariat: User) -> FocusItem:
    """1-A-2, led by 福祉課 too."""
    item = FocusItem.objects.get(plan=responsible.plan, code="1-A-2")
    assign(item, welfare, by=secretariat)
    return item
