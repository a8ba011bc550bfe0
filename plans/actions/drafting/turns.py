"""Taking turns on a draft: who changes it takes the whole draft, and a text only in the version they saw."""

from typing import Any, TypeVar

from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from plans.errors import DraftRefused, EditConflict
from plans.models import Axis, Edition, FocusItemText, Policy, Section

Text = TypeVar("Text", Axis, Policy, FocusItemText, Section)

FETCHED_ALONG: dict[type, tuple[str, ...]] = {
    Axis: ("edition__base",),
    Policy: ("axis", "edition__base"),
    FocusItemText: ("policy__axis", "edition__base", "focus_item"),
    Section: ("parent", "edition__base"),
}
"""What a page needs that shows a text which somebody else has saved."""


def locked_draft(edition: Edition) -> Edition:
    """Take the draft for this transaction. Raises DraftRefused once it is adopted or given up."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.is_abandoned:
        raise DraftRefused(f"{locked.name}なので、変更できません。")
    if not locked.is_draft:
        raise DraftRefused(f"{locked.name}は施行されているので、変更できません。")
    return locked


def current(text: Text, opened_version: int) -> Text:
    """Take the draft and return a text as it stands in it.

    Raises EditConflict where it was saved since it was opened, DraftRefused where it is gone.
    """
    locked_draft(text.edition)
    rows = type(text)._default_manager.select_related(*FETCHED_ALONG[type(text)])
    row: Text | None = rows.filter(pk=text.pk).first()
    if row is None:
        raise DraftRefused(f"{quoted(text)}は終了になったので、変更できません。")
    if row.version != opened_version:
        raise EditConflict(row)
    return row


def standing(text: Text, draft: Edition) -> Text:
    """Return a text that another one is put at, as it stands in the draft.

    Taken with the draft: between opening a form and sending it somebody else may have ended what it names. Raises
    DraftRefused where it is gone or stands in another edition.
    """
    rows = type(text)._default_manager.select_related(*FETCHED_ALONG[type(text)])
    row: Text | None = rows.filter(pk=text.pk, edition=draft.pk).first()
    if row is None:
        what, name = (
            text._meta.verbose_name,
            getattr(text, "name", "") or getattr(text, "title", ""),
        )
        raise DraftRefused(f"{what}{quoted(name)}は案からなくなりました。選び直してください。")
    return row


def save(text: Text, *fields: str, by: Any, reason: str) -> Text:
    """Save these fields of a text as its next version, with who and why."""
    text.version += 1
    explain(text, by=by, reason=reason)
    text.save(update_fields=[*fields, "version"])
    return text


def remove(text: Text, *, by: Any, reason: str) -> None:
    """Take a text out of its draft, with who and why."""
    explain(text, by=by, reason=reason)
    text.delete()
