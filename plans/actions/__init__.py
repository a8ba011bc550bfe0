"""Changes to the plan's text. What a change means for progress, and its reasons, are the business of the apps above."""

from plans.actions.adoption import FateRecord, put_in_force
from plans.actions.drafting import (
    add_item,
    locked_draft,
    open_draft,
    remove_item,
    restore_item,
    reword_item,
)
from plans.actions.errata import record_misprint
from plans.actions.loading import Difference, LoadResult, load_plan

__all__ = [
    "Difference",
    "FateRecord",
    "LoadResult",
    "add_item",
    "load_plan",
    "locked_draft",
    "open_draft",
    "put_in_force",
    "record_misprint",
    "remove_item",
    "restore_item",
    "reword_item",
]
