"""Changing the cover, the axes and the policies of a draft, each change with its reason.

All raise EditConflict where somebody else saved the text since it was opened (G4), and DraftRefused; what changes
nothing records nothing.
"""

from django.db import transaction

from people.models import User
from plans.actions.drafting import axes as plan_axes
from plans.actions.drafting import opening as plan_opening
from plans.models import Axis, Edition, Policy
from plans.places import lasting_place
from revisions.actions.explaining import NO_ORIGIN, explain, explain_all, explain_return
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment, Origin

REWORD, NEW, END = [AmendmentKind.REWORD], [AmendmentKind.NEW], [AmendmentKind.END]


@transaction.atomic
def amend_cover(
    *,
    draft: Edition,
    first_fiscal_year: int,
    last_fiscal_year: int,
    issuer: str,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Change the period and the issuer of a draft."""
    cover = (first_fiscal_year, last_fiscal_year, issuer)
    period_before = (draft.first_fiscal_year, draft.last_fiscal_year)
    issuer_before = draft.issuer
    if cover == (*period_before, issuer_before):
        return []
    plan_opening.reword_cover(
        draft=draft,
        first_fiscal_year=first_fiscal_year,
        last_fiscal_year=last_fiscal_year,
        issuer=issuer,
        opened_version=opened_version,
    )
    words = [Aspect.ISSUER] if issuer != issuer_before else []
    words += [Aspect.PERIOD] if cover[:2] != period_before else []
    return explain(
        draft, lasting_place(draft), REWORD, reason=reason, by=by, origin=origin, words=words
    )


@transaction.atomic
def amend_axis(
    *,
    axis: Axis,
    name: str,
    english: str,
    tagline: str,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Change the words of an axis."""
    changed = {
        Aspect.NAME: name != axis.name,
        Aspect.ENGLISH: english != axis.english,
        Aspect.TAGLINE: tagline != axis.tagline,
    }
    words = [aspect for aspect, has_changed in changed.items() if has_changed]
    if not words:
        return []
    plan_axes.reword_axis(
        axis=axis,
        name=name,
        english=english,
        tagline=tagline,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    return explain(
        axis.edition, lasting_place(axis), REWORD, reason=reason, by=by, origin=origin, words=words
    )


@transaction.atomic
def amend_policy(
    *,
    policy: Policy,
    name: str,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Change the name of a policy."""
    if name == policy.name:
        return []
    plan_axes.reword_policy(
        policy=policy, name=name, opened_version=opened_version, by=by, reason=reason
    )
    return explain(
        policy.edition, lasting_place(policy), REWORD, reason=reason, by=by, origin=origin
    )


@transaction.atomic
def amend_add_axis(
    *,
    draft: Edition,
    name: str,
    english: str,
    tagline: str,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> Axis:
    """Add an axis after the last one."""
    axis = plan_axes.add_axis(
        draft=draft, name=name, english=english, tagline=tagline, by=by, reason=reason
    )
    explain(draft, lasting_place(axis), NEW, reason=reason, by=by, origin=origin)
    return axis


@transaction.atomic
def amend_add_policy(
    *, axis: Axis, name: str, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> Policy:
    """Add a policy after the last one of an axis."""
    policy = plan_axes.add_policy(axis=axis, name=name, by=by, reason=reason)
    explain(axis.edition, lasting_place(policy), NEW, reason=reason, by=by, origin=origin)
    return policy


@transaction.atomic
def amend_end_axis(
    *, axis: Axis, opened_version: int, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """End an empty axis."""
    edition, place = axis.edition, lasting_place(axis)
    plan_axes.remove_axis(axis=axis, opened_version=opened_version, by=by, reason=reason)
    return explain(edition, place, END, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_end_policy(
    *, policy: Policy, opened_version: int, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """End an empty policy."""
    edition, place = policy.edition, lasting_place(policy)
    plan_axes.remove_policy(policy=policy, opened_version=opened_version, by=by, reason=reason)
    return explain(edition, place, END, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_restore_axis(
    *, draft: Edition, key: str, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> Axis:
    """Take the end of an axis back."""
    axis = plan_axes.restore_axis(draft=draft, key=key, by=by, reason=reason)
    explain_return(draft, lasting_place(axis), reason=reason, by=by, origin=origin)
    return axis


@transaction.atomic
def amend_restore_policy(
    *, draft: Edition, key: str, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> Policy:
    """Take the end of a policy back."""
    policy = plan_axes.restore_policy(draft=draft, key=key, by=by, reason=reason)
    explain_return(draft, lasting_place(policy), reason=reason, by=by, origin=origin)
    return policy


@transaction.atomic
def amend_move_axis(
    *,
    axis: Axis,
    after: Axis | None,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Put an axis behind another one, or first; all that get another number are explained by the same reason."""
    renumbered = plan_axes.move_axis(
        axis=axis, after=after, opened_version=opened_version, by=by, reason=reason
    )
    changes = [(lasting_place(one), AmendmentKind.RENUMBER) for one in renumbered]
    return explain_all(axis.edition, changes, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_move_policy(
    *,
    policy: Policy,
    axis: Axis,
    after: Policy | None,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Put a policy behind another one of an axis, or first, its items with it."""
    axis_before = policy.axis_id
    placed = plan_axes.move_policy(
        policy=policy, axis=axis, after=after, opened_version=opened_version, by=by, reason=reason
    )
    kinds = [
        AmendmentKind.MOVE
        if one.pk == policy.pk and axis.pk != axis_before
        else AmendmentKind.RENUMBER
        for one in placed
    ]
    changes = zip(map(lasting_place, placed), kinds, strict=True)
    return explain_all(policy.edition, changes, reason=reason, by=by, origin=origin)
