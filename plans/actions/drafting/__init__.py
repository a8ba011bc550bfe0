"""Opening a draft edition, changing any of its text, and giving it up.

Every change takes the draft for its transaction, so that people who work on it at once take turns; a change of one
text carries the version it was opened on (G4).
"""

from plans.actions.drafting.axes import (
    add_axis,
    add_policy,
    move_axis,
    move_policy,
    remove_axis,
    remove_policy,
    restore_axis,
    restore_policy,
    reword_axis,
    reword_policy,
)
from plans.actions.drafting.descent import merge_item, split_item
from plans.actions.drafting.items import add_item, remove_item, restore_item, reword_item
from plans.actions.drafting.opening import abandon_draft, open_draft, reword_cover
from plans.actions.drafting.placing import close_gaps, move_item
from plans.actions.drafting.sections import (
    add_section,
    move_section,
    remove_section,
    restore_section,
    reword_section,
)
from plans.actions.drafting.turns import locked_draft

__all__ = [
    "abandon_draft",
    "add_axis",
    "add_item",
    "add_policy",
    "add_section",
    "close_gaps",
    "locked_draft",
    "merge_item",
    "move_axis",
    "move_item",
    "move_policy",
    "move_section",
    "open_draft",
    "remove_axis",
    "remove_item",
    "remove_policy",
    "remove_section",
    "restore_axis",
    "restore_item",
    "restore_policy",
    "restore_section",
    "reword_axis",
    "reword_cover",
    "reword_item",
    "reword_policy",
    "reword_section",
    "split_item",
]
