"""Items that go over into others: 分割 and 統合."""

from typing import Any

from django.db import transaction

from plans.actions.drafting.items import add_item
from plans.actions.drafting.turns import current, remove, standing
from plans.enums import Fate
from plans.errors import DraftRefused
from plans.models import Descent, FocusItem, FocusItemText, Policy


@transaction.atomic
def split_item(
    *,
    text: FocusItemText,
    policy: Policy,
    title: str,
    overview: str,
    is_study: bool,
    opened_version: int,
    by: Any,
    reason: str,
) -> FocusItemText:
    """Split a new item off, at the end of a policy; what is left is reworded or ended by acts of their own.

    Raises EditConflict, DraftRefused, TitleTaken.
    """
    text = current(text, opened_version)
    split_off = add_item(
        policy=policy, title=title, overview=overview, is_study=is_study, by=by, reason=reason
    )
    Descent.objects.create(
        edition=text.edition, before=text.focus_item, after=split_off.focus_item, kind=Fate.SPLIT
    )
    return split_off


@transaction.atomic
def merge_item(
    *, text: FocusItemText, into: FocusItemText, opened_version: int, by: Any, reason: str
) -> FocusItem:
    """Let an item go over into another one of the draft; it ends, and its records lead on there.

    What had gone over into it in this draft goes with it. Raises EditConflict, DraftRefused.
    """
    text = current(text, opened_version)
    if text.pk == into.pk:
        raise DraftRefused("同じ重点項目には統合できません。統合先に別の重点項目を選んでください。")
    into = standing(into, text.edition)
    item, target = text.focus_item, into.focus_item
    own = text.edition.descents
    for earlier in own.filter(after=item).exclude(before=target):
        own.get_or_create(before=earlier.before, after=target, defaults={"kind": earlier.kind})
    own.filter(after=item).delete()
    own.get_or_create(before=item, after=target, defaults={"kind": Fate.MERGED})
    remove(text, by=by, reason=reason)
    return item
