"""Measure one size on DATABASE_URL, an empty database: `measure.py TIMES YEARS`. Prints rows as JSON."""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from bench import bare, data
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.models import User
from plans.models import Edition
from reviews.actions import open_report
from reviews.queries import report_document
from reviews.workbooks.meeting import meeting_workbook

Row = dict[str, str | int | float]
ITEM = "1-A-1"


def in_turn(work: Callable[[], Any], floor: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Return the median seconds of each, run alternately after one warm-up of both."""
    work(), floor()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for task, seconds in zip((work, floor), times, strict=True):
            start = time.perf_counter()
            task()
            seconds.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def row(what: str, floor: str, queries: int, seconds: tuple[float, float]) -> Row:
    return {
        "what": what,
        "floor": floor,
        "queries": queries,
        "seconds": seconds[0],
        "floor_seconds": seconds[1],
    }


def measure_page(what: str, url: str, client: Client, runs: int) -> Row:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    asked = len(queries)  # The log is emptied by the next request.
    assert response.status_code == 200, (url, response.status_code)
    bare.size = len(response.content)
    with override_settings(ROOT_URLCONF="bench.bare", MIDDLEWARE=[]):
        bare_client = Client()
        bare_client.get("/")  # Builds its handler while the bare settings hold.

    def floor() -> None:
        with override_settings(ROOT_URLCONF="bench.bare"):
            bare_client.get("/")

    seconds = in_turn(lambda: client.get(url), floor, runs)
    return row(what, "同じ大きさを送るだけのビュー", asked, seconds)


def measure_saving(client: Client, runs: int) -> Row:
    url = f"/items/{ITEM}/progress/"

    def save() -> None:
        revision = Initiative.objects.get(focus_item__code=ITEM).revision
        form = {
            "as_of": "2026-10-01",
            "status": "piloting",
            "step": "action",
            "rating": "on_track",
            "rating_reason": data.SENTENCE,
            "direction": "continue",
            "opened_revision": revision,
        }
        response = client.post(url, form)
        assert response.status_code == 302, (response.status_code, response.content.decode()[:3000])

    initiative, by = Initiative.objects.get(focus_item__code=ITEM), User.objects.get()

    def insert() -> None:
        with transaction.atomic():
            ProgressEntry.objects.create(
                initiative=initiative,
                kind="update",
                as_of=date(2026, 10, 1),
                status="piloting",
                step="action",
                rating="on_track",
                rating_reason=data.SENTENCE,
                direction="continue",
                recorded_at=clock.now(),
                recorded_by=by,
                recorded_by_name=by.name,
            )

    save()
    with CaptureQueriesContext(connection) as queries:
        save()
    asked = len(queries) - 1  # One asks for the revision, which the form's page does.
    return row("進捗の記録の保存", "1行の INSERT と確定", asked, in_turn(save, insert, runs))


def measure_workbook(edition: Edition, runs: int) -> list[Row]:
    report = open_report(
        plan=edition.plan, year=2026, as_of=date(2026, 9, 30), by=User.objects.get()
    )
    with CaptureQueriesContext(connection) as queries:
        document = report_document(report)
    asked = len(queries)

    def make() -> bytes:
        return meeting_workbook(document, seal=None, made_at=clock.now())

    book = load_workbook(io.BytesIO(make()))
    sheets = {
        sheet.title: [cell for cells in sheet.iter_rows() for cell in cells if cell.has_style]
        for sheet in book.worksheets
    }

    def write_bare(*, styled: bool) -> None:
        plain = Workbook()
        for title, cells in sheets.items():
            sheet = plain.create_sheet(title)
            for source in cells:
                cell = sheet.cell(source.row, source.column, source.value)
                if styled:
                    cell.font, cell.border = copy(source.font), copy(source.border)
                    cell.fill, cell.alignment = copy(source.fill), copy(source.alignment)
                    cell.number_format = source.number_format
        plain.save(io.BytesIO())

    return [
        row(
            "会議資料の Excel",
            f"同じセルを{how}だけの openpyxl",
            asked,
            in_turn(make, lambda styled=styled: write_bare(styled=styled), runs),
        )
        for how, styled in (("書く", False), ("書いて飾る", True))
    ]


def main(times: int, years: int) -> list[Row]:
    call_command("migrate", verbosity=0)
    edition = data.prepare(times=times, years=years)
    runs = 20 if times == 1 else 5
    staff = Client()
    staff.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return [
        measure_page("`/`（だれでも）", "/", Client(), runs),
        measure_page("`/`（事務局）", "/", staff, runs),
        measure_page("`/items/`（だれでも）", "/items/", Client(), runs),
        measure_page("`/items/1-A-1/`（だれでも）", f"/items/{ITEM}/", Client(), runs),
        measure_saving(staff, runs),
        *measure_workbook(edition, max(3, runs // 4)),
    ]


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout, ensure_ascii=False)
