"""The answer workbook as a person has it on the desk: exported, written into, saved, sent back."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.rules import writable_initiatives
from people.models import User
from plans.models import Edition
from rounds.actions.imports import ImportOrder, apply_import, keep_upload
from rounds.answer_sheet.columns import BY_KEY, COLUMNS
from rounds.answer_sheet.merging import Side
from rounds.models import AnswerImport, ReportingRound
from rounds.queries.answer_form import answer_form, form_rows
from rounds.queries.import_preview import ImportPlan, import_plan, read_upload
from rounds.queries.scenes import RoundScenes
from rounds.workbooks.answer_form import HEADER_ROW, answer_workbook

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
            label = BY_KEY[name].label if name in BY_KEY else name
            column = COLUMNS.index(label) + 1
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


def upload(round: ReportingRound, by: User, *contents: bytes) -> AnswerImport:
    files = [(f"回答{n}.xlsx", content) for n, content in enumerate(contents, start=1)]
    return keep_upload(round=round, files=files, by=by)


def plan_of(kept: AnswerImport, by: User) -> ImportPlan:
    writable = writable_initiatives(by, date(2026, 10, 15))
    return import_plan(kept, read_upload(kept), by=by, writable=writable)


def apply(
    kept: AnswerImport,
    by: User,
    *,
    picks: dict[tuple[int, str], Side] | None = None,
    sends: bool = True,
) -> AnswerImport:
    plan = plan_of(kept, by)
    order = ImportOrder(
        stamp=plan.stamp,
        places=[file.stored.place for file in plan.files],
        picks=picks or {},
        sends=sends,
    )
    return apply_import(upload=kept, read=read_upload(kept), decide=lambda _: order, by=by)


def outcomes(plan: ImportPlan) -> dict[str, str]:
    return {row.row.code: row.outcome.value for file in plan.files for row in file.rows}


def told(plan: ImportPlan) -> list[str]:
    """Return every refusal and fault as people read it."""
    return [
        said
        for file in plan.files
        for said in (
            [file.read.refusal]
            if file.read.refusal
            else [f"{one.address} {one.label} {one.message}" for one in file.faults]
        )
    ]
