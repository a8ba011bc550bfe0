"""Changing the items of a draft edition, each change with its reason and what gave rise to it."""

from django.db import transaction

from people.models import User
from plans.actions.drafting import descent as plan_descent
from plans.actions.drafting import items as plan_items
from plans.actions.drafting import placing as plan_placing
from plans.models import Descent, Edition, FocusItem, FocusItemText, Policy
from revisions.actions.explaining import NO_ORIGIN, explain, explain_all, explain_return
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment, Origin


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
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Change what a draft says of an item. Rewording and a change of ★ are amendments of their own.

    Returns nothing and changes nothing where all is as before. Raises EditConflict (G4), DraftRefused.
    """
    kinds, before = [], (text.title, text.overview)
    if (title, overview) != before:
        kinds.append(AmendmentKind.REWORD)
    if is_study != text.is_study:
        kinds.append(AmendmentKind.STUDY if is_study else AmendmentKind.CONCRETISE)
    if not kinds:
        return []
    plan_items.reword_item(
        text=text,
        title=title,
        overview=overview,
        is_study=is_study,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    changed = {Aspect.TITLE: title != before[0], Aspect.OVERVIEW: overview != before[1]}
    return explain(
        text.edition,
        text.focus_item,
        kinds,
        reason=reason,
        by=by,
        origin=origin,
        words=[aspect for aspect, has_changed in changed.items() if has_changed],
    )


@transaction.atomic
def amend_add(
    *,
    policy: Policy,
    title: str,
    overview: str,
    is_study: bool,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> FocusItemText:
    """Add an item to a draft. Raises DraftRefused."""
    text = plan_items.add_item(
        policy=policy, title=title, overview=overview, is_study=is_study, by=by, reason=reason
    )
    new = [AmendmentKind.NEW]
    explain(text.edition, text.focus_item, new, reason=reason, by=by, origin=origin)
    return text


@transaction.atomic
def amend_end(
    *, text: FocusItemText, opened_version: int, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> Amendment:
    """End an item with a draft; its record lives on. What had gone over into it alone ends with it, for this reason.

    Raises EditConflict, DraftRefused.
    """
    edition = text.edition
    left_behind = _only_in(text)
    item = plan_items.remove_item(text=text, opened_version=opened_version, by=by, reason=reason)
    ends = [(one, AmendmentKind.END) for one in (*left_behind, item)]
    *_, ended = explain_all(edition, ends, reason=reason, by=by, origin=origin)
    return ended


def _only_in(text: FocusItemText) -> list[FocusItem]:
    """Return the items that ended by going over into this one and into no other."""
    into = FocusItem.objects.filter(
        descents_after__edition=text.edition, descents_after__after=text.focus_item
    )
    elsewhere = Descent.objects.filter(edition=text.edition, before__in=into)
    others = elsewhere.exclude(after=text.focus_item).values("before")
    standing = FocusItemText.objects.filter(edition=text.edition).values("focus_item")
    return list(into.exclude(pk__in=others).exclude(pk__in=standing))


@transaction.atomic
def amend_restore(
    *,
    draft: Edition,
    focus_item: FocusItem,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> FocusItemText:
    """Take the end of an item back. Raises DraftRefused."""
    text = plan_items.restore_item(draft=draft, focus_item=focus_item, by=by, reason=reason)
    explain_return(draft, focus_item, reason=reason, by=by, origin=origin)
    return text


@transaction.atomic
def amend_move(
    *,
    text: FocusItemText,
    policy: Policy,
    after: FocusItemText | None,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Put an item behind another one of a policy, or first; what makes room for it is explained by the same reason.

    Returns nothing where it stands there already. Raises EditConflict, DraftRefused.
    """
    policy_before = text.policy_id
    placed = plan_placing.move_item(
        text=text, policy=policy, after=after, opened_version=opened_version, by=by, reason=reason
    )
    kinds = [
        AmendmentKind.MOVE
        if one.pk == text.pk and policy.pk != policy_before
        else AmendmentKind.RENUMBER
        for one in placed
    ]
    changes = zip((one.focus_item for one in placed), kinds, strict=True)
    return explain_all(text.edition, changes, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_close_gaps(
    *, policy: Policy, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """Number the items of a policy without gaps. Raises DraftRefused."""
    texts = plan_placing.close_gaps(policy=policy, by=by, reason=reason)
    changes = [(text.focus_item, AmendmentKind.RENUMBER) for text in texts]
    return explain_all(policy.edition, changes, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_split(
    *,
    text: FocusItemText,
    policy: Policy,
    title: str,
    overview: str,
    is_study: bool,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> FocusItemText:
    """Split a new item off another one. Raises EditConflict, DraftRefused, TitleTaken."""
    split_off = plan_descent.split_item(
        text=text,
        policy=policy,
        title=title,
        overview=overview,
        is_study=is_study,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    changes = [(one.focus_item, AmendmentKind.SPLIT) for one in (text, split_off)]
    explain_all(text.edition, changes, reason=reason, by=by, origin=origin)
    return split_off


@transaction.atomic
def amend_merge(
    *,
    text: FocusItemText,
    into: FocusItemText,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Let an item go over into another one of the draft. Raises EditConflict, DraftRefused."""
    edition = text.edition
    item = plan_descent.merge_item(
        text=text, into=into, opened_version=opened_version, by=by, reason=reason
    )
    changes = [(one, AmendmentKind.MERGE) for one in (item, into.focus_item)]
    return explain_all(edition, changes, reason=reason, by=by, origin=origin)
