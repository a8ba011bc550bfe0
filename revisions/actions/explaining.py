"""Recording why a draft edition differs from the edition in force."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting import turns as plan_turns
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem
from revisions.actions.counting import keep_effects
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment, Origin
from revisions.queries.drafts import draft_review

NO_ORIGIN = Origin()
OTHER_PLAN = "きっかけに選んだ記録は、ほかの計画のものです。この計画の記録から選んでください。"


def explain(
    edition: Edition,
    changed: FocusItem | str,
    kinds: Iterable[AmendmentKind],
    *,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
    words: Iterable[Aspect] | None = None,
) -> list[Amendment]:
    """Record the reason for what was changed of an item or, by its lasting place, of another part; an amendment a
    kind, and what the text shows of it now. `words`: which words were changed, where that is known.

    Raises DraftRefused without a reason, or for an origin that is a record of another plan."""
    return explain_all(
        edition,
        [(changed, kind) for kind in kinds],
        reason=reason,
        by=by,
        origin=origin,
        words=words,
    )


def explain_all(
    edition: Edition,
    changes: Iterable[tuple[FocusItem | str, AmendmentKind]],
    *,
    reason: str,
    by: User,
    origin: Origin,
    words: Iterable[Aspect] | None = None,
) -> list[Amendment]:
    """Record one reason for what one act changed of several texts, as `explain` does of one."""
    if not reason.strip():
        raise DraftRefused("改定の理由を書いてください。")
    if not origin.fits(edition.plan_id):
        raise DraftRefused(OTHER_PLAN)
    now = clock.not_before(edition.amendments.aggregate(last=Max("amended_at"))["last"])
    acts = [
        Amendment.objects.create(
            edition=edition,
            focus_item=changed if isinstance(changed, FocusItem) else None,
            place="" if isinstance(changed, FocusItem) else changed,
            kind=kind,
            reason=reason,
            amended_at=now,
            amended_by=by,
            amended_by_name=by.display_name,
            **origin.columns,
        )
        for changed, kind in changes
    ]
    keep_effects(edition, acts, words)
    return acts


@transaction.atomic
def explain_changes(
    *, draft: Edition, focus_item: FocusItem, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """Give the reason for the changes of an item that still lack one, or the decision. Raises DraftRefused."""
    draft = plan_turns.locked_draft(draft)
    item = draft_review(draft).item(focus_item.code)
    kinds = item.unexplained if item else []
    return explain(draft, focus_item, kinds, reason=reason, by=by, origin=origin)


@transaction.atomic
def explain_part(
    *, draft: Edition, place: str, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """Give the reason for the changes of another part that still lack one. Raises DraftRefused."""
    draft = plan_turns.locked_draft(draft)
    part = draft_review(draft).part(place)
    kinds = part.unexplained if part else []
    return explain(draft, place, kinds, reason=reason, by=by, origin=origin)


def explain_return(
    draft: Edition, changed: FocusItem | str, *, reason: str, by: User, origin: Origin
) -> None:
    """Record why an end was taken back and, where its old place was taken by then, why it stands elsewhere now.

    Raises DraftRefused as `explain` does.
    """
    keep_effects(draft)
    review = draft_review(draft)
    back = review.item(changed.code) if isinstance(changed, FocusItem) else review.part(changed)
    kinds = [AmendmentKind.RESTORE, *(back.unexplained if back else [])]
    explain(draft, changed, kinds, reason=reason, by=by, origin=origin)
