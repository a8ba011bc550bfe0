"""Changing the axes and the policies of a draft."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Max

from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from plans.actions.drafting.dropped import dropped_part
from plans.actions.drafting.keys import used_keys
from plans.actions.drafting.placing import OUT_OF_THE_WAY, numbers_in_order
from plans.actions.drafting.turns import current, locked_draft, remove, save, standing
from plans.errors import DraftRefused, TitleTaken
from plans.models import Axis, Edition, Policy

Part = TypeVar("Part", Axis, Policy)


@transaction.atomic
def reword_axis(
    *, axis: Axis, name: str, english: str, tagline: str, opened_version: int, by: Any, reason: str
) -> Axis:
    """Change the words of an axis of a draft. Raises EditConflict, DraftRefused."""
    axis = current(axis, opened_version)
    axis.name, axis.english, axis.tagline = name, english, tagline
    return save(axis, "name", "english", "tagline", by=by, reason=reason)


@transaction.atomic
def reword_policy(
    *, policy: Policy, name: str, opened_version: int, by: Any, reason: str
) -> Policy:
    """Change the name of a policy of a draft. Raises EditConflict, DraftRefused."""
    policy = current(policy, opened_version)
    policy.name = name
    return save(policy, "name", by=by, reason=reason)


@transaction.atomic
def add_axis(
    *, draft: Edition, name: str, english: str, tagline: str, by: Any, reason: str
) -> Axis:
    """Add an axis after the last one of a draft. Raises DraftRefused, TitleTaken where one has this name already."""
    draft = locked_draft(draft)
    twin = draft.axes.filter(name=name).first()
    if twin is not None:
        raise TitleTaken(f"同じ名称の軸（軸{twin.number}）が、すでにあります。")
    number = _next_number(draft)
    axis = Axis(
        edition=draft,
        key=_unused_key(Axis, draft.plan_id, str(number)),
        number=number,
        name=name,
        english=english,
        tagline=tagline,
    )
    explain(axis, by=by, reason=reason)
    axis.save()
    return axis


@transaction.atomic
def add_policy(*, axis: Axis, name: str, by: Any, reason: str) -> Policy:
    """Add a policy after the last one of an axis of a draft.

    Raises DraftRefused, also where the axis is gone, and TitleTaken where one of it has this name already.
    """
    draft = locked_draft(axis.edition)
    axis = standing(axis, draft)
    twin = axis.policies.filter(name=name).first()
    if twin is not None:
        raise TitleTaken(f"同じ名称の取組方針（{twin.code}）が、この軸にすでにあります。")
    letter = _next_letter(axis)
    policy = Policy(
        edition=draft,
        axis=axis,
        key=_unused_key(Policy, draft.plan_id, f"{axis.number}-{letter}"),
        letter=letter,
        name=name,
    )
    explain(policy, by=by, reason=reason)
    policy.save()
    return policy


@transaction.atomic
def remove_axis(*, axis: Axis, opened_version: int, by: Any, reason: str) -> None:
    """Take an empty axis out of a draft. Raises EditConflict, DraftRefused while policies stand in it."""
    axis = current(axis, opened_version)
    if axis.policies.exists():
        raise DraftRefused(
            f"軸{axis.number}に取組方針があります。先に、ほかの軸に移すか、終了にしてください。"
        )
    remove(axis, by=by, reason=reason)


@transaction.atomic
def remove_policy(*, policy: Policy, opened_version: int, by: Any, reason: str) -> None:
    """Take an empty policy out of a draft. Raises EditConflict, DraftRefused while items stand in it."""
    policy = current(policy, opened_version)
    if policy.item_texts.exists():
        raise DraftRefused(
            f"取組方針 {policy.code} に重点項目があります。先に、ほかの取組方針に移すか、終了にしてください。"
        )
    remove(policy, by=by, reason=reason)


@transaction.atomic
def restore_axis(*, draft: Edition, key: str, by: Any, reason: str) -> Axis:
    """Put an axis that a draft had dropped back, as its base words it, with its old number or, where that is taken by
    now, as the last one. Raises DraftRefused."""
    draft = locked_draft(draft)
    old = dropped_part(Axis, draft, key)
    taken = draft.axes.filter(number=old.number).exists()
    axis = Axis(
        edition=draft,
        key=key,
        number=_next_number(draft) if taken else old.number,
        name=old.name,
        english=old.english,
        tagline=old.tagline,
        version=old.version,
    )
    explain(axis, by=by, reason=reason)
    axis.save()
    return axis


@transaction.atomic
def restore_policy(*, draft: Edition, key: str, by: Any, reason: str) -> Policy:
    """Put a policy that a draft had dropped back into the axis where its base has it, as its base words it, with its
    old letter or, where that is taken by now, as the last one.

    Raises DraftRefused, also where that axis is gone or has no letter left.
    """
    draft = locked_draft(draft)
    old = dropped_part(Policy, draft, key)
    axis = draft.axes.filter(key=old.axis.key).first()
    if axis is None:
        raise DraftRefused(
            f"取組方針 {old.code} があった軸{old.axis.number}が案にありません。先に、軸を戻してください。"
        )
    taken = axis.policies.filter(letter=old.letter).exists()
    policy = Policy(
        edition=draft,
        axis=axis,
        key=key,
        letter=_next_letter(axis) if taken else old.letter,
        name=old.name,
        version=old.version,
    )
    explain(policy, by=by, reason=reason)
    policy.save()
    return policy


@transaction.atomic
def move_axis(
    *, axis: Axis, after: Axis | None, opened_version: int, by: Any, reason: str
) -> list[Axis]:
    """Put an axis behind another one, or first; return all whose number changed, it before others.

    Raises EditConflict, DraftRefused.
    """
    axis = current(axis, opened_version)
    others = list(axis.edition.axes.exclude(pk=axis.pk).order_by("number"))
    order = _with(axis, others, after)
    numbers = sorted(one.number for one in order)
    changed = [one for one, number in zip(order, numbers, strict=True) if one.number != number]
    Axis.objects.filter(pk__in=[one.pk for one in changed]).update(
        number=F("number") + OUT_OF_THE_WAY
    )
    for one, number in zip(order, numbers, strict=True):
        one.number = number
    for one in changed:
        save(one, "number", by=by, reason=reason)
    return sorted(changed, key=lambda one: one is not axis)


@transaction.atomic
def move_policy(
    *, policy: Policy, axis: Axis, after: Policy | None, opened_version: int, by: Any, reason: str
) -> list[Policy]:
    """Put a policy behind another one of an axis, or first, its items with it; return all whose letter or axis
    changed, it before others.

    Raises EditConflict, DraftRefused, also where the axis is gone or has no letter left.
    """
    policy = current(policy, opened_version)
    axis = standing(axis, policy.edition)
    others = list(axis.policies.exclude(pk=policy.pk).order_by("letter"))
    order = _with(policy, others, after)
    comes = policy.axis_id != axis.pk
    if comes:
        places = numbers_in_order([_place(p) if p is not policy else None for p in order])
    else:
        places = sorted(_place(one) for one in order)
    letters = [_letter(place) for place in places]
    changed = [
        one
        for one, letter in zip(order, letters, strict=True)
        if one.letter != letter or (comes and one is policy)
    ]
    for one in changed:  # Small letters are nobody's for good.
        Policy.objects.filter(pk=one.pk).update(letter=one.letter.lower())
    for one, letter in zip(order, letters, strict=True):
        one.axis, one.letter = axis, letter
    for one in changed:
        save(one, "axis", "letter", by=by, reason=reason)
    return sorted(changed, key=lambda one: one is not policy)


def _with(part: Part, others: Sequence[Part], after: Part | None) -> list[Part]:
    """Return the others with `part` behind `after`, or first."""
    keys = [other.pk for other in others]
    if after is not None and after.pk not in keys:
        raise DraftRefused(
            f"{quoted(after.name)}は、そこにもうありません。置く場所を選び直してください。"
        )
    behind = keys.index(after.pk) + 1 if after is not None else 0
    order = list(others)
    order.insert(behind, part)
    return order


def _next_number(draft: Edition) -> int:
    return (draft.axes.aggregate(last=Max("number"))["last"] or 0) + 1


def _next_letter(axis: Axis) -> str:
    """Return the letter behind the last one of an axis. Raises DraftRefused where there is none."""
    return _letter(max((_place(policy) for policy in axis.policies.all()), default=0) + 1)


def _place(policy: Policy) -> int:
    return ascii_uppercase.index(policy.letter) + 1


def _letter(place: int) -> str:
    if place > len(ascii_uppercase):
        raise DraftRefused("取組方針は、一つの軸に26件（A～Z）までです。")
    return ascii_uppercase[place - 1]


def _unused_key(kind: type[Part], plan: int, wanted: str) -> str:
    """Return a key that no edition of the plan ever used, as wanted or with a number behind it."""
    used, key, count = used_keys(kind, plan), wanted, 1
    while key in used:
        count += 1
        key = f"{wanted}-{count}"
    return key
