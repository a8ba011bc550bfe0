"""Measure a round: its board, its workbooks on the way out, and a workbook on the way back."""

import io
from collections.abc import Callable
from zipfile import ZipFile

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bench import data
from bench.bare_writer import BareWriter
from bench.timing import Row, fetched, in_turn, row
from bench.visits import Visitor, measure_page
from people.models import User
from rounds.actions.imports import keep_upload
from rounds.answer_sheet.columns import BY_KEY, COLUMNS, KEY, place_of
from rounds.models import AnswerImport, ReportingRound
from rounds.queries.import_preview import import_plan, read_upload
from rounds.workbooks.answer_form import HEADER_ROW

FILLED = {
    "kind": "更新あり",
    "status": "試行中",
    "step": "③取組実行",
    "rating": "順調",
    "rating_reason": data.SENTENCE,
    "achievements": data.SENTENCE * 3,
    "next_steps": data.SENTENCE * 2,
    "direction": "継続",
}
"""A row that lacks nothing: applied, it is sent."""

_FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


def measure_rounds(client: Client, runs: int) -> list[Row]:
    """Measure the last of ten rounds, of which each asks about every item."""
    by = User.objects.get()
    round = data.open_rounds(by)
    board = measure_page(
        "照会の状況（10回目の照会）", reverse("round_board", args=[round.pk]), Visitor(by), runs
    )
    few = max(3, runs // 4)
    return [board, *_measure_way_out(client, round, few), *_measure_way_back(client, round, runs)]


def _measure_way_out(client: Client, round: ReportingRound, runs: int) -> list[Row]:
    url, zip_url = (
        reverse(name, args=[round.pk]) for name in ("round_workbook", "round_workbooks")
    )
    whole, asked = fetched(client, url)
    zipped, asked_zip = fetched(client, zip_url)
    with ZipFile(io.BytesIO(zipped)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    what = f"回答様式の zip（{len(parts)}部署、1部署に1ファイル）"
    return [
        *BareWriter(whole).rows("回答様式の Excel", asked, lambda: client.get(url), runs),
        BareWriter(*parts).row(what, asked_zip, lambda: client.get(zip_url), runs),
    ]


def _measure_way_back(client: Client, round: ReportingRound, runs: int) -> list[Row]:
    url = reverse("round_workbook", args=[round.pk])
    untouched = client.get(url).content
    return [
        measured
        for content, how in ((filled_in(untouched), "全行を変更"), (untouched, "変更なし"))
        for measured in _measure_import(client, round, content, how, runs)
    ]


def filled_in(content: bytes) -> bytes:
    """Return an answer workbook in which somebody has filled in every row."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    places = {place_of(BY_KEY[name]): value for name, value in FILLED.items()}
    for number in range(HEADER_ROW + 1, sheet.max_row + 1):
        if sheet.cell(number, COLUMNS.index(KEY) + 1).value:
            for column, value in places.items():
                sheet.cell(number, column).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_bare(content: bytes) -> None:
    """Read every cell as openpyxl does it fastest."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def _measure_import(
    client: Client, round: ReportingRound, content: bytes, how: str, runs: int
) -> list[Row]:
    upload = keep_upload(round=round, files=[("回答.xlsx", content)], by=User.objects.get())
    url = reverse("answer_import_check", args=[round.pk, upload.pk])
    _, asked = fetched(client, url)
    apply = _applying(client, url, upload)
    with CaptureQueriesContext(connection) as queries:
        apply()
    asked_to_apply = sum(not one["sql"].startswith(_FRAMES) for one in queries)
    floor = "同じファイルを読むだけの openpyxl"
    return [
        row(
            f"取込の確認（{how}）",
            floor,
            asked,
            in_turn(lambda: client.get(url), lambda: read_bare(content), runs),
        ),
        row(
            f"取込（{how}）",
            floor,
            asked_to_apply,
            in_turn(apply, lambda: read_bare(content), runs),
        ),
    ]


def _applying(client: Client, url: str, upload: AnswerImport) -> Callable[[], None]:
    """Return what applies an upload as the page does, and takes it back, to be done again."""
    stamp = import_plan(upload, read_upload(upload), by=User.objects.get(), writable=None).stamp

    def apply() -> None:
        with transaction.atomic():
            response = client.post(url, {"stamp": stamp, "places": "1", "sends": "on"})
            assert response.status_code == 302, response.content.decode()[:3000]
            transaction.set_rollback(True)

    return apply
