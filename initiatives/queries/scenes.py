"""What the answers of one round are judged by, for all of them at once."""

from dataclasses import dataclass, field
from datetime import date, datetime

from initiatives.actions.answer_steps import Scene
from initiatives.actions.progress import Speaker
from initiatives.deadlines import Deadlines
from initiatives.models import Answer, ProgressEntry, ReportingRound, Responsibility
from kirishima_dx import clock
from people.models import Department, User


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
            lasts=ProgressEntry.objects.all().last_before_round(round),
            deadlines=Deadlines.of(round),
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
