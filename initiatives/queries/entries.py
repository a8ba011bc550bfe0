"""Entries as people read them, and how each came after the one before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F

from initiatives.models import ProgressEntry, Stated
from initiatives.stated_column import Kind, StatedColumn
from initiatives.statement import COLUMNS
from kirishima_dx.moment import Moment
from kirishima_dx.text_diff import Run, marks


def column_marks(column: StatedColumn, old: str, new: str) -> list[Run]:
    """Return how a column changed, in words: prose word by word, anything else as a whole."""
    return marks(old, new, whole=not column.is_prose)


def statements_of(entry: Stated) -> list[tuple[str, str]]:
    """Return what an entry says, label and text, without what it leaves empty and what pages show by chips."""
    said = [
        (column.label, entry.said(column.key))
        for column in COLUMNS
        if column.kind is not Kind.CHOICE
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
        .annotate(set_right_by=F("corrected_by__pk"))
        .select_related("initiative__focus_item")
        .order_by("as_of", "recorded_at", "pk")
    )
    by_item: dict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in _joined(list(entries)):
        by_item[entry.initiative.focus_item_id].append(entry)
    return {item: _stories(found, at) for item, found in by_item.items()}


def _joined(entries: list[ProgressEntry]) -> list[ProgressEntry]:
    """Tie each entry to the one that it corrects where both are at hand; else Django asks."""
    by_key = {entry.pk: entry for entry in entries}
    for entry in entries:
        if entry.corrects_id in by_key:
            entry.corrects = by_key[entry.corrects_id]
    return entries


def _stories(entries: Iterable[ProgressEntry], at: Moment) -> list[EntryStory]:
    """Tell the entries of one item, given oldest first; a correction is compared with what it corrects."""
    stories: list[EntryStory] = []
    previous: ProgressEntry | None = None
    for entry in entries:
        is_corrected = entry.set_right_by is not None  # type: ignore[attr-defined]  # Annotated.
        corrected = entry.corrected_by if is_corrected else None
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
    for column in COLUMNS:
        before, after = old.said(column.key), new.said(column.key)
        if before != after:
            changes.append(FieldChange(column.label, column_marks(column, before, after)))
    return changes
