"""How many answers stand in which state."""

from collections import Counter
from dataclasses import dataclass

from rounds.enums import OWED_STATES, AnswerState


@dataclass
class Counts:
    """How many answers stand in which state; a share is of all that were asked for."""

    by_state: Counter[str]

    @property
    def total(self) -> int:
        return self.by_state.total()

    @property
    def unanswered(self) -> int:
        return self.by_state[AnswerState.UNANSWERED]

    @property
    def writing(self) -> int:
        return self.by_state[AnswerState.WRITING]

    @property
    def sent(self) -> int:
        return self.by_state[AnswerState.SENT]

    @property
    def returned(self) -> int:
        return self.by_state[AnswerState.RETURNED]

    @property
    def accepted(self) -> int:
        return self.by_state[AnswerState.ACCEPTED]

    @property
    def owed(self) -> int:
        return sum(self.by_state[state] for state in OWED_STATES)

    @property
    def answered(self) -> int:
        return self.total - self.owed

    @property
    def share(self) -> int:
        """Return the answered ones in whole per cent, rounded down: 100 means all."""
        return self.answered * 100 // self.total if self.total else 0

    @property
    def segments(self) -> list[tuple[str, str, int, int]]:
        """Return the parts of a bar, the furthest first: value, label, where it begins, how wide it is."""
        parts, place = [], 0
        for state in (
            AnswerState.ACCEPTED,
            AnswerState.SENT,
            AnswerState.RETURNED,
            AnswerState.WRITING,
            AnswerState.UNANSWERED,
        ):
            parts.append((state.value, str(state.label), place, self.by_state[state]))
            place += self.by_state[state]
        return parts
