"""How something is timed beside its floor, and the floors that several measurements share."""

import io
import statistics
import time
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from bench import bare

Row = dict[str, str | int | float]


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


def queries_of(work: Callable[[], Any]) -> int:
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


def measure_page(what: str, url: str, client: Client, runs: int) -> Row:
    content, asked = fetched(client, url)
    bare.size = len(content)
    with override_settings(ROOT_URLCONF="bench.bare", MIDDLEWARE=[]):
        bare_client = Client()
        bare_client.get("/")  # Builds its handler while the bare settings hold.

    def floor() -> None:
        with override_settings(ROOT_URLCONF="bench.bare"):
            bare_client.get("/")

    seconds = in_turn(lambda: client.get(url), floor, runs)
    return row(what, "同じ大きさを送るだけのビュー", asked, seconds)


class BareWriter:
    """openpyxl writing the cells of finished workbooks again, with their looks or without."""

    def __init__(self, *contents: bytes, rich_text: bool = False) -> None:
        books = [load_workbook(io.BytesIO(content), rich_text=rich_text) for content in contents]
        self.books: Sequence[dict[str, list[Any]]] = [
            {
                sheet.title: [
                    cell
                    for cells in sheet.iter_rows()
                    for cell in cells
                    if cell.has_style or cell.value is not None
                ]
                for sheet in book.worksheets
            }
            for book in books
        ]

    def write(self, *, styled: bool) -> None:
        for sheets in self.books:
            plain = Workbook()
            plain.remove(plain.worksheets[0])  # Only the sheets that are written again count.
            for title, cells in sheets.items():
                sheet = plain.create_sheet(title)
                for source in cells:
                    cell = sheet.cell(source.row, source.column, source.value)
                    if styled and source.has_style:
                        cell.font, cell.border = copy(source.font), copy(source.border)
                        cell.fill, cell.alignment = copy(source.fill), copy(source.alignment)
                        cell.number_format = source.number_format
            plain.save(io.BytesIO())

    def rows(self, what: str, asked: int, work: Callable[[], Any], runs: int) -> list[Row]:
        """Measure what writes the same workbooks against both ways of writing them."""
        return [
            row(
                what,
                f"同じセルを{how}だけの openpyxl",
                asked,
                in_turn(work, lambda styled=styled: self.write(styled=styled), runs),
            )
            for how, styled in (("書く", False), ("書いて飾る", True))
        ]
