"""Filters over plans and editions."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db.models import QuerySet

from kirishima_dx.moment import Moment, When
from plans.enums import ADOPTED, EditionStatus

if TYPE_CHECKING:
    from plans.models import Edition, Plan


_NUMBER = re.compile(r"(?P<major>[0-9]{1,4})\.(?P<minor>[0-9]{1,4})")


class PlanQuerySet(QuerySet["Plan"]):
    def served(self) -> "Plan | None":
        """Return the plan that this installation shows: the only one, else the one with settings.PLAN_CODE."""
        plans = list(self.order_by("pk"))
        if len(plans) > 1:
            return next((plan for plan in plans if plan.code == settings.PLAN_CODE), plans[0])
        return plans[0] if plans else None


class EditionQuerySet(QuerySet["Edition"]):
    def of(self, plan: "Plan") -> Self:
        """Keep the editions of a plan; a draft that was abandoned is none."""
        return self.filter(plan=plan).exclude(status=EditionStatus.ABANDONED).select_related("plan")

    def abandoned_of(self, plan: "Plan") -> Self:
        """Keep the drafts of a plan that were abandoned, the last one first."""
        given_up = self.filter(plan=plan, status=EditionStatus.ABANDONED)
        return given_up.select_related("plan", "base", "abandoned_by").order_by("-abandoned_at")

    def draft_of(self, plan: "Plan | None") -> "Edition | None":
        """Return the draft of a plan that is open, with its base; there is one at most."""
        drafts = self.filter(plan=plan, status=EditionStatus.DRAFT)
        return drafts.select_related("plan", "base").first()

    def adopted(self) -> Self:
        return self.filter(status__in=ADOPTED)

    def numbered(self, number: str) -> Self:
        """Keep the edition called e.g. 2.1; none if that is no number. An abandoned draft gave its number back."""
        found = _NUMBER.fullmatch(number)
        if found is None:
            return self.none()
        kept = self.exclude(status=EditionStatus.ABANDONED)
        return kept.filter(major=int(found["major"]), minor=int(found["minor"]))

    def living(self, plan: "Plan", at: When) -> "Edition | None":
        """Return the edition in force on a day or, while none has been adopted, the 案 (see living_of)."""
        return living_of(list(self.of(plan)), Moment.of(at))


def living_of(editions: "Sequence[Edition]", at: Moment) -> "Edition | None":
    """Return which of a plan's editions is in force on a day, by what was known of them.

    An edition is in force from its `effective_from` until the next one's; one that was adopted after the moment for an
    earlier day has not yet been heard of. Before the first one took effect the answer is that first edition, be it
    known or not: it is what the plan was going to be.
    """
    adopted = sorted((e for e in editions if e.effective_from), key=_by_day)
    heard_of = [edition for edition in adopted if at.knows(edition.adopted_at)]
    in_force = [edition for edition in heard_of if edition.took_effect_by(at.day)]
    if in_force:
        return in_force[-1]
    return next(iter(heard_of or adopted or editions), None)


def _by_day(edition: "Edition") -> "tuple[date, Edition]":
    return edition.effective_from or date.max, edition
