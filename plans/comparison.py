"""What changed from one edition to the next, by item identity and section key, never by position.

Pure: takes two outlines, asks no database. The page, the list of what stands in the way of adoption, and later the
workbook all use this one comparison.
"""

from dataclasses import dataclass
from functools import cached_property

from kirishima_dx.text_diff import Run, diff
from plans.enums import Fate
from plans.models import FocusItem, FocusItemText
from plans.queries import EditionOutline


@dataclass(frozen=True)
class TextChange:
    """One text of an edition that differs: `place` as in Erratum, `label` for people."""

    place: str
    label: str
    old: str
    new: str

    @cached_property
    def runs(self) -> list[Run]:
        return diff(self.old, self.new)


@dataclass(frozen=True)
class ItemChange:
    """One focus item in both editions; a side is None where the item does not stand."""

    fate: Fate
    old: FocusItemText | None
    new: FocusItemText | None

    @property
    def either(self) -> FocusItemText:
        """Return the new wording, the old one where there is none."""
        text = self.new or self.old
        if text is None:
            raise ValueError("an item stands in neither edition")
        return text

    @property
    def focus_item(self) -> FocusItem:
        return self.either.focus_item

    @property
    def loses_star(self) -> bool:
        return bool(self.old and self.new and self.old.is_study and not self.new.is_study)

    @property
    def gains_star(self) -> bool:
        return bool(self.old and self.new and self.new.is_study and not self.old.is_study)

    @property
    def rewords(self) -> bool:
        return bool(
            self.old
            and self.new
            and (self.old.title, self.old.overview) != (self.new.title, self.new.overview)
        )

    @property
    def title_runs(self) -> list[Run]:
        return diff(self.old.title if self.old else "", self.new.title if self.new else "")

    @property
    def overview_runs(self) -> list[Run]:
        return diff(self.old.overview if self.old else "", self.new.overview if self.new else "")


@dataclass(frozen=True)
class Comparison:
    """All items of either edition, each with its fate, in the order of the new edition and then the ended ones;
    and the other texts that differ."""

    items: list[ItemChange]
    texts: list[TextChange]

    @property
    def changed_items(self) -> list[ItemChange]:
        return [item for item in self.items if item.fate != Fate.SAME]

    @property
    def is_empty(self) -> bool:
        return not self.changed_items and not self.texts

    def count(self, fate: Fate) -> int:
        return sum(item.fate == fate for item in self.items)


def compare(old: EditionOutline, new: EditionOutline) -> Comparison:
    """Return what leads from the old edition to the new one; comparing an edition with itself finds nothing."""
    before = {text.focus_item_id: text for text in old.items}
    after = {text.focus_item_id: text for text in new.items}
    items = [
        ItemChange(fate_of(before.get(key), text), before.get(key), text)
        for key, text in after.items()
    ]
    items += [
        ItemChange(Fate.ENDED, text, None) for key, text in before.items() if key not in after
    ]
    return Comparison(items, _text_changes(old, new))


def fate_of(old: FocusItemText | None, new: FocusItemText | None) -> Fate:
    """Return what became of one item. Losing or gaining ★ is a change of wording; a change of place is a move."""
    if old is None:
        return Fate.NEW
    if new is None:
        return Fate.ENDED
    if old.place != new.place:
        return Fate.MOVED
    if (old.title, old.overview, old.is_study) != (new.title, new.overview, new.is_study):
        return Fate.REWORDED
    return Fate.SAME


def _text_changes(old: EditionOutline, new: EditionOutline) -> list[TextChange]:
    before, after = _other_texts(old), _other_texts(new)
    changes = []
    for place in [*after, *(place for place in before if place not in after)]:
        old_text, new_text = before.get(place, ("", ""))[1], after.get(place, ("", ""))[1]
        if old_text != new_text:
            label = (after.get(place) or before[place])[0]
            changes.append(TextChange(place, label, old_text, new_text))
    return changes


def _other_texts(outline: EditionOutline) -> dict[str, tuple[str, str]]:
    """Return label and text of everything but the items, by place."""
    texts: dict[str, tuple[str, str]] = {}
    for axis in outline.axes:
        for name in ("name", "english", "tagline"):
            texts[f"axes/{axis.axis.number}/{name}"] = (
                f"軸{axis.axis.number}",
                getattr(axis.axis, name),
            )
        for policy in axis.policies:
            code = policy.policy.code
            texts[f"policies/{code}/name"] = (f"取組方針 {code}", policy.policy.name)
    for node in outline.walk_sections():
        section = node.section
        texts[f"sections/{section.key}/title"] = (section.heading, section.heading)
        texts[f"sections/{section.key}/body"] = (section.heading, section.body)
    return texts
