"""How a value of a column of a statement stands in a cell of a spreadsheet."""

from datetime import date
from decimal import Decimal

from initiatives.stated_column import Kind, StatedColumn

CellValue = str | int | float | date | None


def cell_value(column: StatedColumn, value: str | bool | date | int | Decimal | None) -> CellValue:
    """Return what the cell holds: a day as a day, a number as a number, anything else as its words."""
    if isinstance(value, Decimal):
        return float(value)
    if column.kind in (Kind.CHOICE, Kind.FLAG):
        return column.in_words(value)
    return value


def number_format(column: StatedColumn) -> str:
    """Return the number format of a day or a number, empty for words."""
    formats = {
        Kind.DAY: "yyyy-mm-dd",
        Kind.WHOLE: "#,##0",
        Kind.DECIMAL: f"#,##0.{'0' * column.places}",
    }
    return formats.get(column.kind, "")
