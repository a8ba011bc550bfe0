"""What a department has filled in, whole or in part, and what it lacks to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from initiatives.models import ProgressEntry
from initiatives.stated_column import Kind, StatedColumn, Widths
from initiatives.statement import (
    COLUMNS,
    Statement,
    faults_of,
    is_overtaken,
    not_chosen,
    overtaken_message,
)
from rounds.enums import AnswerKind
from rounds.models import Answer

KIND = StatedColumn(
    key="kind",
    label="回答区分",
    kind=Kind.CHOICE,
    choices=AnswerKind,
    meaning="新しい状況か、前回のままか",
    is_required=True,
    guide="新しい状況を書くときは「更新あり」、前回のままのときは「変更なし」を選びます。"
    "「変更なし」のときは、ほかの欄は空にします。",
    example="更新あり",
    widths=Widths(answer=10),
)
ANSWER_COLUMNS = (KIND, *COLUMNS)
"""What a department fills in, in the order in which it is asked."""


@dataclass(frozen=True, kw_only=True)
class AnswerContent(Statement):
    """A value for each of ANSWER_COLUMNS; what is not yet filled in says nothing."""

    kind: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(**{column.key: getattr(answer, column.key) for column in ANSWER_COLUMNS})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what as_json wrote; a column that was not there yet is empty."""
        return cls(
            **{
                column.key: column.from_json(stored[column.key])
                for column in ANSWER_COLUMNS
                if column.key in stored
            }
        )

    def as_json(self) -> dict[str, Any]:
        return {column.key: column.as_json(getattr(self, column.key)) for column in ANSWER_COLUMNS}

    @property
    def is_empty(self) -> bool:
        return self == AnswerContent()

    def put_into(self, answer: Answer) -> None:
        for column in ANSWER_COLUMNS:
            setattr(answer, column.key, getattr(self, column.key))


def gaps_of(content: AnswerContent, *, as_of: date, last: ProgressEntry | None) -> dict[str, str]:
    """Return what an answer lacks to be sent (G2, G3), column by column, in words for the person who fills it in.

    `last` is the entry that stood before (前回), which 変更なし says again.
    """
    if content.kind == AnswerKind.UNCHANGED:
        return _gaps_of_unchanged(content, as_of, last)
    gaps = not_chosen(content)
    if content.kind != AnswerKind.UPDATE:
        gaps["kind"] = "回答区分（更新あり・変更なし）を選んでください。"
    gaps |= faults_of(content, as_of)
    return {column.key: gaps[column.key] for column in ANSWER_COLUMNS if column.key in gaps}


def _gaps_of_unchanged(
    content: AnswerContent, as_of: date, last: ProgressEntry | None
) -> dict[str, str]:
    if content.says_something:
        return {
            "kind": "「変更なし」では、ほかの欄を使いません。書いた内容で回答するときは「更新あり」にし、"
            "前回のままのときは、ほかの欄を空にしてください。"
        }
    if last is None:
        return {"kind": "前回の記録がないので「変更なし」では回答できません。"}
    if is_overtaken(last.new_due_date, as_of):
        return {"kind": overtaken_message(last.new_due_date)}
    return {}
