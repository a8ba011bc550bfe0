"""総括表: what the report is, how many items stand where, the picture of it, and the words of the 事務局."""

import re
from collections.abc import Sequence
from dataclasses import replace

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.spreadsheets.look import (
    COUNT_FORMAT,
    HEAD_FILL,
    SUM_FILL,
    TOTAL_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    marked,
    set_for_print,
    stretch,
    width_for,
)
from kirishima_dx.spreadsheets.page import Page
from kirishima_dx.spreadsheets.paper import A3
from kirishima_dx.spreadsheets.writing import put
from reviews.report.bars import Totals, TotalsRow, totals
from reviews.report.document import ReportDocument, Table
from reviews.report.layout import MACHINE_KEYS, PERSON_KEYS, PROSE_KEYS
from reviews.workbooks.policy_chart import CHART_ROWS, Block, add_policy_chart

AXIS, POLICY, COUNT, KIND, GAP = 14, 50, 8, 6.5, 1
AIR, SURE = 8, 0.97
"""Points between parts; how much of a page is counted on: programs round the heights of rows."""
LEAST_CHART, TALLEST_CHART = 190, 400
SIZE = 11
TITLE = Look(size=20, bold=True, boxed=False, horizontal="center", vertical="center")
LINE = Look(size=SIZE, boxed=False, horizontal="center", vertical="center")
WARNING = replace(LINE, size=14, bold=True, color="CE0000")
HEADING = Look(size=13, bold=True, boxed=False, vertical="bottom")
HEAD = Look(size=SIZE, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
KIND_HEAD = replace(HEAD, size=9)
NAME = Look(size=10, vertical="center")
NUMBER = Look(size=SIZE, horizontal="right", vertical="center", number_format=COUNT_FORMAT)
PROSE = Look(size=10)
OVERVIEW = Look(size=16, vertical="center")
OVERVIEW_LABEL = Look(size=16, bold=True, fill=TOTAL_FILL, vertical="center")
LABEL = Look(size=10, bold=True, fill=SUM_FILL)
ROW_HEIGHT, HEADING_HEIGHT = 18.5, 24.0
HEAD_FACTS = ("municipality", "fiscal_year", "number", "edition", "as_of")
NOT_REPEATED = ("title", *HEAD_FACTS, *PROSE_KEYS, *MACHINE_KEYS, *PERSON_KEYS)


def fill_summary_sheet(
    sheet: Worksheet,
    document: ReportDocument,
    *,
    dresser: Dresser,
    frame: PrintFrame,
    digest: str,
) -> None:
    """Draw the sheet."""
    tables = [table for table in document.tables if table.key.startswith("totals")]
    side_by_side = _side_by_side(tables)
    bands = [totals(table) for table in side_by_side]
    widths = [AXIS, POLICY, COUNT, *_widths_of(bands)]
    page = Page(sheet, dresser, widths)
    fit_columns(sheet, widths)
    _write_title(page, document, frame.warning)
    _write_words(page, document)
    block = _write_totals(page, bands) if bands else None
    if block is not None and block.policies:
        _add_chart(page, block)
    for table in tables:
        if table not in side_by_side:
            _write_list(page, totals(table))
    _write_facts(page, document, digest)
    sheet.sheet_view.showGridLines = False
    set_for_print(sheet, frame)


def _add_chart(page: Page, block: Block) -> None:
    """Draw the picture over what is left of the page; where that is too little, on the next one."""
    stretch(page.sheet, page.place, AIR)
    page.place += 1
    used = sum(page.sheet.row_dimensions[row].height or 0 for row in range(1, page.place))
    whole = A3.depth * SURE
    left = whole - used % whole
    if left < LEAST_CHART:
        page.sheet.row_breaks.append(Break(id=page.place - 1))
        left = TALLEST_CHART
    add_policy_chart(
        page.sheet, block, place=page.place, columns=page.width, height=min(left, TALLEST_CHART)
    )
    page.place += CHART_ROWS
    page.sheet.row_breaks.append(Break(id=page.place - 1))


def _side_by_side(tables: Sequence[Table]) -> list[Table]:
    """Return the totals tables that count the same rows, so that they can share the names of the rows."""
    return [
        table
        for table in tables
        if [row[:3] for row in table.rows] == [row[:3] for row in tables[0].rows]
    ]


def _widths_of(bands: Sequence[Totals]) -> list[float]:
    widths: list[float] = []
    for band in bands:
        widths += [GAP] if widths else []
        widths += [_kind_width(sign.label, sign.mark) for sign in band.signs]
    return widths


def _kind_width(label: str, mark: str) -> float:
    """Return a width in which a head keeps to one line: Excel breaks Japanese words anywhere."""
    return max(KIND, width_for(f"{mark} {label}".strip(), KIND_HEAD.size))


def _write_title(page: Page, document: ReportDocument, warning: str) -> None:
    across = (1, page.width)
    page.place += page.write(across, document.passage("title"), TITLE)
    facts = [p for p in document.passages if p.key in HEAD_FACTS and p.text]
    line = "　　".join(f"{p.label} {p.text}" if p.key == "as_of" else p.text for p in facts)
    page.place += page.write(across, line, LINE)
    if warning:
        page.place += page.write(across, warning, WARNING)


def _write_totals(page: Page, bands: Sequence[Totals]) -> Block:
    """Write the tables beside one another; return where the first one's counts stand."""
    starts = _starts(bands)
    for start, band in zip(starts, bands, strict=True):
        first = 1 if start == starts[0] else start
        page.write((first, start + len(band.signs) - 1), band.title, HEADING, rows=1)
    stretch(page.sheet, page.place, HEADING_HEIGHT)
    page.place += 1
    head_place = page.place
    _write_heads(page, bands, starts)
    policies = []
    for position, row in enumerate([*bands[0].rows, bands[0].total]):
        beside = [[*band.rows, band.total][position] for band in bands]
        if row.policy and not row.is_sum:
            policies.append(page.place)
        _write_counts(page, row, beside, starts)
    return Block(head_place, policies, starts[0], [sign.bar for sign in bands[0].signs])


def _starts(bands: Sequence[Totals]) -> list[int]:
    """Return the first column of each table's counts."""
    starts = [4]
    for band in bands[:-1]:
        starts.append(starts[-1] + len(band.signs) + 1)
    return starts


def _write_heads(page: Page, bands: Sequence[Totals], starts: Sequence[int]) -> None:
    for column, text in enumerate(bands[0].heads, start=1):
        page.write((column, column), text, HEAD, rows=1)
    for start, band in zip(starts, bands, strict=True):
        _write_kinds(page, band, start)
    page.place += 1


def _write_kinds(page: Page, band: Totals, start: int) -> None:
    """Write the heads of a table's counts."""
    for column, sign in enumerate(band.signs, start=start):
        look = marked(KIND_HEAD, sign.mark) if sign.mark else KIND_HEAD
        page.write((column, column), sign.label, look, rows=1)


def _write_counts(
    page: Page, row: TotalsRow, beside: Sequence[TotalsRow], starts: Sequence[int]
) -> None:
    is_total = not row.policy
    fill = TOTAL_FILL if is_total else SUM_FILL if row.is_sum else ""
    name = replace(NAME, fill=fill, bold=row.is_sum, frame="t" if is_total else "")
    number = replace(NUMBER, fill=fill, bold=row.is_sum, frame="t" if is_total else "")
    stretch(page.sheet, page.place, ROW_HEIGHT)
    if is_total:
        page.write((1, 2), row.axis, name, rows=1)
    else:
        if row.axis_rows:
            page.write((1, 1), row.axis, replace(NAME, bold=True), rows=row.axis_rows)
        page.write((2, 2), _policy(row), name, rows=1)
    _write_number(page, 3, row.count, number)
    for start, counted in zip(starts, beside, strict=True):
        for column, count in enumerate(counted.counts, start=start):
            _write_number(page, column, count, number)
    page.place += 1


def _policy(row: TotalsRow) -> str:
    """Return the name of a policy with the number of its axis, since its letter alone is that of three."""
    return row.policy if row.is_sum or not row.axis_number else f"{row.axis_number}-{row.policy}"


def _write_number(page: Page, column: int, number: int, look: Look) -> None:
    cell = page.sheet.cell(page.place, column)
    page.dresser.dress(cell, look)
    put(cell, number)


def _write_words(page: Page, document: ReportDocument) -> None:
    """Write the words of the 事務局: what it says of the year first and large, then what it saw elsewhere."""
    for passage in document.passages:
        if passage.key in PROSE_KEYS and passage.text:
            is_first = passage.key == PROSE_KEYS[0]
            looks = (OVERVIEW_LABEL, OVERVIEW) if is_first else (LABEL, PROSE)
            _write_paragraphs(page, passage.label, passage.text, *looks)
    stretch(page.sheet, page.place, AIR)
    page.place += 1


def _write_facts(page: Page, document: ReportDocument, digest: str) -> None:
    """Write what the document says of itself: its seal, what it corrects and why."""
    told = [(p.label, p.text) for p in document.passages if p.key not in NOT_REPEATED and p.text]
    if digest:
        told.append(("照合値（SHA-256）", digest))
    if told:
        stretch(page.sheet, page.place, AIR)
        page.place += 1
    for label, text in told:
        _write_paragraphs(page, label, text, LABEL, PROSE)


def _write_paragraphs(page: Page, label: str, text: str, head: Look, body: Look) -> None:
    """Write a labelled text, a row a paragraph and several where one is too tall: no page break cuts a line."""
    paragraphs = re.split(r"\n\s*\n", text)
    parts = [part for one in paragraphs for part in page.parts(one, (2, page.width), body)]
    for number, paragraph in enumerate(parts):
        rows = page.write((2, page.width), paragraph, body)
        page.write((1, 1), "" if number else label, head, rows=rows)
        page.place += rows


def _write_list(page: Page, listed: Totals) -> None:
    """Write a totals table whose rows stand by themselves: a name, how many, and how many of each kind."""
    stretch(page.sheet, page.place, ROW_HEIGHT)
    page.place += 1
    page.write((1, page.width), listed.title, HEADING, rows=1)
    stretch(page.sheet, page.place, HEADING_HEIGHT)
    page.place += 1
    page.write((1, 2), listed.heads[0], HEAD, rows=1)
    page.write((3, 3), listed.heads[2], HEAD, rows=1)
    _write_kinds(page, listed, start=4)
    page.place += 1
    for row in [*listed.rows, listed.total]:
        is_total = row is listed.total
        look = replace(NAME, fill=TOTAL_FILL if is_total else "", bold=is_total)
        number = replace(NUMBER, fill=look.fill, bold=is_total, frame="t" if is_total else "")
        stretch(page.sheet, page.place, ROW_HEIGHT)
        page.write((1, 2), row.axis, replace(look, frame="t" if is_total else ""), rows=1)
        for column, count in enumerate((row.count, *row.counts), start=3):
            _write_number(page, column, count, number)
        page.place += 1
