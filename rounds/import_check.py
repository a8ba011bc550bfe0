"""A preview as people look through it: the plan of an upload beside the form in which they decide (F1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField

from initiatives.queries.entries import column_marks
from kirishima_dx.text_diff import Run
from rounds.actions.imports import conflict_name
from rounds.answer_content import AnswerContent, gaps_of
from rounds.answer_sheet.columns import BY_KEY
from rounds.answer_sheet.merging import FieldMerge, Side
from rounds.forms.imports import ImportForm
from rounds.models import Answer, AnswerChange
from rounds.queries.import_preview import FilePlan, ImportPlan, Outcome, Picks, RowPlan
from rounds.queries.import_record import AppliedRow


@dataclass(frozen=True)
class FieldCheck:
    """One field that a file changes. Of a conflict `pick` is the choice between the two sides."""

    label: str
    exported: str
    now: str
    file: str
    marks: list[Run]
    """From what now stands to what the file says."""
    pick: BoundField | None = None


@dataclass(frozen=True)
class RowCheck:
    """One item that a file changes; `lacks` is what would still be missing for it to be sent."""

    answer: Answer
    title: str
    number: int
    conflicts: list[FieldCheck]
    changes: list[FieldCheck]
    lacks: list[str]


@dataclass(frozen=True)
class FileCheck:
    plan: FilePlan
    rows: list[RowCheck]
    same: list[RowPlan]


@dataclass(frozen=True)
class ImportCheck:
    """All files of a preview, and how many items change, clash, stay and are wrong."""

    files: list[FileCheck]
    changed: int
    conflicting: int
    same: int
    faulty: int
    is_open: bool
    """Whether there is something to apply."""


@dataclass(frozen=True)
class RecordedRow:
    """One answer that an upload changed, field by field."""

    change: AnswerChange
    title: str
    fields: list[FieldCheck]


def import_check(plan: ImportPlan, form: ImportForm, titles: dict[int, str]) -> ImportCheck:
    """Set a plan beside its form; `titles` names the items by the key of the item."""
    files = [_file_check(plan, file, form, titles) for file in plan.files]

    def count(outcome: Outcome) -> int:
        return sum(len(file.with_outcome(outcome)) for file in plan.files)

    refused = sum(bool(file.read.refusal) for file in plan.files)
    return ImportCheck(
        files=files,
        changed=count(Outcome.CHANGE),
        conflicting=count(Outcome.CONFLICT),
        same=count(Outcome.SAME),
        faulty=sum(len(file.faults) for file in plan.files) + refused,
        is_open=plan.changes_something,
    )


def _file_check(
    plan: ImportPlan, file: FilePlan, form: ImportForm, titles: dict[int, str]
) -> FileCheck:
    conflicts = file.with_outcome(Outcome.CONFLICT) if file.can_apply else []
    changing = [*conflicts, *(file.with_outcome(Outcome.CHANGE) if file.can_apply else [])]
    rows = [
        _row_check(plan, row, form, titles.get(row.answer.initiative.focus_item_id, ""))
        for row in changing
    ]
    return FileCheck(file, rows, file.with_outcome(Outcome.SAME))


def _row_check(plan: ImportPlan, row: RowPlan, form: ImportForm, title: str) -> RowCheck:
    picks: Picks = {(row.answer.pk, one.name): Side.FILE for one in row.conflicts}
    last = plan.scenes.lasts.get(row.answer.initiative_id)
    gaps = gaps_of(row.after(picks), as_of=plan.scenes.round.as_of, last=last)
    return RowCheck(
        answer=row.answer,
        title=title,
        number=row.row.number,
        conflicts=[
            _field_check(one, form[conflict_name(row.answer, one.name)]) for one in row.conflicts
        ],
        changes=[_field_check(one) for one in row.changes],
        lacks=[BY_KEY[name].label for name in gaps],
    )


def _field_check(one: FieldMerge, pick: BoundField | None = None) -> FieldCheck:
    column = one.column
    exported, now, file = map(column.in_words, (one.exported, one.now, one.file))
    marks = column_marks(column, now, file)
    return FieldCheck(column.label, exported, now, file, marks, pick)


def recorded_rows(applied: Sequence[AppliedRow], titles: dict[int, str]) -> list[RecordedRow]:
    """Return how fields went from one content to another, for the record of what an upload did."""
    return [
        RecordedRow(
            row.change,
            titles.get(row.change.answer.initiative.focus_item_id, ""),
            [_recorded(name, row.before, row.after) for name in row.names],
        )
        for row in applied
    ]


def _recorded(name: str, before: AnswerContent, after: AnswerContent) -> FieldCheck:
    was = getattr(before, name)
    return _field_check(FieldMerge(BY_KEY[name], was, was, getattr(after, name)))
