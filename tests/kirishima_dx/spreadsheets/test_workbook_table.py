"""F2: a table is found by its header, wherever it stands; what cannot be read is named by sheet and cell."""

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirishima_dx.spreadsheets.choice import choice
from kirishima_dx.spreadsheets.day_cells import day_in
from kirishima_dx.spreadsheets.guard.sheet import RawSheet
from kirishima_dx.spreadsheets.guard.values import RawCell, Value
from kirishima_dx.spreadsheets.table import (
    Table,
    TableCell,
    TableRefused,
    find_table,
)

COLUMNS = ["番号", "状態", "取組実績", "課題", "今後の取組"]
REQUIRED = ["番号", "取組実績"]


def sheet_of(
    *rows: Sequence[Value | RawCell], name: str = "回答", merges: Sequence[str] = ()
) -> RawSheet:
    cells = [[v if isinstance(v, RawCell) else RawCell(v) for v in row] for row in rows]
    return RawSheet(name, cells, merges=list(merges))


def table_of(*sheets: RawSheet) -> Table:
    return find_table(sheets, sheet_name="回答", columns=COLUMNS, required=REQUIRED)


def test_a_table_is_found_under_titles_and_notes() -> None:
    table = table_of(
        sheet_of(
            ["令和8年度 照会", None, "取組実績を入れてください"],
            [],
            ["番号", "状態", "取組実績", "課題", "今後の取組"],
            ["1-1", "継続", " 窓口を\n開いた。\n", None, 3.0],
        )
    )

    assert (table.sheet, table.header_row) == ("回答", 3)
    assert table.columns == {"番号": 1, "状態": 2, "取組実績": 3, "課題": 4, "今後の取組": 5}
    assert (table.missing, table.unknown) == ([], [])
    [row] = table.rows
    assert row.number == 4
    assert row.cells["取組実績"] == TableCell("C4", " 窓口を\n開いた。\n")
    assert row.cells["取組実績"].text() == "窓口を\n開いた。"
    assert row.cells["課題"] == TableCell("D4")
    assert row.cells["今後の取組"].text() == "3"


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    table = table_of(
        sheet_of(["備考", "課題", "取組実績", None, "番号", 2026], ["a", "b", "c", "d", "e"])
    )

    assert table.columns == {"番号": 5, "取組実績": 3, "課題": 2}
    assert table.unknown == ["備考", "2026"]
    assert table.missing == ["状態", "今後の取組"]
    assert {name: cell.text() for name, cell in table.rows[0].cells.items()} == {
        "番号": "e",
        "取組実績": "c",
        "課題": "b",
    }


@pytest.mark.parametrize(
    "written",
    [
        "取組\n実績",
        " 取組 実績　",
        "取組実績※必須",
        "取組実績（必須）",
        "※取組実績",
        "【必須】取組実績",
        "取組実績*",
    ],
)
def test_names_in_a_header_are_read_as_people_dress_them(written: str) -> None:
    assert table_of(sheet_of(["番号", written], ["1", "a"])).columns["取組実績"] == 2


def test_a_name_that_is_known_with_its_mark_stays_its_own() -> None:
    header = sheet_of(["課題（参考）", "課題※"])

    table = find_table([header], sheet_name="回答", columns=["課題", "課題（参考）"], required=[])

    assert table.columns == {"課題": 2, "課題（参考）": 1}


def test_a_name_that_differs_is_another_column() -> None:
    with pytest.raises(TableRefused, match="必要な列「取組実績」がありません"):
        table_of(sheet_of(["番号", "課題", "取組実績（案）"]))


def test_rows_without_anything_are_left_out_and_numbers_stay_those_of_excel() -> None:
    table = table_of(
        sheet_of(
            ["番号", "取組実績", "メモ"],
            ["1-1", "a"],
            [None, " 　\n"],
            [None, None, "よそのメモ"],
            ["1-2"],
            [None, RawCell(None, "数式が入っています。")],
        )
    )

    assert [row.number for row in table.rows] == [2, 5, 6]
    assert table.rows[2].cells["取組実績"] == TableCell("B6", None, "数式が入っています。")


def test_a_header_merged_over_two_rows_leaves_no_row_behind() -> None:
    rest = RawCell(None, "結合セル（A1:A2）の一部です。")
    sheet = sheet_of(["番号", "取組実績"], [rest, rest], ["1-1", "a"], merges=["A1:A2", "B1:B2"])

    assert [row.number for row in table_of(sheet).rows] == [3]


def test_a_header_merged_over_answers_loses_none() -> None:
    rest = RawCell(None, "結合セル（A1:A3）の一部です。")
    sheet = sheet_of(["番号", "取組実績"], [rest, "a"], [rest, "b"], merges=["A1:A3"])

    assert [row.number for row in table_of(sheet).rows] == [2, 3]


def test_a_sheet_renamed_is_found_by_its_header() -> None:
    other = sheet_of(["記入要領"], ["番号", "そのまま"], name="記入要領")

    assert table_of(other, sheet_of(["番号", "取組実績"], name="Sheet1")).sheet == "Sheet1"
    assert table_of(other, sheet_of(["番号", "取組実績"], name="回 答")).sheet == "回 答"


def test_the_sheet_of_that_name_goes_before_others() -> None:
    copy = sheet_of(["番号", "取組実績"], name="控え")

    assert table_of(copy, sheet_of(["番号", "取組実績"])).sheet == "回答"
    with pytest.raises(
        TableRefused,
        match="シート「回答」の10行目までに、見出しの行（番号・取組実績など）が見つかりません",
    ):
        table_of(copy, sheet_of(["a", "b"]))


def test_two_sheets_that_could_be_meant_are_refused() -> None:
    one, two = (sheet_of(["番号", "取組実績"], name=name) for name in ("一", "二"))

    with pytest.raises(
        TableRefused, match=r"シート「回答」がなく、見出しのあるシートが二つ以上.*「一」、「二」"
    ):
        table_of(one, two)


@pytest.mark.parametrize(
    "sheets", [[], [sheet_of(name="Sheet1")], [sheet_of(["a"], name="Sheet1")]]
)
def test_a_book_without_the_table_is_refused(sheets: list[RawSheet]) -> None:
    with pytest.raises(TableRefused, match="シート「回答」がなく、見出しのあるシートもありません"):
        table_of(*sheets)


def test_a_header_too_far_down_is_refused() -> None:
    with pytest.raises(TableRefused, match="10行目までに"):
        table_of(sheet_of(*[[]] * 10, ["番号", "取組実績"]))
    assert table_of(sheet_of(*[[]] * 9, ["番号", "取組実績"])).header_row == 10


def test_a_header_twice_is_refused_by_address() -> None:
    with pytest.raises(TableRefused, match="シート「回答」の見出し「課題」がC2とE2にあります"):
        table_of(sheet_of([], ["番号", "取組実績", "課題", "状態", "課題（必須）"]))


def test_missing_columns_are_named() -> None:
    with pytest.raises(
        TableRefused, match="見出しの行（1行目）に、必要な列「番号」「取組実績」がありません"
    ):
        table_of(sheet_of(["状態", "課題"]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1200, "1200"),
        (True, "TRUE"),
        (date(2026, 10, 1), "2026-10-01"),
        (datetime(2026, 10, 1, 14, 30), "2026-10-01 14:30"),
        (time(9, 5, 7), "09:05:07"),
        ("　ｶﾞ①\n", "ｶﾞ①"),
    ],
)
def test_text_is_as_a_person_would_have_typed_it(value: Value, text: str) -> None:
    assert TableCell("A1", value).text() == text


@pytest.mark.parametrize(
    "value",
    [
        date(2027, 3, 31),
        datetime(2027, 3, 31, 9),
        "令和９年３月３１日",
        " 2027/3/31\n",
        20270331,
        20270331.0,
        "R9.3.31",
    ],
)
def test_a_day_is_read_in_any_usual_form(value: Value) -> None:
    assert day_in(TableCell("A1", value)) == (date(2027, 3, 31), "")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (46113, "「46113」は日付の書式ではない数です"),
        (46113.5, "「46113.5」は日付の書式ではない数です"),
        ("年度末", "「年度末」は日付として読めません"),
        (time(9), "「09:00」は日付として読めません"),
        (True, "「TRUE」は日付として読めません"),
        ("2027-02-30", "日付として読めません"),
    ],
)
def test_what_is_no_day_is_a_fault_and_no_guess(value: Value, fault: str) -> None:
    day, said = day_in(TableCell("A1", value))

    assert day is None
    assert fault in said


def test_a_cell_without_a_day_has_none() -> None:
    assert day_in(TableCell("A1", " ")) == (None, "")
    assert day_in(TableCell("A1", None, "数式")) == (None, "数式")


LABELS = {"on": "① 順調", "mostly": "② 概ね順調", "late": "③ やや遅れている", "rd": "R&D"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("① 順調", "on"),
        ("①順調", "on"),
        ("順調", "on"),
        (" 順　調\n", "on"),
        ("②順調", None),
        ("1順調", None),
        ("①", None),
        ("おおむね順調", None),
        ("概ね順調", "mostly"),
        ("③ やや遅れて\nいる", "late"),
        ("遅れている", None),
        ("Ｒ＆Ｄ", "rd"),
        ("", None),
        ("on", None),
    ],
)
def test_a_choice_is_matched_and_never_guessed(text: str, value: str | None) -> None:
    assert choice(text, LABELS) == value


def test_a_word_that_means_two_choices_is_none() -> None:
    labels = {"a": "① その他", "b": "② その他"}

    assert choice("その他", labels) is None
    assert choice("②その他", labels) == "b"


@given(st.permutations([*COLUMNS, "備考", "", "メモ"]), st.integers(0, 9))
def test_where_the_columns_stand_makes_no_difference(order: list[str], above: int) -> None:
    row = [f"「{name}」の値" for name in order]
    table = table_of(sheet_of(*[["題"]] * above, order, row))

    assert table.header_row == above + 1
    assert {name: cell.text() for name, cell in table.rows[0].cells.items()} == {
        name: f"「{name}」の値" for name in COLUMNS
    }
