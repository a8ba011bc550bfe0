"""A table of a report as a sheet for people: heads that are repeated on each page, rows that no page break cuts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.stated_column import Kind
from kirishima_dx.spreadsheets.long_texts import AGAIN, rows_of
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    fit_columns,
    set_for_print,
    write_block,
    write_row,
)
from reviews.report.document import Cell, Column, Table

TITLE = Look(size=20, bold=True, boxed=False, vertical="center")
NOTHING = Look(size=12)


def plain_look(column: Column, cell: Cell) -> Look:
    return Look(size=10)


@dataclass(frozen=True)
class TableForm:
    """How a table is drawn; columns are known by their lasting keys, one not named here gets `other_width`.

    A row that goes on repeats the columns `repeated`, of which the first one says that it goes on. `nothing` stands
    where there is no row; without a title the heads stand in row 1, for sorting and filtering.
    """

    widths: Mapping[str, float]
    look_of: Callable[[Column, Cell], Look] = plain_look
    other_width: float = 16
    repeated: Sequence[str] = ()
    frozen: str = ""
    has_title: bool = True
    has_filter: bool = False
    is_plain: bool = False
    """A row stays one, however tall: it is sorted and filtered, and not printed."""
    nothing: str = "該当するものはありません。"
    head: Look = field(
        default=Look(size=10, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
    )


def fill_table_sheet(
    sheet: Worksheet,
    table: Table,
    form: TableForm,
    *,
    dresser: Dresser,
    frame: PrintFrame,
) -> None:
    """Draw a table."""
    widths = [form.widths.get(column.key, form.other_width) for column in table.columns]
    fit_columns(sheet, widths)
    head = _write_title(sheet, table, form, widths, dresser)
    labels = [column.label for column in table.columns]
    looks = [form.head] * len(labels)
    place = head + write_row(sheet, head, labels, looks=looks, widths=widths, dresser=dresser)
    for row in table.rows:
        for values, row_looks in _drawn(table.columns, row, widths, form):
            place += write_row(
                sheet,
                place,
                values,
                looks=row_looks,
                widths=widths,
                dresser=dresser,
                one_row=form.is_plain,
            )
    if not table.rows and form.has_title:
        across = (1, len(widths))
        write_block(
            sheet, place, across, form.nothing, look=NOTHING, widths=widths, dresser=dresser
        )
    _set_view(sheet, table, form, head=head, last=place - 1)
    set_for_print(sheet, frame, title_rows=f"{head}:{head}")


def _write_title(
    sheet: Worksheet, table: Table, form: TableForm, widths: Sequence[float], dresser: Dresser
) -> int:
    """Return the row of the heads."""
    if not form.has_title:
        return 1
    across = (1, len(widths))
    return 1 + write_block(
        sheet, 1, across, table.title, look=TITLE, widths=widths, dresser=dresser
    )


def _drawn(
    columns: Sequence[Column],
    row: Sequence[Cell],
    widths: Sequence[float],
    form: TableForm,
) -> list[tuple[list[Value], list[Look]]]:
    """Return what a row is drawn as: one row of the sheet, or several where a text is too tall."""
    cells = list(zip(columns, row, strict=True))
    looks = [form.look_of(column, cell) for column, cell in cells]
    values = [drawn_value(column, cell) for column, cell in cells]
    if form.is_plain:
        return [(values, looks)]
    first, *others = rows_of(values, looks, widths)
    again = _repeated([column.key for column in columns], first, values, form)
    plain = [replace(look, number_format="General", fill="") for look in looks]
    return [(first, looks)] + [
        ([again.get(one.key, part) for one, part in zip(columns, parts, strict=True)], plain)
        for parts in others
    ]


def _repeated(
    keys: Sequence[str],
    first: Sequence[Value],
    values: Sequence[Value],
    form: TableForm,
) -> dict[str, Value]:
    """Return what every row that goes on says again: the names of the row, but for a name that goes on itself."""
    again: dict[str, Value] = {
        key: whole
        for key, drawn, whole in zip(keys, first, values, strict=True)
        if key in form.repeated and drawn == whole
    }
    leading = next((key for key in form.repeated if key in again), None)
    if leading is not None:
        again[leading] = f"{again[leading]}{AGAIN}"
    return again


def _set_view(sheet: Worksheet, table: Table, form: TableForm, *, head: int, last: int) -> None:
    keys = [column.key for column in table.columns]
    frozen = keys.index(form.frozen) + 2 if form.frozen in keys else 1
    sheet.freeze_panes = f"{get_column_letter(frozen)}{head + 1}"
    if form.has_filter:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(keys))}{last}"
    if form.has_title:
        sheet.sheet_view.showGridLines = False


def drawn_value(column: Column, cell: Cell) -> Value:
    """Return what is written into a sheet: a day and a number as such, so that the column sorts; else words."""
    if cell.value is None:
        return cell.words
    if column.kind is Kind.DAY:
        return cell.day
    if column.kind is Kind.WHOLE:
        return int(cell.value)
    return float(cell.value) if column.kind is Kind.DECIMAL else cell.words
