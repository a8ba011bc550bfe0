"""What an answer is judged by, alone or with all others of its round."""

from dataclasses import dataclass, field
from datetime import date, datetime

from initiatives.errors import EntryRefused
from initiatives.models import ProgressEntry, Responsibility
from initiatives.queries.speaker import Speaker
from kirishima_dx import clock
from people.models import Department, User
from rounds.deadlines import Deadlines
from rounds.models import Answer, ReportingRound
from rounds.queries.previous_entries import last_entries_before, last_entry_before


@dataclass(frozen=True)
class Scene:
    """What an answer is judged by: who owes it today, until when, and what was said before."""

    lead: Department | None
    deadlines: Deadlines
    last: ProgressEntry | None
    at: datetime
    today: date

    @classmethod
    def of(cls, answer: Answer) -> "Scene":
        today = clock.today()
        held = Responsibility.objects.filter(initiative_id=answer.initiative_id)
        return cls(
            lead=held.leads_on(today).get(answer.initiative_id),
            deadlines=Deadlines.of(answer.round, today),
            last=last_entry_before(answer),
            at=clock.now(),
            today=today,
        )

    def due_on(self, answer: Answer) -> date:
        return self.deadlines.of_answer(answer, self.lead.pk if self.lead else None)

    def refuse_closed(self, answer: Answer) -> None:
        """Raise where the window to answer is not open."""
        refusal = self.deadlines.refusal(answer, self.lead.pk if self.lead else None, self.today)
        if refusal:
            raise EntryRefused({"all": refusal})


@dataclass
class RoundScenes:
    """The scene of every answer of a round, in three queries; and for whom somebody speaks, in one more."""

    round: ReportingRound
    leads: dict[int, Department]
    lasts: dict[int, ProgressEntry]
    deadlines: Deadlines
    at: datetime
    today: date
    speaking: dict[int, Department] = field(default_factory=dict)

    @classmethod
    def of(cls, round: ReportingRound, *, by: User | None = None) -> "RoundScenes":
        today = clock.today()
        held = Responsibility.objects.filter(initiative__answers__round=round)
        scenes = cls(
            round=round,
            leads=held.leads_on(today),
            lasts=last_entries_before(round),
            deadlines=Deadlines.of(round, today),
            at=clock.now(),
            today=today,
        )
        if by is not None and by.writing_department_ids:
            own = held.valid_on(today).filter(department_id__in=by.writing_department_ids)
            # The lead comes last and stays.
            for one in own.select_related("department").order_by("-kind", "-department__order"):
                scenes.speaking[one.initiative_id] = one.department
        return scenes

    def scene(self, answer: Answer) -> Scene:
        key = answer.initiative_id
        return Scene(self.leads.get(key), self.deadlines, self.lasts.get(key), self.at, self.today)

    def speaker(self, answer: Answer, by: User) -> Speaker:
        department = self.speaking.get(answer.initiative_id)
        return Speaker(by, by.display_name, department, department.name if department else "")
