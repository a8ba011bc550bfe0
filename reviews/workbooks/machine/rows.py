"""The rows of データ: one observation a row, all of it from the report's document (L3-09, rule R1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from initiatives.enums import NO_ANSWER_CODE
from kirishima_dx.spreadsheets.look import Value
from reviews.enums import ReportStatus
from reviews.report.cells import words_of
from reviews.report.document import NOTHING, Cell, Column, Record, ReportDocument, Table
from reviews.report.looks import is_silence
from reviews.workbooks.machine import codes
from reviews.workbooks.machine.columns import CODE, DAY, MEASURES, NUMBER, Measure
from reviews.workbooks.table_sheet import drawn_value


@dataclass(frozen=True)
class ItemRecords:
    """What the tables of a report say of one item, by the key of the table."""

    code: str
    by_table: dict[str, Record]

    @property
    def said(self) -> Record:
        return self.by_table["progress"]

    @property
    def is_silent(self) -> bool:
        return self.said.get("status", NOTHING).value == NO_ANSWER_CODE

    def cell(self, measure: Measure) -> Cell:
        return self.by_table.get(measure.table, {}).get(measure.column, NOTHING)


def data_rows(document: ReportDocument) -> Iterator[list[Value]]:
    """Return the rows of データ; each has every column, and nothing is left out as equal to the row above (L2-02)."""
    report = _report_cells(document)
    columns = {table.key: {one.key: one for one in table.columns} for table in document.tables}
    measures = [measure for measure in MEASURES if measure.table in columns]
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
                *_value(item, measure, columns[measure.table].get(measure.column)),
            ]


def _report_cells(document: ReportDocument) -> dict[str, Value]:
    year = document.value("fiscal_year")
    number = document.value("number")
    status = ReportStatus.SEALED if document.value("sealed_on") else ReportStatus.DRAFT
    return {
        "area_code": codes.area_code(document),
        "municipality": codes.plain_text(document.passage("municipality")),
        "fiscal_year": f"{year}年度" if year else "",
        "report_number": number,
        "report_state": status.code,
        "report_as_of": document.value("as_of") or "",
        "edition": codes.plain_text(document.passage("edition")),
    }


def _items(document: ReportDocument) -> Iterator[ItemRecords]:
    tables = {table.key: _by_code(table) for table in document.tables}
    for code in tables.get("progress", {}):
        found = {key: records[code] for key, records in tables.items() if code in records}
        yield ItemRecords(code, found)


def _by_code(table: Table) -> dict[str, Record]:
    return {record["code"].words: record for record in table.records if "code" in record}


def _item_cells(item: ItemRecords) -> list[Value]:
    said, place = item.said, codes.PLACE.fullmatch(item.code)
    return [
        place[1] if place else "",
        codes.plain_text(words_of(said, "axis")),
        f"{place[1]}-{place[2]}" if place else "",
        codes.without_letter(words_of(said, "policy")),
        codes.plain_text(item.code),
        codes.plain_text(words_of(said, "title")),
        1 if said.get("is_study", NOTHING).value else 0,
        codes.plain_text(words_of(said, "department")),
    ]


def _value(item: ItemRecords, measure: Measure, column: Column | None) -> list[Value]:
    """Return value_state, value_code, value_number, value_date and value_text."""
    cell = item.cell(measure)
    if column is None or cell.is_empty:
        return ["no_answer" if item.is_silent else "blank", None, None, None, None]
    state = "no_answer" if is_silence(column, cell) else "given"
    words = codes.plain_text(cell.words)
    if measure.type == CODE:
        return [state, _code(cell.value), None, None, words]
    if measure.type == NUMBER and cell.value is not None:
        return [state, None, drawn_value(column, cell), None, None]
    if measure.type == DAY and cell.day:
        return [state, None, None, cell.day.isoformat(), None]
    return [state, None, None, None, words]


def _code(value: Value) -> Value:
    """Return a code; a flag that is set has one of its own."""
    return "yes" if value is True else value


CodeList = tuple[str, str, Iterable[tuple[str, str]]]
"""Physical name, Japanese name, and codes with what they mean."""


def code_rows(document: ReportDocument) -> Iterator[list[Value]]:
    """Return the rows of コード表: every choice with its code, and its place in its list."""
    for name, label, choices in (*_fixed_lists(), *_named_lists(document)):
        for place, (code, meaning) in enumerate(choices, start=1):
            yield [name, label, place, code, codes.plain_text(meaning)]


def _fixed_lists() -> Iterator[CodeList]:
    fixed = (
        ("report_state", "報告の状態", dict(ReportStatus.choices)),
        ("is_study", "検討項目", codes.IS_STUDY_CODES),
        ("value_type", "値の種類", codes.VALUE_TYPE_CODES),
        ("value_state", "値の有無", codes.VALUE_STATE_CODES),
        *((m.name, m.label, m.codes) for m in MEASURES if m.codes and not m.scale),
    )
    for name, label, words in fixed:
        yield name, label, words.items()
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
