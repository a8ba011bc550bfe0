"""Rows of the tables of a report, several values sharing a cell. Every value is escaped."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import wareki
from plans.components.marks import STUDY_STAR
from reviews.report.cells import Part, Way
from reviews.report.document import Column, Record
from reviews.report.layout import Row

More = Mapping[str, Sequence[Way]]
"""Further ways of the rows, by the numbers of their items; empty where a page did not ask for them."""
HEADS = ("title", "decision")
"""Columns of which the cell is the head of its row."""
HEAD_CELL = '<th scope="row" class="is-{}">{}</th>'
CELL = '<td class="is-{}" data-label="{}">{}</td>'
LABELLED = '<p class="said"><span class="report-rows__label">{}</span> {}</p>'
LABELLED_DAY = '<p><span class="report-rows__label">{}</span> {}</p>'
WAYS = '<ul class="report-ways no-print">{}</ul>'
WAY = '<li><a href="{}">{}<span class="unseen">（{}）</span></a></li>'
RATING = '<p><span class="chip rating rating--{}">{}{}</span></p>'
RATING_MARK = '<span class="chip__mark" aria-hidden="true">{}</span>'
STATUS = '<p><span class="chip status status--{}">{}</span></p>'
PLAIN_ROW = '<tr><th scope="row">{}</th>{}</tr>'
PLAIN_CELL = '<td class="said" data-label="{}">{}</td>'


def report_row(row: Row, more: More | None = None) -> SafeString:
    """Draw a row of a list of a report."""
    return fill("<tr>{}</tr>", joined(_cell(parts, more) for parts in row))


def progress_row(row: Row, more: More | None = None) -> SafeString:
    """Draw a row of 進捗一覧 of a report; other rows lead to it by the number of its item."""
    cells = joined(_cell(parts, more) for parts in row)
    return fill('<tr id="item-{}">{}</tr>', row[0][0].text, cells)


def _cell(parts: Sequence[Part], more: More | None) -> SafeString:
    """Draw values that share a cell: the first one leads, the others stand below it under their labels."""
    lead, *others = parts
    ways = [*lead.ways, *(more or {}).get(lead.item, ())] if lead.item else []
    inside = joined([_leading(lead), *map(_following, others), _ways(ways, lead.text)])
    if lead.key in HEADS:
        return fill(HEAD_CELL, lead.key, inside)
    return fill(CELL, lead.key, lead.label, inside)


def _leading(part: Part) -> SafeString:
    """Draw the first value of a cell, whose label stands in the head of the column."""
    if draw := DRAWN.get(part.key):
        return draw(part)
    if day := part.day:
        return fill("<p>{}</p>", wareki(day))
    return fill('<p class="said">{}</p>', part.text) if part.text else SafeString()


def _following(part: Part) -> SafeString:
    if draw := DRAWN.get(part.key):
        return draw(part)
    if day := part.day:
        return fill(LABELLED_DAY, part.label, wareki(day))
    return fill(LABELLED, part.label, part.text) if part.text else SafeString()


def _ways(ways: Sequence[Way], title: str) -> SafeString:
    """Draw ways from a row to where it comes from, and to what was changed upon it."""
    drawn = joined(fill(WAY, way.url, way.label, title) for way in ways)
    return fill(WAYS, drawn) if ways else drawn


def item_code(code: str) -> SafeString:
    """Draw the number that an item had in the edition of a report, as the way to the item."""
    try:
        return fill('<a href="{}">{}</a>', reverse("item_detail", args=[code]), code)
    except NoReverseMatch:
        return SafeString(escape(code))


def _code(part: Part) -> SafeString:
    return item_code(part.text)


def _items(part: Part) -> SafeString:
    return joined(map(item_code, part.names), "、")


def _decision(part: Part) -> SafeString:
    link = '<p><a href="{}">{}</a></p>'
    return fill(link, part.url, part.text) if part.url else fill("<p>{}</p>", part.text)


def _title(part: Part) -> SafeString:
    star = fill("&nbsp;{}", STUDY_STAR) if part.has_star else ""
    return fill('<p class="report-rows__title">{}{}</p>', part.text, star)


def _rating(part: Part) -> SafeString:
    mark = fill(RATING_MARK, part.mark) if part.mark else ""
    return fill(RATING, part.look, mark, part.text)


def _status(part: Part) -> SafeString:
    return fill(STATUS, part.look, part.text)


def _standing(part: Part) -> SafeString:
    return fill("<p>{}{}</p>", f"{part.mark} " if part.mark else "", part.text)


DRAWN: dict[str, Callable[[Part], SafeString]] = {
    "code": _code,
    "items": _items,
    "decision": _decision,
    "title": _title,
    "rating": _rating,
    "status": _status,
    "standing": _standing,
}
"""How the values of some columns are drawn, by the lasting keys of these."""


def plain_row(columns: Sequence[Column], record: Record) -> SafeString:
    """Draw a row of any table of a report as it is."""
    first, *others = columns
    cells = (fill(PLAIN_CELL, one.label, record[one.key].words) for one in others)
    return fill(PLAIN_ROW, record[first.key].words, joined(cells))
