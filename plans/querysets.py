"""Filters over plans and editions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db.models import QuerySet

from plans.enums import EditionStatus

if TYPE_CHECKING:
    from plans.models import Edition, Plan


class PlanQuerySet(QuerySet["Plan"]):
    def served(self) -> "Plan | None":
        """Return the plan that this installation shows: the only one, else the one with settings.PLAN_CODE."""
        plans = list(self.order_by("pk"))
        if len(plans) > 1:
            return next((plan for plan in plans if plan.code == settings.PLAN_CODE), plans[0])
        return plans[0] if plans else None


class EditionQuerySet(QuerySet["Edition"]):
    def of(self, plan: "Plan") -> Self:
        return self.filter(plan=plan).select_related("plan")

    def adopted(self) -> Self:
        return self.exclude(status=EditionStatus.DRAFT)

    def numbered(self, number: str) -> Self:
        """Keep the edition called e.g. 2.1; none if that is no number."""
        major, dot, minor = number.partition(".")
        if not (
            dot and major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit()
        ):
            return self.none()
        return self.filter(major=int(major), minor=int(minor))

    def living(self, plan: "Plan", at: date) -> "Edition | None":
        """Return the edition in force on a day or, while none has been adopted, the 案.

        An edition is in force from its `effective_from` until the next one's. Before the first one took effect the
        answer is that first edition: it is what the plan was going to be.
        """
        editions = list(self.of(plan).order_by("effective_from", "major", "minor"))
        adopted = [edition for edition in editions if not edition.is_draft]
        in_force = [edition for edition in adopted if edition.took_effect_by(at)]
        if in_force:
            return in_force[-1]
        return next(iter(adopted or editions), None)
