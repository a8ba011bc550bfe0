"""Axes, policies and items of both editions as rows of 新旧対照表, by lasting key."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from plans.models import Axis, Policy
from plans.queries import EditionOutline
from revisions.papers.explained import AmendedItem, AmendedPart, Explained
from revisions.papers.ordering import with_ended
from revisions.papers.remarks import Remarks, remarks_of
from revisions.papers.revision import Revision
from revisions.papers.rows import (
    RENUMBERED_ABOVE,
    axis_row,
    item_notes,
    item_rows,
    omitted_row,
    policy_row,
)
from revisions.papers.table import Row, TableWords


class Explaining:
    """The reasons of a revision: which part has which, and how they are told."""

    def __init__(self, revision: Revision) -> None:
        old, new = revision.old.edition, revision.new.edition
        self._parts = {part.change.place: part for part in revision.parts}
        self._spans = new.base_id != old.pk
        self._is_draft = new.is_draft

    def part(self, place: str) -> AmendedPart | None:
        return self._parts.get(place)

    def remarks(self, explained: Explained | None, notes: Sequence[str] = ()) -> Remarks:
        if explained is None:
            return Remarks(notes=tuple(notes))
        return remarks_of(explained, notes, spans=self._spans, is_draft=self._is_draft)


class PlanRows:
    """The axes of both editions with all below them."""

    def __init__(self, revision: Revision, words: TableWords, explaining: Explaining) -> None:
        self.words = words
        self.explaining = explaining
        self.old_axes, self.old_policies = _axes(revision.old), _policies(revision.old)
        self.new_axes, self.new_policies = _axes(revision.new), _policies(revision.new)
        items = {item.code: item for item in revision.items}
        old_items, new_items = _item_codes(revision.old), _item_codes(revision.new)
        standing = {item.focus_item.code for item in revision.new.items}
        self._items = {
            key: [
                items[code] for code in with_ended(old_items[key], new_items[key], stays=standing)
            ]
            for key in (*self.new_policies, *self.old_policies)
        }

    @cached_property
    def differs(self) -> bool:
        return any(self._axis_differs(key) for key in self._axis_keys())

    def rows(self) -> Iterator[Row]:
        for key in self._axis_keys():
            yield from self._axis(key)

    def _axis_keys(self) -> list[str]:
        return with_ended(list(self.old_axes), list(self.new_axes), stays=self.new_axes)

    def _policy_keys(self, axis: str) -> list[str]:
        old = [key for key, policy in self.old_policies.items() if policy.axis.key == axis]
        new = [key for key, policy in self.new_policies.items() if policy.axis.key == axis]
        return with_ended(old, new, stays=self.new_policies)

    def _axis_differs(self, key: str) -> bool:
        own = self.explaining.part(f"axes/{key}") is not None
        return own or any(self._policy_differs(policy) for policy in self._policy_keys(key))

    def _policy_differs(self, key: str) -> bool:
        own = self.explaining.part(f"policies/{key}") is not None
        old, new = self.old_policies.get(key), self.new_policies.get(key)
        renumbered = bool(old and new and old.code != new.code)
        return own or renumbered or any(item.is_changed for item in self._items[key])

    def _axis(self, key: str) -> Iterator[Row]:
        old, new = self.old_axes.get(key), self.new_axes.get(key)
        policies = self._policy_keys(key)
        if not self._axis_differs(key):
            count = sum(len(self._items[policy]) for policy in policies)
            yield omitted_row(_axis_name(new), self.words, f"{count}項目 同一")
            return
        part = self.explaining.part(f"axes/{key}")
        yield axis_row(old, new, self.explaining.remarks(part), self.words)
        for policy in policies:
            yield from self._policy(policy)

    def _policy(self, key: str) -> Iterator[Row]:
        old, new = self.old_policies.get(key), self.new_policies.get(key)
        items = self._items[key]
        if not self._policy_differs(key):
            yield omitted_row(str(new), self.words, f"{len(items)}項目 同一")
            return
        part = self.explaining.part(f"policies/{key}")
        remarks = self.explaining.remarks(part, _policy_notes(part, old, new))
        yield policy_row(old, new, remarks, self.words)
        for is_changed, group in groupby(items, key=lambda item: item.is_changed):
            if is_changed:
                for item in group:
                    remarks = self.explaining.remarks(item, item_notes(item.change))
                    yield from item_rows(item.change, remarks, self.words)
            else:
                yield self._left_out(list(group))

    def _left_out(self, items: Sequence[AmendedItem]) -> Row:
        first, last = items[0].change.either.place, items[-1].change.either.place
        label = first if len(items) == 1 else f"{first}～{last}"
        return omitted_row(label, self.words, f"{len(items)}項目 同一")


def _policy_notes(part: AmendedPart | None, old: Policy | None, new: Policy | None) -> list[str]:
    if not (old and new):
        return []
    if part is not None and part.change.moves:
        return [f"{_axis_name(old.axis)}から{_axis_name(new.axis)}へ移動"]
    if part is None and old.code != new.code:
        return [f"番号の変更（{RENUMBERED_ABOVE}）"]
    return []


def _axis_name(axis: Axis | None) -> str:
    return f"軸{axis.number}　{axis.name}" if axis else ""


def _axes(outline: EditionOutline) -> dict[str, Axis]:
    return {axis.axis.key: axis.axis for axis in outline.axes}


def _policies(outline: EditionOutline) -> dict[str, Policy]:
    return {policy.policy.key: policy.policy for axis in outline.axes for policy in axis.policies}


def _item_codes(outline: EditionOutline) -> dict[str, list[str]]:
    """Return the lasting codes of the items of each policy, in their order."""
    codes: dict[str, list[str]] = defaultdict(list)
    for item in outline.items:
        codes[item.policy.key].append(item.focus_item.code)
    return codes
