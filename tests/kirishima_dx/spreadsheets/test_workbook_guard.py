"""F2: whatever is uploaded, the person gets sheets or a sentence that helps, soon and in little memory."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hostile_workbooks import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from workbook_parts import (
    relations,
    saved,
    style_sheet,
    text_cell,
    with_part,
    workbook,
    worksheet,
    zipped,
)

from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.guard.sheet import RawSheet
from kirishima_dx.spreadsheets.guard.values import RawCell

ROOT = Path(__file__).parents[3]
SECONDS, KILOBYTES = 12, 300 * 1024
"""Without a guard a reader takes a minute or gigabytes; a guarded one some 1.5 s, twice that on a busy machine."""
Answer = dict[str, object]
Measure = Callable[[bytes], Answer]


@pytest.fixture(scope="session")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measure]:
    """Reads a file in a process of its own; says what came of it, the seconds and the growth of memory."""
    path = tmp_path_factory.mktemp("hostile") / "file.xlsx"
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("hostile_workbooks.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def measured(content: bytes) -> Answer:
            path.write_bytes(content)
            reader.stdin.write(f"{path}\n")
            reader.stdin.flush()
            answer: Answer = json.loads(reader.stdout.readline())
            return answer

        yield measured


def assert_within_bounds(answer: Answer) -> None:
    assert answer, "the reader died"
    assert float(str(answer["seconds"])) < SECONDS
    assert int(str(answer["growth"])) < KILOBYTES


@pytest.mark.parametrize("kind", HOSTILE)
def test_f2_a_hostile_file_is_told_apart_soon_and_in_little_memory(
    measure: Measure, kind: str
) -> None:
    answer = measure(HOSTILE[kind].make())

    assert_within_bounds(answer)
    if HOSTILE[kind].says:
        assert HOSTILE[kind].says in str(answer["said"])
        assert str(answer["said"]).endswith("。")
    else:
        assert answer["said"] == ""


def test_a_list_of_5200_rows_and_24_columns_is_read(measure: Measure) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(5200):
        sheet.append([f"{row}行目の{column}列" * 5 for column in range(24)])
    answer = measure(saved(book))

    assert_within_bounds(answer)
    assert answer["said"] == ""


def test_the_lower_cells_of_a_filled_merge_are_faults() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "二つ分"
    sheet.merge_cells("B2:C3")
    sheet.merge_cells("B8:C9")

    [read] = read_sheets(saved(book))

    assert sorted(read.merges) == ["B2:C3", "B8:C9"]
    assert read.rows[1][1] == RawCell("二つ分")
    assert [row[2].fault for row in read.rows[1:3]] == [read.rows[2][1].fault] * 2
    assert read.rows[2][1].fault.startswith("結合セル（B2:C3）")
    assert len(read.rows) == 3


def test_empty_ends_are_left_out_and_places_kept() -> None:
    rows = '<row r="2"><c r="B2"/><c r="C2"><v>1</v></c><c r="D2" s="1"/></row><row r="9"/>'

    assert read_sheets(workbook(worksheet(rows)))[0].rows == [
        [],
        [RawCell(), RawCell(), RawCell(1)],
    ]


def test_rows_and_cells_without_a_place_follow_each_other() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="3"><c r="B3"/><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    )

    assert [
        [cell.value for cell in row] for row in read_sheets(workbook(worksheet(rows)))[0].rows
    ] == [
        [1, None, 2],
        [],
        [None, None, 3],
        [4],
    ]


def test_the_last_row_and_column_within_bounds_are_read() -> None:
    [sheet] = read_sheets(
        workbook(worksheet(f'<row r="6000">{text_cell("BH6000")}{text_cell("BI6000", " ")}</row>'))
    )

    assert (len(sheet.rows), len(sheet.rows[5999])) == (6000, 60)


def book_with_all() -> Workbook:
    """A book with everything that people put into one."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "回答"
    sheet.append(["番号", "課題", "期限"])
    sheet.append(["1-1", "人手が\n足りない", date(2027, 3, 31)])
    sheet.append(["1-2", "=1+1", 0.5])
    sheet["B2"].comment = Comment("確認してください", "企画課")
    sheet.add_data_validation(DataValidation("list", formula1='"順調,遅れている"', sqref="D2:D9"))
    sheet.conditional_formatting.add(
        "A1:C9", CellIsRule("equal", ['"x"'], fill=PatternFill("solid", "FFFF0000"))
    )
    sheet.auto_filter.ref = "A1:C3"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.add_chart(BarChart(), "F1")
    sheet.freeze_panes = "A2"
    sheet.merge_cells("A5:C5")
    hidden = book.create_sheet("控え")
    hidden.sheet_state = "veryHidden"
    hidden.append(["a", "b"])
    hidden.add_table(Table(displayName="T", ref="A1:B2"))
    book.create_chartsheet("図").add_chart(BarChart())
    return book


def assert_read_well(sheets: list[RawSheet]) -> None:
    assert [(sheet.name, sheet.state) for sheet in sheets] == [
        ("回答", "visible"),
        ("控え", "hidden"),
    ]
    values = [[cell.value for cell in row] for row in sheets[0].rows]
    assert values[:2] == [["番号", "課題", "期限"], ["1-1", "人手が\n足りない", date(2027, 3, 31)]]
    assert values[2] == ["1-2", None, 0.5]
    assert sheets[0].rows[2][1].fault


def test_what_people_add_does_no_harm() -> None:
    assert_read_well(read_sheets(saved(book_with_all())))


def test_a_book_saved_anew_by_openpyxl_reads_the_same() -> None:
    content = saved(book_with_all())

    assert_read_well(read_sheets(saved(load_workbook(BytesIO(content)))))


def test_only_the_sheets_asked_for_are_read() -> None:
    content = saved(book_with_all())

    assert [sheet.name for sheet in read_sheets(content, only={"控え", "図"})] == ["控え"]
    assert read_sheets(content, only={"なし"}) == []


def test_links_to_other_books_do_no_harm() -> None:
    links = relations(
        ("worksheet", "/xl/worksheets/sheet1.xml"), ("externalLink", "externalLinks/a.xml")
    )
    outside = links.replace(
        'Target="externalLinks/a.xml"', 'Target="file:///c:/a.xlsx" TargetMode="External"'
    )

    assert read_sheets(with_part("xl/_rels/workbook.xml.rels", outside))[0].name == "回答"


def test_f2_a_refusal_names_the_size_and_the_most() -> None:
    with pytest.raises(WorkbookRefused, match=r"大きすぎます（6.0MB）。5MBまで"):
        read_sheets(b"PK\x03\x04" + b"\0" * (6 * 1024 * 1024 - 4))


GOOD_BYTES = saved(book_with_all())
with zipfile.ZipFile(BytesIO(GOOD_BYTES)) as archive:
    STORED = {name: archive.read(name) for name in archive.namelist()}
PARTS_READ = [
    name
    for name in STORED
    if name.endswith(".rels") or name.startswith(("xl/workbook", "xl/worksheets/sheet", "xl/s"))
]
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.binary(max_size=8) | st.sampled_from([b"<", b'"', b"9" * 30, b"<c>", b"-1"]),
    ),
    min_size=1,
    max_size=6,
)
Changes = list[tuple[float, int, bytes]]


def changed(content: bytes, changes: Changes) -> bytes:
    for share, length, put in changes:
        place = int(share * len(content))
        content = content[:place] + put + content[place + length :]
    return content


def read_or_refused(content: bytes) -> None:
    with suppress(WorkbookRefused):
        read_sheets(content)


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_f2_changed_bytes_are_read_or_refused(changes: Changes) -> None:
    read_or_refused(changed(GOOD_BYTES, changes))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PARTS_READ), CHANGES)
def test_f2_changed_parts_are_read_or_refused(name: str, changes: Changes) -> None:
    read_or_refused(zipped({**STORED, name: changed(STORED[name], changes)}))


ATTRIBUTE = st.text(
    st.characters(codec="utf-8", exclude_characters='<>&"\0', exclude_categories=["Cc", "Cs"]),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr"]) | ATTRIBUTE,
    st.sampled_from(["0", "1", "2", "3"]) | ATTRIBUTE,
    st.sampled_from(["1", "-1", "1e308", "0.9999999999", "2958466", "24:00"]) | ATTRIBUTE,
)
def test_f2_odd_values_are_read_or_refused(kind: str, style: str, value: str) -> None:
    styles = style_sheet("".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 46, 9)))
    cell = f'<c r="A1" t="{kind}" s="{style}"><v>{value}</v></c>'
    read_or_refused(workbook(worksheet(f'<row r="1">{cell}</row>'), styles=styles))


@given(st.binary(max_size=200))
def test_f2_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(WorkbookRefused):
        read_sheets(content)


@pytest.mark.office
def test_a_book_saved_anew_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    book = book_with_all()
    sheet = book.worksheets[0]
    for row in range(10, 5_000):
        sheet.row_dimensions[row].height = 15
    for column in "ABCDEFG":
        sheet.column_dimensions[column].fill = PatternFill("solid", "FFFFFF00")
    (tmp_path / "book.xlsx").write_bytes(saved(book))
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

    sheets = read_sheets((tmp_path / "out" / "book.xlsx").read_bytes(), only={"回答", "控え"})

    assert_read_well(sheets)
