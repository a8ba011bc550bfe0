"""What came of decisions, entries, rounds and reports: the texts that the plan words otherwise upon them (rule O3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse

from plans.comparison.parts import part_label
from plans.enums import ADOPTED, EditionStatus
from plans.models import Axis, Edition, FocusItem, FocusItemText, Policy, Section
from plans.places import COVER, lasting_place, locate
from reviews.models import AnnualReport, Decision, Reflection
from reviews.queries.report_ways import ReportRows
from reviews.report.cells import Way
from revisions.models import Amendment
from rounds.models import ReportingRound


@dataclass
class ChangedText:
    """A text that an edition changed, with how it did; `url` leads to its story, empty where it has none."""

    edition: Edition
    name: str
    url: str
    kinds: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        return "、".join(dict.fromkeys(self.kinds))


def changed_upon_decision(decision: Decision) -> list[ChangedText]:
    """Return the texts that were changed by a decision."""
    return _changed(_amendments().filter(decision=decision))


def changed_upon_decisions(
    decisions: Iterable[Decision], focus_item: FocusItem
) -> list[ChangedText]:
    """Return the texts of an item that were changed by any of several decisions."""
    return _changed(_amendments().filter(decision__in=decisions, focus_item=focus_item))


def changed_upon_round(asked: ReportingRound) -> list[ChangedText]:
    """Return the texts that were changed upon the answers of a round: by the round as such, by one of its answers,
    or by a decision on the 課題 of one."""
    upon = Q(round=asked) | Q(entry__answer__round=asked)
    upon |= Q(entry__corrected_by__answer__round=asked)
    return _changed(
        _amendments().filter(upon | Q(decision__agenda_item__entry__answer__round=asked))
    )


def changed_upon_entries(focus_item: FocusItem, *, is_staff: bool) -> dict[int, list[ChangedText]]:
    """Return, by the key of the entry, what was changed upon the entries of an item, or upon a decision on their 課題;
    to the public only what was adopted. In one query where nothing was."""
    own = Q(entry__initiative__focus_item=focus_item)
    put = Q(decision__agenda_item__entry__initiative__focus_item=focus_item)
    # Of most items nothing was changed so, and that is asked for much less than what would be told of it.
    upon = list(Amendment.objects.filter(own | put).order_by().values_list("pk", flat=True))
    if not upon:
        return {}
    found = _amendments().filter(pk__in=upon)
    if not is_staff:
        found = found.filter(edition__status__in=ADOPTED)
    by_entry: dict[int, list[Amendment]] = defaultdict(list)
    for act in found:
        entry = act.entry_id or (act.decision.agenda_item.entry_id if act.decision else None)
        by_entry[entry or 0].append(act)
    names = _Names(act for acts in by_entry.values() for act in acts)
    return {entry: names.told(acts) for entry, acts in by_entry.items()}


def amended_upon_report(report: AnnualReport) -> dict[str, list[Way]]:
    """Return which editions changed items by decisions of sittings that had a report before them, by the number of the
    item in the report, in two queries."""
    upon = Q(decision__agenda_item__report=report) | Q(decision__meeting__report=report)
    ways: dict[int, dict[str, Way]] = defaultdict(dict)
    for act in _amendments().filter(upon, focus_item__isnull=False):
        if act.focus_item:
            label = f"{act.edition.name}での改定"
            url = _story(act.edition, f"items/{act.focus_item.code}")
            ways[act.focus_item.pk].setdefault(label, Way(label, url))
    numbers = ReportRows([report], ways)
    told = {numbers.place(report, item): list(found.values()) for item, found in ways.items()}
    return {place: found for place, found in told.items() if place}


def reflections_in(edition: Edition) -> list[Reflection]:
    """Return which decisions an edition shows, and where: each text of a decision once."""
    acts = list(_amendments().filter(edition=edition, decision__isnull=False))
    names = _Names(acts)
    found: dict[tuple[int | None, int | None, str], Reflection] = {}
    for act in acts:
        if act.decision:
            one = Reflection(act.decision, act.focus_item, act.place, names.of(act))
            found.setdefault((act.decision_id, act.focus_item_id, act.place), one)
    return list(found.values())


def adopted_upon(decision: Decision) -> list[Edition]:
    """Return the editions whose adoption rests on a decision."""
    editions = Edition.objects.filter(adoption_decision__decision=decision)
    return sorted(editions.select_related("plan"))


def _amendments() -> QuerySet[Amendment]:
    """Return the amendments that count, but for those of drafts that were given up, which lead nowhere."""
    kept = Amendment.objects.counting().exclude(edition__status=EditionStatus.ABANDONED)
    kept = kept.select_related("edition", "focus_item", "decision__agenda_item")
    return kept.order_by("edition__major", "edition__minor", "amended_at", "pk")


def _changed(acts: Iterable[Amendment]) -> list[ChangedText]:
    acts = list(acts)
    return _Names(acts).told(acts)


def _parts() -> tuple[QuerySet[Axis], QuerySet[Policy], QuerySet[Section]]:
    return Axis.objects.all(), Policy.objects.select_related("axis"), Section.objects.defer("body")


class _Names:
    """Knows what texts are called in the editions that changed them."""

    def __init__(self, acts: Iterable[Amendment]) -> None:
        """Read what the items, axes, policies and sections are called, in a query each; in none where nothing is
        asked of them."""
        acts = list(acts)
        editions = {act.edition_id for act in acts}
        items = {act.focus_item_id for act in acts if act.focus_item_id}
        texts = FocusItemText.objects.filter(edition__in=editions, focus_item__in=items)
        named = texts.select_related("policy__axis") if items else ()
        self._items = {(text.edition_id, text.focus_item_id): str(text) for text in named}
        keys = {act.place.partition("/")[2] for act in acts if act.place}
        self._parts = {
            (part.edition_id, lasting_place(part)): part_label(part)
            for found in (_parts() if keys else ())
            for part in found.filter(edition__in=editions, key__in=keys)
        }

    def told(self, acts: Iterable[Amendment]) -> list[ChangedText]:
        """Return the texts that were changed, each edition's once, with all kinds of change."""
        found: dict[tuple[int, str], ChangedText] = {}
        for act in acts:
            place = f"items/{act.focus_item.code}" if act.focus_item else act.place
            text = ChangedText(act.edition, self.of(act), _story(act.edition, place))
            told = found.setdefault((act.edition_id, place), text)
            told.kinds.append(act.get_kind_display())
        return list(found.values())

    def of(self, act: Amendment) -> str:
        if act.focus_item:
            return self._items.get((act.edition_id, act.focus_item.pk), act.focus_item.code)
        if act.place == COVER:
            return part_label(act.edition)
        return self._parts.get((act.edition_id, act.place)) or locate(act.place).label


def _story(edition: Edition, place: str) -> str:
    return "" if place == COVER else reverse("edition_why", args=[edition.number, place])
