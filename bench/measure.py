"""Measure one size on DATABASE_URL, an empty database: `python -m bench.measure TIMES YEARS`.

Prints each row as a line of JSON. `--turns` waits for a line of its input before each part, so that two codes can take
turns, and says with an empty line that a part is done.
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
from bench.dashboard import measure_dashboard
from bench.reports import measure_reports
from bench.revisions import measure_revisions
from bench.rounds import measure_rounds
from bench.saving import ITEM, measure_saving
from bench.timing import Row, Skipped
from bench.visits import BACKEND, Visitor, measure_page
from people.models import User
from plans.models import Edition

Measured = list[Row | Skipped]


@dataclass
class Bench:
    """Who asks, of what, and how often."""

    edition: Edition
    by: User
    runs: int

    def __post_init__(self) -> None:
        self.anyone, self.staff, self.client = Visitor(), Visitor(self.by), Client()
        self.client.force_login(self.by, backend=BACKEND)


def pages(bench: Bench) -> Measured:
    return [
        measure_page("`/`（だれでも）", "/", bench.anyone, bench.runs),
        measure_page("`/`（事務局）", "/", bench.staff, bench.runs),
        measure_page("`/items/`（だれでも）", "/items/", bench.anyone, bench.runs),
        measure_page("`/items/1-A-1/`（だれでも）", f"/items/{ITEM}/", bench.anyone, bench.runs),
    ]


PARTS: tuple[Callable[[Bench], Measured], ...] = (
    pages,
    lambda bench: [*measure_saving(bench.client, bench.runs)],
    lambda bench: [*measure_rounds(bench.client, bench.runs)],
    lambda bench: [*measure_reports(bench.edition, bench.runs)],
    lambda bench: [*measure_revisions(bench.edition, bench.staff, bench.runs)],
    lambda bench: [*measure_any_day(bench.runs)],
    lambda bench: [*measure_dashboard(bench.edition, bench.staff, bench.runs)],
)


def main(times: int, years: int, *, takes_turns: bool) -> None:
    call_command("migrate", verbosity=0)
    edition = data.prepare(times=times, years=years)
    bench = Bench(edition, User.objects.get(), runs=20 if times == 1 else 5)
    for part in PARTS:
        if takes_turns:
            sys.stdin.readline()
        for row in part(bench):
            print(json.dumps(row.told(), ensure_ascii=False), flush=True)
        print(flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), takes_turns="--turns" in sys.argv)
