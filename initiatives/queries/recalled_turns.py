"""Planned changes of responsibility that were called off or moved: what stays on record of them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from initiatives.models import Initiative, ResponsibilityRecall
from plans.models import Plan

SHOWN = 200
"""How many rows of the record are read."""


@dataclass
class RecalledTurn:
    """What one act called off of one item: who was to begin and who was to end."""

    first: ResponsibilityRecall
    began: list[ResponsibilityRecall] = field(default_factory=list)
    ended: list[ResponsibilityRecall] = field(default_factory=list)

    @property
    def initiative(self) -> Initiative:
        return self.first.responsibility.initiative


def recalled_turns(plan: Plan, code: str = "") -> list[RecalledTurn]:
    """Return what was called off or moved, the last first, of a plan or of the item with a number; in one query.

    Ends that came earlier because somebody else was assigned are no plans of their own.
    """
    recalls = ResponsibilityRecall.objects.filter(
        new_until__isnull=True, responsibility__initiative__focus_item__plan=plan
    )
    if code:
        recalls = recalls.filter(responsibility__initiative__focus_item__code=code)
    related = ("responsibility__department", "responsibility__initiative__focus_item")
    found = recalls.select_related(*related, "recalled_by", "planned_by")
    turns: dict[tuple[int, date, datetime], RecalledTurn] = {}
    for one in found.order_by("-recalled_at", "pk")[:SHOWN]:
        key = one.responsibility.initiative_id, one.planned_day, one.recalled_at
        turn = turns.setdefault(key, RecalledTurn(one))
        (turn.began if one.planned_until is None else turn.ended).append(one)
    return list(turns.values())
