"""Answers as tests come by them, and what somebody types into one."""

from typing import Any

from people.models import User
from rounds.actions.checking import accept_answer
from rounds.models import Answer, ReportingRound

STATED = {
    "status": "piloting",
    "step": "action",
    "rating": "on_track",
    "rating_reason": "予定どおり。",
    "achievements": "三つの手続きで試行した。\r\n二行目。",
    "outcome": "",
    "problem": "",
    "delay_cause": "",
    "countermeasure": "",
    "new_due_date": "",
    "next_steps": "",
    "direction": "continue",
}
"""What a person types who fills in everything that is asked."""
LITTLE = {"opened_revision": 0, "wish": "save", "problem": "人手が足りない。"}


def typed(**overrides: Any) -> dict[str, Any]:
    """Return the form of an answer, filled in and sent."""
    return {"opened_revision": 0, "wish": "send", **STATED, **overrides}


def address(answer: Answer, step: str = "") -> str:
    """Return where 1-A-1 is answered."""
    return f"/rounds/{answer.round_id}/answers/1-A-1/{step}"


def now(answer: Answer) -> Answer:
    """Return the answer as it stands."""
    return Answer.objects.with_names().get(pk=answer.pk)


def of(round: ReportingRound, code: str = "1-A-1") -> Answer:
    return Answer.objects.with_names().get(round=round, initiative__focus_item__code=code)


def accepted(answer: Answer, by: User) -> Answer:
    """Accept an answer as it stands."""
    answer = now(answer)
    return accept_answer(
        answer=answer,
        opened_revision=answer.revision,
        initiative_revision=answer.initiative.revision,
        by=by,
    )
