"""What the adoption of a draft may rest on, and what it carries over besides the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from initiatives.queries.carried_over import CarriedOver, carried_over
from plans.comparison import FateRow
from plans.models import Edition, FocusItem
from reviews.enums import DecisionKind
from reviews.models import AgendaItem, Decision

ADOPTING = (DecisionKind.AMENDMENT, DecisionKind.NOTED, DecisionKind.CONCRETISE)
"""Kinds of decisions that a new edition may rest on."""


@dataclass
class AdoptionOffers:
    """Decisions that the adoption may rest on: of sittings that had the draft before them, and of others."""

    about: list[Decision] = field(default_factory=list)
    others: list[Decision] = field(default_factory=list)

    def decision(self, key: int) -> Decision:
        return next(one for one in (*self.about, *self.others) if one.pk == key)


def adoption_offers(draft: Edition) -> AdoptionOffers:
    """Return the decisions since the base of a draft took effect, the last sitting first, in one query."""
    put = AgendaItem.objects.filter(meeting=OuterRef("meeting"), edition=draft)
    decisions = Decision.objects.filter(meeting__plan=draft.plan_id, kind__in=ADOPTING)
    if draft.base is not None and draft.base.effective_from is not None:
        decisions = decisions.filter(meeting__held_on__gte=draft.base.effective_from)
    offers = AdoptionOffers()
    for one in decisions.annotate(is_about=Exists(put)).select_related("meeting"):
        group = offers.about if one.is_about else offers.others  # type: ignore[attr-defined]  # Annotated above.
        group.append(one)
    return offers


def handed_on(fates: Iterable[FateRow]) -> list[tuple[FocusItem, FocusItem]]:
    """Return which items went over into which others."""
    ends = ((row.before, row.after) for row in fates)
    return [(before, after) for before, after in ends if before and after and before != after]


def carried_departments(fates: Iterable[FateRow], on: date) -> list[CarriedOver]:
    """Return the departments that split and merged items begin with, if adoption took effect on a day."""
    return carried_over(handed_on(fates), on)
