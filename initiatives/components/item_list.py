"""Rows of 進捗一覧. Every value is escaped."""

from django.utils.safestring import SafeString

from initiatives.components.chips import rating_chip, status_chip
from initiatives.queries.states import ItemState
from kirishima_dx.safe_html import fill
from kirishima_dx.templatetags.kirishima import as_of
from plans.components.marks import STUDY_STAR

ROW = """\
<tr class="axis-{axis}">
  <td class="items-table__code">{place}</td>
  <th scope="row" class="items-table__title"><a href="{url}{query}">{title}</a>{star}</th>
  <td class="items-table__policy">{policy}</td>
  <td class="items-table__status">{status}</td>
  <td class="items-table__rating">{rating}</td>
  <td class="items-table__department">{lead}{supporting}</td>
  <td class="items-table__date">{day}</td>
</tr>
"""
UNSET = '<span class="unset">{}</span>'
SUPPORTING = '<span class="items-table__supporting">関係課：{}</span>'


def item_row(state: ItemState, query: str) -> SafeString:
    """Draw an item with how it stands; `query` goes on to its page, so that it is of the same day."""
    text, entry = state.text, state.entry
    return fill(
        ROW,
        axis=text.policy.axis.number,
        place=text.place,
        url=text.focus_item.get_absolute_url(),
        query=query,
        title=text.title,
        star=fill("&nbsp;{}", STUDY_STAR) if text.is_study else "",
        policy=text.policy.name,
        status=status_chip(entry.status if entry else None, state.status_label),
        rating=rating_chip(entry.rating if entry else None, state.rating_label),
        lead=state.lead.name if state.lead else fill(UNSET, state.lead_name),
        supporting=fill(SUPPORTING, state.supporting_names) if state.supporting else "",
        day=as_of(entry.as_of if entry else None),
    )
