"""A table of a report as stacked cells under bands: each value has its label where several share a cell.

Columns are known by their lasting keys. One that a form does not name stands in the last cell, so that a report that
was sealed by another version loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from initiatives.stated_column import Kind
from kirishima_dx.spreadsheets.look import Dresser, PrintFrame
from kirishima_dx.spreadsheets.stacked import BOLD, PLAIN, Fact, fact
from kirishima_dx.spreadsheets.stacked_list import Group, StackedRow, fill_stacked_list, stacks_of
from reviews.report.cells import words_of
from reviews.report.document import Cell, Column, Record, Table
from reviews.report.looks import PLAIN as PLAIN_TRAITS
from reviews.report.looks import mark_of, traits_of
from reviews.workbooks.table_sheet import TableForm, fill_table_sheet

STRONG = ("rating", "new_due_date", "due")
"""Columns that the eye should find first."""


@dataclass(frozen=True)
class StackedForm:
    """How a table is stacked. The columns `name` make the first line of a row; `bands` head it."""

    name: Sequence[str]
    groups: Sequence[Group]
    bands: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    """Columns that go without a label."""
    joined: Sequence[str] = ()
    """Columns that go on in the line of the one before."""
    framed_by: str = "rating"
    """The column that says whether people have to look at a row."""
    filled: int = 0
    """The cell, counted from 1, that has the colour of that column; 0 for none."""
    nothing: str = "該当するものはありません。"
    size: float = 10


def fill_stacked_table(
    sheet: Worksheet, table: Table, form: StackedForm, *, dresser: Dresser, frame: PrintFrame
) -> None:
    """Draw a table."""
    columns = {column.key: column for column in table.columns}
    fill_stacked_list(
        sheet,
        table.title,
        {group.head: group.width for group in form.groups},
        [_row(record, columns, form) for record in table.records],
        nothing=form.nothing,
        frame=frame,
        dresser=dresser,
    )


def fill_table(
    sheet: Worksheet,
    table: Table,
    form: StackedForm | TableForm,
    *,
    dresser: Dresser,
    frame: PrintFrame,
) -> None:
    """Draw a table as its form says."""
    if isinstance(form, StackedForm):
        fill_stacked_table(sheet, table, form, dresser=dresser, frame=frame)
    else:
        fill_table_sheet(sheet, table, form, dresser=dresser, frame=frame)


def _row(record: Record, columns: Mapping[str, Column], form: StackedForm) -> StackedRow:
    headed = {*form.name, *form.bands}
    told = {key: _facts(columns[key], record[key], form) for key in columns if key not in headed}
    first, *others = stacks_of(form.groups, told, joined=form.joined)
    judged = columns.get(form.framed_by)
    traits = traits_of(judged.scale, record[judged.key].value) if judged else PLAIN_TRAITS
    return StackedRow(
        stacks=[[Fact("", _name(record, form), BOLD), *first], *others],
        name=words_of(record, form.name[0]),
        bands=[words_of(record, key) for key in form.bands],
        is_framed=traits.is_bad,
        fills=[traits.fill if n == form.filled else "" for n in range(1, len(form.groups) + 1)],
        size=form.size,
    )


def _name(record: Record, form: StackedForm) -> str:
    return "　".join(words for key in form.name if (words := words_of(record, key)))


def _facts(column: Column, cell: Cell, form: StackedForm) -> list[Fact]:
    """Return what a cell says; one that several columns share says each by itself, days first: they decide."""
    if cell.parts:
        parts = sorted(cell.parts, key=lambda part: part[0].kind is not Kind.DAY)
        return [_fact(part, said, part.label) for part, said in parts]
    return [_fact(column, cell, "" if column.key in form.unsaid else column.label)]


def _fact(column: Column, cell: Cell, label: str) -> Fact:
    mark = mark_of(column.scale, cell.value)
    text = f"{mark} {cell.words}" if mark and cell.words else cell.words
    is_strong = column.key in STRONG or traits_of(column.scale, cell.value).is_bad
    return fact(label, text, BOLD if is_strong else PLAIN)
