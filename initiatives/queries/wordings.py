"""What the editions say of an item, and of the items that it came from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet

from initiatives.queries.entries import FieldChange
from kirishima_dx.text_diff import marks
from plans.ancestry import ItemLineage, ancestry
from plans.comparison.items import Kin
from plans.enums import Fate
from plans.models import Descent, Edition, FocusItem, FocusItemText, ItemFate
from plans.queries import WordingReason
from plans.recalls import kept_wording
from plans.shelf import EditionShelf, ShelvedEdition

_PLACE, _STAR = "番号", "★検討項目"
_WHOLE = (_PLACE, _STAR)
"""What is marked as a whole where it changed: another number is no shorter one."""


@dataclass
class Wording:
    """What one edition says of the item, and what it changed against the edition before.

    `came_from` are other items that went over into this one with the edition, `went_into` those that it went over into.
    """

    text: FocusItemText
    shelved: ShelvedEdition
    changes: list[FieldChange] = field(default_factory=list)
    fates: list[ItemFate] = field(default_factory=list)
    reasons: list[WordingReason] = field(default_factory=list)
    moves: bool = False
    came_from: list[Kin] = field(default_factory=list)
    went_into: list[Kin] = field(default_factory=list)


def readable_wordings(focus_item: FocusItem, shelf: EditionShelf, *, drafts: bool) -> list[Wording]:
    """Return what each edition on the shelf says of an item, newest first; drafts only where they may be read."""
    return readable_among(texts_of(focus_item.texts.all()), focus_item, shelf, drafts=drafts)


def texts_of(texts: "QuerySet[FocusItemText]") -> list[FocusItemText]:
    """Return texts with their places, in one query; their editions are on the shelf."""
    return list(texts.select_related("policy__axis", "focus_item").order_by())


def readable_among(
    texts: Iterable[FocusItemText], focus_item: FocusItem, shelf: EditionShelf, *, drafts: bool
) -> list[Wording]:
    """Return, of all texts of an item, the wordings that may be read (see readable_wordings)."""
    shelved = [one for one in shelf.editions if drafts or one.is_public]
    restored = {
        one.edition.pk: kept_wording(one.edition, focus_item)
        for one in shelved
        if one.edition.was_called_off
    }
    said = [text for text in texts if text.edition_id not in restored]
    return _wordings([*said, *filter(None, restored.values())], shelved)


def _wordings(texts: Iterable[FocusItemText], editions: Iterable[ShelvedEdition]) -> list[Wording]:
    """Return the texts of those editions with what each changed, newest first."""
    shelved = {one.edition.pk: one for one in editions}
    wordings = [Wording(t, shelved[t.edition_id]) for t in texts if t.edition_id in shelved]
    for wording in wordings:
        wording.text.edition = wording.shelved.edition  # As the day knew it.
    wordings.sort(key=lambda wording: wording.text.edition, reverse=True)
    for newer, older in pairwise(wordings):
        newer.changes = text_changes(older.text, newer.text)
        newer.moves = older.text.policy.key != newer.text.policy.key
    return wordings


def text_changes(old: FocusItemText, new: FocusItemText) -> list[FieldChange]:
    """Return in what two wordings of an item differ, marked word by word."""
    sides = {
        _PLACE: (old.place, new.place),
        "取組方針": (old.policy.name, new.policy.name),
        "重点項目": (old.title, new.title),
        "取組の概要": (old.overview, new.overview),
        _STAR: tuple("あり" if text.is_study else "なし" for text in (old, new)),
    }
    return [
        FieldChange(label, marks(*pair, whole=label in _WHOLE))
        for label, pair in sides.items()
        if pair[0] != pair[1]
    ]


def published(wordings: list[Wording]) -> list[Wording]:
    return [wording for wording in wordings if wording.shelved.is_public]


def holding_wording(wordings: list[Wording]) -> Wording:
    """Return the living edition's wording, else the newest that is published, else the draft's."""
    public = published(wordings)
    return next((w for w in public if w.shelved.is_living), (public or wordings)[0])


def _newest_first(items: Collection[int]) -> "QuerySet[FocusItemText]":
    texts = FocusItemText.objects.filter(focus_item__in=items)
    named = texts.select_related("edition", "policy__axis", "focus_item")
    return named.order_by("-edition__major", "-edition__minor")


@dataclass
class Ancestor:
    """An item that went over into another one on a day, with what was said of it until then, newest first."""

    until: date
    wordings: list[Wording]

    @property
    def last(self) -> FocusItemText:
        return self.wordings[0].text


class Kinship:
    """How an item hangs together with others by 分割 and 統合, in the editions that took effect."""

    def __init__(self, focus_item: FocusItem, shelf: EditionShelf, lineage: ItemLineage) -> None:
        """Read how the others were worded, in one query; in none where there are none."""
        self._item = focus_item.pk
        self._shelved = [one for one in shelf.editions if one.is_public and one.has_taken_effect]
        told = {one.edition.pk for one in self._shelved}
        self._descents = [one for one in lineage.descents if one.edition_id in told]
        self._origins = ancestry(self._item, self._descents)
        near = [d for d in self._descents if self._item in (d.before_id, d.after_id)]
        joined = {key for d in near for key in (d.before_id, d.after_id)} | set(self._origins)
        self._texts: dict[int, list[FocusItemText]] = defaultdict(list)
        for text in _newest_first(joined) if joined else ():
            self._texts[text.focus_item_id].append(text)

    @property
    def ancestors(self) -> dict[int, Ancestor]:
        """Return the items that it came from, by their keys."""
        found = {}
        for item, edition in self._origins.items():
            before = [one for one in self._shelved if one.edition < edition]
            wordings = _wordings(self._texts[item], before)
            if wordings and edition.effective_from:
                found[item] = Ancestor(edition.effective_from, wordings)
        return found

    def add_to(self, wordings: Iterable[Wording]) -> None:
        """Put into each wording from where the item came and where it went with its edition."""
        for wording in wordings:
            edition = wording.text.edition
            wording.came_from = list(self._came_from(edition))
            wording.went_into = list(self.went_into(edition))

    def went_into(self, edition: Edition) -> Iterator[Kin]:
        """Yield the items that it went over into with an edition, as that edition words them."""
        for descent in self._joining(edition):
            if descent.before_id == self._item:
                texts = self._texts[descent.after_id]
                text = next((t for t in texts if t.edition_id == edition.pk), None)
                if text is not None:
                    yield Kin(text, Fate(descent.kind))

    def _came_from(self, edition: Edition) -> Iterator[Kin]:
        for descent in self._joining(edition):
            if descent.after_id == self._item:
                texts = self._texts[descent.before_id]
                text = next((t for t in texts if t.edition < edition), None)
                if text is not None:
                    yield Kin(text, Fate(descent.kind))

    def _joining(self, edition: Edition) -> Iterator[Descent]:
        return (descent for descent in self._descents if descent.edition_id == edition.pk)
