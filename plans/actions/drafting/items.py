"""Changing what a draft says of its items."""

from typing import Any

from django.db import transaction

from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from plans.actions.drafting.turns import current, locked_draft, remove, save, standing
from plans.enums import Fate
from plans.errors import DraftRefused, TitleTaken
from plans.models import Edition, FocusItem, FocusItemText, Policy
from plans.queries import dropped_wording


@transaction.atomic
def reword_item(
    *,
    text: FocusItemText,
    title: str,
    overview: str,
    is_study: bool,
    opened_version: int,
    by: Any,
    reason: str,
) -> FocusItemText:
    """Change the wording of an item in a draft. Raises EditConflict, DraftRefused."""
    text = current(text, opened_version)
    text.title, text.overview, text.is_study = title, overview, is_study
    return save(text, "title", "overview", "is_study", by=by, reason=reason)


@transaction.atomic
def add_item(
    *, policy: Policy, title: str, overview: str, is_study: bool, by: Any, reason: str
) -> FocusItemText:
    """Add an item at the end of a policy of a draft, with a code that was never used before (FocusItem).

    Raises DraftRefused, also where the policy is gone, and TitleTaken where it already has an item of this title.
    """
    draft = locked_draft(policy.edition)
    policy = standing(policy, draft)
    twin = policy.item_texts.filter(title=title).first()
    if twin is not None:
        raise TitleTaken(f"同じ名称の重点項目（{twin.place}）が、この取組方針にすでにあります。")
    codes = FocusItem.objects.filter(plan_id=draft.plan_id, code__startswith=f"{policy.code}-")
    used = [_last_number(code) for code in codes.values_list("code", flat=True)]
    placed = policy.item_texts.values_list("number", flat=True)
    number = max([0, *used, *placed]) + 1
    focus_item = FocusItem.objects.create(plan_id=draft.plan_id, code=f"{policy.code}-{number}")
    text = FocusItemText(
        edition=draft,
        focus_item=focus_item,
        policy=policy,
        number=number,
        title=title,
        overview=overview,
        is_study=is_study,
    )
    explain(text, by=by, reason=reason)
    text.save()
    return text


def _last_number(code: str) -> int:
    last = code.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


@transaction.atomic
def remove_item(*, text: FocusItemText, opened_version: int, by: Any, reason: str) -> FocusItem:
    """Take an item out of a draft; its identity, code and records stay.

    What had gone over into it ends with it; what was split off it goes on, and is known to come from it or, where the
    base does not have it, from what it came from itself. Raises EditConflict, DraftRefused.
    """
    text = current(text, opened_version)
    item, own = text.focus_item, text.edition.descents
    for later in own.filter(before=item):
        for earlier in own.filter(after=item).exclude(before=later.after):
            known = {"kind": earlier.kind}
            own.get_or_create(before=earlier.before, after=later.after, defaults=known)
    own.filter(after=item).delete()
    base = text.edition.base
    if base is None or not base.item_texts.filter(focus_item=item).exists():
        own.filter(before=item).delete()
    remove(text, by=by, reason=reason)
    return item


@transaction.atomic
def restore_item(*, draft: Edition, focus_item: FocusItem, by: Any, reason: str) -> FocusItemText:
    """Put an item that a draft had dropped back: as its base words it, else as the draft last did.

    It takes its old place or, where that is taken by now, the last one of the policy. Raises DraftRefused, also where
    the policy it stood in is gone.
    """
    draft = locked_draft(draft)
    if draft.item_texts.filter(focus_item=focus_item).exists():
        raise DraftRefused(f"{focus_item.code} はすでに案にあります。")
    old = dropped_wording(draft, focus_item)
    if old is None:
        raise DraftRefused(f"{focus_item.code} はもとの版にありません。")
    policy = draft.policies.filter(key=old.policy.key).first()
    if policy is None:
        raise DraftRefused(
            f"{focus_item.code} があった取組方針{quoted(old.policy.name)}が案にありません。"
            "先に、取組方針を戻してください。"
        )
    draft.descents.filter(before=focus_item, kind=Fate.MERGED).delete()
    taken = set(policy.item_texts.values_list("number", flat=True))
    text = FocusItemText(
        edition=draft,
        focus_item=focus_item,
        policy=policy,
        number=old.number if old.number not in taken else max(taken) + 1,
        title=old.title,
        overview=old.overview,
        is_study=old.is_study,
        version=old.version + 1,
    )
    explain(text, by=by, reason=reason)
    text.save()
    return text
