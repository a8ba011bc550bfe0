"""Measure one size on DATABASE_URL, empty or prepared by bench/data.py: `python -m bench.measure TIMES YEARS [PART …]`.

Prints how many parts there are, and each row as a line of JSON. A line of its input begins a part, an empty line of its
output ends it: so two codes can take turns.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from bench import data, urls

urls.take_these()

from bench.any_day import measure_any_day
from bench.beside_admin import measure_beside_admin
from bench.connecting import measure_connecting
from bench.dashboard import measure_pictures
from bench.names import ANYONE, STAFF
from bench.readers import measure_readers
from bench.repeated import measure_compressed, measure_repeated
from bench.reports import measure_reports
from bench.revisions import measure_revisions
from bench.rounds import measure_rounds
from bench.saving import ITEM, measure_saving
from bench.states import measure_states
from bench.timing import Reading, Row, Skipped
from bench.token_cost import measure_token
from bench.visits import BACKEND, Visitor, keep_connection, measure_page
from people.models import User
from plans.models import Edition

keep_connection()

Measured = list[Row | Reading | Skipped]


@dataclass
class Bench:
    """Who asks, of what, and how often."""

    edition: Edition
    by: User
    runs: int

    def __post_init__(self) -> None:
        self.anyone, self.staff, self.client = Visitor(), Visitor(self.by), Client()
        self.client.force_login(self.by, backend=BACKEND)

    def page(self, url: str, who: str = ANYONE) -> Row:
        visitor = self.staff if who == STAFF else self.anyone
        return measure_page(f"`{url}`（{who}）", url, visitor, self.runs)


def pages(bench: Bench) -> Measured:
    """Measure what most people read, and what takes longest."""
    return [
        *pages_of_many(bench),
        bench.page("/", STAFF),
        bench.page("/changes/"),
        bench.page(bench.edition.get_absolute_url()),
        bench.page("/dashboard/", STAFF),
    ]


def pages_of_many(bench: Bench) -> Measured:
    return [bench.page(url) for url in ("/", "/items/", f"/items/{ITEM}/", "/dashboard/")]


def coming_back(bench: Bench) -> Measured:
    return [*measure_repeated(bench.anyone, bench.staff, bench.runs)]


def coming_back_to_many(bench: Bench) -> Measured:
    return [measure_compressed(bench.anyone, bench.runs)]


def connecting(bench: Bench) -> Measured:
    return [*measure_connecting(bench.anyone, bench.runs)]


def readers(bench: Bench) -> Measured:
    return [*measure_readers()]


def recording(bench: Bench) -> Measured:
    return [*measure_saving(bench.client, bench.runs * 2), *measure_token(bench.client)]


def admin(bench: Bench) -> Measured:
    return [*measure_beside_admin(bench.staff, bench.client, bench.runs)]


def states(bench: Bench) -> Measured:
    return [*measure_states(bench.edition, bench.runs)]


def rounds(bench: Bench) -> Measured:
    return [*measure_rounds(bench.client, bench.runs)]


def reports(bench: Bench) -> Measured:
    return [*measure_reports(bench.edition, bench.runs)]


def revisions(bench: Bench) -> Measured:
    return [*measure_revisions(bench.edition, bench.staff, bench.runs)]


def pictures(bench: Bench) -> Measured:
    return [*measure_pictures(bench.edition, bench.runs)]


def any_day(bench: Bench) -> Measured:
    return [*measure_any_day(max(1, bench.runs // 2))]


Part = Callable[[Bench], Measured]
ALL: tuple[Part, ...] = (
    pages,
    coming_back,
    connecting,
    readers,
    recording,
    admin,
    states,
    pictures,
    rounds,
    reports,
    revisions,
    any_day,
)
PARTS: dict[tuple[int, int], tuple[Part, ...]] = {
    (1, 10): (states,),
    (100, 10): (pages_of_many, coming_back_to_many, recording, states, pictures),
}
"""What is measured of sizes that are there for some rows alone; of others all is.

Of 5,200 items the rest would take an hour: a page of the plan has 9 MB, and a report two million cells.
"""


def main(times: int, years: int, names: list[str]) -> None:
    """Measure part after part, or those that are named, each when the next line of the input says so."""
    call_command("migrate", verbosity=0)
    edition = Edition.objects.filter(status="in_force").select_related("plan").first()
    bench = Bench(
        edition or data.prepare(times=times, years=years),
        User.objects.get(),
        runs=20 if times == 1 else 2,
    )
    parts = [part for part in PARTS.get((times, years), ALL) if not names or part.__name__ in names]
    print(len(parts), flush=True)
    for part in parts:
        sys.stdin.readline()
        for row in part(bench):
            print(json.dumps(row.told(), ensure_ascii=False), flush=True)
        print(flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
