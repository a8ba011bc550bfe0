"""Until when an answer may be given, and what happens after that day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from kirishima_dx.fiscal_year import wareki_date
from rounds.enums import OverdueRule
from rounds.models import Answer, Extension, ReportingRound


@dataclass
class Deadlines:
    """The deadlines of one round: of a department the latest of what was set for it and for all."""

    round: ReportingRound
    for_all: date
    by_department: dict[int, date] = field(default_factory=dict)

    @classmethod
    def of(cls, round: ReportingRound, extensions: Iterable[Extension] | None = None) -> Self:
        """Read the extensions of a round, in one query unless they are handed in."""
        deadlines = cls(round, round.due_on)
        for extension in round.extensions.all() if extensions is None else extensions:
            if extension.department_id is None:
                deadlines.for_all = max(deadlines.for_all, extension.due_on)
            else:
                known = deadlines.by_department.get(extension.department_id, extension.due_on)
                deadlines.by_department[extension.department_id] = max(known, extension.due_on)
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
