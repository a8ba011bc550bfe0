"""The editions of a plan side by side, as they stand on a day."""

from dataclasses import dataclass
from datetime import date

from plans.enums import EditionStatus
from plans.models import Edition, Plan

UPCOMING = "upcoming"
"""Adopted, with a day of effect that has not come yet."""


@dataclass(frozen=True)
class ShelvedEdition:
    """An edition and how it stands on a day, by its dates and not by its stored status: one that was
    adopted for a coming day has superseded another already, which stays in force until then."""

    edition: Edition
    is_living: bool
    has_taken_effect: bool

    @property
    def status(self) -> str:
        """Return the value that its label is drawn by: a status of EditionStatus, or `upcoming`."""
        if self.edition.is_draft:
            return EditionStatus.DRAFT.value
        if not self.has_taken_effect:
            return UPCOMING
        return EditionStatus.IN_FORCE.value if self.is_living else EditionStatus.SUPERSEDED.value

    @property
    def status_label(self) -> str:
        return "施行日前" if self.status == UPCOMING else str(EditionStatus(self.status).label)

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it: what was adopted and, while nothing was, the 案."""
        return self.is_living or not self.edition.is_draft


@dataclass(frozen=True)
class EditionShelf:
    """All editions of a plan, newest first."""

    editions: list[ShelvedEdition]

    @property
    def living(self) -> ShelvedEdition | None:
        return next((shelved for shelved in self.editions if shelved.is_living), None)

    @property
    def draft(self) -> Edition | None:
        return next((s.edition for s in self.editions if s.edition.is_draft), None)

    def numbered(self, number: str) -> ShelvedEdition | None:
        return next((s for s in self.editions if s.edition.number == number), None)


def edition_shelf(plan: Plan, at: date) -> EditionShelf:
    """Return all editions of a plan as they stand on a day, in two queries."""
    living = Edition.objects.living(plan, at)
    editions = sorted(Edition.objects.of(plan).select_related("base"), reverse=True)
    return EditionShelf([ShelvedEdition(e, e == living, e.took_effect_by(at)) for e in editions])
