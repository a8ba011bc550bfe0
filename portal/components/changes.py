"""What changed of the items between two days. Every value is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from initiatives.components.chips import rating_chip, status_chip
from initiatives.queries.plan_changes import Badge, ItemDifference
from initiatives.queries.shifts import PromiseShift
from initiatives.queries.told_changes import NamedShift, Row
from initiatives.views.any_day import AskedDay
from kirishima_dx.changed_words import changed_words
from kirishima_dx.safe_html import NOTHING, fill, joined
from kirishima_dx.templatetags.kirishima import wareki
from plans.comparison.items import ItemChange
from plans.components.marks import STUDY_STAR
from plans.enums import Fate
from plans.models import Edition, FocusItemText

ITEM = """\
<li class="changed-item axis-{axis}">
  <p class="changed-item__head"><span class="changed-item__place">{place}</span>
    <a href="{url}"><strong>{title}</strong></a>{star}
    {badges}</p>
  {told}
</li>
"""
BADGE = '<span class="label{}">{}</span> '
SHIFT = """\
<p class="shifts"><span class="shifts__name">{name}</span>
  {old}
  {arrow}
  {new}
  {way}{entry}</p>
"""
ARROW = SafeString('<span aria-hidden="true">→</span><span class="unseen">から</span>')
WAY = '<strong class="shift shift--{}"><span aria-hidden="true">{}</span> {}</strong>'
ENTRY = ' <a class="no-print" href="{}#entry-{}">記録を読む<span class="unseen">：{}</span></a>'
SETTLED = SafeString("<p>検討を終え、取り組む項目になりました（具体化）。</p>")
KIN = '<a href="{url}">{place} {title}</a>{word}　'
WORDS = '<dl class="statements">{title}{overview}</dl>'
TITLE = "<div><dt>重点項目</dt><dd>{}</dd></div>"
OVERVIEW = '<div><dt>取組の概要</dt><dd class="said">{}</dd></div>'
WHY = '<a href="{}">変わった理由（経緯）<span class="unseen">：{}</span></a>'
BEFORE = '<a href="{}?on={}">{}の{}</a>'
NAME = '<a class="changes-name" href="{}{}">{} {}</a> '


@dataclass(frozen=True)
class Sides:
    """The two days, what links to either hand on, and the edition of the later one."""

    old: AskedDay
    new: AskedDay
    old_query: str
    new_query: str
    edition: Edition

    @classmethod
    def of(cls, old: AskedDay, new: AskedDay, edition: Edition) -> "Sides":
        return cls(old, new, old.query, new.query, edition)


def changed_names(items: Iterable[ItemDifference], day: AskedDay) -> SafeString:
    """Draw the names of items that stand on a day, each the way to it."""
    query = day.query
    return joined(_name(one.change.new, query) for one in items if one.change.new)


def _name(text: FocusItemText, query: str) -> SafeString:
    return fill(NAME, text.focus_item.get_absolute_url(), query, text.place, text.title)


def changed_items(
    rows: Iterable[Row], key: str, old: AskedDay, new: AskedDay, edition: Edition
) -> SafeString:
    """Draw the items under a heading with what of each belongs there; `key` is the key of the heading."""
    sides = Sides.of(old, new, edition)
    return joined(_item(row, key, sides) for row in rows)


def _item(row: Row, key: str, sides: Sides) -> SafeString:
    change = row.item.change
    text = change.either
    url = change.focus_item.get_absolute_url()
    return fill(
        ITEM,
        axis=text.policy.axis.number,
        place=_place(change),
        url=url + (sides.new_query if change.new else sides.old_query),
        title=text.title,
        star=fill("&nbsp;{}", STUDY_STAR) if text.is_study else "",
        badges=joined(map(_badge, row.badges)),
        told=_shifts(row.shifts, f"{url}{sides.new_query}", text.title)
        if row.shifts
        else _of_text(row, key, sides),
    )


def _place(change: ItemChange) -> str:
    if change.old and change.new and change.old.place != change.new.place:
        return f"{change.old.place} → {change.new.place}"
    return change.either.place


def _badge(badge: Badge) -> SafeString:
    return fill(BADGE, f" label--{badge.fate}" if badge.fate else "", badge.word)


def _shifts(shifts: Sequence[NamedShift], url: str, title: str) -> SafeString:
    """Draw how the values of an item went; the last one leads to the entry that says it."""
    last = len(shifts) - 1
    return joined(
        _shift(named, url if place == last else "", title) for place, named in enumerate(shifts)
    )


def _shift(named: NamedShift, url: str, title: str) -> SafeString:
    shift = named.shift
    old, new = _values(named)
    is_lead = named.kind == "lead"
    entry = shift.new.entry if url and not is_lead else None
    return fill(
        SHIFT,
        name=named.name,
        old=old,
        arrow=ARROW if shift.old else "",
        new=new,
        way="" if is_lead else fill(WAY, shift.course, shift.mark, shift.word),
        entry=fill(ENTRY, url, entry, title) if entry else "",
    )


def _values(named: NamedShift) -> tuple[str, str]:
    """Return how a value is drawn that was said before, and the one that is said now."""
    shift = named.shift
    if isinstance(shift, PromiseShift):
        return wareki(shift.old.day if shift.old else None), wareki(shift.new.day)
    if named.kind == "lead":
        return shift.old.label, shift.new.label
    chip = status_chip if named.kind == "status" else rating_chip
    return chip(shift.old.value, shift.old.label), chip(shift.new.value, shift.new.label)


def _of_text(row: Row, key: str, sides: Sides) -> SafeString:
    """Draw what happened to the text of an item, with the ways to why and to the item of before."""
    change = row.item.change
    settled = SETTLED if key == "star" and change.loses_star else NOTHING
    return joined([settled, _kin(change, sides), _words(row, change), _ways(change, sides)])


def _kin(change: ItemChange, sides: Sides) -> SafeString:
    """Draw from which items one came, and into which it went."""
    came = (
        (kin.text, sides.old_query, "を統合" if kin.kind == Fate.MERGED else "から分割")
        for kin in change.came_from
    )
    went = ((kin.text, sides.new_query, f"に{kin.kind.label}") for kin in change.went_into)
    drawn = joined(
        fill(
            KIN,
            url=text.focus_item.get_absolute_url() + query,
            place=text.place,
            title=text.title,
            word=word,
        )
        for text, query, word in [*came, *went]
    )
    return fill('<p class="support">{}</p>', drawn) if drawn else drawn


def _words(row: Row, change: ItemChange) -> SafeString:
    old, new = change.old, change.new
    if old is None or new is None:
        return fill('<p class="said">{}</p>', change.either.overview)
    if not (row.shows_words and change.rewords):
        return NOTHING
    return fill(
        WORDS,
        title=fill(TITLE, changed_words(change.title_runs)) if old.title != new.title else "",
        overview=fill(OVERVIEW, changed_words(change.overview_runs))
        if old.overview != new.overview
        else "",
    )


def _ways(change: ItemChange, sides: Sides) -> SafeString:
    item, ways = change.focus_item, []
    if not sides.edition.was_called_off:
        url = reverse("edition_why", args=[sides.edition.number, f"items/{item.code}"])
        ways.append(fill(WHY, url, change.either.title))
    if change.old and change.new:
        day = sides.old.day
        at = day.isoformat(), wareki(day), change.old.place
        ways.append(fill(BEFORE, item.get_absolute_url(), *at))
    return fill('<p class="changed-item__days no-print">{}</p>', joined(ways))
