"""Rows of 前年度との比較. Every value is escaped."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from kirishima_dx.changed_words import changed_words
from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import wareki
from reviews.components.rows import item_code
from reviews.report.cells import Part
from reviews.report.changes_layout import ChangeRow, Move, Rewording

ROW = """\
<tr>
  <td class="is-code">{code}</td>
  <th scope="row"><p class="report-rows__title"><a href="#item-{number}">{title}</a></p><p>{department}</p>{others}</th>
  <td data-label="進捗評価">{rating}</td>
  <td data-label="状態">{status}</td>
  <td data-label="期限">{dates}{slips}</td>
  <td class="is-words" data-label="文言">{repeated}{rewordings}</td>
</tr>
"""
LABELLED = '<p><span class="report-rows__label">{}</span> {}</p>'
MOVE = """\
<p class="report-move report-move--{look}"><span class="report-move__mark" aria-hidden="true">{mark}</span> \
<strong>{change}</strong></p><p>{words}</p>"""
FROM_TO = '{}<span aria-hidden="true"> → </span><span class="unseen">から</span>{}'
DATES = '<dl class="report-dates">{}</dl>'
DATE = "<div><dt>{}</dt><dd>{}</dd></div>"
SLIPS = "<p><strong>延期{}回</strong></p>"
REWORDINGS = """\
<details class="report-words"><summary>変わった文言{count}つ<span class="unseen">（{code}）</span>：{labels}</summary>\
<dl>{words}</dl></details>"""
REWORDING = "<dt>{}</dt><dd>{}</dd>"


def change_row(row: ChangeRow) -> SafeString:
    """Draw an item beside last year."""
    others = (fill(LABELLED, part.label, part.text) for part in row.others if part.text)
    has_slips = row.dates and row.has_slipped
    return fill(
        ROW,
        code=item_code(row.code),
        number=row.code,
        title=row.title,
        department=row.department,
        others=joined(others),
        rating=_move(row.rating),
        status=_move(row.status),
        dates=_dates(row.dates),
        slips=fill(SLIPS, row.slips.words) if has_slips else "",
        repeated=fill(LABELLED, "前年度と同じ文言", row.repeated) if row.repeated else "",
        rewordings=_rewordings(row.code, row.rewordings),
    )


def _move(move: Move) -> SafeString:
    """Draw a value before and now, and which way that is."""
    before, now = move.before.text, move.now.text
    words = now if before == now else fill(FROM_TO, before, now)
    return fill(MOVE, look=move.look, mark=move.mark, change=move.change, words=words)


def _dates(dates: Sequence[Part]) -> SafeString:
    drawn = joined(fill(DATE, part.label, wareki(part.day)) for part in dates)
    return fill(DATES, drawn) if dates else drawn


def _rewordings(code: str, changes: Sequence[Rewording]) -> SafeString:
    if not changes:
        return SafeString()
    words = (fill(REWORDING, one.label, changed_words(one.runs)) for one in changes)
    return fill(
        REWORDINGS,
        count=len(changes),
        code=code,
        labels="、".join(change.label for change in changes),
        words=joined(words),
    )
