"""Where things stand in a draft: moving items and closing the gaps that ended ones leave."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from kirishima_dx.quoting import quoted
from plans.actions.drafting.turns import current, locked_draft, save, standing
from plans.errors import DraftRefused
from plans.models import FocusItemText, Policy

OUT_OF_THE_WAY = 10_000
"""Added to numbers while they change hands, as no two may be equal at any moment."""


def numbers_in_order(numbers: Sequence[int | None]) -> list[int]:
    """Return rising numbers for things in the order wanted; None stands for one that comes in between.

    A number stays unless one before it needs it: then it moves up by as little as possible, and gaps stay gaps.
    """
    given: list[int] = []
    for number in numbers:
        next_free = given[-1] + 1 if given else 1
        given.append(next_free if number is None else max(number, next_free))
    return given


@transaction.atomic
def move_item(
    *,
    text: FocusItemText,
    policy: Policy,
    after: FocusItemText | None,
    opened_version: int,
    by: Any,
    reason: str,
) -> list[FocusItemText]:
    """Put an item behind another one of a policy, or first; return all items whose place changed, it before others.

    Within its policy the items change places; coming from another policy it takes the next number, and those in its
    way move up. Raises EditConflict, DraftRefused where policy or neighbour are gone.
    """
    text = current(text, opened_version)
    policy = standing(policy, text.edition)
    others = list(policy.item_texts.exclude(pk=text.pk).order_by("number"))
    behind = _position_behind(after, others)
    order = [*others[:behind], text, *others[behind:]]
    if text.policy_id == policy.pk:
        numbers = sorted(other.number for other in order)
    else:
        numbers = numbers_in_order([t.number if t is not text else None for t in order])
    has_moved = text.policy_id != policy.pk
    text.policy = policy
    placed = _place(zip(order, numbers, strict=True), moved=text if has_moved else None)
    changed = [t for t in placed if t is not text]
    for one in placed:
        save(one, "policy", "number", by=by, reason=reason)
    return [text, *changed] if text in placed else changed


@transaction.atomic
def close_gaps(*, policy: Policy, by: Any, reason: str) -> list[FocusItemText]:
    """Number the items of a policy from 1 without gaps; return those whose number changed. Raises DraftRefused."""
    policy = standing(policy, locked_draft(policy.edition))
    texts = policy.item_texts.order_by("number")
    placed = _place(((text, number) for number, text in enumerate(texts, start=1)), moved=None)
    return [save(text, "number", by=by, reason=reason) for text in placed]


def _position_behind(after: FocusItemText | None, others: list[FocusItemText]) -> int:
    if after is None:
        return 0
    for position, other in enumerate(others, start=1):
        if other.pk == after.pk:
            return position
    raise DraftRefused(
        f"{quoted(after.title)}は、この取組方針にもうありません。置く場所を選び直してください。"
    )


def _place(
    wanted: Iterable[tuple[FocusItemText, int]], *, moved: FocusItemText | None
) -> list[FocusItemText]:
    """Hand out numbers, without saving them; return those that get another place, their old numbers out of the way."""
    changed = []
    for text, number in wanted:
        if text.number != number or text is moved:
            text.number = number
            changed.append(text)
    rows = FocusItemText.objects.filter(pk__in=[text.pk for text in changed])
    rows.update(number=F("number") + OUT_OF_THE_WAY)
    return changed
