"""What goes into an answer workbook: the answers of a department with what was said before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from initiatives.models import ProgressEntry
from people.models import Department
from plans.models import Edition, FocusItemText
from rounds.models import Answer, ReportingRound
from rounds.queries.scenes import RoundScenes


@dataclass(frozen=True)
class FormRow:
    """One item: what is promised, who owes the answer, what was said before, what is answered so far."""

    answer: Answer
    text: FocusItemText
    lead: Department | None
    last: ProgressEntry | None


@dataclass(frozen=True)
class AnswerForm:
    """The rows of one workbook, in the order of the plan. `department` is None where it holds several."""

    round: ReportingRound
    department: Department | None
    due_on: date
    rows: list[FormRow]

    @property
    def addressee(self) -> str:
        return self.department.name if self.department else "複数の部署"


def form_rows(round: ReportingRound, edition: Edition, scenes: RoundScenes) -> list[FormRow]:
    """Return a row for each answer of a round, in two queries besides the scenes; items keep the plan's order."""
    answers = {
        answer.initiative.focus_item_id: answer
        for answer in round.answers.select_related("initiative__focus_item", "round")
    }
    texts = _texts(edition, answers)
    return [
        FormRow(
            answer := answers[text.focus_item_id],
            text,
            scenes.leads.get(answer.initiative_id),
            scenes.lasts.get(answer.initiative_id),
        )
        for text in texts
    ]


def _texts(edition: Edition, answers: dict[int, Answer]) -> list[FocusItemText]:
    """Return what the living edition says of the items; of one that it dropped, what was said last."""
    named = FocusItemText.objects.select_related("policy__axis", "focus_item")
    texts = list(named.filter(edition=edition, focus_item__in=answers))
    missing = set(answers) - {text.focus_item_id for text in texts}
    if missing:
        older = named.filter(focus_item__in=missing).order_by("edition__major", "edition__minor")
        texts += {text.focus_item_id: text for text in older}.values()
    return texts


def owing_departments(rows: list[FormRow]) -> list[Department]:
    """Return the departments that owe an answer, in their order."""
    departments = {row.lead.pk: row.lead for row in rows if row.lead is not None}
    return sorted(departments.values(), key=lambda one: one.place_order)


def answer_form(
    rows: list[FormRow], scenes: RoundScenes, departments: Collection[Department]
) -> AnswerForm:
    """Return one form of the rows that some departments owe; for none named, of all rows."""
    wanted = {department.pk for department in departments}
    kept = [row for row in rows if not wanted or (row.lead is not None and row.lead.pk in wanted)]
    only = next(iter(departments)) if len(departments) == 1 else None
    due_on = scenes.deadlines.of_department(only.pk if only else None)
    return AnswerForm(scenes.round, only, due_on, kept)
