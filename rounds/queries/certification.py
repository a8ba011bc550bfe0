"""What the 確認者 of a department has to confirm."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from initiatives.models import ProgressEntry
from rounds.enums import AnswerKind
from rounds.models import Answer, ReportingRound
from rounds.queries.answer_page import SaidField, said_fields
from rounds.queries.own_answers import OwnAnswer, own_answers
from rounds.queries.scenes import RoundScenes


@dataclass
class ToCertify:
    """One sent answer, whole. `form` is put in by the page."""

    own: OwnAnswer
    form: Any = None

    @property
    def answer(self) -> Answer:
        return self.own.answer

    @property
    def code(self) -> str:
        return self.own.code

    @property
    def last(self) -> ProgressEntry | None:
        return self.own.last

    @property
    def is_unchanged(self) -> bool:
        return self.answer.kind == AnswerKind.UNCHANGED

    @property
    def said(self) -> list[SaidField]:
        """Return what is said, marked against what was said before; 変更なし says all of that again."""
        if self.is_unchanged:
            return said_fields(self.last, None) if self.last else []
        return said_fields(self.answer, self.last)

    @property
    def shown(self) -> str:
        """Return which state of the answer is shown, as a form carries it (G4)."""
        return f"{self.code}@{self.answer.revision}"


def to_certify(round: ReportingRound, departments: Collection[int]) -> list[ToCertify]:
    """Return the answers of some departments that await their 確認者, in the plan's order."""
    scenes = RoundScenes.of(round)
    return [
        ToCertify(own)
        for own in sorted(own_answers(scenes), key=lambda own: own.place_order)
        if own.answer.awaits_certifier and own.lead_id in departments
    ]
