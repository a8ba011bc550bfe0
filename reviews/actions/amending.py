"""Changing a draft edition, each change with its reason."""

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from plans import actions as plan_actions
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, FocusItemText, Policy
from reviews.enums import AmendmentKind
from reviews.models import Amendment
from reviews.queries import draft_review


def _explain(
    edition: Edition, item: FocusItem, kind: AmendmentKind, *, reason: str, by: User
) -> Amendment:
    if not reason.strip():
        raise DraftRefused("改定の理由を書いてください。")
    return Amendment.objects.create(
        edition=edition,
        focus_item=item,
        kind=kind,
        reason=reason,
        amended_at=clock.now(),
        amended_by=by,
        amended_by_name=by.display_name,
    )


@transaction.atomic
def amend_text(
    *,
    text: FocusItemText,
    title: str,
    overview: str,
    is_study: bool,
    opened_version: int,
    reason: str,
    by: User,
) -> list[Amendment]:
    """Change what a draft says of an item. Rewording and a change of ★ are amendments of their own.

    Returns nothing and changes nothing where all is as before. Raises EditConflict (G4), DraftRefused.
    """
    kinds = []
    if (title, overview) != (text.title, text.overview):
        kinds.append(AmendmentKind.REWORD)
    if is_study != text.is_study:
        kinds.append(AmendmentKind.STUDY if is_study else AmendmentKind.CONCRETISE)
    if not kinds:
        return []
    plan_actions.reword_item(
        text=text,
        title=title,
        overview=overview,
        is_study=is_study,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    return [_explain(text.edition, text.focus_item, kind, reason=reason, by=by) for kind in kinds]


@transaction.atomic
def amend_add(
    *, policy: Policy, title: str, overview: str, is_study: bool, reason: str, by: User
) -> FocusItemText:
    """Add an item to a draft. Raises DraftRefused."""
    text = plan_actions.add_item(
        policy=policy, title=title, overview=overview, is_study=is_study, by=by, reason=reason
    )
    _explain(text.edition, text.focus_item, AmendmentKind.NEW, reason=reason, by=by)
    return text


@transaction.atomic
def amend_end(*, text: FocusItemText, opened_version: int, reason: str, by: User) -> Amendment:
    """End an item with a draft; its record lives on. Raises EditConflict, DraftRefused."""
    edition = text.edition
    item = plan_actions.remove_item(text=text, opened_version=opened_version, by=by, reason=reason)
    return _explain(edition, item, AmendmentKind.END, reason=reason, by=by)


@transaction.atomic
def amend_restore(*, draft: Edition, focus_item: FocusItem, reason: str, by: User) -> FocusItemText:
    """Take the end of an item back. Raises DraftRefused."""
    text = plan_actions.restore_item(draft=draft, focus_item=focus_item, by=by, reason=reason)
    _explain(draft, focus_item, AmendmentKind.RESTORE, reason=reason, by=by)
    return text


@transaction.atomic
def explain_changes(
    *, draft: Edition, focus_item: FocusItem, reason: str, by: User
) -> list[Amendment]:
    """Give the reason for the changes of an item that still have none. Raises DraftRefused."""
    draft = plan_actions.locked_draft(draft)
    item = draft_review(draft).item(focus_item.code)
    kinds = item.unexplained if item else []
    return [_explain(draft, focus_item, kind, reason=reason, by=by) for kind in kinds]
