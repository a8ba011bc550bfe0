"""A table from which records are read."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from kirishima_dx.list_filter import every_word
from people.closing_places import filled
from portal.enums import RecordKind
from portal.queries.records.record import Place, Record, Wish

AT_ONCE = 500
"""Rows of one table that are in memory while a file is written."""


class Source(ABC):
    """One table: which of its columns say when, who and where, and how a row is told.

    `accounts` are columns that name accounts, `names` columns with names as they were or as they were typed, `texts`
    those in which words are looked for.
    """

    kinds: ClassVar[tuple[RecordKind, ...]]
    at: ClassVar[str]
    accounts: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()
    address: ClassVar[str] = ""
    texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, number: int) -> None:
        self.number = number

    @abstractmethod
    def rows(self) -> "QuerySet[Any]":
        """Return all rows, with what a line tells of them, in any order."""

    @abstractmethod
    def told(self, rows: Sequence[Any]) -> Iterable[Record]:
        """Return the records of some rows in their order, in a fixed number of queries."""

    def narrowed(self, wish: Wish, below: Place | None = None) -> "QuerySet[Any]":
        """Return the rows that a wish means, those below a place, newest first."""
        if not self._may_hold(wish):
            return self.rows().none()
        rows = self.rows().filter(wish.within_days(self.at), self.of_kind(wish.kind))
        if wish.accounts:
            rows = rows.filter(wish.accounts.within(self.accounts, self.names))
        if wish.address:
            how = "startswith" if wish.address[-1] in ".:" else "exact"
            rows = rows.filter(**{f"{self.address}__{how}": wish.address})
        if wish.words:
            rows = rows.filter(every_word(wish.words, self._found))
        if below:
            rows = rows.filter(self._below(below))
        return rows.order_by(f"-{self.at}", "-pk")

    def of_kind(self, kind: RecordKind | None) -> Q:
        """Return which rows are of a kind that this table holds."""
        return Q()

    def records(self, wish: Wish, below: Place | None, most: int) -> list[Record]:
        """Return the newest records, at most so many."""
        return list(self.told(list(self.narrowed(wish, below)[:most])))

    def all_records(self, wish: Wish) -> Iterator[Record]:
        """Return every record, newest first, a few rows at a time."""
        rows = self.narrowed(wish).iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            yield from self.told(some)

    def _may_hold(self, wish: Wish) -> bool:
        return (wish.kind is None or wish.kind in self.kinds) and not (
            wish.address and not self.address
        )

    def _found(self, word: str) -> Q:
        return reduce(or_, (Q(**{f"{column}__icontains": word}) for column in self.texts), Q())

    def _below(self, place: Place) -> Q:
        earlier = Q(**{f"{self.at}__lt": place.at})
        same = Q(**{self.at: place.at})
        if self.number > place.source:
            return earlier
        if self.number < place.source:
            return earlier | same
        return earlier | (same & Q(pk__lt=place.key))


def name_of(user: Model | None, otherwise: str) -> str:
    """Return the name of an account as it is now; `otherwise` where none did it."""
    return str(user) if user is not None else otherwise


def closing_url(row: Model) -> str:
    """Return where what people typed into a row is closed; empty where nothing typed stands in it, or any more."""
    there = any(True for _ in filled(row))
    return reverse("closing_add", args=[row._meta.db_table, row.pk]) if there else ""
