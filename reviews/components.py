"""How the cells and rows of a report are drawn: functions that return safe HTML, every value escaped.

Looks and words are those of the report itself (reviews/report/looks.py); a sealed one is drawn the same for ever (R1).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from kirishima_dx.changed_words import changed_words
from kirishima_dx.pictures.drawing import picture_bar
from kirishima_dx.templatetags.kirishima import wareki
from plans.components import study_mark
from reviews.report.bars import Totals, TotalsRow
from reviews.report.cells import Part, Way
from reviews.report.changes_layout import ChangeRow, Move, Rewording
from reviews.report.document import Column, Record
from reviews.report.layout import Row

More = Mapping[str, Sequence[Way]]
"""Further ways of the rows, by the numbers of their items; empty where a page did not ask for them."""
HEADS = ("title", "decision")
"""Columns of which the cell is the head of its row."""
LABEL = '<span class="report-rows__label">{}</span> '


def report_row(row: Row, more: More | None = None) -> SafeString:
    """Draw a row of a list of a report."""
    return format_html("<tr>{}</tr>", _cells(row, more))


def progress_row(row: Row, more: More | None = None) -> SafeString:
    """Draw a row of 進捗一覧 of a report; other rows lead to it by the number of its item."""
    return format_html('<tr id="item-{}">{}</tr>', row[0][0].text, _cells(row, more))


def _cells(row: Row, more: More | None) -> SafeString:
    return SafeString("".join(_cell(parts, more) for parts in row))


def _cell(parts: Sequence[Part], more: More | None) -> SafeString:
    """Draw values that share a cell: the first one leads, the others stand below it under their labels."""
    lead, *others = parts
    drawn = [_part(lead, is_lead=True), *(_part(part, is_lead=False) for part in others)]
    if lead.item:
        drawn.append(_ways([*lead.ways, *(more or {}).get(lead.item, ())], lead.text))
    inside = SafeString("".join(drawn))
    if lead.key in HEADS:
        return format_html('<th scope="row" class="is-{}">{}</th>', lead.key, inside)
    return format_html('<td class="is-{}" data-label="{}">{}</td>', lead.key, lead.label, inside)


def _ways(ways: Sequence[Way], title: str) -> SafeString:
    """Draw ways from a row to where it comes from, and to what was changed upon it."""
    if not ways:
        return SafeString()
    way = '<li><a href="{}">{}<span class="unseen">（{}）</span></a></li>'
    drawn = format_html_join("", way, ((one.url, one.label, title) for one in ways))
    return format_html('<ul class="report-ways no-print">{}</ul>', drawn)


def _part(part: Part, *, is_lead: bool) -> SafeString:
    """Draw a value; `is_lead` where the head of the column already says its label."""
    if draw := DRAWN.get(part.key):
        return draw(part)
    label = "" if is_lead else format_html(LABEL, part.label)
    if day := part.day:
        return format_html("<p>{}{}</p>", label, wareki(day))
    return format_html('<p class="said">{}{}</p>', label, part.text) if part.text else SafeString()


def item_code(code: str) -> SafeString:
    """Draw the number that an item had in the edition of a report, as the way to the item."""
    try:
        return format_html('<a href="{}">{}</a>', reverse("item_detail", args=[code]), code)
    except NoReverseMatch:
        return conditional_escape(code)


def _items(part: Part) -> SafeString:
    return format_html_join("、", "{}", ((item_code(code),) for code in part.names))


def _decision(part: Part) -> SafeString:
    link = '<p><a href="{}">{}</a></p>'
    return format_html(link, part.url, part.text) if part.url else _paragraph(part)


def _paragraph(part: Part) -> SafeString:
    return format_html("<p>{}</p>", part.text)


def _title(part: Part) -> SafeString:
    star = SafeString("&nbsp;") + study_mark() if part.has_star else ""
    return format_html('<p class="report-rows__title">{}{}</p>', part.text, star)


def _rating(part: Part) -> SafeString:
    mark = '<span class="chip__mark" aria-hidden="true">{}</span>'
    return format_html(
        '<p><span class="chip rating rating--{}">{}{}</span></p>',
        part.look,
        format_html(mark, part.mark) if part.mark else "",
        part.text,
    )


def _status(part: Part) -> SafeString:
    chip = '<p><span class="chip status status--{}">{}</span></p>'
    return format_html(chip, part.look, part.text)


def _standing(part: Part) -> SafeString:
    return format_html("<p>{}{}</p>", f"{part.mark} " if part.mark else "", part.text)


DRAWN: dict[str, Callable[[Part], SafeString]] = {
    "code": lambda part: item_code(part.text),
    "items": _items,
    "decision": _decision,
    "title": _title,
    "rating": _rating,
    "status": _status,
    "standing": _standing,
}
"""How the values of some columns are drawn, by the lasting keys of these."""


def plain_row(columns: Iterable[Column], record: Record) -> SafeString:
    """Draw a row of any table of a report as it is."""
    first, *others = columns
    cell = '<td class="said" data-label="{}">{}</td>'
    return format_html(
        '<tr><th scope="row">{}</th>{}</tr>',
        record[first.key].words,
        format_html_join("", cell, ((one.label, record[one.key].words) for one in others)),
    )


CHANGE_ROW = """<tr>
<td class="is-code">{code}</td>
<th scope="row"><p class="report-rows__title"><a href="#item-{number}">{title}</a></p><p>{department}</p>{others}</th>
<td data-label="進捗評価">{rating}</td>
<td data-label="状態">{status}</td>
<td data-label="期限">{dates}{slips}</td>
<td class="is-words" data-label="文言">{repeated}{rewordings}</td>
</tr>"""


def change_row(row: ChangeRow) -> SafeString:
    """Draw an item beside last year."""
    slips = "<p><strong>延期{}回</strong></p>"
    said_again = f"<p>{LABEL.format('前年度と同じ文言')}{{}}</p>"
    others = ((part.label, part.text) for part in row.others if part.text)
    return format_html(
        CHANGE_ROW,
        code=item_code(row.code),
        number=row.code,
        title=row.title,
        department=row.department,
        others=format_html_join("", f"<p>{LABEL}{{}}</p>", others),
        rating=_move(row.rating),
        status=_move(row.status),
        dates=_dates(row.dates),
        slips=format_html(slips, row.slips.words) if row.dates and row.has_slipped else "",
        repeated=format_html(said_again, row.repeated) if row.repeated else "",
        rewordings=_rewordings(row.code, row.rewordings),
    )


MOVE = (
    '<p class="report-move report-move--{look}">'
    '<span class="report-move__mark" aria-hidden="true">{mark}</span> <strong>{change}</strong></p>'
    "<p>{words}</p>"
)
FROM_TO = '{}<span aria-hidden="true"> → </span><span class="unseen">から</span>{}'


def _move(move: Move) -> SafeString:
    """Draw a value before and now, and which way that is."""
    before, now = move.before.text, move.now.text
    words = now if before == now else format_html(FROM_TO, before, now)
    return format_html(MOVE, look=move.look, mark=move.mark, change=move.change, words=words)


def _dates(dates: Sequence[Part]) -> SafeString:
    if not dates:
        return SafeString()
    date = "<div><dt>{}</dt><dd>{}</dd></div>"
    drawn = format_html_join("", date, ((part.label, wareki(part.day)) for part in dates))
    return format_html('<dl class="report-dates">{}</dl>', drawn)


REWORDINGS = (
    '<details class="report-words">'
    '<summary>変わった文言{count}つ<span class="unseen">（{code}）</span>：{labels}</summary>'
    "<dl>{words}</dl></details>"
)


def _rewordings(code: str, changes: Sequence[Rewording]) -> SafeString:
    if not changes:
        return SafeString()
    words = ((change.label, changed_words(change.runs)) for change in changes)
    return format_html(
        REWORDINGS,
        count=len(changes),
        code=code,
        labels="、".join(change.label for change in changes),
        words=format_html_join("", "<dt>{}</dt><dd>{}</dd>", words),
    )


TOTALS_ROW = (
    '<tr class="axis-{axis}{is_sum}">{head}<td class="num" data-label="{counted}">{count}</td>{counts}'
    '<td class="report-totals__bar">{bar}'
    '<span class="report-totals__words" aria-hidden="true">{summary}</span></td></tr>'
)


def totals_row(row: TotalsRow, totals: Totals) -> SafeString:
    """Draw a row of a totals table with its bar."""
    name = f"{row.axis} {row.policy}" if row.policy else row.axis
    count = '<td class="num{}">{}</td>'
    counts = (("" if one else " is-zero", one) for one in row.counts)
    return format_html(
        TOTALS_ROW,
        axis=row.axis_number,
        is_sum=" is-sum" if row.is_sum else "",
        head=_axis_head(row, totals) + _policy_head(row),
        counted=totals.heads[2],
        count=row.count,
        counts=format_html_join("", count, counts),
        bar=picture_bar(name, row.segments, row.summary),
        summary=row.summary,
    )


def _axis_head(row: TotalsRow, totals: Totals) -> SafeString:
    """Draw the axis of a row; nothing where the cell of a row above reaches down to it."""
    if not row.axis_rows:
        return SafeString()
    spans = row.axis_rows > 1
    return format_html(
        '<th class="report-totals__{}" scope="{}"{}{}>{}</th>',
        "axis" if totals.has_parts else "name",
        "rowgroup" if spans else "row",
        format_html(' rowspan="{}"', row.axis_rows) if spans else "",
        SafeString(' colspan="2"') if totals.has_parts and not row.policy else "",
        row.axis,
    )


def _policy_head(row: TotalsRow) -> SafeString:
    head = '<th class="report-totals__policy" scope="row">{}</th>'
    return format_html(head, row.policy) if row.policy else SafeString()
