"""The native chart of 総括表: how the items of each policy are rated, as stacked bars that read in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.closed_set import Bar
from kirishima_dx.spreadsheets.look import FONT

CHART_ROWS = 17
SIZE = 9.5
MOST_STEPS = 12
TITLE = "取組方針別の進捗評価（項目数）"
NOTHING_ELSE = {
    "showSerName": False,
    "showCatName": False,
    "showLegendKey": False,
    "showPercent": False,
}
"""Of what a label could show beside the number."""


@dataclass(frozen=True)
class Block:
    """Where the counts stand: the row of heads, the rows of policies, the first column, and a bar for each column."""

    head: int
    policies: list[int]
    first_column: int
    bars: Sequence[Bar]


def add_policy_chart(
    sheet: Worksheet, block: Block, *, place: int, columns: int, height: float
) -> None:
    """Draw the policies' rows over CHART_ROWS rows from `place` on, together `height` tall; sums stay out of it."""
    for row in range(place, place + CHART_ROWS):
        sheet.row_dimensions[row].height = round(height / CHART_ROWS, 1)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.title = _title()
    for part in (chart.title, chart.legend):
        if part is not None:
            part.overlay = False
    for column, bar in enumerate(block.bars, start=block.first_column):
        chart.series.append(_series(sheet, block, column, bar))
    # The first policy stands on top, and the scale below.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.x_axis.delete = chart.y_axis.delete = False
    _set_scale(chart, sheet, block)
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.txPr = chart.y_axis.txPr = letters(SIZE)
    if chart.legend is not None:
        chart.legend.txPr, chart.legend.position = letters(SIZE), "r"
    chart.anchor = TwoCellAnchor(  # type: ignore[assignment]  # The stubs know only the name of a cell.
        editAs="twoCell",
        _from=AnchorMarker(col=0, row=place - 1),
        to=AnchorMarker(col=columns, row=place + CHART_ROWS - 2),
    )
    sheet.add_chart(chart)


def _title() -> Title:
    look = ParagraphProperties(defRPr=_character(13, bold=True))
    words = Paragraph(pPr=look, r=[RegularTextRun(t=TITLE)])
    return Title(tx=Text(rich=RichText(p=[words])))


def _set_scale(chart: BarChart, sheet: Worksheet, block: Block) -> None:
    """Count in whole numbers, to the longest bar."""
    columns = range(block.first_column, block.first_column + len(block.bars))
    longest = max(
        sum(value for c in columns if isinstance(value := sheet.cell(row, c).value, int))
        for row in block.policies
    )
    unit = max(1, ceil(longest / MOST_STEPS))
    chart.y_axis.majorUnit, chart.y_axis.number_format = unit, "0"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, max(1, ceil(longest / unit)) * unit


def _character(size: float, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(
        sz=round(size * 100), b=bold, latin=Font(typeface=FONT), ea=Font(typeface=FONT)
    )


def letters(size: float) -> RichText:
    """Return how the letters of a part of a chart are written."""
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_character(size)), endParaRPr=_character(size)
    )
    return RichText(p=[paragraph])


def _series(sheet: Worksheet, block: Block, column: int, bar: Bar) -> Series:
    series = Series(
        idx=column,
        order=column,
        tx=SeriesLabel(strRef=StrRef(_place(sheet, column, [block.head]))),
        cat=AxDataSource(strRef=StrRef(_place(sheet, 2, block.policies))),
        val=NumDataSource(numRef=NumRef(_place(sheet, column, block.policies))),
    )
    series.spPr = _fill(bar)
    series.spPr.ln = LineProperties(solidFill="333333", w=6350)
    # Zero has no bar, so no figure either.
    zeros = [n for n, row in enumerate(block.policies) if not sheet.cell(row, column).value]
    series.dLbls = DataLabelList(
        dLbl=[DataLabel(idx=n, showVal=False, **NOTHING_ELSE) for n in zeros],
        spPr=GraphicalProperties(solidFill="FFFFFF"),
        txPr=letters(SIZE),
        showVal=True,
        **NOTHING_ELSE,
    )
    return series


def _fill(bar: Bar) -> GraphicalProperties:
    if not bar.pattern:
        return GraphicalProperties(solidFill=bar.fore)
    properties = PatternFillProperties(prst=bar.pattern)  # type: ignore[arg-type]  # One of Excel's names.
    properties.fgClr = ColorChoice(srgbClr=bar.fore)  # type: ignore[arg-type]  # The stubs leave out str.
    properties.bgClr = ColorChoice(srgbClr=bar.back)  # type: ignore[arg-type]  # Likewise.
    return GraphicalProperties(pattFill=properties)


def _place(sheet: Worksheet, column: int, rows: Sequence[int]) -> str:
    """Return a reference to cells of one column, which need not be neighbours."""
    letter, name = get_column_letter(column), quote_sheetname(sheet.title)
    parts = [f"{name}!${letter}${first}:${letter}${last}" for first, last in _runs(rows)]
    return parts[0] if len(parts) == 1 else f"({','.join(parts)})"


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] + 1 == row:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
