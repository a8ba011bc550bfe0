"""Looks and signs of the codes that stand in a report, so that it reads in black and white as well.

They are chosen by the codes of the document itself: a sealed report is drawn the same whatever the live labels have
become since (rule R1). A code not listed here gets a plain look.
"""

from dataclasses import replace

from initiatives.enums import NO_ANSWER, NO_ANSWER_CODE, SHOWS_SILENCE, SILENCE
from initiatives.statement import COLUMNS
from kirishima_dx.closed_set import ClosedSet, Traits
from kirishima_dx.pictures.bars import PLAIN_BAR, Sign
from reviews.enums import (
    NOT_OWED_CODE,
    NOTHING_OWED,
    DecisionKind,
    DecisionState,
    RatingChange,
    StatusChange,
    StudyStanding,
)
from reviews.report.document import Cell, Column, Value

SCALES: dict[str, type[ClosedSet]] = {
    **{column.key: column.choices for column in COLUMNS if column.choices is not None},
    "rating_change": RatingChange,
    "status_change": StatusChange,
    "decision_kind": DecisionKind,
    "decision_state": DecisionState,
    "study_standing": StudyStanding,
}
"""The closed sets whose codes stand in reports, by the names under which columns refer to them."""
PLAIN = Traits(meaning="", look="other", bar=PLAIN_BAR)
"""How a code is drawn that no closed set knows."""
_BESIDE = {
    **{
        scale: {NO_ANSWER_CODE: SILENCE}
        for scale, members in SCALES.items()
        if members in SHOWS_SILENCE
    },
    "decision_state": {NOT_OWED_CODE: NOTHING_OWED},
}
"""What may stand in place of a member."""
_TRAITS = {
    scale: {member.code: member.traits for member in members} | _BESIDE.get(scale, {})
    for scale, members in SCALES.items()
}
_MARKED = {scale for scale, members in SCALES.items() if all(member.mark for member in members)}
"""Scales with a mark for each member; one that has some marks goes without in reports."""


def traits_of(scale: str, code: Value) -> Traits:
    return _TRAITS.get(scale, {}).get(str(code), PLAIN)


def sign_of(scale: str, code: Value, label: str) -> Sign:
    """Return how a code is drawn. Its mark is left out where the scale has marks for some of its members only."""
    traits = replace(traits_of(scale, code), mark=mark_of(scale, code))
    return Sign.of(str(code), label, traits)


def mark_of(scale: str, code: Value) -> str:
    return traits_of(scale, code).mark if has_marks(scale) else ""


def has_marks(scale: str) -> bool:
    return scale in _MARKED


def is_silence(column: Column, cell: Cell) -> bool:
    """Whether a cell says that nothing was stated."""
    return cell.value == NO_ANSWER_CODE and NO_ANSWER_CODE in _BESIDE.get(column.scale, {})


def choices_of(scale: str) -> dict[str, str]:
    """Return the codes of a scale with the words that stand for them now, silence last."""
    members = SCALES[scale]
    silence = {NO_ANSWER_CODE: NO_ANSWER} if members in SHOWS_SILENCE else {}
    return {member.code: str(member.label) for member in members} | silence
