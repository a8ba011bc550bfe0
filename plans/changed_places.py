"""Which texts of the plan have a story (経緯): those that an edition changed, brought or left out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import MD5, Concat

from plans.comparison.parts import in_order
from plans.models import Axis, Descent, Edition, FocusItemText, Policy, Section

SECTIONS, DESCENTS = "sections", "descents"
_NOTHING: frozenset[str] = frozenset()


@dataclass
class _Texts:
    """What one edition says: of each lasting place a digest of its words, and its sections in their order."""

    digests: dict[str, str] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)

    def changed_against(self, older: "_Texts") -> set[str]:
        places = self.digests.keys() | older.digests.keys()
        changed = {one for one in places if self.digests.get(one) != older.digests.get(one)}
        common = [one for one in self.sections if one in older.digests]
        return changed | (set(common) - in_order(older.sections, common))


def changed_places(editions: Collection[Edition]) -> frozenset[str]:
    """Return the lasting places (items/1-A-3, sections/purpose) of the texts in which editions differ, each from the
    one that it was made from; in one query, in none where there is one edition."""
    before = compared_with(sorted(editions, reverse=True))
    if not before:
        return _NOTHING
    texts: dict[int, _Texts] = defaultdict(_Texts)
    joined: set[str] = set()
    rows = _rows([one.pk for one in editions])
    for group, edition, key, digest, _ in sorted(rows, key=itemgetter(4)):
        if group == DESCENTS:
            joined |= {f"items/{key}", f"items/{digest}"}
            continue
        texts[edition].digests[f"{group}/{key}"] = digest
        if group == SECTIONS:
            texts[edition].sections.append(f"{group}/{key}")
    found = (texts[new].changed_against(texts[old.pk]) for new, old in before.items())
    return frozenset(joined.union(*found))


def compared_with(editions: Sequence[Edition]) -> Mapping[int, Edition]:
    """Return with which edition each is compared: the one it was made from, else the one before it in order.

    They come newest first; the oldest has none.
    """
    known = {edition.pk: edition for edition in editions}
    before: dict[int, Edition] = {}
    for place, edition in enumerate(editions):
        older = editions[place + 1 :]
        if edition.base_id in known:
            before[edition.pk] = known[edition.base_id]
        elif older:
            before[edition.pk] = older[0]
    return before


def _rows(editions: Iterable[int]) -> QuerySet[Any, Any]:
    """Return group, edition, key, digest and order of every text, and which items went over into which others."""

    def texts(
        model: type[Axis | Policy | FocusItemText | Section], group: str, key: str, *words: str
    ) -> QuerySet[Any, Any]:
        parts: list[Any] = [one for word in words for one in (F(word), Value("\x1f"))]
        digest = MD5(Concat(*parts, output_field=CharField()))
        found = model._default_manager.filter(edition__in=editions).order_by()
        order = F("order") if group == SECTIONS else Value(0)
        return found.values_list(Value(group), "edition_id", key, digest, order)

    descents = Descent.objects.filter(edition__in=editions).order_by()
    place = ("policy__axis__number", "policy__letter", "number")
    heading = ("number", "title", "is_supplied")
    return texts(Axis, "axes", "key", "number", "name", "english", "tagline").union(
        texts(Policy, "policies", "key", "axis__key", "letter", "name"),
        texts(FocusItemText, "items", "focus_item__code", *place, "title", "overview", "is_study"),
        texts(Section, SECTIONS, "key", "parent__key", *heading, "body"),
        descents.values_list(
            Value(DESCENTS), "edition_id", "before__code", "after__code", Value(0)
        ),
        all=True,
    )
