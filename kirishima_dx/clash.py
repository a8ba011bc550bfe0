"""One field that two people changed at the same moment, side by side (G4)."""

from dataclasses import dataclass

from django.forms import BoundField

from kirishima_dx.text_diff import Run, marks


@dataclass(frozen=True)
class ClashField:
    """As it was when the form was opened, if known; from there to what now stands; from that to what was typed."""

    field: BoundField
    opened: str | None
    now: str
    theirs: list[Run]
    mine: list[Run]

    @property
    def differs(self) -> bool:
        """Whether what was typed is not what stands."""
        return any(run.kind != "same" for run in self.mine)


def clash_field(
    field: BoundField, *, opened: str | None, now: str, typed: str, whole: bool = False
) -> ClashField:
    """Compare one field, each side as people read it; `whole` as in `marks`."""
    before = now if opened is None else opened
    theirs, mine = marks(before, now, whole=whole), marks(now, typed, whole=whole)
    return ClashField(field, opened, now, theirs, mine)
