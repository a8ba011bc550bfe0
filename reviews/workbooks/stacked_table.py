"""A table of a report as stacked cells under bands: what the columns say, each with its label where several share a cell.

Columns are known by their lasting keys. One that a form does not name stands in the last cell, so that a report that
was sealed by another version loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from initiatives.stated_column import Kind
from kirishima_dx.spreadsheets.look import Dresser, PrintFrame
from kirishima_dx.spreadsheets.stacked import BOLD, PLAIN, Fact, facts
from kirishima_dx.spreadsheets.stacked_list import StackedRow, fill_stacked_list
from reviews.report.document import Cell, Column, Record, Table
from reviews.report.looks import mark_of, traits_of

INLINE = 18
"""Letters; a longer text begins below its label."""


@dataclass(frozen=True)
class Group:
    """Columns that share a cell. `head` stands above them, where that is not the label of the first column."""

    keys: Sequence[str]
    width: float
    head: str = ""
    fill_by: str = ""
    """The scale whose colour the cell has."""


@dataclass(frozen=True)
class StackedForm:
    """How a table is stacked. The columns `name` make the first line of a row; `bands` head it."""

    name: Sequence[str]
    groups: Sequence[Group]
    bands: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    """Columns that go without a label."""
    nothing: str = "該当するものはありません。"


def fill_stacked_table(
    sheet: Worksheet, table: Table, form: StackedForm, *, dresser: Dresser, frame: PrintFrame
) -> None:
    """Draw a table."""
    columns = {column.key: column for column in table.columns}
    groups = _groups(columns, form)
    fill_stacked_list(
        sheet,
        table.title,
        {_head(group, columns): group.width for group, _ in groups},
        [_row(record, groups, form) for record in table.records],
        nothing=form.nothing,
        frame=frame,
        dresser=dresser,
    )


Grouped = Sequence[tuple[Group, Sequence[Column]]]


def _groups(columns: Mapping[str, Column], form: StackedForm) -> Grouped:
    """Return the groups with the columns that the table has of each; what no group names is in the last."""
    placed = {*form.name, *form.bands, *(key for group in form.groups for key in group.keys)}
    others = [column for key, column in columns.items() if key not in placed]
    found = [(group, [columns[k] for k in group.keys if k in columns]) for group in form.groups]
    found[-1] = (found[-1][0], [*found[-1][1], *others])
    return found


def _head(group: Group, columns: Mapping[str, Column]) -> str:
    first = next((columns[key].label for key in group.keys if key in columns), "")
    return group.head or first


def _row(record: Record, groups: Grouped, form: StackedForm) -> StackedRow:
    stacks = [_stack(record, columns, form) for _, columns in groups]
    name = _name(record, form)
    rating = record.get("rating")
    return StackedRow(
        stacks=[[Fact("", name, BOLD), *stacks[0]], *stacks[1:]],
        name=record[form.name[0]].words,
        bands=[record[key].words for key in form.bands if key in record],
        is_framed=rating is not None and traits_of("rating", rating.value).is_bad,
        fills=[_fill(record, group) for group, _ in groups],
    )


def _name(record: Record, form: StackedForm) -> str:
    return "　".join(record[key].words for key in form.name if key in record and record[key].words)


def _fill(record: Record, group: Group) -> str:
    cell = record.get(group.fill_by)
    return traits_of(group.fill_by, cell.value).fill if cell is not None else ""


def _stack(record: Record, columns: Sequence[Column], form: StackedForm) -> list[Fact]:
    is_alone = len(columns) == 1
    return facts(
        *(
            fact
            for column in columns
            for fact in _facts(column, record[column.key], form, is_alone=is_alone)
        )
    )


def _facts(column: Column, cell: Cell, form: StackedForm, *, is_alone: bool) -> list[Fact]:
    """Return what a cell says; one that several columns share says each by itself, days first: they decide."""
    if cell.parts:
        parts = sorted(cell.parts, key=lambda part: part[0].kind is not Kind.DAY)
        return [_fact(part, said) for part, said in parts]
    label = "" if is_alone or column.key in form.unsaid else column.label
    return [_fact(column, cell, label=label)]


def _fact(column: Column, cell: Cell, *, label: str | None = None) -> Fact:
    mark = mark_of(column.scale, cell.value)
    text = f"{mark} {cell.words}" if mark and cell.words else cell.words
    is_strong = column.kind is Kind.DAY or traits_of(column.scale, cell.value).is_bad
    ink = BOLD if is_strong and column.key != "as_of" else PLAIN
    is_long = len(text) > INLINE or "\n" in text
    return Fact(column.label if label is None else label, text, ink, is_long=is_long)
