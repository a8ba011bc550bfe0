"""Where an answer stands among those of its department, and its neighbours there."""

from dataclasses import dataclass
from datetime import date

from initiatives.enums import NO_DEPARTMENT
from initiatives.models import Responsibility
from people.models import Department
from plans.models import FocusItemText
from rounds.models import Answer
from rounds.queries.answer_row import plan_order, texts_of_round


@dataclass(frozen=True)
class Neighbour:
    """An answer among others of its department, with the wording of its item."""

    answer: Answer
    text: FocusItemText


@dataclass(frozen=True)
class AnswerPlace:
    """「3／11件目」: the how manieth of how many items that a department leads today, in the plan's order."""

    department: str
    number: int
    total: int
    previous: Neighbour | None
    following: Neighbour | None


def answer_place(answer: Answer, lead: Department | None, today: date) -> AnswerPlace:
    """Return where an answer stands among those of its 主担当課 in the round, in three queries."""
    asked = answer.round
    leads = Responsibility.objects.filter(initiative__answers__round=asked).leads_on(today)
    texts = texts_of_round(asked, today)
    own = [
        Neighbour(one, texts[one.initiative.focus_item_id])
        for one in asked.answers.select_related("initiative__focus_item")
        if leads.get(one.initiative_id) == lead
    ]
    own.sort(key=lambda one: plan_order(one.text))
    at = next((n for n, one in enumerate(own) if one.answer.pk == answer.pk), 0)
    return AnswerPlace(
        department=lead.name if lead else NO_DEPARTMENT,
        number=at + 1,
        total=len(own),
        previous=own[at - 1] if at else None,
        following=own[at + 1] if at + 1 < len(own) else None,
    )
