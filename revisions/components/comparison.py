"""Rows of 新旧対照表. Every value is escaped."""

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import wareki
from revisions.components.labels import amended_labels
from revisions.papers.remarks import Given, Remarks
from revisions.papers.table import Column, ComparisonTable, Line, Row, Stretch

ROW = '<tr class="{}">{}</tr>\n'
SIDE = '<td data-label="{}">{}</td>'
REMARKS = '<td class="comparison__remarks" data-label="{}"{}>{}</td>'
LINE = '<p{}><span class="diff diff--sides">{}</span></p>'
LINE_CLASSES = {
    "title": SafeString(' class="comparison__title"'),
    "note": SafeString(' class="diff__omitted"'),
}
MARKED = {"new": "<ins>{}</ins>", "old": "<del>{}</del>"}
"""Words that the other side has not."""
REASON = '<span class="reasons__text">{text}</span>{decision}{origin} <span class="reasons__by">（{about}）</span>'
BASIS = ' <span class="reasons__basis">{}{}</span>'


def comparison_rows(table: ComparisonTable, *, is_staff: bool) -> SafeString:
    """Draw the rows in the order of the columns; staff alone read who gave a reason and follow the decisions."""
    return joined(_row(row, table, is_staff=is_staff) for row in table.rows)


def _row(row: Row, table: ComparisonTable, *, is_staff: bool) -> SafeString:
    cells = joined(_cell(row, column, is_staff=is_staff) for column in table.columns)
    return fill(ROW, _look(row), cells)


def _look(row: Row) -> str:
    looks = {"axis": f"is-group axis-{row.axis}", "policy": "is-policy"}
    look = looks.get(row.level, "goes-on" if row.continues else "")
    return f"{look} is-alike" if row.new == row.old else look


def _cell(row: Row, column: Column, *, is_staff: bool) -> SafeString:
    if column.key in MARKED:
        lines = row.new if column.key == "new" else row.old
        return fill(SIDE, column.label, joined(_line(line, MARKED[column.key]) for line in lines))
    if row.continues:
        return SafeString()
    span = fill(' rowspan="{}"', row.span) if row.span > 1 else ""
    return fill(REMARKS, column.label, span, _remarks(row.remarks, is_staff=is_staff))


def _line(line: Line, mark: str) -> SafeString:
    words = joined(_stretch(one, mark) for one in line.stretches)
    return fill(LINE, LINE_CLASSES.get(line.kind, ""), words)


def _stretch(stretch: Stretch, mark: str) -> SafeString:
    return fill(mark if stretch.is_marked else "{}", stretch.text)


def _remarks(remarks: Remarks, *, is_staff: bool) -> SafeString:
    has_labels = remarks.kinds or remarks.unexplained
    reasons = joined(
        fill("<li>{}</li>", _reason(given, is_staff=is_staff)) for given in remarks.reasons
    )
    return joined(
        [
            fill("<p>{}</p>", amended_labels(remarks)) if has_labels else "",
            *(fill("<p>{}</p>", note) for note in remarks.notes),
            fill('<ul class="reasons">{}</ul>', reasons) if reasons else "",
        ]
    )


def _reason(given: Given, *, is_staff: bool) -> SafeString:
    """Draw a reason with the decision that it rests on: a link for staff, words for others."""
    before = [given.edition and f"第{given.edition}版", given.kinds]
    about = "".join(f"{part}、" for part in before if part)
    by = f"、{given.by_name}" if is_staff else ""
    return fill(
        REASON,
        text=given.text,
        decision=fill(BASIS, "決定 ", _decided(given, is_staff=is_staff)) if given.decision else "",
        origin=fill(BASIS, "きっかけ：", given.origin) if given.origin else "",
        about=joined([about, wareki(given.at), by]),
    )


def _decided(given: Given, *, is_staff: bool) -> str:
    if given.decision is None or not is_staff:
        return given.decided
    return fill('<a href="{}">{}</a>', given.decision.get_absolute_url(), given.decided)
