"""見え消し: words with a line through them never enter as said, whichever way the line was drawn."""

import os
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, NamedStyle
from workbook_parts import HEAD, MAIN, saved, shared_strings, workbook, worksheet

from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.guard.sheet import RawSheet
from kirishima_dx.spreadsheets.guard.struck import STRUCK_OUT
from kirishima_dx.spreadsheets.guard.values import RawCell
from kirishima_dx.spreadsheets.table import Table, TableRefused, find_table

STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    '<cellXfs><xf fontId="0" xfId="0"/><xf fontId="1" applyFont="0"/><xf fontId="2"/></cellXfs>'
    "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
)
"""Formats 0 and 2 strike nothing, 1 does."""


def first(cell: str, *, strings: str = "", styles: str = STYLES) -> RawCell:
    sheet = worksheet(f'<row r="1">{cell}</row>')
    [read] = read_sheets(workbook(sheet, strings=strings, styles=styles))
    return read.rows[0][0] if read.rows else RawCell()


def quoting(*words: str) -> str:
    shown = "".join(f"「{text}」" for text in words)
    return f"取消線の付いた文字{shown}があります。その文字を消すか、取消線を外してください"


@pytest.mark.parametrize(
    ("runs", "fault"),
    [
        ("<r><rPr><strike/></rPr><t>甲</t></r><r><t>乙</t></r>", quoting("甲")),
        ('<r><rPr><b/><strike val="1"/></rPr><t>甲</t></r><r><t>乙</t></r>', quoting("甲")),
        ('<r><t>乙</t></r><r><rPr><strike val="true"/></rPr><t>甲</t></r>', quoting("甲")),
        ('<r><rPr><strike val="0"/></rPr><t>甲</t></r><r><t>乙</t></r>', ""),
        ('<r><rPr><strike val="false"/><u/></rPr><t>甲</t></r>', ""),
        ("<r><rPr><strike/></rPr><t>甲</t></r>", STRUCK_OUT),
        ('<r><rPr><strike/></rPr><t>甲</t></r><r><t xml:space="preserve"> \n</t></r>', STRUCK_OUT),
        ("<r><rPr><strike/></rPr><t>\u3000\u200b</t></r><r><t>乙</t></r>", ""),
        (
            "<r><rPr><strike/></rPr><t>甲</t></r><r><rPr/><t>乙</t></r><r><rPr><strike/></rPr><t>丙「丁」</t></r>",
            quoting("甲", "丙『丁』"),
        ),
        ("<t>乙</t><rPh sb='0' eb='1'><t>オツ</t></rPh><phoneticPr fontId='1'/>", ""),
    ],
)
def test_runs_that_are_struck(runs: str, fault: str) -> None:
    inline = first(f'<c r="A1" t="inlineStr"><is>{runs}</is></c>')
    shared = first('<c r="A1" t="s"><v>0</v></c>', strings=shared_strings(f"<si>{runs}</si>"))

    assert (inline.fault, inline.is_struck_out) == (fault, fault == STRUCK_OUT)
    assert shared == inline


def test_a_long_stretch_and_many_are_quoted_in_short() -> None:
    struck = "".join(
        f"<r><rPr><strike/></rPr><t>{text}</t></r><r><rPr/><t>、</t></r>"
        for text in ("あ" * 30, "い", "う", "え")
    )

    fault = first(f'<c r="A1" t="inlineStr"><is>{struck}</is></c>').fault

    assert fault.startswith(f"取消線の付いた文字「{'あ' * 20}…」「い」「う」などがあります")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="{}"><v>12</v></c>',
        '<c r="A1" s="{}" t="b"><v>1</v></c>',
        '<c r="A1" s="{}" t="d"><v>2026-10-01</v></c>',
        '<c r="A1" s="{}" t="str"><v>甲</v></c>',
        '<c r="A1" s="{}" t="inlineStr"><is><t>甲</t></is></c>',
        '<c r="A1" s="{}" t="s"><v>0</v></c>',
    ],
)
def test_whatever_a_cell_holds_its_own_format_strikes_it(cell: str) -> None:
    strings = shared_strings("<si><t>甲</t></si>")
    plain = first(cell.format("0"), strings=strings)

    assert plain.value is not None
    assert first(cell.format("1"), strings=strings) == RawCell(plain.value, STRUCK_OUT, True)
    assert first(cell.format("2"), strings=strings) == plain


def test_a_cell_without_a_format_has_the_first_one() -> None:
    styles = STYLES.replace('<cellXfs><xf fontId="0"', '<cellXfs><xf fontId="1"')

    assert first('<c r="A1"><v>12</v></c>', styles=styles).is_struck_out


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', ""),
        ('<c r="A1" s="1"/>', ""),
        ('<c r="A1" s="1"><f>B1</f><v>1</v></c>', "数式（=B1）"),
        ('<c r="A1" s="1" t="e"><v>#N/A</v></c>', "エラー値"),
    ],
)
def test_struck_blanks_harm_nobody_and_other_faults_come_first(cell: str, fault: str) -> None:
    read = first(cell)

    assert read.fault.startswith(fault)
    assert bool(read.fault) == bool(fault)


words = st.text(st.sampled_from("甲乙丙 \n"), min_size=1, max_size=3)
runs = st.lists(st.tuples(words, st.sampled_from([None, True, False])), min_size=1, max_size=5)


@given(runs=runs, cell_is_struck=st.booleans(), is_shared=st.booleans())
def test_no_struck_word_ever_stands_in_what_is_said(
    runs: list[tuple[str, bool | None]], cell_is_struck: bool, is_shared: bool
) -> None:
    """A run has its own font or that of its cell; what blanks look like is nothing to say."""
    fonts = {None: "", True: "<rPr><strike/></rPr>", False: "<rPr><b/></rPr>"}
    inside = "".join(
        f'<r>{fonts[font]}<t xml:space="preserve">{escape(text)}</t></r>' for text, font in runs
    )
    held = 't="s"><v>0</v>' if is_shared else f't="inlineStr"><is>{inside}</is>'
    sheet = worksheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>課題</t></is></c></row>'
        f'<row r="2"><c r="A2" s="{int(cell_is_struck)}" {held}</c></row>'
    )
    strings = shared_strings(f"<si>{inside}</si>")
    sheets = read_sheets(workbook(sheet, strings=strings, styles=STYLES))

    rows = find_table(sheets, sheet_name="回答", columns=["課題"], required=[]).rows

    struck = [t for t, font in runs if (cell_is_struck if font is None else font) and t.strip()]
    whole = "".join(text for text, _ in runs)
    said = [(row.cells["課題"].value, bool(row.cells["課題"].fault)) for row in rows]
    assert said == ([(None, True)] if struck else [(whole, False)] if whole.strip() else [])


def struck_book() -> Workbook:
    """Return a list as people strike in it: words, cells, by a named style, a row, and by a rule."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "回答"
    struck, named = Font(strike=True), NamedStyle("取消", font=Font(strike=True))
    sheet.append(["番号", "状態", "課題"])
    part = CellRichText(TextBlock(InlineFont(strike=True), "予算の不足"), "人員の不足")
    sheet.append(["1", "順調", part])
    sheet.append(["2", "順調", "課題なし"])
    sheet["B3"].font = struck
    sheet["C3"].style = named
    sheet.append([4, "順調", "やめる"])
    for cell in sheet[4]:
        cell.font = struck
    sheet.append(["5", "順調", "続ける"])
    rule = CellIsRule(operator="equal", formula=['"終了"'], font=struck)
    sheet.conditional_formatting.add("B2:B9", rule)
    return book


def table_of(sheets: list[RawSheet]) -> Table:
    return find_table(
        sheets, sheet_name="回答", columns=["番号", "状態", "課題"], required=["番号"]
    )


def assert_told(sheets: list[RawSheet]) -> None:
    table = table_of(sheets)
    faults = {
        cell.address: cell.fault for row in table.rows for cell in row.cells.values() if cell.fault
    }
    assert faults == {
        "C2": quoting("予算の不足"),
        **dict.fromkeys(("B3", "C3", "A4", "B4", "C4"), STRUCK_OUT),
    }
    assert {cell.value for row in table.rows for cell in row.cells.values()} == {
        *("1", "2", "5", "順調", "続ける", None)
    }
    assert [row.number for row in table.rows if row.is_struck_out(table.columns)] == [4]
    [note] = table.notes
    assert note.startswith("B2:B9に、取消線を付ける条件付き書式があります。")


def test_a_book_of_openpyxl_is_told_cell_by_cell() -> None:
    assert_told(read_sheets(saved(struck_book())))


@pytest.mark.office
def test_saved_by_libreoffice_it_is_told_the_same(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(saved(struck_book()))
    subprocess.run(
        [
            os.environ["SOFFICE"],
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "book.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    assert_told(read_sheets((tmp_path / "out" / "book.xlsx").read_bytes()))


def test_a_rule_with_a_look_of_its_own_is_noted() -> None:
    """As Excel writes a rule that asks another sheet; the other one does not strike."""
    rule = (
        '<conditionalFormatting><cfRule type="expression"><f>甲!A1</f><dxf><font>{}</font></dxf></cfRule>'
        "<sqref>{}</sqref></conditionalFormatting>"
    )
    rules = rule.format("<strike/>", "C2:C9 E2") + rule.format('<strike val="0"/>', "D2:D9")
    sheet = worksheet("", after=f"<extLst><ext>{rules}</ext></extLst>")

    [note] = read_sheets(workbook(sheet))[0].notes

    assert note.startswith("C2:C9 E2に、取消線を付ける条件付き書式があります。")


def test_a_struck_head_refuses_the_file_by_name_and_cell() -> None:
    book = struck_book()
    book.worksheets[0]["C1"].font = Font(strike=True)

    with pytest.raises(TableRefused, match="見出し「課題」（C1）に取消線が付いています"):
        table_of(read_sheets(saved(book)))
