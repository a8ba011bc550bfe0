"""Entries as people read them, and how each came after the one before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from initiatives.models import ProgressEntry
from initiatives.models.progress_entry import STATEMENT_FIELDS
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.moment import Moment
from kirishima_dx.text_diff import Run, marks

FIELD_LABELS = {
    name: str(ProgressEntry._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # Columns of its own.
    for name in STATEMENT_FIELDS
}
SHORT_FIELDS = ("status", "step", "rating", "direction")
"""What pages show by chips and steps rather than as prose."""
YES = "希望する"
"""How the wish is shown that the DX推進本部 deliberate on a problem."""
WHOLE_FIELDS = ("kind", *SHORT_FIELDS, "new_due_date", "for_headquarters")
"""What is marked as a whole where it changed: 概ね順調 → 順調 is another word, not a shorter one."""


class Stated(Protocol):
    """What holds the columns of STATEMENT_FIELDS: what was said, and what is being said in a round."""

    def get_status_display(self) -> str: ...
    def get_step_display(self) -> str: ...
    def get_rating_display(self) -> str: ...
    def get_direction_display(self) -> str: ...


def in_words(value: Any, labels: Mapping[str, str] | None = None) -> str:
    """Return a value of a column as people read it, empty where it says nothing; `labels` name fixed words."""
    if not value:
        return ""
    if labels:
        return labels.get(value, "")
    if value is True:
        return YES
    return wareki_date(value) if isinstance(value, date) else str(value)


def shown_value(entry: Stated, name: str) -> str:
    """Return a stated value as people read it."""
    display = getattr(entry, f"get_{name}_display", None)
    return in_words(display() if display else getattr(entry, name))


def field_marks(name: str, old: str, new: str) -> list[Run]:
    """Return how the text of a column changed, marked as suits that column."""
    return marks(old, new, whole=name in WHOLE_FIELDS)


def statements_of(entry: Stated) -> list[tuple[str, str]]:
    """Return what an entry says in prose, label and text, without what it leaves empty."""
    said = [
        (label, shown_value(entry, name))
        for name, label in FIELD_LABELS.items()
        if name not in SHORT_FIELDS
    ]
    return [(label, text) for label, text in said if text]


@dataclass(frozen=True)
class FieldChange:
    """One column that differs between two entries, marked word by word."""

    label: str
    runs: list[Run]


@dataclass
class EntryStory:
    """One entry in an item's history with what it changed against the one before it."""

    entry: ProgressEntry
    changes: list[FieldChange]
    corrected_by: ProgressEntry | None = None

    @property
    def statements(self) -> list[tuple[str, str]]:
        return statements_of(self.entry)


def entry_stories(items: Collection[int], at: Moment) -> dict[int, list[EntryStory]]:
    """Return the entries of items that were known, newest first, by the key of the item, in one query."""
    entries = (
        ProgressEntry.objects.filter(at.known("recorded_at"), initiative__focus_item__in=items)
        .select_related("initiative__focus_item", "corrects", "corrected_by", "answer__round")
        .order_by("as_of", "recorded_at", "pk")
    )
    by_item: dict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in entries:
        by_item[entry.initiative.focus_item_id].append(entry)
    return {item: _stories(found, at) for item, found in by_item.items()}


def _stories(entries: Iterable[ProgressEntry], at: Moment) -> list[EntryStory]:
    """Tell the entries of one item, given oldest first; a correction is compared with what it corrects."""
    stories: list[EntryStory] = []
    previous: ProgressEntry | None = None
    for entry in entries:
        corrected = getattr(entry, "corrected_by", None)
        if corrected is not None and not at.knows(corrected.recorded_at):
            corrected = None
        stories.append(
            EntryStory(entry, changes_between(entry.corrects or previous, entry), corrected)
        )
        if corrected is None:
            previous = entry
    return stories[::-1]


def changes_between(old: ProgressEntry | None, new: Stated) -> list[FieldChange]:
    """Return the columns in which two entries differ; for a first entry, nothing."""
    if old is None:
        return []
    changes = []
    for name, label in FIELD_LABELS.items():
        before, after = shown_value(old, name), shown_value(new, name)
        if before != after:
            changes.append(FieldChange(label, field_marks(name, before, after)))
    return changes
