"""The heads of the columns by which a list is sorted."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SortHead:
    """A column by which a list can be sorted: `wanted` is the order its link asks for."""

    label: str
    wanted: str
    aria: str


def sort_heads(sorts: Mapping[str, str], order: str) -> dict[str, SortHead]:
    """Return the head of each column; a list that is sorted by one is turned round by its link."""
    heads = {}
    for key, label in sorts.items():
        aria = {key: "ascending", f"-{key}": "descending"}.get(order, "none")
        heads[key] = SortHead(label, f"-{key}" if order == key else key, aria)
    return heads
