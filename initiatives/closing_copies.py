"""Where the words of an entry stand a second time: in entries that repeat or correct it; and the reason of an
assignment in each of its rows (A3)."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q

from initiatives.closable import STATED
from initiatives.models import ProgressEntry, Responsibility, ResponsibilityRecall
from kirishima_dx.clock import day_of


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


def copies_of_assignment(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return what the same person assigned, or called off, on the same day for the same reason, however short it is."""
    if column != "reason":
        return
    if isinstance(row, Responsibility):
        assigned = Responsibility.objects.filter(reason=value, assigned_by=row.assigned_by_id)
        day = day_of(row.assigned_at)
        yield from ((one, column) for one in assigned if day_of(one.assigned_at) == day)
    if isinstance(row, ResponsibilityRecall):
        recalled = ResponsibilityRecall.objects.filter(
            reason=value, recalled_by=row.recalled_by_id, recalled_on=row.recalled_on
        )
        yield from ((one, column) for one in recalled)
