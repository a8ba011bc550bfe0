"""The items of the living plan: what an edition says of each, and what holds of it."""

from django.utils.safestring import SafeString

from initiatives.components.chips import rating_chip, status_chip
from initiatives.queries.states import ItemState, LivingPlan
from kirishima_dx.safe_html import fill, joined
from kirishima_dx.templatetags.kirishima import as_of
from plans.components.measures import axis_section, item_row, policy_section
from plans.components.notes import Notes

STATE = """\
<dl class="item-row__status">
    <div><dt>状態</dt><dd>{status}</dd></div>
    <div><dt>評価</dt><dd>{rating}</dd></div>
    <div><dt>基準日</dt><dd>{day}</dd></div>
    <div><dt>担当課</dt><dd>{lead}</dd></div>
  </dl>"""


def plan_measures(living: LivingPlan, notes: Notes, query: str) -> SafeString:
    """Draw axes, policies and items with what holds of each; `query` (?on=…) goes behind the address of an item."""
    return joined(
        axis_section(
            axis.outline.axis,
            notes,
            (
                policy_section(
                    policy.policy,
                    notes,
                    [_row(state, notes, query) for state in policy.items],
                )
                for policy in axis.policies
            ),
        )
        for axis in living.axes
    )


def _row(state: ItemState, notes: Notes, query: str) -> SafeString:
    return item_row(state.text, f"{state.url}{query}", notes, _state(state))


def _state(state: ItemState) -> SafeString:
    entry = state.entry
    lead = state.lead_name
    return fill(
        STATE,
        status=status_chip(entry.status if entry else None, state.status_label),
        rating=rating_chip(entry.rating if entry else None, state.rating_label),
        day=as_of(entry.as_of if entry else None),
        lead=lead if state.lead else fill('<span class="unset">{}</span>', lead),
    )
