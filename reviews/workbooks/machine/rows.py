"""The rows of データ: one observation a row, all of it from the report's document (L3-09, rule R1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviews.report.document import CellValue, ReportDocument, Table
from reviews.workbooks.machine import codes
from reviews.workbooks.machine.columns import CODE, DAY, MEASURES, NUMBER, Measure

Record = dict[str, CellValue]
SILENT = "未回答"


@dataclass(frozen=True)
class ItemRecords:
    """What the tables of a report say of one item, by the key of the table."""

    code: str
    by_table: dict[str, Record]

    @property
    def is_silent(self) -> bool:
        return self.by_table["progress"].get("status") == SILENT

    def cell(self, measure: Measure) -> CellValue:
        return self.by_table.get(measure.table, {}).get(measure.column)


def data_rows(document: ReportDocument) -> Iterator[list[CellValue]]:
    """Return the rows of データ; each has every column, and nothing is left out as equal to the row above (L2-02)."""
    report = _report_cells(document)
    known = {table.key for table in document.tables}
    measures = [measure for measure in MEASURES if measure.table in known]
    for item in _items(document):
        about = _item_cells(item)
        for measure in measures:
            year, number = report["fiscal_year"], report["report_number"]
            key = f"{str(year).removesuffix('年度')}-{number}-{item.code}-{measure.name}"
            yield [
                report["area_code"],
                key,
                *(cell for name, cell in report.items() if name != "area_code"),
                *about,
                measure.name,
                measure.type,
                *_value(item, measure),
            ]


def _report_cells(document: ReportDocument) -> dict[str, CellValue]:
    municipality = document.passage("municipality")
    digits = "".join(sign for sign in document.passage("number") if sign.isdigit())
    return {
        "area_code": codes.area_code(document),
        "municipality": codes.plain_text(municipality),
        "fiscal_year": codes.fiscal_year_of_label(document.passage("fiscal_year")),
        "report_number": int(digits) if digits else None,
        "report_state": "sealed" if document.passage("sealed_on") else "draft",
        "report_as_of": codes.iso_day(document.passage("as_of")),
        "edition": codes.plain_text(document.passage("edition")),
    }


def _items(document: ReportDocument) -> Iterator[ItemRecords]:
    tables = {table.key: _by_code(table) for table in document.tables}
    for code in tables.get("progress", {}):
        found = {key: records[code] for key, records in tables.items() if code in records}
        yield ItemRecords(code, found)


def _by_code(table: Table) -> dict[str, Record]:
    return {str(record["code"]): record for record in table.records if "code" in record}


def _item_cells(item: ItemRecords) -> list[CellValue]:
    said = item.by_table["progress"]
    place = codes.PLACE.fullmatch(item.code)
    return [
        place[1] if place else "",
        codes.plain_text(said.get("axis")),
        f"{place[1]}-{place[2]}" if place else "",
        codes.without_letter(said.get("policy")),
        codes.plain_text(item.code),
        codes.plain_text(said.get("title")),
        1 if said.get("is_study") else 0,
        codes.plain_text(said.get("department")),
    ]


def _value(item: ItemRecords, measure: Measure) -> list[CellValue]:
    """Return value_state, value_code, value_number, value_date and value_text."""
    cell = item.cell(measure)
    if cell is None or cell == "":
        return ["no_answer" if item.is_silent else "blank", None, None, None, None]
    word = str(cell)
    state = "no_answer" if word == SILENT else "given"
    if measure.type == CODE:
        return [state, (measure.codes or {}).get(word), None, None, codes.plain_text(word)]
    if measure.type == NUMBER and isinstance(cell, int):
        return [state, None, cell, None, None]
    if measure.type == DAY and (day := codes.iso_day(word)):
        return [state, None, None, day, None]
    return [state, None, None, None, codes.plain_text(word)]


CodeList = tuple[str, str, Iterable[tuple[str, str]]]
"""Physical name, Japanese name, and codes with what they mean."""


def code_rows(document: ReportDocument) -> Iterator[list[CellValue]]:
    """Return the rows of コード表: every choice with its code, and its place in its list."""
    for name, label, choices in (*_fixed_lists(), *_named_lists(document)):
        for place, (code, meaning) in enumerate(choices, start=1):
            yield [name, label, place, code, codes.plain_text(meaning)]


def _fixed_lists() -> Iterator[CodeList]:
    fixed = (
        ("report_state", "報告の状態", codes.REPORT_STATE_CODES),
        ("is_study", "検討項目", codes.IS_STUDY_CODES),
        ("value_type", "値の種類", codes.VALUE_TYPE_CODES),
        ("value_state", "値の有無", codes.VALUE_STATE_CODES),
        *((m.name, m.label, m.codes) for m in MEASURES if m.codes and not m.scale),
    )
    for name, label, words in fixed:
        yield name, label, [(code, word) for word, code in words.items()]
    yield "measure", "測定項目", [(measure.name, measure.label) for measure in MEASURES]


def _named_lists(document: ReportDocument) -> Iterator[CodeList]:
    """Return the 地方公共団体, the axes and the policies by the names that the report gives them."""
    municipality = document.passage("municipality")
    area = codes.area_code(document)
    if area:
        yield "area_code", "全国地方公共団体コード", [(area, municipality)]
    axes: dict[str, str] = {}
    policies: dict[str, str] = {}
    for item in _items(document):
        axis_code, axis, policy_code, policy, *_ = map(str, _item_cells(item))
        axes.setdefault(axis_code, axis)
        policies.setdefault(policy_code, policy)
    yield "axis_code", "軸", [(code, name) for code, name in axes.items() if code]
    yield "policy_code", "取組方針", [(code, name) for code, name in policies.items() if code]
