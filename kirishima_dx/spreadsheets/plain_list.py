"""Lists as workbooks for people: a plain table with its head in row 1, for sorting, filtering and printing."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    set_for_print,
    write_table,
)

HEAD = Look(size=10, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
BODY = Look(size=10)
NUMBER = Look(size=10, horizontal="right")
DAY = Look(size=10, horizontal="center", number_format="yyyy-mm-dd")


def fill_list(
    sheet: Worksheet,
    columns: Mapping[str, float],
    rows: Iterable[Sequence[Value]],
    *,
    look_of: Callable[[str], Look],
    frozen: str,
    frame: PrintFrame,
    dresser: Dresser,
    head: Look = HEAD,
) -> None:
    """Write rows below the names of their columns, given with their widths; `frozen` is the first cell that scrolls."""
    looks = [look_of(name) for name in columns]
    write_table(sheet, columns, rows, head=head, looks=looks, dresser=dresser)
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    set_for_print(sheet, frame, title_rows="1:1")
