"""Who is responsible for an initiative on the day of an assignment, and what is planned after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from initiatives.enums import ResponsibilityKind
from initiatives.models import Initiative, Responsibility

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stop:
    """Why a responsibility ends at a planned change: after which day, and who recorded that when."""

    until: date
    planned_at: datetime
    planned_by: int

    @classmethod
    def before(cls, coming: Responsibility) -> "Stop":
        return cls(coming.valid_from - ONE_DAY, coming.assigned_at, coming.assigned_by_id)

    @classmethod
    def at_end_of(cls, ended: Responsibility) -> "Stop | None":
        if ended.valid_until is None or ended.ended_at is None or ended.ended_by_id is None:
            return None
        return cls(ended.valid_until, ended.ended_at, ended.ended_by_id)


@dataclass
class Standing:
    """`current` is what an assignment of a day takes the place of, `coming` what was planned for later and stays."""

    current: list[Responsibility]
    coming: list[Responsibility]

    @property
    def held(self) -> frozenset[tuple[int, str]]:
        return frozenset((one.department_id, one.kind) for one in self.current)

    def stop_of(
        self, department_id: int, kind: str, replaced: Iterable[Responsibility]
    ) -> Stop | None:
        """Return where a responsibility ends that begins now: at the first planned change of the lead or of its
        department, and where what it replaces was to end."""
        is_lead = kind == ResponsibilityKind.LEAD

        def concerns(one: Responsibility) -> bool:
            shares_lead = is_lead and one.kind == ResponsibilityKind.LEAD
            return one.department_id == department_id or shares_lead

        stops = [Stop.before(one) for one in self.coming if concerns(one)]
        ends = [Stop.at_end_of(one) for one in replaced if concerns(one)]
        return min([*stops, *filter(None, ends)], key=lambda stop: stop.until, default=None)


def standing_on(initiative: Initiative, day: date, today: date) -> Standing:
    """Return what stands on a day, by all that is known now.

    What began already is current on earlier days too: an assignment of a day gone by takes its place.
    """
    lasting = initiative.responsibilities.counted().not_ended_before(day)
    rows = list(lasting.select_related("department").order_by("department__order", "pk"))
    coming = [one for one in rows if one.valid_from > max(day, today)]
    return Standing([one for one in rows if one not in coming], coming)
