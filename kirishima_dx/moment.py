"""Any day: of which day something is asked, and what was known by then.

What a page showed at the end of a day cannot be found by the day alone: an entry is written after the day it speaks
of, an edition adopted for a day that has passed. So a question about a day that has passed carries both.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from kirishima_dx import clock
from kirishima_dx.days import day_after


@dataclass(frozen=True)
class Moment:
    """A day, and the first moment (aware) of which nothing is known any more; None: whatever is known now counts."""

    day: date
    known_before: datetime | None = None

    @classmethod
    def today(cls) -> "Moment":
        return cls(clock.today())

    @classmethod
    def end_of(cls, day: date) -> "Moment":
        """Return a day as its end in Asia/Tokyo saw it; today and coming days as they are known now."""
        if day >= clock.today():
            return cls(day)
        return cls(day, timezone.make_aware(datetime.combine(day_after(day), time.min)))

    @classmethod
    def of(cls, at: "When") -> "Moment":
        """Return what a question means that names a day alone: that day, by all that is known now."""
        return at if isinstance(at, Moment) else cls(at)

    @property
    def is_hindsight(self) -> bool:
        """Whether something may have become known since."""
        return self.known_before is not None

    def knows(self, recorded_at: datetime | None) -> bool:
        """Whether what was recorded then was known; what bears no time always was."""
        return self.known_before is None or recorded_at is None or recorded_at < self.known_before

    def known(self, column: str) -> Q:
        """Keep the rows that were known, by the column that says when they were recorded."""
        return Q() if self.known_before is None else Q(**{f"{column}__lt": self.known_before})

    def unknown(self, column: str) -> Q:
        """Keep the rows with something that was recorded later; a row without it is not among them."""
        if self.known_before is None:
            return Q(pk__in=[])
        return Q(**{f"{column}__gte": self.known_before})


When = date | Moment
"""A day by all that is known now, or a day as it was known at a moment."""
