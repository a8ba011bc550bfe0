"""Page-shaped reads: what holds of the items on a day, one item whole, lists and counts."""

from initiatives.queries.entries import (
    EntryStory,
    FieldChange,
    statements_of,
)
from initiatives.queries.item import ItemPage, item_page, neighbours
from initiatives.queries.item_list import UNANSWERED, Tally, listed_states, tallies
from initiatives.queries.states import ItemState, LivingPlan, item_states, living_plan
from initiatives.queries.summary import PlanSummary, Segment, plan_summary
from initiatives.queries.wordings import Wording, holding_wording, readable_wordings

__all__ = [
    "UNANSWERED",
    "EntryStory",
    "FieldChange",
    "ItemPage",
    "ItemState",
    "LivingPlan",
    "PlanSummary",
    "Segment",
    "Tally",
    "Wording",
    "holding_wording",
    "item_page",
    "item_states",
    "listed_states",
    "living_plan",
    "neighbours",
    "plan_summary",
    "readable_wordings",
    "statements_of",
    "tallies",
]
