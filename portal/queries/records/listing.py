"""利用の記録 as one list by time, over all tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from portal.queries.records.histories import AccountHistory, RoleHistory
from portal.queries.records.record import Place, Record, Wish
from portal.queries.records.source import Source
from portal.queries.records.sources import (
    Closings,
    Downloads,
    EvidenceDownloads,
    PasswordSettings,
    Shortenings,
    SignIns,
    Unlocks,
    Withholdings,
)

SOURCES: tuple[Source, ...] = (
    SignIns(0),
    Downloads(1),
    EvidenceDownloads(2),
    AccountHistory(3),
    RoleHistory(4),
    PasswordSettings(5),
    Unlocks(6),
    Closings(7),
    Withholdings(8),
    Shortenings(9),
)
"""Of one moment, what stands later in this list is told as the newer one."""
PAGE = 50


@dataclass(frozen=True)
class RecordPage:
    """Some records, newest first, and where older ones begin; None where there are none."""

    records: list[Record]
    older: Place | None


def record_page(wish: Wish, below: Place | None = None, size: int = PAGE) -> RecordPage:
    """Return the newest records that a wish means, or those below a place. As many queries, however many there are."""
    each = [source.records(wish, below, size + 1) for source in SOURCES]
    found = list(islice(_newest_first(map(iter, each)), size + 1))
    records = found[:size]
    return RecordPage(records, records[-1].place if len(found) > size else None)


def all_records(wish: Wish) -> Iterator[Record]:
    """Return every record that a wish means, newest first; only a few of each table are in memory."""
    return _newest_first(source.all_records(wish) for source in SOURCES)


def _newest_first(each: "Iterator[Iterator[Record]]") -> Iterator[Record]:
    return merge(*each, key=lambda record: record.place, reverse=True)
