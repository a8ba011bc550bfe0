"""What the adoption of a draft may rest on, and what it carries over besides the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from initiatives.queries.inherited_departments import CarriedOver, carried_over
from plans.comparison.items import FateRow
from plans.enums import Fate
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


def decided_day(
    offers: AdoptionOffers, decision: Decision | None = None, decided_on: date | None = None
) -> tuple[date, str] | None:
    """Return the day on which a draft was decided on, and what that day is called: that of the decision chosen, the
    one typed or, where neither is known yet, that of the last sitting which had the draft before it."""
    if decision is None and decided_on is not None:
        return decided_on, "決定日"
    found = decision or next(iter(offers.about), None)
    return (found.meeting.held_on, f"{found.meeting.title}の決定") if found else None


def handed_on(fates: Iterable[FateRow]) -> list[tuple[FocusItem, FocusItem]]:
    """Return which items went over into which others."""
    ends = ((row.before, row.after) for row in fates)
    return [(before, after) for before, after in ends if before and after and before != after]


def handed_on_with(edition: Edition) -> list[tuple[FocusItem, FocusItem]]:
    """Return which items went over into which others with an adopted edition."""
    fates = edition.fates.select_related("before", "after").order_by("pk")
    return handed_on(FateRow(Fate(one.fate), one.before, one.after) for one in fates)


def carried_because(edition: Edition) -> str:
    """Return the reason that departments bear which items take over with an edition."""
    return f"第{edition.number}版で引き継いだため"


def carried_departments(fates: Iterable[FateRow], on: date) -> list[CarriedOver]:
    """Return the departments that split and merged items begin with, if adoption took effect on a day."""
    return carried_over(handed_on(fates), on)
