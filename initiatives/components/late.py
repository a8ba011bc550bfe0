"""遅れている取組 as rows of a table; on a phone each is a card. Needs css/initiatives/late.css."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from initiatives.late_items import LateItem
from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import wareki, wareki_short
from plans.components.marks import STUDY_STAR

ROW = """\
<tr class="late-table__row late-table__row--{rating}">
  <th scope="row">{name}
<span class="late-table__who">{department}　<strong>{word}</strong></span></th>
  <td data-label="いつから／期限"><span class="late-table__since">{since}</span>
{dates}
{slip}</td>
  <td data-label="なぜ"><span class="said">{cause}</span></td>
  <td data-label="どうする"><span class="said">{countermeasure}</span></td>
</tr>
"""
NAME = """\
<span class="late-table__name"><span class="late-table__mark" aria-hidden="true">{mark}</span> {name}{star}</span>"""
SLIP = '<span class="late-table__slip">初めの期限から{}か月後</span>'
DATES = """\
<span class="late-table__dates">{past}<strong><span class="unseen">いまの期限</span>{present}</strong></span>"""
PAST = '<del><span class="unseen">前の期限</span>{}</del><span aria-hidden="true"> → </span>'
NO_DATES = SafeString('<span class="late-table__dates unset">期限の記録なし</span>')
NO_CAUSE = "記録なし"


def late_rows(items: Iterable[LateItem]) -> SafeString:
    """Draw late items: which it is and who leads it, since when, why, and what is done about it."""
    return joined(_row(item) for item in items)


def _row(item: LateItem) -> SafeString:
    since = fill("{}から", wareki(item.since)) if item.since else ""
    slipped = item.months_slipped
    return fill(
        ROW,
        rating=item.rating,
        name=_name(item),
        department=item.department,
        word=item.rating_label,
        since=since or "いつから遅れているかは書かれていません",
        dates=_dates(item),
        slip=fill(SLIP, slipped) if slipped else "",
        cause=item.cause or NO_CAUSE,
        countermeasure=item.countermeasure or NO_CAUSE,
    )


def _name(item: LateItem) -> SafeString:
    link = fill('<a href="{}">{}</a>', item.url, item.name)
    star = fill("&nbsp;{}", STUDY_STAR) if item.is_study else ""
    return fill(NAME, mark=item.rating_mark, name=link if item.url else item.name, star=star)


def _dates(item: LateItem) -> SafeString:
    """Draw how the promised date moved: the dates that do not hold any more struck out, the present one last."""
    if item.present is None:
        return NO_DATES
    past = joined(fill(PAST, wareki_short(day)) for day in item.past_dates)
    return fill(DATES, past=past, present=wareki_short(item.present))
