"""Rows of the totals tables of a report, each with its bar. Every value is escaped."""

from django.utils.safestring import SafeString

from kirishima_dx.pictures.drawing import picture_bar
from kirishima_dx.safe_html import fill, joined
from reviews.report.bars import Totals, TotalsRow

ROW = """\
<tr class="axis-{axis}{is_sum}">{axis_head}{policy_head}<td class="num" data-label="{counted}">{count}</td>{counts}\
<td class="report-totals__bar">{bar}<span class="report-totals__words" aria-hidden="true">{summary}</span></td></tr>
"""
AXIS = '<th class="report-totals__{}" scope="{}"{}{}>{}</th>'
POLICY = '<th class="report-totals__policy" scope="row">{}</th>'
COUNT = '<td class="num{}">{}</td>'
TWO_COLUMNS = SafeString(' colspan="2"')


def totals_row(row: TotalsRow, totals: Totals) -> SafeString:
    """Draw a row of a totals table with its bar."""
    counts = (fill(COUNT, "" if number else " is-zero", number) for number in row.counts)
    name = f"{row.axis} {row.policy}" if row.policy else row.axis
    return fill(
        ROW,
        axis=row.axis_number,
        is_sum=" is-sum" if row.is_sum else "",
        axis_head=_axis_head(row, totals),
        policy_head=fill(POLICY, row.policy) if row.policy else "",
        counted=totals.heads[2],
        count=row.count,
        counts=joined(counts),
        bar=picture_bar(name, row.segments, row.summary),
        summary=row.summary,
    )


def _axis_head(row: TotalsRow, totals: Totals) -> SafeString:
    """Draw the axis of a row; nothing where the cell of a row above reaches down to it."""
    if not row.axis_rows:
        return SafeString()
    has_more = row.axis_rows > 1
    return fill(
        AXIS,
        "axis" if totals.has_parts else "name",
        "rowgroup" if has_more else "row",
        fill(' rowspan="{}"', row.axis_rows) if has_more else "",
        TWO_COLUMNS if totals.has_parts and not row.policy else "",
        row.axis,
    )
