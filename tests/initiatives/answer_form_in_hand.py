"""The answer workbook as a person has it on the desk: exported, opened, written into, saved."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.answer_sheet.columns import COLUMNS, LABEL_OF
from initiatives.models import ReportingRound
from initiatives.queries.answer_form import answer_form, form_rows
from initiatives.queries.scenes import RoundScenes
from initiatives.workbooks.answer_form import HEADER_ROW, answer_workbook
from plans.models import Edition

MADE = datetime(2026, 10, 15, tzinfo=UTC)


def exported(round: ReportingRound) -> bytes:
    scenes = RoundScenes.of(round)
    rows = form_rows(round, Edition.objects.get(status="in_force"), scenes)
    return answer_workbook(answer_form(rows, scenes, []), made_at=MADE)


class Sheet:
    """A workbook as a person has it open."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(content))
        self.sheet: Worksheet = self.book["回答"]

    def row(self, code: str) -> int:
        rows = range(HEADER_ROW + 1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, 1).value == code)

    def put(self, code: str, **values: Any) -> "Sheet":
        for name, value in values.items():
            column = COLUMNS.index(LABEL_OF.get(name, name)) + 1
            self.sheet.cell(self.row(code), column).value = value
        return self

    def saved(self) -> bytes:
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


WHOLE = {
    "kind": "更新あり",
    "status": "試行中",
    "step": "③取組実行",
    "rating": "順調",
    "rating_reason": "予定どおり",
    "direction": "継続",
}
"""A row that lacks nothing, as it is written in Excel."""
