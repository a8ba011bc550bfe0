"""How the cells of the lists in 会議資料 look, by the kind of their column."""

from initiatives.stated_column import Kind
from reviews.report.document import Cell, Column
from reviews.workbooks.list_look import body_look


def test_a_number_bears_its_unit_and_its_places() -> None:
    whole = body_look(Column("budget", "予算額", Kind.WHOLE, unit="千円"), Cell("1,200千円", 1200))
    decimal = body_look(
        Column("share", "利用率", Kind.DECIMAL, unit="%", places=2), Cell("12.50%", "12.50")
    )

    assert whole.number_format == '#,##0"千円";"▲"#,##0"千円"'
    assert decimal.number_format == '#,##0.00"%";"▲"#,##0.00"%"'
    assert whole.horizontal == decimal.horizontal == "center"


def test_a_number_that_names_a_row_is_no_quantity() -> None:
    look = body_look(Column("number", "協議番号", Kind.WHOLE), Cell("1200", 1200))

    assert look.number_format == body_look(Column("title", "重点項目"), Cell("x")).number_format
