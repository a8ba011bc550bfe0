"""Discussing the draft of the next edition."""

from django.db import transaction
from django.db.models import Max

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting import turns as plan_turns
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem
from revisions.models import DraftComment


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
    draft = plan_turns.locked_draft(draft)
    if not text.strip():
        raise DraftRefused("意見または質問を書いてください。")
    said = draft.comments.filter(focus_item=focus_item, place=place, said_by=by)
    last = said.order_by("pk").last()
    if last is not None and (last.text, last.is_question) == (text, is_question):
        raise DraftRefused("同じ内容を、すでに載せています。")
    return DraftComment.objects.create(
        edition=draft,
        focus_item=focus_item,
        place=place,
        text=text,
        is_question=is_question,
        said_at=clock.not_before(draft.comments.aggregate(last=Max("said_at"))["last"]),
        said_by=by,
        said_by_name=by.display_name,
    )


@transaction.atomic
def settle_question(*, comment: DraftComment, settlement: str, by: User) -> DraftComment:
    """Say how a question was settled. Raises DraftRefused where it was settled already or is no question."""
    plan_turns.locked_draft(comment.edition)
    comment = DraftComment.objects.select_for_update().get(pk=comment.pk)
    if not comment.is_open:
        raise DraftRefused("この質問は、すでに解決しています。")
    if not settlement.strip():
        raise DraftRefused("どう解決したかを書いてください。")
    comment.settlement, comment.settled_at = settlement, clock.now()
    comment.settled_by, comment.settled_by_name = by, by.display_name
    comment.save(update_fields=["settlement", "settled_at", "settled_by", "settled_by_name"])
    return comment
