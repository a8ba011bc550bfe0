"""Considering the year's update of the plan, and discussing its draft."""

from datetime import date

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from plans import actions as plan_actions
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, Plan
from reviews.enums import ConsiderationOutcome
from reviews.errors import ConsiderationRefused
from reviews.models import Consideration, DraftComment, Meeting


@transaction.atomic
def record_consideration(
    *,
    plan: Plan,
    fiscal_year: int,
    outcome: ConsiderationOutcome,
    reason: str,
    considered_on: date,
    meeting: Meeting | None,
    by: User,
) -> Consideration:
    """Record that the update of a year was considered. Raises ConsiderationRefused without a reason, for a coming day,
    or for a sitting that was not held yet or was about another plan."""
    if not reason.strip():
        raise ConsiderationRefused("理由を書いてください。")
    today = clock.today()
    if considered_on > today:
        raise ConsiderationRefused("検討した日に未来の日は入れられません。")
    if meeting is not None and not meeting.is_held(today):
        raise ConsiderationRefused(f"{meeting.title}は、まだ開かれていません。")
    if meeting is not None and meeting.plan_id != plan.pk:
        raise ConsiderationRefused(f"{meeting.title}は、ほかの計画についての会議です。")
    return Consideration.objects.create(
        plan=plan,
        fiscal_year=fiscal_year,
        outcome=outcome,
        reason=reason,
        considered_on=considered_on,
        meeting=meeting,
        recorded_at=clock.now(),
        recorded_by=by,
        recorded_by_name=by.display_name,
    )


@transaction.atomic
def open_considered_draft(
    *, base: Edition, major: int, minor: int, consideration: Consideration | None, by: User
) -> Edition:
    """Open a draft, upon a consideration where there is one. Raises DraftRefused, also where that consideration came
    to no revision, led to a draft already or was about another plan."""
    draft = plan_actions.open_draft(base=base, major=major, minor=minor, by=by)
    if consideration is not None:
        locked = Consideration.objects.select_for_update().get(pk=consideration.pk)
        is_used = locked.outcome != ConsiderationOutcome.REVISE or locked.edition_id is not None
        if is_used or locked.plan_id != base.plan_id:
            raise DraftRefused("この検討の記録からは、案を作成できません。選び直してください。")
        locked.edition = draft
        locked.save(update_fields=["edition"])
    return draft


@transaction.atomic
def comment_on_draft(
    *,
    draft: Edition,
    focus_item: FocusItem | None,
    place: str,
    text: str,
    is_question: bool,
    by: User,
) -> DraftComment:
    """Say something of an item of a draft, of another part by its place, or of the whole.

    Raises DraftRefused, also where the same person said the same of it last: most often the same form, sent twice.
    """
    draft = plan_actions.locked_draft(draft)
    if not text.strip():
        raise DraftRefused("意見または質問を書いてください。")
    said = draft.comments.filter(focus_item=focus_item, place=place, said_by=by)
    last = said.order_by("said_at", "pk").last()
    if last is not None and (last.text, last.is_question) == (text, is_question):
        raise DraftRefused("同じ内容を、すでに載せています。")
    return DraftComment.objects.create(
        edition=draft,
        focus_item=focus_item,
        place=place,
        text=text,
        is_question=is_question,
        said_at=clock.now(),
        said_by=by,
        said_by_name=by.display_name,
    )


@transaction.atomic
def settle_question(*, comment: DraftComment, settlement: str, by: User) -> DraftComment:
    """Say how a question was settled. Raises DraftRefused where it was settled already or is no question."""
    plan_actions.locked_draft(comment.edition)
    comment = DraftComment.objects.select_for_update().get(pk=comment.pk)
    if not comment.is_open:
        raise DraftRefused("この質問は、すでに解決しています。")
    if not settlement.strip():
        raise DraftRefused("どう解決したかを書いてください。")
    comment.settlement, comment.settled_at = settlement, clock.now()
    comment.settled_by, comment.settled_by_name = by, by.display_name
    comment.save(update_fields=["settlement", "settled_at", "settled_by", "settled_by_name"])
    return comment
