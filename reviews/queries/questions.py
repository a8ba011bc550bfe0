"""お諮りすること: what the agenda of a meeting asks the 本部 to decide, and what it only reports."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from plans.models import Plan
from reviews.models import AgendaItem, Meeting


@dataclass(frozen=True)
class AgendaMatter:
    """An agenda item by its number, with what it asks; one that asks nothing is 報告."""

    number: int
    item: AgendaItem

    @property
    def is_asked(self) -> bool:
        return bool(self.item.question)

    @property
    def about(self) -> str:
        """Return in a word what it concerns: the number of an item, the name of an edition; else nothing."""
        if self.item.focus_item is not None:
            return self.item.focus_item.code
        return self.item.edition.name if self.item.edition is not None else ""


@dataclass(frozen=True)
class Questions:
    """What a meeting has to decide, in the order of its agenda, and what is reported to it."""

    meeting: Meeting
    asked: list[AgendaMatter] = field(default_factory=list)
    reported: list[AgendaMatter] = field(default_factory=list)


def questions_of(meeting: Meeting, agenda: Iterable[AgendaItem]) -> Questions:
    matters = [AgendaMatter(number, item) for number, item in enumerate(agenda, start=1)]
    return Questions(
        meeting,
        [matter for matter in matters if matter.is_asked],
        [matter for matter in matters if not matter.is_asked],
    )


def coming_questions(plan: Plan, today: date) -> Questions | None:
    """Return what the next meeting has to decide, in two queries; one whose day has passed counts until its record is
    closed, where none is to come. None where no meeting is being prepared."""
    going_on = Meeting.objects.going_ahead().filter(plan=plan, closed_at__isnull=True)
    meetings = list(going_on.select_related("plan").order_by("held_on", "pk"))
    coming = [meeting for meeting in meetings if meeting.held_on >= today]
    meeting = next(iter(coming or meetings[::-1]), None)
    if meeting is None:
        return None
    agenda = meeting.agenda.select_related("focus_item", "edition")
    return questions_of(meeting, agenda.order_by("position", "pk"))
