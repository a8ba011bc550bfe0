"""Until when an answer may be given, and what happens after that day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from kirishima_dx.fiscal_year import wareki_date
from people.queries import Heirs
from rounds.enums import OverdueRule
from rounds.models import Answer, Extension, ReportingRound


def due_of_all(round: ReportingRound, extensions: Iterable[Extension]) -> date:
    """Return the last day for those for whom nothing else was set."""
    return max([round.due_on, *(e.due_on for e in extensions if e.department_id is None)])


@dataclass
class Deadlines:
    """The deadlines of one round: of a department the latest of what was set for it and for all."""

    round: ReportingRound
    for_all: date
    by_department: dict[int, date] = field(default_factory=dict)

    @classmethod
    def of(cls, round: ReportingRound, at: date) -> Self:
        """Read the deadlines of a day, in one query; in three where one was set for a department.

        Who took over from a department by then (機構改革) has its deadline too.
        """
        extensions = list(round.extensions.all())
        deadlines = cls(round, due_of_all(round, extensions))
        set_for = [(e.department_id, e.due_on) for e in extensions if e.department_id is not None]
        heirs = Heirs(at) if set_for else None
        for department_id, due_on in set_for:
            for one in {department_id} | (heirs.of(department_id) if heirs else set()):
                known = deadlines.by_department.get(one, due_on)
                deadlines.by_department[one] = max(known, due_on)
        return deadlines

    def of_department(self, department_id: int | None) -> date:
        """Return the last day on which a department may answer."""
        if department_id is None:
            return self.for_all
        return max(self.for_all, self.by_department.get(department_id, self.for_all))

    def of_answer(self, answer: Answer, lead_id: int | None) -> date:
        """Return the last day for one answer, owed by a department; its own day where it was reopened."""
        return answer.own_due_on or self.of_department(lead_id)

    def refusal(self, answer: Answer, lead_id: int | None, at: date) -> str:
        """Say why nothing may be written on a day; empty where something may."""
        if not self.round.has_begun(at):
            return f"この照会の回答は、{wareki_date(self.round.opens_on)}から受け付けます。"
        if self.round.is_closed and answer.own_due_on is None:
            return "この照会は締め切られました。直す必要があるときは、事務局に回答の再開を頼んでください。"
        due = self.of_answer(answer, lead_id)
        refuses = self.round.overdue_rule == OverdueRule.REFUSE
        if refuses and at > due:
            # An extension does not move the day of an answer that was reopened.
            way = "もう一度「再開」を" if answer.own_due_on else "期限の延長を"
            return (
                f"回答の期限（{wareki_date(due)}）を過ぎたので、受け付けていません。"
                f"事務局に{way}頼んでください。"
            )
        return ""
