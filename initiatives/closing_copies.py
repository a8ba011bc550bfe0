"""Where the words of an entry stand a second time: in entries that repeat or correct it (A3)."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q

from initiatives.closable import STATED
from initiatives.models import ProgressEntry


def saying(value: str) -> Q:
    """Keep statements of which a text says just that."""
    return reduce(or_, (Q(**{name: value}) for name in STATED))


def entries_saying(initiative_id: int, value: str) -> Iterator[tuple[Model, str]]:
    for entry in ProgressEntry.objects.filter(saying(value), initiative=initiative_id):
        yield from ((entry, name) for name in STATED if getattr(entry, name) == value)


def copies_of_entry(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return entries of the same item whose text is the same as that of an entry."""
    if isinstance(row, ProgressEntry) and column in STATED:
        yield from entries_saying(row.initiative_id, value)
