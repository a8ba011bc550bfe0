"""The editions of a plan side by side, as they stand on a day."""

from dataclasses import dataclass, field
from datetime import date

from kirishima_dx.clock import day_of
from kirishima_dx.moment import Moment, When
from plans.enums import EditionStatus
from plans.models import Edition, Plan, RecalledAdoption
from plans.querysets import living_of

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

    @property
    def shown_from(self) -> date | None:
        """Return the day from which on the pages showed it: that of its effect, or that of a later adoption."""
        effective_from, adopted_at = self.edition.effective_from, self.edition.adopted_at
        if effective_from is None or adopted_at is None:
            return None
        return max(effective_from, day_of(adopted_at))


@dataclass(frozen=True)
class EditionShelf:
    """All editions of a plan that were known, newest first.

    `unheard` are those that take effect by the day, but were recorded later, oldest first. `is_early` says that none
    that was known had taken effect by then, so that the first one stands in.
    """

    editions: list[ShelvedEdition]
    unheard: list[Edition] = field(default_factory=list)
    is_early: bool = False

    @property
    def living(self) -> ShelvedEdition | None:
        return next((shelved for shelved in self.editions if shelved.is_living), None)

    @property
    def draft(self) -> Edition | None:
        return next((s.edition for s in self.editions if s.edition.is_draft), None)

    @property
    def coming(self) -> list[Edition]:
        """Return the editions that are adopted for a day to come, the next one first, but for one that stands in."""
        found = (s.edition for s in self.editions if s.status == UPCOMING and not s.is_living)
        return sorted(found)

    @property
    def recalls(self) -> list[RecalledAdoption]:
        """Return what has become of adoptions that the day knew as planned, and that were taken back or moved since."""
        return [s.edition.recalled for s in reversed(self.editions) if s.edition.recalled]

    def numbered(self, number: str) -> ShelvedEdition | None:
        return next((s for s in self.editions if s.edition.number == number), None)


def edition_shelf(plan: Plan, at: When) -> EditionShelf:
    """Return all editions of a plan as they stand on a day, in one query; in two where an adoption was recalled since.

    On such a day an edition that was adopted later is not there, nor is what is a draft today: what it then said is
    kept nowhere. One whose adoption was taken back or moved since is there as it was planned. The living one always is.
    """
    moment = Moment.of(at)
    editions = sorted(Edition.objects.as_known(plan, moment), reverse=True)
    living = living_of(editions, moment)
    known = [e for e in editions if e == living or _was_known(e, moment)]
    in_effect = [e for e in reversed(editions) if e.as_it_is.took_effect_by(moment.day)]
    unheard = [e.as_it_is for e in in_effect if not moment.knows(e.as_it_is.adopted_at)]
    is_early = living is not None and len(in_effect) == len(unheard)
    return EditionShelf(
        [ShelvedEdition(e, e == living, e.took_effect_by(moment.day)) for e in known],
        unheard,
        is_early,
    )


def _was_known(edition: Edition, moment: Moment) -> bool:
    if moment.is_hindsight and edition.is_draft:
        return False
    return moment.knows(edition.adopted_at)
