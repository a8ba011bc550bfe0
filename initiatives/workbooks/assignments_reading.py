"""担当一覧 as it comes back: what a file would change, and what is wrong with it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from initiatives.enums import NO_DEPARTMENT
from initiatives.queries.assignments import AssignmentRow, assignment_key
from initiatives.workbooks.assignments import LEAD, PLACE, SHEET, SUPPORTING, WIDTHS
from kirishima_dx.workbook_guard import read_sheets
from kirishima_dx.workbook_table import CellFault, Table, TableCell, TableRow, find_table
from people.models import Department
from people.queries import DepartmentNames, UnknownDepartment

NONE = "なし"


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
