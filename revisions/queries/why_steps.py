"""One edition's step in the story of a text. Pure: takes what was read already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """Return with which edition each is compared: the one it was made from, else the one before it in order.

    `readable` comes newest first; the oldest has none.
    """
    known = {shelved.edition.pk: shelved.edition for shelved in readable}
    before: dict[int, Edition] = {}
    for place, shelved in enumerate(readable):
        edition, older = shelved.edition, readable[place + 1 :]
        if edition.base_id in known:
            before[edition.pk] = known[edition.base_id]
        elif older:
            before[edition.pk] = older[0].edition
    return before
