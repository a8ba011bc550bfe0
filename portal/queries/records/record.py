"""One line of 利用の記録, and what the list is narrowed to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from people.models import User
from portal.enums import RecordKind


@dataclass(frozen=True)
class Record:
    """What happened: when, who did it as which account, from where, to what, and why.

    `said` are sentences. `size` and `digest` are of a file. `source` and `key` tell it from others of its moment.
    `closing_url` is where words are closed that somebody typed by mistake (A3); empty where there are none.
    """

    at: datetime
    kind: RecordKind
    source: int
    key: int
    name: str
    username: str = ""
    address: str = ""
    subject: str = ""
    said: tuple[str, ...] = ()
    reason: str = ""
    size: int | None = None
    digest: str = ""
    closing_url: str = ""

    @property
    def place(self) -> "Place":
        return Place(self.at, self.source, self.key)


@dataclass(frozen=True, order=True)
class Place:
    """Where a record stands in the list of all: by its moment, then by its source, then by its row."""

    at: datetime
    source: int
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.source}_{self.key}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Read a place as an address names it; None where it is none."""
        moment, _, rest = text.partition("_")
        source, _, key = rest.partition("_")
        try:
            at = datetime.fromisoformat(moment)
            place = cls(at.astimezone(UTC), int(source), int(key))
        except (ValueError, OverflowError):
            return None
        return place if timezone.is_aware(at) and abs(place.key) < 2**63 else None


@dataclass(frozen=True)
class Accounts:
    """Whom an account's name or a person's name means: the accounts, and the name as it was typed.

    A whole name of an account means that account alone; any other text means all in whose names it stands.
    """

    text: str
    keys: frozenset[int]
    is_whole: bool

    @classmethod
    def meant_by(cls, text: str) -> "Accounts":
        whole = User.objects.filter(username=User.normalize_username(text))
        part = User.objects.filter(Q(username__icontains=text) | Q(name__icontains=text))
        if keys := frozenset(whole.values_list("pk", flat=True)):
            return cls(text, keys, is_whole=True)
        return cls(text, frozenset(part.values_list("pk", flat=True)), is_whole=False)

    def within(self, keys: Collection[str], names: Collection[str]) -> Q:
        """Return the condition that one of some columns names one of them."""
        found = Q(pk__in=[])
        for column in keys:
            found |= Q(**{f"{column}__in": self.keys})
        for column in names:
            how = "exact" if self.is_whole else "icontains"
            found |= Q(**{f"{column}__{how}": self.text})
        return found


@dataclass(frozen=True)
class Wish:
    """What the list is narrowed to; all of it where nothing is asked.

    An `address` that ends in a dot or a colon is how addresses begin.
    """

    kind: RecordKind | None = None
    accounts: Accounts | None = None
    address: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    def within_days(self, column: str) -> Q:
        found = Q()
        if self.since:
            found &= Q(**{f"{column}__gte": _begin(self.since)})
        if self.until:
            found &= Q(**{f"{column}__lt": _begin(self.until + timedelta(days=1))})
        return found


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
