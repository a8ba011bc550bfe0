"""What a department has filled in, whole or in part, and what it lacks to be sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from initiatives.actions.progress import Statement, faults_of, is_overtaken, overtaken_message
from initiatives.enums import AnswerKind
from initiatives.models import ANSWER_FIELDS, STATEMENT_FIELDS, Answer, ProgressEntry

_CHOSEN = {
    "status": "状態を選んでください。",
    "step": "段階を選んでください。",
    "rating": "進捗評価を選んでください。",
    "direction": "今後の方針を選んでください。",
}


@dataclass(frozen=True)
class AnswerContent:
    """The columns of ANSWER_FIELDS; whatever is not yet filled in is empty."""

    kind: str = ""
    status: str = ""
    step: str = ""
    rating: str = ""
    rating_reason: str = ""
    achievements: str = ""
    outcome: str = ""
    problem: str = ""
    for_headquarters: bool = False
    delay_cause: str = ""
    countermeasure: str = ""
    new_due_date: date | None = None
    next_steps: str = ""
    direction: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "AnswerContent":
        return cls(**{name: getattr(answer, name) for name in ANSWER_FIELDS})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "AnswerContent":
        """Read what as_json wrote; a column that was not there yet is empty."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        due = values.get("new_due_date")
        return cls(**{**values, "new_due_date": date.fromisoformat(due) if due else None})

    def as_json(self) -> dict[str, Any]:
        due = self.new_due_date
        return {**asdict(self), "new_due_date": due.isoformat() if due else None}

    @property
    def statement(self) -> Statement:
        return Statement(**{name: getattr(self, name) for name in STATEMENT_FIELDS})

    @property
    def is_empty(self) -> bool:
        return self == AnswerContent()

    @property
    def says_something(self) -> bool:
        """Whether a column other than 回答区分 is filled in."""
        return any(getattr(self, name) for name in STATEMENT_FIELDS)

    def put_into(self, answer: Answer) -> None:
        for name in ANSWER_FIELDS:
            setattr(answer, name, getattr(self, name))


def gaps_of(content: AnswerContent, *, as_of: date, last: ProgressEntry | None) -> dict[str, str]:
    """Return what an answer lacks to be sent (G2, G3), column by column, in words for the person who fills it in.

    `last` is the entry that stood before (前回), which 変更なし says again.
    """
    if content.kind == AnswerKind.UNCHANGED:
        return _gaps_of_unchanged(content, as_of, last)
    gaps = {name: message for name, message in _CHOSEN.items() if not getattr(content, name)}
    if content.kind != AnswerKind.UPDATE:
        gaps["kind"] = "回答区分（更新あり・変更なし）を選んでください。"
    gaps |= faults_of(content.statement, as_of)
    return {name: gaps[name] for name in ANSWER_FIELDS if name in gaps}


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
    if is_overtaken(last, as_of):
        return {"kind": overtaken_message(last)}
    return {}
