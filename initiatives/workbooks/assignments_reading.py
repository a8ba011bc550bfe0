"""担当一覧 as it comes back: what a file would change, and what is wrong with it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from initiatives.enums import NO_DEPARTMENT
from initiatives.exports.item_list import CODE
from initiatives.queries.assignments import AssignmentRow, assignment_key
from initiatives.workbooks.assignments import (
    LEAD,
    PLACE,
    SHEET,
    SUPPORTING,
    TITLE,
    WIDTHS,
)
from kirishima_dx.typed_text import name_key
from kirishima_dx.workbook_guard.reading import read_sheets
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
    notes: list[str] = field(default_factory=list)
    """What the file calls the item otherwise than the plan does today."""

    @property
    def loses_lead(self) -> bool:
        return self.lead is None and self.row.lead is not None

    @property
    def supporting_codes(self) -> str:
        return "、".join(department.code for department in self.supporting)


@dataclass
class AssignmentsCheck:
    """A file beside what stands: what it would change, what is wrong with it, how much it leaves alone.

    `renumbered` counts the items that were found by their lasting code and stand under another number today.
    """

    changes: list[AssignmentChange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0
    renumbered: int = 0


def read_assignments(
    content: bytes, rows: Sequence[AssignmentRow], names: DepartmentNames
) -> AssignmentsCheck:
    """Compare a file with who is responsible now. Raises WorkbookRefused and TableRefused."""
    table = find_table(
        read_sheets(content), sheet_name=SHEET, columns=list(WIDTHS), required=(PLACE, LEAD)
    )
    return _Reading(table, rows, names).check


class _Items:
    """Finds the items that rows of a file mean: by the lasting code where a row has it, else by the number, which
    may have become that of another item since."""

    def __init__(self, rows: Sequence[AssignmentRow]) -> None:
        self._known = {
            CODE: {row.code: row for row in rows},
            PLACE: {row.text.place: row for row in rows},
        }
        titles = Counter(name_key(row.text.title) for row in rows)
        self._titled = {key: row for row in rows if titles[key := name_key(row.text.title)] == 1}

    def named_by(self, told: TableRow) -> str:
        """Return the column by which a row names its item."""
        code = told.cells.get(CODE)
        return CODE if code and (code.fault or code.text()) else PLACE

    def find(self, told: TableRow) -> AssignmentRow | None:
        column = self.named_by(told)
        return self._known[column].get(_place(told.cells[column]))

    def meant_by_title(self, told: TableRow) -> AssignmentRow | None:
        """Return the item that has the title of a row without a lasting code; None where no or several items do."""
        title = told.cells.get(TITLE)
        if title is None or self.named_by(told) == CODE:
            return None
        return self._titled.get(name_key(title.text()))

    def notes(self, told: TableRow, row: AssignmentRow) -> list[str]:
        """Return what a row calls its item otherwise than the plan does today."""
        if self.named_by(told) == CODE:
            place = _place(told.cells[PLACE])
            stands = row.text.place
            changed = place and place != stands
            return [f"ファイルでの番号は{place}です。いまは{stands}です。"] if changed else []
        cell = told.cells.get(TITLE)
        title = cell.text() if cell else ""
        reworded = title and name_key(title) != name_key(row.text.title)
        return [f"ファイルでの重点項目は「{title}」です。"] if reworded else []


class _Reading:
    def __init__(self, table: Table, rows: Sequence[AssignmentRow], names: DepartmentNames) -> None:
        self.table, self.names = table, names
        self.items = _Items(rows)
        self.check = AssignmentsCheck()
        found = (self.items.find(row) for row in table.rows)
        self.times = Counter(row.code for row in found if row)
        for row in table.rows:
            self._read(row)
        self.check.absent = len(rows) - len(self.times)

    def _read(self, told: TableRow) -> None:
        faults = len(self.check.faults)
        row = self._row(told)
        lead = self._departments(told.cells[LEAD], alone=True)
        cell = told.cells.get(SUPPORTING)
        supporting = self._departments(cell) if cell else row.supporting if row else []
        if lead and lead[0] in supporting:
            message = f"「{lead[0]}」は主担当課なので、関係課には入れられません。"
            self._fault(cell or told.cells[LEAD], SUPPORTING, message)
        if row is not None and len(self.check.faults) == faults:
            notes = self.items.notes(told, row)
            self.check.renumbered += bool(notes) and self.items.named_by(told) == CODE
            self._compare(row, lead[0] if lead else None, supporting, notes)

    def _compare(
        self,
        row: AssignmentRow,
        lead: Department | None,
        supporting: list[Department],
        notes: list[str],
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
        self.check.changes.append(AssignmentChange(row, lead, supporting, cells, notes))

    def _row(self, told: TableRow) -> AssignmentRow | None:
        column = self.items.named_by(told)
        cell, row = told.cells[column], self.items.find(told)
        text, meant = _place(cell), self.items.meant_by_title(told)
        if cell.fault or not text:
            self._fault(cell, column, cell.fault or "番号を入れてください。")
        elif row is None:
            self._fault(cell, column, f"「{text}」という{column}の項目は、この版にありません。")
        elif self.times[row.code] > 1:
            self._fault(cell, column, f"「{text}」の行が二つ以上あります。一行にしてください。")
        elif meant is not None and meant is not row:
            message = (
                f"{text}は、いまは「{row.text.title}」の番号です。"
                f"「{meant.text.title}」のことなら、{meant.text.place}に直してください。"
            )
            self._fault(cell, column, message)
        else:
            return row
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
