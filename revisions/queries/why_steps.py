"""One edition's step in the story of a text. Pure: takes what was read already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.changed_places import compared_with
from plans.comparison.items import ItemChange
from plans.comparison.parts import Part, PartChange, part_label
from plans.enums import Fate
from plans.models import Edition, FocusItemText
from plans.shelf import ShelvedEdition


@dataclass(frozen=True)
class TextStep:
    """What an edition says of a text and what it changed, None where nothing.

    Where the text ended with the edition it does not stand there (`stands`), and `text` is the last wording. `own` is
    False of another item that went over into the one told of. `is_first`: there is no older edition to compare with.
    """

    shelved: ShelvedEdition
    text: FocusItemText | Part
    change: ItemChange | PartChange | None
    stands: bool
    own: bool = True
    is_first: bool = False

    @property
    def name(self) -> str:
        """Return what the text is called: 1-A-3 and its title, or its heading."""
        return str(self.text) if isinstance(self.text, FocusItemText) else part_label(self.text)

    @property
    def is_same(self) -> bool:
        return self.change is None or self.change.fate == Fate.SAME


def before_each(readable: Sequence[ShelvedEdition]) -> Mapping[int, Edition]:
    """Return with which edition each is compared; `readable` comes newest first, the oldest has none."""
    return compared_with([shelved.edition for shelved in readable])
