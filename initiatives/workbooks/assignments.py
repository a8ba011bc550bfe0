"""担当一覧 as a workbook: one row an item, a drop-down for the lead department, and reading it back."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.enums import NO_DEPARTMENT
from initiatives.queries.assignments import AssignmentRow, assignment_key
from kirishima_dx.workbook_guard import read_sheets
from kirishima_dx.workbook_look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    set_for_print,
    workbook_bytes,
    write_table,
)
from kirishima_dx.workbook_table import CellFault, Table, TableCell, TableRow, find_table
from people.models import Department
from people.queries import DepartmentNames, UnknownDepartment

NONE = "なし"
SHEET, DEPARTMENTS, GUIDE = "担当一覧", "部署", "記入要領"
PLACE, LEAD, SUPPORTING = "番号", "主担当課", "関係課"
WIDTHS = {PLACE: 9, "軸": 24, "取組方針": 30, "重点項目": 36, LEAD: 24, SUPPORTING: 44}
"""Columns with their widths in characters."""
HEAD = Look(bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
LOCKED = Look(fill=SUM_FILL, vertical="center")
ASKED = Look(vertical="center", number_format="@")
LOOKS = [LOCKED] * 4 + [ASKED] * 2
EXPLAINED = (
    (
        PLACE,
        "重点項目の番号です。行の照合に使うので、書き換えないでください。行の順は変えてもかまいません。",
    ),
    (
        LEAD,
        "主担当課を一つ、一覧から選びます。名称のほか、シート「部署」のコードでもかまいません。"
        "空欄は「未設定」（主担当課を置かない）です。",
    ),
    (SUPPORTING, "関係課を「、」で区切って並べます（例：福祉課、企画課）。空欄は「なし」です。"),
    (
        "取り込むと",
        "変わるところを項目ごとに画面で確かめてから、いつからの担当かと理由を入れて保存します。"
        "この一覧にない項目の担当は、そのままです。列「関係課」を消すと、関係課はそのままです。",
    ),
)


def assignments_workbook(
    rows: Sequence[AssignmentRow],
    names: DepartmentNames,
    *,
    plan_name: str,
    made_at: datetime,
) -> bytes:
    book = Workbook()
    sheet, dresser = book.worksheets[0], Dresser(book)
    sheet.title = SHEET
    _fill_items(sheet, rows, names, dresser)
    _fill_departments(book.create_sheet(DEPARTMENTS), names, dresser)
    _fill_guide(book.create_sheet(GUIDE), dresser)
    if names.departments and rows:
        _offer_departments(sheet, len(rows), len(names.departments))
    for each in book.worksheets:
        frame = PrintFrame(title=f"{plan_name}　{each.title}", number="", foot="")
        set_for_print(each, frame, title_rows="1:1")
    return workbook_bytes(book, moment=made_at)


def _fill_items(
    sheet: Worksheet, rows: Sequence[AssignmentRow], names: DepartmentNames, dresser: Dresser
) -> None:
    told: list[list[Value]] = []
    for row in rows:
        policy = row.text.policy
        lead = names.label(row.lead) if row.lead else ""
        supporting = names.labels(row.supporting)
        told.append(
            [row.text.place, policy.axis.name, policy.name, row.text.title, lead, supporting]
        )
    write_table(sheet, WIDTHS, told, head=HEAD, looks=LOOKS, dresser=dresser)
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions


def _fill_departments(sheet: Worksheet, names: DepartmentNames, dresser: Dresser) -> None:
    told = [[names.label(d), d.code, d.division] for d in names.departments]
    columns = {"名称": 36, "コード": 24, "部": 24}
    write_table(sheet, columns, told, head=HEAD, looks=[ASKED] * 3, dresser=dresser)
    sheet.freeze_panes = "A2"


def _fill_guide(sheet: Worksheet, dresser: Dresser) -> None:
    looks = [replace(HEAD, horizontal="left", vertical="top"), Look()]
    columns = {"列": 16, "書き方": 90}
    write_table(sheet, columns, EXPLAINED, head=HEAD, looks=looks, dresser=dresser)
    sheet.freeze_panes = "A2"


def _offer_departments(sheet: Worksheet, items: int, departments: int) -> None:
    """Offer the names on the sheet 部署; a code may be typed instead, so another value is only questioned."""
    offer = DataValidation(
        type="list", formula1=f"'{DEPARTMENTS}'!$A$2:$A${departments + 1}", allow_blank=True
    )
    offer.errorStyle, offer.showErrorMessage = "warning", True
    offer.errorTitle = LEAD
    offer.error = f"一覧にない名称です。シート「{DEPARTMENTS}」の名称かコードを入れてください。"
    column = "ABCDEF"[list(WIDTHS).index(LEAD)]
    offer.add(f"{column}2:{column}{items + 1}")
    sheet.add_data_validation(offer)


@dataclass(frozen=True)
class AssignmentChange:
    """An item whose departments the file would change."""

    row: AssignmentRow
    lead: Department | None
    supporting: list[Department]
    cells: list[tuple[str, str, str]]
    """Label, old and new of what changes."""

    @property
    def loses_lead(self) -> bool:
        return self.lead is None and self.row.lead is not None

    @property
    def supporting_codes(self) -> str:
        return "、".join(department.code for department in self.supporting)


@dataclass
class AssignmentsCheck:
    """A file beside what stands: what it would change, what is wrong with it, how much it leaves alone."""

    changes: list[AssignmentChange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0


def read_assignments(
    content: bytes, rows: Sequence[AssignmentRow], names: DepartmentNames
) -> AssignmentsCheck:
    """Compare a file with who is responsible now. Raises WorkbookRefused and TableRefused."""
    table = find_table(
        read_sheets(content), sheet_name=SHEET, columns=list(WIDTHS), required=(PLACE, LEAD)
    )
    return _Reading(table, rows, names).check


class _Reading:
    def __init__(self, table: Table, rows: Sequence[AssignmentRow], names: DepartmentNames) -> None:
        self.table, self.names = table, names
        self.by_place = {row.text.place: row for row in rows}
        self.check = AssignmentsCheck()
        self.times = Counter(_place(row.cells[PLACE]) for row in table.rows)
        for row in table.rows:
            self._read(row)
        self.check.absent = len(set(self.by_place) - set(self.times))

    def _read(self, told: TableRow) -> None:
        faults = len(self.check.faults)
        row = self._row(told.cells[PLACE])
        lead = self._departments(told.cells[LEAD], alone=True)
        cell = told.cells.get(SUPPORTING)
        supporting = self._departments(cell) if cell else row.supporting if row else []
        if lead and lead[0] in supporting:
            message = f"「{lead[0]}」は主担当課なので、関係課には入れられません。"
            self._fault(cell or told.cells[LEAD], SUPPORTING, message)
        if row is not None and len(self.check.faults) == faults:
            self._compare(row, lead[0] if lead else None, supporting)

    def _compare(
        self, row: AssignmentRow, lead: Department | None, supporting: list[Department]
    ) -> None:
        if assignment_key(lead, supporting) == row.opened:
            self.check.unchanged += 1
            return
        told = (
            (LEAD, _named(row.lead, self.names), _named(lead, self.names)),
            (
                SUPPORTING,
                self.names.labels(row.supporting) or NONE,
                self.names.labels(supporting) or NONE,
            ),
        )
        cells = [(label, old, new) for label, old, new in told if old != new]
        self.check.changes.append(AssignmentChange(row, lead, supporting, cells))

    def _row(self, cell: TableCell) -> AssignmentRow | None:
        place = _place(cell)
        if cell.fault or not place:
            self._fault(cell, PLACE, cell.fault or "番号を入れてください。")
        elif place not in self.by_place:
            self._fault(cell, PLACE, f"「{place}」という番号の項目は、この版にありません。")
        elif self.times[place] > 1:
            self._fault(cell, PLACE, f"「{place}」の行が二つ以上あります。一行にしてください。")
        else:
            return self.by_place[place]
        return None

    def _departments(self, cell: TableCell, *, alone: bool = False) -> list[Department]:
        label = LEAD if alone else SUPPORTING
        if cell.fault:
            self._fault(cell, label, cell.fault)
            return []
        try:
            found = self.names.find_all(cell.text())
        except UnknownDepartment as unknown:
            self._fault(cell, label, str(unknown))
            return []
        if alone and len(found) > 1:
            self._fault(cell, label, "主担当課は一つだけにしてください。ほかは関係課に入れます。")
        return found

    def _fault(self, cell: TableCell, label: str, message: str) -> None:
        self.check.faults.append(CellFault(self.table.sheet, cell.address, label, message))


def _named(department: Department | None, names: DepartmentNames) -> str:
    return names.label(department) if department else NO_DEPARTMENT


def _place(cell: TableCell) -> str:
    """Return a number as the plan writes it, whatever width and dash it was typed with."""
    text = unicodedata.normalize("NFKC", cell.text()).upper()
    return re.sub(r"[‐‑‒–—―−ーｰ]", "-", re.sub(r"\s", "", text))
