"""What an answer workbook says, row by row, and every fault in it by sheet and cell (F2)."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from initiatives.stated_column import Kind, StatedColumn
from kirishima_dx.forms import plain_prose
from kirishima_dx.number import number_fault, read_number
from kirishima_dx.spreadsheets.choice import choice
from kirishima_dx.spreadsheets.day_cells import day_in
from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.table import (
    CellFault,
    Table,
    TableCell,
    TableRefused,
    TableRow,
    find_table,
)
from kirishima_dx.spreadsheets.writing import cell_text
from rounds.answer_content import ANSWER_COLUMNS, AnswerContent
from rounds.answer_sheet.columns import ASKED, CODE, COLUMNS, KEY, SHEET, RowKey

LONGEST = 5000
"""Characters of one text, as in the browser."""


@dataclass(frozen=True)
class ReadRow:
    """One row that names an answer. `said` holds the fields of the columns that the file has."""

    number: int
    code: str
    key: RowKey
    said: dict[str, Any]
    addresses: dict[str, str]
    """The cell of each field."""


@dataclass
class ReadFile:
    """One file as it was read. Where `refusal` says why it cannot be read at all, the rest is empty."""

    name: str
    refusal: str = ""
    sheet: str = SHEET
    rows: list[ReadRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell(self, address: str, message: str, label: str = "") -> None:
        """Add what is wrong at an address; `label` names its column where the message does not."""
        self.faults.append(CellFault(self.sheet, address, label, message))


def read_answer_file(name: str, content: bytes, round_id: int) -> ReadFile:
    """Read a file of a round. Never raises: what is wrong with it is told in it."""
    try:
        table = find_table(
            read_sheets(content), sheet_name=SHEET, columns=COLUMNS, required=(CODE, KEY)
        )
    except (WorkbookRefused, TableRefused) as refused:
        return ReadFile(name, refusal=str(refused))
    read = ReadFile(name, sheet=table.sheet)
    _note_columns(read, table)
    for row in table.rows:
        _read_row(read, row)
    _refuse_other_rounds(read, round_id)
    _refuse_twice(read)
    if not read.rows and not read.faults and not read.refusal:
        read.refusal = f"シート「{table.sheet}」に、回答の行がありません。配布した様式をそのまま使ってください。"
    return read


def _note_columns(read: ReadFile, table: Table) -> None:
    """Say which columns and sheets the reading passes over."""
    lost = [column for column in table.missing if column in ASKED]
    if lost:
        read.notes.append(f"ファイルにない列（{'、'.join(lost)}）は、変更しません。")
    if table.unknown:
        read.notes.append(f"様式にない列（{'、'.join(table.unknown[:5])}）は、読みません。")
    if table.copies:
        read.notes.append(
            f"回答の表があるほかのシート（{'、'.join(table.copies[:5])}）は、読みません。"
            f"「{table.sheet}」に書いたことだけを取り込みます。"
        )
    read.notes += table.notes


def _read_row(read: ReadFile, row: TableRow) -> None:
    if row.is_struck_out([*ASKED]) or row.is_struck_out(COLUMNS):
        read.tell(
            f"{row.number}行目",
            "この行には取消線が付いています。"
            "取り込まない回答は文字を消し、残った取消線は外してください。",
        )
        return
    key_cell, code_cell = row.cells[KEY], row.cells[CODE]
    faulty = [cell for cell in (key_cell, code_cell) if cell.fault]
    for cell in faulty:
        read.tell(cell.address, cell.fault)
    if faulty:
        return
    if not key_cell.text():
        _read_row_without_key(read, row)
        return
    key, code = RowKey.read(_narrow(key_cell)), _narrow(code_cell)
    if key is None or key.written(code) != _narrow(key_cell):
        read.tell(
            key_cell.address,
            f"照合キーが、この行の番号「{code}」（{code_cell.address}）と合いません。"
            "行の一部だけを並べ替えたか、キーが書き換えられています。"
            "様式を取り直し、回答を行ごと写してください。",
        )
        return
    read.rows.append(_said_in(read, row, code, key))


def _said_in(read: ReadFile, row: TableRow, code: str, key: RowKey) -> ReadRow:
    """Return what a row says in the columns that are filled in; what is wrong there is told."""
    said, addresses = {}, {}
    for label, column in ASKED.items():
        if label in row.cells:
            cell = row.cells[label]
            addresses[column.key] = cell.address
            said[column.key], fault = said_in_cell(column, cell)
            if fault:
                read.tell(cell.address, fault, label)
    return ReadRow(row.number, code, key, said, addresses)


def _read_row_without_key(read: ReadFile, row: TableRow) -> None:
    """A note below the table harms nobody; an answer without its key would be lost in silence."""
    filled = [row.cells[c] for c in ASKED if c in row.cells and _holds_something(row.cells[c])]
    if filled:
        read.tell(
            filled[0].address,
            "照合キーのない行に回答が書かれています。様式にもとからある行に書いてください。",
        )
    else:
        read.notes.append(f"{row.number}行目は照合キーがないので、読みません。")


def _holds_something(cell: TableCell) -> bool:
    return bool(cell.fault or cell.text())


def _narrow(cell: TableCell) -> str:
    return unicodedata.normalize("NFKC", cell.text())


def said_in_cell(column: StatedColumn, cell: TableCell) -> tuple[Any, str]:
    """Return what a cell says as a column of Answer holds it, and what is wrong with it."""
    return (None, cell.fault) if cell.fault else _READERS[column.kind](column, cell)


def _prose(column: StatedColumn, cell: TableCell) -> tuple[str, str]:
    prose = plain_prose(cell.text()).strip()
    if len(prose) > LONGEST:
        return prose, f"{LONGEST}文字以内にしてください（いま{len(prose)}文字です）。"
    return prose, ""


def _choice(column: StatedColumn, cell: TableCell) -> tuple[str, str]:
    text = cell.text()
    if not text:
        return "", ""
    value = choice(text, column.words)
    if value is None:
        words = "・".join(column.words.values())
        return "", f"「{text[:50]}」は選べません。{words} から選んでください。"
    return value, ""


def _flag(column: StatedColumn, cell: TableCell) -> tuple[bool, str]:
    wish, fault = _choice(column, cell)
    return bool(wish), fault


def _day(column: StatedColumn, cell: TableCell) -> tuple[date | None, str]:
    return day_in(cell)


def _number(column: StatedColumn, cell: TableCell) -> tuple[int | Decimal | None, str]:
    text = cell.text()
    if not text:
        return None, ""
    number = read_number(text, unit=column.unit, places=column.places)
    if number is None:
        return None, number_fault(text, unit=column.unit, places=column.places)
    return (int(number) if column.kind is Kind.WHOLE else number), ""


_READERS: dict[Kind, Callable[[StatedColumn, TableCell], tuple[Any, str]]] = {
    Kind.TEXT: _prose,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.DAY: _day,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
}


def _refuse_other_rounds(read: ReadFile, round_id: int) -> None:
    if any(row.key.round_id != round_id for row in read.rows):
        read.rows, read.faults, read.notes = [], [], []
        read.refusal = (
            "別の照会の回答様式です（前の年度や前の回のファイルではありませんか）。"
            "この照会の様式を取り直して、回答を書いてください。"
        )


def _refuse_twice(read: ReadFile) -> None:
    """The same answer in two rows: which of them counts would be a guess, even where they say the same."""
    by_answer: dict[int, list[ReadRow]] = defaultdict(list)
    for row in read.rows:
        by_answer[row.key.answer_id].append(row)
    for rows in by_answer.values():
        if len(rows) > 1:
            numbers = "、".join(f"{row.number}行目" for row in rows)
            read.tell(
                f"{rows[-1].number}行目",
                f"番号「{rows[0].code}」の行が二つ以上あります（{numbers}）。一つだけ残してください。",
            )


def canonical(content: AnswerContent) -> AnswerContent:
    """Return what comes back from a workbook that was made from a content and not touched."""
    texts: dict[str, Any] = {
        column.key: plain_prose(cell_text(getattr(content, column.key))).strip()
        for column in ANSWER_COLUMNS
        if column.is_prose
    }
    return replace(content, **texts)
