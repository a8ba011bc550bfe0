"""正誤表: every word and number in which a correcting issue differs from the issue it corrects."""

from kirishima_dx.spreadsheets.look import HEAD_FILL, Look
from reviews.report.document import Cell, Column
from reviews.workbooks.table_sheet import TableForm

SIZE = 11


def _look_of(column: Column, cell: Cell) -> Look:
    return Look(size=SIZE)


ERRATA_FORM = TableForm(
    widths={"place": 40, "column": 22, "wrong": 65, "right": 65},
    look_of=_look_of,
    other_width=30,
    repeated=("place", "column"),
    has_title=False,
    head=Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center"),
)
