"""What cells hold: values, dates, numbers and texts as they were typed; formulas and errors are faults."""

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from workbook_parts import (
    GOOD_BOOK,
    MAIN,
    RELATIONS,
    parts,
    saved,
    shared_strings,
    style_sheet,
    text_cell,
    workbook,
    worksheet,
    zipped,
)

from kirishima_dx.spreadsheets.guard.limits import MAX_CELL_TEXT
from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.guard.values import RawCell


def cell_in(row: str, **options: str) -> RawCell:
    """Return A1 of a sheet of one row."""
    [sheet] = read_sheets(workbook(worksheet(f'<row r="1">{row}</row>'), **options))
    return sheet.rows[0][0] if sheet.rows else RawCell()


def shown(number: str, number_format: int, code: str = "") -> RawCell:
    codes = f'<numFmt numFmtId="{number_format}" formatCode="{code}"/>' if code else ""
    styles = style_sheet(f'<xf/><xf numFmtId="{number_format}"/>', codes)
    return cell_in(f'<c r="A1" s="1"><v>{number}</v></c>', styles=styles)


def test_values_of_a_book_of_openpyxl() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "回答"
    moment = datetime(2026, 10, 15, 14, 30)
    sheet.append(["課題", 3, 2.5, True, date(2026, 10, 1), moment, time(9, 0), None, " "])
    sheet.append([timedelta(hours=25, minutes=30)])

    [read] = read_sheets(saved(book))

    assert read.name == "回答"
    assert [cell.value for cell in read.rows[0]] == [
        *("課題", 3, 2.5, True, date(2026, 10, 1), moment, time(9, 0), None, " "),
    ]
    assert read.rows[1] == [RawCell("25:30")]


@pytest.mark.parametrize(
    ("number_format", "code"),
    [
        (14, ""),
        (27, ""),
        (31, ""),
        (57, ""),
        (200, "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"),
        (200, "[$-ja-JP-x-gannen]ge.m.d"),
        (200, "[$-411]ggge&quot;年&quot;"),
        (200, "yyyy/mm/dd(aaa)"),
    ],
)
def test_dates_in_the_formats_of_a_japanese_excel(number_format: int, code: str) -> None:
    assert shown("46296", number_format, code) == RawCell(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("number", "number_format", "code", "value"),
    [
        ("46296", 0, "", 46296),
        ("3.0", 0, "", 3.0),
        ("1200", 200, "#,##0&quot;件(month)&quot;", 1200),
        ("1.5", 200, "0.00E+00", 1.5),
        ("12", 200, "[Red]General&quot;日&quot;", 12),
        ("12", 200, "\\d0", 12),
        ("0.07", 9, "", "7%"),
        ("0.125", 200, "0.0%", "12.5%"),
        ("1.0625", 46, "", "25:30"),
        ("1.0000115740740741", 200, "[h]:mm:ss", "24:00:01"),
        ("0.5", 200, "h:mm", time(12, 0)),
        ("1", 14, "", date(1900, 1, 1)),
        ("61", 14, "", date(1900, 3, 1)),
        ("12345678901234567890", 0, "", 12345678901234567890.0),
    ],
)
def test_numbers_by_their_format(number: str, number_format: int, code: str, value: object) -> None:
    assert shown(number, number_format, code) == RawCell(value)


@pytest.mark.parametrize("number", ["-1", "99999999", "1e200"])
def test_a_number_that_is_no_date_is_a_fault(number: str) -> None:
    assert "日付になりません" in shown(number, 14).fault


@pytest.mark.parametrize("number", ["NaN", "1_0", "１", "=1", "1e999"])
def test_a_number_that_is_none_is_a_fault(number: str) -> None:
    assert "数として読めません" in shown(number, 0).fault


def test_dates_counted_from_1904() -> None:
    content = {**parts(worksheet('<row r="1"><c r="A1" s="1"><v>44834</v></c></row>'))}
    content["xl/workbook.xml"] = GOOD_BOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    content["xl/styles.xml"] = style_sheet('<xf/><xf numFmtId="14"/>')

    assert read_sheets(zipped(content))[0].rows == [[RawCell(date(2026, 10, 1))]]


def test_a_strict_workbook_is_read() -> None:
    """Excel's "Strict Open XML": other namespaces, dates in words of ISO 8601."""
    sheet = worksheet('<row r="1"><c r="A1" t="d"><v>2026-10-01T00:00:00</v></c></row>')
    content = {
        name: str(part).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, part in parts(sheet).items()
    }  # fmt: skip

    assert read_sheets(zipped(content))[0].rows == [[RawCell(date(2026, 10, 1))]]


def test_names_with_a_prefix_are_read() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )

    assert read_sheets(workbook(sheet))[0].rows == [[], [RawCell(), RawCell(1)]]


def test_rich_text_is_joined_and_its_reading_left_out() -> None:
    strings = shared_strings(
        "<si><r><t>霧島</t></r><r><rPr><b/></rPr><t>市</t></r>"
        '<rPh sb="0" eb="2"><t>キリシマ</t></rPh><phoneticPr fontId="1"/></si>'
    )
    inline = '<c r="A1" t="inlineStr"><is><r><t>霧</t></r><r><t>島</t></r><rPh sb="0" eb="1"><t>キリ</t></rPh></is></c>'

    assert cell_in('<c r="A1" t="s"><v>0</v></c>', strings=strings) == RawCell("霧島市")
    assert cell_in(inline) == RawCell("霧島")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("一_x000D_\n二", "一\n二"),
        ("一&#13;\n二&#13;三", "一\n二\n三"),
        ("_x005F_x000D_", "_x000D_"),
        ("a_x0000_b_x0007_", "ab"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "\ufffd"),
        ("＝1+1", "＝1+1"),
        ("ｶﾞ①　終", "ｶﾞ①　終"),
        ("a\u200bb", "ab"),
        ("&lt;!DOCTYPE&gt;&amp;", "<!DOCTYPE>&"),
    ],
)
def test_texts_are_as_they_were_typed(written: str, text: str) -> None:
    assert cell_in(text_cell("A1", written)) == RawCell(text)
    shared = shared_strings(f"<si><t>{written}</t></si>")
    assert cell_in('<c r="A1" t="s"><v>0</v></c>', strings=shared) == RawCell(text)


def test_a_text_longer_than_excel_allows_is_a_fault() -> None:
    assert cell_in(text_cell("A1", "あ" * MAX_CELL_TEXT)).value == "あ" * MAX_CELL_TEXT
    assert "32,768文字" in cell_in(text_cell("A1", "あ" * (MAX_CELL_TEXT + 1))).fault
    assert cell_in(text_cell("A1", "𠮷" * (MAX_CELL_TEXT // 2 + 1))).fault


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A1"><f>B1+1</f></c>', "数式（=B1+1）"),
        ('<c r="A1"><f>B1+1</f><v>3</v></c>', "数式（=B1+1）"),
        ('<c r="A1" t="str"><f>B1&amp;C1</f><v>順調</v></c>', "数式（=B1&C1）"),
        ('<c r="A1"><f t="shared" si="0"/><v>3</v></c>', "数式が入って"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "数式（=1/0）"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "エラー値（#N/A）"),
    ],
)
def test_formulas_and_errors_are_faults_that_say_what_to_do(cell: str, fault: str) -> None:
    read = cell_in(cell)

    assert read.value is None
    assert fault in read.fault
    assert "入れてください" in read.fault


def test_formulas_of_openpyxl_are_faults() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "=SUM(B1:B3)"
    sheet["A2"] = ArrayFormula("A2:A3", "=B1:B2*2")

    [read] = read_sheets(saved(book))

    assert read.rows[0][0].fault.startswith("数式（=SUM(B1:B3)）")
    assert read.rows[1][0].fault.startswith("数式")
