"""Acts on reports and on the way to the next edition."""

from reviews.actions.adoption import adopt_edition
from reviews.actions.amending import (
    amend_add,
    amend_end,
    amend_restore,
    amend_text,
    explain_changes,
)
from reviews.actions.reporting import (
    change_as_of,
    edit_report,
    open_correction,
    open_report,
    seal_report,
    write_report,
)

__all__ = [
    "adopt_edition",
    "amend_add",
    "amend_end",
    "amend_restore",
    "amend_text",
    "change_as_of",
    "edit_report",
    "explain_changes",
    "open_correction",
    "open_report",
    "seal_report",
    "write_report",
]
