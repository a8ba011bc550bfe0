"""How a row of a workbook meets what was answered since the workbook was made (F1). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from initiatives.stated_column import StatedColumn
from rounds.answer_content import ANSWER_COLUMNS, AnswerContent
from rounds.answer_sheet.reading import canonical


class Side(Enum):
    """What a person picks where both sides were changed."""

    NOW = "now"
    FILE = "file"


@dataclass(frozen=True)
class FieldMerge:
    """One column that the file changes: as it was at export, as it now stands, as the file has it."""

    column: StatedColumn
    exported: Any
    now: Any
    file: Any

    @property
    def name(self) -> str:
        return self.column.key

    @property
    def is_conflict(self) -> bool:
        """Whether somebody changed it elsewhere since the export, to something else."""
        return bool(self.now != self.exported)


def merge(exported: AnswerContent, now: AnswerContent, said: Mapping[str, Any]) -> list[FieldMerge]:
    """Return the fields that a file changes, in their order; columns that the file lacks change nothing.

    A field counts as changed in the file where it differs from what was exported. Where the answer meanwhile says the
    same as the file, there is nothing to do.
    """
    written, stands = canonical(exported), canonical(now)
    merges = []
    for column in ANSWER_COLUMNS:
        name = column.key
        if name not in said or said[name] == getattr(written, name):
            continue
        if said[name] != getattr(stands, name):
            merges.append(
                FieldMerge(column, getattr(exported, name), getattr(now, name), said[name])
            )
    return merges


def merged(
    now: AnswerContent, merges: list[FieldMerge], picks: Mapping[str, Side]
) -> AnswerContent:
    """Return the answer after the file, conflicts as picked. A conflict without a pick is a KeyError."""
    taken = {
        one.name: one.file for one in merges if not one.is_conflict or picks[one.name] is Side.FILE
    }
    return replace(now, **taken)
