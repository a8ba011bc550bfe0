"""データ, コード表 and 定義 keep the rules of 行政データにおける機械可読性, read from the file that is produced."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sheet_cast import RATING_LABELS, beside, day

from initiatives.enums import CycleStep, Direction, Rating, Status
from reviews.report.compiler import PROGRESS_COLUMNS
from reviews.report.document import Cell, Passage, ReportDocument, Seal, Table
from reviews.report.stated import SILENT, chosen
from reviews.report.totals import totals_by_policy
from reviews.workbooks.machine.codes import plain_text
from reviews.workbooks.machine.columns import HISTORY, MEASURES
from reviews.workbooks.report import report_workbook

MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
MACHINES = ("データ", "コード表", "定義")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNWANTED = "〜～㋿①②③④⑤№㈱\n\r\t　"
TRICKY = "令和8〜9年度に　　①試行し～㈱某と組んだ。\n\n  二行目、=1+1 "


ROWS: tuple[dict[str, Cell | str], ...] = (
    {
        "code": "1-A-1",
        "axis": "暮らしを便利にする",
        "policy": "A 手続き",
        "title": "窓口のことを減らす",
        "is_study": Cell("★", value=True),
        "department": "福祉課",
        "status": chosen(Status.PILOTING),
        "step": chosen(CycleStep.ACTION),
        "rating": chosen(Rating.LATE),
        "previous_rating": chosen(Rating.ON_TRACK),
        "rating_reason": "=1+1",
        "achievements": TRICKY,
        "direction": chosen(Direction.CONTINUE),
        "as_of": day("2026-09-30"),
    },
    {
        "code": "1-A-2",
        "axis": "暮らしを便利にする",
        "policy": "A 手続き",
        "title": "案内を直す",
        "department": "福祉課",
        "status": chosen(Status.OPERATING),
        "step": "言葉だけの段階",
        "rating": chosen(Rating.ON_TRACK),
        "previous_rating": SILENT,
        "direction": chosen(Direction.EXPAND),
        "as_of": day("2026-09-30"),
    },
    {
        "code": "2-B-1",
        "axis": "仕事を楽にする",
        "policy": "B 道具",
        "title": "道具をそろえる",
        "department": "未設定",
        "status": SILENT,
        "rating": SILENT,
        "previous_rating": SILENT,
    },
)


def document() -> ReportDocument:
    progress = Table.of("progress", "進捗一覧", PROGRESS_COLUMNS, ROWS)
    return ReportDocument(
        (
            Passage("title", "表題", "ためし計画 年次報告"),
            Passage("municipality", "地方公共団体名", "霧島市"),
            Passage("municipality_code", "全国地方公共団体コード", "462187", "462187"),
            Passage("fiscal_year", "年度", "令和8年度（2026年度）", 2026),
            Passage("number", "号", "第2号", 2),
            Passage("as_of", "基準日", "令和8年9月30日", "2026-09-30"),
            Passage("edition", "版", "第2.0版"),
            Passage("sealed_on", "確定日", "令和8年10月15日", "2026-10-15"),
        ),
        (
            totals_by_policy("totals_by_rating", "評価別", progress, "rating"),
            totals_by_policy("totals_by_status", "状態別", progress, "status"),
            *beside(progress),
            progress,
        ),
    )


@pytest.fixture(scope="module")
def content() -> bytes:
    sealed = document()
    return report_workbook(sealed, seal=Seal(MOMENT, sealed.digest()), made_at=MOMENT)


@pytest.fixture(scope="module")
def sheets(content: bytes) -> dict[str, Worksheet]:
    book = load_workbook(BytesIO(content))
    return {name: book[name] for name in MACHINES}


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """The XML of the three sheets."""
    names = load_workbook(BytesIO(content)).sheetnames
    with ZipFile(BytesIO(content)) as archive:
        return {
            name: ElementTree.fromstring(  # noqa: S314 — a file of our own.
                archive.read(f"xl/worksheets/sheet{names.index(name) + 1}.xml")
            )
            for name in MACHINES
        }


def cells(sheets: dict[str, Worksheet]) -> Iterator[tuple[str, Any]]:
    for name, sheet in sheets.items():
        for line in sheet.iter_rows():
            for cell in line:
                yield f"{name}!{cell.coordinate}", cell.value


def records(sheet: Worksheet) -> list[dict[str, Any]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in rows]


def test_l1_01_the_file_is_an_xlsx(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    assert "spreadsheetml.sheet.main+xml" in types


def test_l1_02_one_table_a_sheet(parts: dict[str, ElementTree.Element]) -> None:
    """Every row is as full as its head: no second table beside or below, each row with the same first column."""
    for name, part in parts.items():
        rows = part.findall(f"{MAIN}sheetData/{MAIN}row")
        assert [row.get("r") for row in rows] == [str(n) for n in range(1, len(rows) + 1)], name
        assert all(row[0].get("r", "").startswith("A") for row in rows), name
        assert part.find(f"{MAIN}tableParts") is None


def test_l1_03_l1_04_no_empty_row_or_column_and_no_note_outside(
    sheets: dict[str, Worksheet],
) -> None:
    for name, sheet in sheets.items():
        lines = list(sheet.iter_rows(values_only=True))
        assert all(any(value is not None for value in line) for line in lines), name
        assert all(head is not None for head in lines[0]), name
        assert {len(line) for line in lines} == {len(lines[0])}
    assert {line["code_list"] for line in records(sheets["コード表"])} >= {"rating", "measure"}


def test_l1_05_l2_03_l3_01_row_1_names_every_column_once(sheets: dict[str, Worksheet]) -> None:
    for sheet in sheets.values():
        heads = [cell.value for cell in sheet[1]]
        assert len(set(heads)) == len(heads)
        assert all(sheet.cell(2, column).value is not None for column in range(1, 4))
    assert sheets["データ"]["A2"].value == "462187"


def test_l1_06_l1_07_no_blanks_or_breaks_for_looks_and_one_datum_a_cell(
    sheets: dict[str, Worksheet],
) -> None:
    wrong = {
        place: value
        for place, value in cells(sheets)
        if isinstance(value, str) and (value != value.strip() or "  " in value or "\n" in value)
    }
    assert wrong == {}
    data = records(sheets["データ"])
    assert {line["policy"] for line in data} == {"手続き", "道具"}
    assert {line["policy_code"] for line in data} == {"1-A", "2-B"}


def test_l1_08_no_machine_dependent_signs(sheets: dict[str, Worksheet]) -> None:
    assert set(TRICKY) & set(UNWANTED), "or nothing could be found"
    wrong = {
        place: value
        for place, value in cells(sheets)
        if isinstance(value, str) and set(value) & set(UNWANTED)
    }
    assert wrong == {}
    said = [line["value_text"] for line in records(sheets["データ"])]
    assert "令和8-9年度に (1)試行し-(株)某と組んだ。／二行目、=1+1" in said


def test_l1_09_blank_and_zero_are_different_things(sheets: dict[str, Worksheet]) -> None:
    data = records(sheets["データ"])
    for line in data:
        values = [line[f"value_{kind}"] for kind in ("code", "number", "date", "text")]
        is_empty = all(value is None for value in values)
        assert is_empty == (
            line["value_state"] == "blank"
            or (line["value_state"] == "no_answer" and line["value_code"] is None)
        )
    assert {line["value_state"] for line in data} == {"given", "blank", "no_answer"}
    assert {line["is_study"] for line in data} == {0, 1}


def test_l1_10_no_pictures_or_text_boxes(parts: dict[str, ElementTree.Element]) -> None:
    for part in parts.values():
        assert part.find(f"{MAIN}drawing") is None
        assert part.find(f"{MAIN}legacyDrawing") is None


def test_l1_11_nothing_is_said_by_colour_or_weight(sheets: dict[str, Worksheet]) -> None:
    for sheet in sheets.values():
        assert not sheet.conditional_formatting
        looks = {
            (cell.fill.fill_type, cell.font.b, cell.font.color.rgb if cell.font.color else None)
            for line in sheet.iter_rows()
            for cell in line
        }
        assert len(looks) == 1


def test_l1_12_no_merged_cells(parts: dict[str, ElementTree.Element]) -> None:
    assert all(part.find(f"{MAIN}mergeCells") is None for part in parts.values())


def test_l1_13_no_hidden_sheets_rows_or_columns(
    sheets: dict[str, Worksheet], parts: dict[str, ElementTree.Element]
) -> None:
    for name, part in parts.items():
        assert sheets[name].sheet_state == "visible"
        hidden = [one for one in part.iter() if one.get("hidden") in ("1", "true")]
        assert hidden == []


def test_l1_14_l1_15_one_record_one_line(parts: dict[str, ElementTree.Element]) -> None:
    rows = parts["データ"].findall(f"{MAIN}sheetData/{MAIN}row")
    assert len(rows) == 1 + len(ROWS) * len(MEASURES)


def test_l2_01_numbers_are_numbers(
    sheets: dict[str, Worksheet], parts: dict[str, ElementTree.Element]
) -> None:
    heads = [cell.value for cell in sheets["データ"][1]]
    columns = {heads.index(name) for name in ("report_number", "is_study", "value_number")}
    found = 0
    for line in sheets["データ"].iter_rows(min_row=2):
        for place in columns:
            value = line[place].value
            assert value is None or type(value) is int
            found += value is not None
    assert found > 2 * len(ROWS)
    texts = [v for _, v in cells(sheets) if isinstance(v, str)]
    assert not [text for text in texts if re.fullmatch(r"[0-9,]+(?:回|件|※|円)", text)]


def test_l2_02_nothing_is_left_out_as_equal_to_the_row_above(sheets: dict[str, Worksheet]) -> None:
    for line in records(sheets["データ"]):
        always = {key: value for key, value in line.items() if key.removeprefix("value_") == key}
        assert None not in always.values(), always
        assert line["value_type"]
        assert line["value_state"]
    ids = [line["id"] for line in records(sheets["データ"])]
    assert len(set(ids)) == len(ids)
    for name in ("コード表", "定義"):
        assert all(value is not None for line in records(sheets[name]) for value in line.values())


def test_l2_04_choices_are_fixed_words_with_codes(sheets: dict[str, Worksheet]) -> None:
    """A word without a code stands as it is."""
    chosen = [line for line in records(sheets["データ"]) if line["value_type"] == "code"]
    without = {
        line["value_text"] for line in chosen if not line["value_code"] and line["value_text"]
    }
    assert without == {"言葉だけの段階", plain_text(TRICKY)}


def test_l2_06_no_formulas(parts: dict[str, ElementTree.Element]) -> None:
    for part in parts.values():
        assert part.find(f".//{MAIN}f") is None
    with_equals = [one for one in ROWS if "=1+1" in one.values()]
    assert with_equals, "or no formula could have been made"


def test_l3_02_every_code_stands_in_the_code_table(sheets: dict[str, Worksheet]) -> None:
    listed: dict[str, set[str]] = {}
    for line in records(sheets["コード表"]):
        listed.setdefault(line["code_list"], set()).add(str(line["code"]))
    scales = {measure.name: measure.scale or measure.name for measure in MEASURES}
    for line in records(sheets["データ"]):
        for name in ("measure", "value_type", "value_state", "report_state", "is_study"):
            assert str(line[name]) in listed[name]
        for name in ("area_code", "axis_code", "policy_code"):
            assert line[name] in listed[name]
        if line["value_code"] is not None:
            assert line["value_code"] in listed[scales[line["measure"]]]


def test_l3_03_l3_04_l3_08_marks_units_and_names_are_defined(sheets: dict[str, Worksheet]) -> None:
    defined = records(sheets["定義"])
    for name, sheet in sheets.items():
        heads = [cell.value for cell in sheet[1]]
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", str(head)) for head in heads)
        columns = [
            line["name"] for line in defined if (line["kind"], line["sheet"]) == ("列", name)
        ]
        assert columns == heads
    measured = {line["name"]: line for line in defined if line["kind"] == "測定項目"}
    used = {line["measure"] for line in records(sheets["データ"])}
    assert used <= measured.keys()
    assert measured["slips"]["unit"] == "回"
    kinds = Counter(line["kind"] for line in defined)
    assert all(kinds[kind] for kind in ("記号", "尺度", "ファイル", "更新履歴"))
    assert {"encoding", "wave_dash"} <= {line["name"] for line in defined}


def test_l3_05_time_has_one_form_a_column(sheets: dict[str, Worksheet]) -> None:
    data = records(sheets["データ"])
    assert {line["fiscal_year"] for line in data} == {"2026年度"}
    days = {line["report_as_of"] for line in data} | {line["value_date"] for line in data}
    assert {date.fromisoformat(day) for day in days - {None}} == {date(2026, 9, 30)}


def test_l3_06_the_area_bears_its_code(sheets: dict[str, Worksheet]) -> None:
    data = records(sheets["データ"])
    assert {(line["area_code"], line["municipality"]) for line in data} == {("462187", "霧島市")}


def test_l3_07_the_columns_are_those_of_the_last_entry_of_the_history(
    sheets: dict[str, Worksheet],
) -> None:
    """Whoever changes a column changes this list; whoever adds a measure, or takes one away, tells of it in HISTORY."""
    assert [cell.value for cell in sheets["データ"][1]] == [
        *("area_code", "id", "municipality", "fiscal_year", "report_number", "report_state"),
        *("report_as_of", "edition", "axis_code", "axis", "policy_code", "policy", "item_code"),
        *("item", "is_study", "department", "measure", "value_type", "value_state"),
        *("value_code", "value_number", "value_date", "value_text"),
    ]
    added = [name for _, _, names in HISTORY for name in names]
    assert [measure.name for measure in MEASURES] == added
    changes = [line["name"] for line in records(sheets["定義"]) if line["kind"] == "更新履歴"]
    assert changes == sorted(day for day, _, _ in HISTORY)


def test_l3_09_one_observation_a_row(sheets: dict[str, Worksheet]) -> None:
    seen = Counter((line["item_code"], line["measure"]) for line in records(sheets["データ"]))
    assert set(seen.values()) == {1}
    for line in records(sheets["データ"]):
        kinds = [kind for kind in ("number", "date") if line[f"value_{kind}"] is not None]
        if kinds:
            assert kinds == [line["value_type"]]


def test_r3_the_sums_are_the_rows_of_the_list_and_of_the_data(content: bytes) -> None:
    book = load_workbook(BytesIO(content))
    data = [line for line in records(book["データ"]) if line["measure"] == "rating"]
    listed = Counter(line["進捗評価"] for line in records(book["進捗一覧（表）"]))
    assert Counter(line["value_text"] for line in data) == listed
    heads = next(r for r in book["総括表"].iter_rows(values_only=True) if r[1] == "取組方針")
    total = next(r for r in book["総括表"].iter_rows(values_only=True) if r[0] == "合計")
    end = 3 + len(RATING_LABELS)
    summed = dict(zip(heads[3:end], total[3:end], strict=True))
    assert total[2] == sum(listed.values()) == len(ROWS)
    assert {label: count for label, count in summed.items() if count} == listed


def test_a_city_that_is_not_known_has_no_code_and_no_crash() -> None:
    passages = (
        Passage("municipality", "地方公共団体名", "ためし町"),
        Passage("as_of", "", "いつか"),
    )
    progress = document().table("progress")
    assert progress is not None
    odd = ReportDocument(passages, (*beside(progress), progress))
    book = load_workbook(BytesIO(report_workbook(odd, seal=None, made_at=MOMENT)))
    first = records(book["データ"])[0]
    assert (first["area_code"], first["report_as_of"], first["fiscal_year"]) == (None, None, None)
    assert first["report_state"] == "draft"
