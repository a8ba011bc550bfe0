"""Under which numbers editions print the items; their lasting codes may differ."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Edition, FocusItemText


@dataclass(frozen=True)
class PrintedItem:
    """An item in a line, as an edition prints it: its lasting code, its number there and its title."""

    focus_item_id: int
    code: str
    place: str
    title: str

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("item_detail", args=[self.code])


def printed_items(edition: Edition) -> list[PrintedItem]:
    """Return the items of an edition in the order of the plan, in one query."""
    rows = FocusItemText.objects.filter(edition=edition.pk).values_list(
        "focus_item_id",
        "focus_item__code",
        "policy__axis__number",
        "policy__letter",
        "number",
        "title",
    )
    return [
        PrintedItem(item, code, f"{axis}-{letter}-{number}", title)
        for item, code, axis, letter, number, title in rows
    ]


_PRINTED = re.compile(r"([0-9]{1,4})-([A-Z])-([0-9]{1,4})")


def printed_under(number: str, editions: Collection[Edition]) -> list[FocusItemText]:
    """Return the items that editions print under a number (1-A-3), the newest edition first; their codes may differ."""
    found = _PRINTED.fullmatch(number)
    if found is None:
        return []
    axis, letter, last = found.groups()
    texts = FocusItemText.objects.filter(
        edition__in=editions, policy__axis__number=axis, policy__letter=letter, number=last
    ).select_related("edition__plan", "policy__axis", "focus_item")
    return sorted(texts, key=lambda text: text.edition, reverse=True)
