"""How something is timed beside its floor: seconds of the thread's processor, and of the clock.

On a machine that others use too the clock says little, so ratios are of the processor's seconds: the least of the
runs, which nothing disturbed, with the median beside it.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

Work = Callable[[], object]


@dataclass(frozen=True)
class Spent:
    """The seconds of one run each: of this thread on the processor, and on the clock."""

    cpu: list[float]
    wall: list[float]

    def told(self) -> dict[str, float]:
        """Return the least and the median of both."""
        return {
            f"{name}_{how}": work(seconds)
            for name, seconds in (("cpu", self.cpu), ("wall", self.wall))
            for how, work in (("least", min), ("median", statistics.median))
        }


@dataclass(frozen=True)
class Row:
    """What was measured beside what floor. Bytes are those of a page: as it is, and as it goes out compressed."""

    what: str
    floor: str
    queries: int
    spent: dict[str, float]
    floor_spent: dict[str, float]
    sent: int | None = None
    compressed: int | None = None

    def __post_init__(self) -> None:
        assert all([*self.spent.values(), *self.floor_spent.values()]), self.what

    def told(self) -> dict[str, Any]:
        return {"kind": "row", "name": f"{self.what}、{self.floor}", **asdict(self)}


@dataclass(frozen=True)
class Reading:
    """What readers got of a real server in so many seconds: seconds each, and of the server's processor a page."""

    what: str
    readers: int
    pages_a_second: float
    wait_median: float
    wait_p95: float
    cpu_a_page: float

    def told(self) -> dict[str, Any]:
        return {"kind": "reading", "name": f"{self.what}、{self.readers}", **asdict(self)}


@dataclass(frozen=True)
class Skipped:
    """A row that this code has nothing for."""

    what: str
    floor: str
    why: str

    def told(self) -> dict[str, Any]:
        return {"kind": "skipped", "name": f"{self.what}、{self.floor}", **asdict(self)}


def in_turn(work: Work, floor: Work, runs: int, *, before: Work | None = None) -> list[Spent]:
    """Run both alternately after one warm-up of each, and return what each took.

    `before` comes untimed before each.
    """
    spent = [Spent([], []), Spent([], [])]
    for number in range(runs + 1):
        for task, times in zip((work, floor), spent, strict=True):
            if before is not None:
                before()
            clock, processor = time.perf_counter(), time.thread_time()
            task()
            used, took = time.thread_time() - processor, time.perf_counter() - clock
            if number:
                times.cpu.append(used)
                times.wall.append(took)
    return spent


def row(
    what: str,
    floor: str,
    queries: int,
    spent: list[Spent],
    *,
    sent: int | None = None,
    compressed: int | None = None,
) -> Row:
    work, least = spent
    return Row(what, floor, queries, work.told(), least.told(), sent, compressed)


def queries_of(work: Work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def fetched(client: Client, url: str) -> tuple[bytes, int]:
    """Return what a page says and how many queries it takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    asked = len(queries)  # The log is emptied by the next request.
    assert response.status_code == 200, (url, response.status_code)
    return response.content, asked
