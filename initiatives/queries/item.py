"""One focus item, whole: what is promised, where it stands, how it came there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from initiatives.enums import ResponsibilityKind
from initiatives.models import ProgressEntry, Responsibility
from initiatives.queries.departures import Departure
from initiatives.queries.entries import EntryStory, entry_stories, statements_of
from initiatives.queries.states import ItemState, as_known
from initiatives.queries.wordings import (
    Ancestor,
    Kinship,
    Wording,
    holding_wording,
    published,
)
from kirishima_dx.days import day_after
from kirishima_dx.moment import Moment
from people.models import Department
from plans.ancestry import lineage_of
from plans.comparison.items import Kin
from plans.models import FocusItem, FocusItemText, ItemFate
from plans.printed import PrintedItem, printed_items
from plans.queries import WordingReason, wording_reasons
from plans.recalls import kept_fates
from plans.shelf import EditionShelf, ShelvedEdition


@dataclass
class DepartmentChange:
    """Who began and who ceased to be responsible on a day."""

    began: list[Responsibility] = field(default_factory=list)
    ended: list[Responsibility] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(r.reason for r in self.began if r.reason))

    @property
    def assigned_by(self) -> str:
        return self.began[0].assigned_by.display_name if self.began else ""


@dataclass
class Happening:
    """One point in the history of an item: exactly one of story, departments, wording and ended_by is there.

    `of` is the last wording of another item, which went over into this one, where it tells of that.
    """

    day: date
    story: EntryStory | None = None
    departments: DepartmentChange | None = None
    wording: Wording | None = None
    ended_by: ShelvedEdition | None = None
    reasons: list[WordingReason] = field(default_factory=list)
    of: FocusItemText | None = None


@dataclass
class ItemPage:
    """Everything that the page of an item shows, as of the day `at`."""

    focus_item: FocusItem
    at: date
    wordings: list[Wording]
    holding: Wording
    state: ItemState
    responsible: list[Responsibility]
    coming: list[Responsibility]
    happenings: list[Happening]
    ended_by: ShelvedEdition | None
    successors: list[Kin]

    @property
    def ending(self) -> list[Responsibility]:
        """Return what holds and is planned to end."""
        return [one for one in self.responsible if one.valid_until is not None]

    @property
    def is_coming(self) -> bool:
        """Whether the item begins with an edition that has not taken effect yet."""
        return not self.holding.shelved.is_living and self.ended_by is None

    @property
    def left(self) -> Departure | None:
        """Return how an item that is not in the plan any more left it."""
        return Departure(self.ended_by.edition, self.successors) if self.ended_by else None

    @property
    def text(self) -> FocusItemText:
        """Return the wording that holds: the living edition's, else the last there was."""
        return self.state.text

    @property
    def texts(self) -> list[FocusItemText]:
        return [one.text for one in self.wordings]

    @property
    def has_story(self) -> bool:
        """Whether the item differs from edition to edition, so that there is something to tell of why (経緯)."""
        differing = (one.changes or one.came_from or one.went_into for one in self.wordings)
        came_later = self.wordings[-1].text.edition.base_id is not None
        return came_later or self.ended_by is not None or any(differing)

    @property
    def statements(self) -> list[tuple[str, str]]:
        return statements_of(self.state.entry) if self.state.entry else []

    @property
    def entry_count(self) -> int:
        return sum(one.story is not None and one.of is None for one in self.happenings)

    @property
    def entries(self) -> list[ProgressEntry]:
        """Return the entries that the history tells, those of other items that went over into this one too."""
        return [one.story.entry for one in self.happenings if one.story is not None]


def item_page(
    focus_item: FocusItem, wordings: list[Wording], shelf: EditionShelf, moment: Moment
) -> ItemPage:
    """Gather one item in four queries, however long its history, in one more where it came from others or went over
    into others; wordings as readable_wordings."""
    holding, ended_by, at = holding_wording(wordings), _ended_by(wordings, shelf), moment.day
    lineage = lineage_of(focus_item, (one.edition for one in shelf.editions))
    kinship = Kinship(focus_item, shelf, lineage)
    held = _responsibilities(focus_item, moment)
    ancestors = kinship.ancestors
    told = entry_stories({focus_item.pk, *ancestors}, moment)
    stories = told.get(focus_item.pk, [])
    reasons = _known_reasons(focus_item, moment)
    for wording in wordings:
        wording.reasons = reasons[wording.text.edition_id]
    _add_fates(wordings, focus_item, lineage.fates)
    kinship.add_to(wordings)
    ended_because = reasons[ended_by.edition.pk] if ended_by else []
    happenings = [
        *_happenings(stories, held, wordings, ended_by, ended_because),
        *_of_ancestors(ancestors, told),
    ]
    return ItemPage(
        focus_item=focus_item,
        at=at,
        wordings=wordings,
        holding=holding,
        state=_state(holding.text, stories, held, at),
        responsible=[r for r in held if _holds(r, at)],
        coming=[r for r in held if r.valid_from > at and _counted(r)],
        happenings=sorted(happenings, key=lambda happening: happening.day, reverse=True),
        ended_by=ended_by,
        successors=list(kinship.went_into(ended_by.edition)) if ended_by else [],
    )


def _of_ancestors(
    ancestors: Mapping[int, Ancestor], told: Mapping[int, list[EntryStory]]
) -> Iterator[Happening]:
    """Yield what was said, in entries and by editions, of the items that one came from, until each went over."""
    for item, ancestor in ancestors.items():
        for story in told.get(item, []):
            if story.entry.as_of < ancestor.until:
                yield Happening(story.entry.as_of, story=story, of=ancestor.last)
        for wording in ancestor.wordings:
            day = wording.text.edition.effective_from
            if day is not None:
                yield Happening(day, wording=wording, of=ancestor.last)


def _ended_by(wordings: list[Wording], shelf: EditionShelf) -> ShelvedEdition | None:
    """Return the edition that left the item out: the first after its last wording, once in effect."""
    public = published(wordings)
    if not public or any(wording.shelved.is_living for wording in public):
        return None
    last = public[0].text.edition
    later = (one for one in reversed(shelf.editions) if one.is_public and one.has_taken_effect)
    return next((one for one in later if one.edition > last), None)


def _add_fates(wordings: list[Wording], focus_item: FocusItem, fates: list[ItemFate]) -> None:
    """Put into each wording how the item came into its edition."""
    for wording in wordings:
        edition = wording.text.edition
        if edition.was_called_off:
            wording.fates = kept_fates(edition, focus_item)
        else:
            wording.fates = [fate for fate in fates if fate.edition_id == edition.pk]


def _known_reasons(focus_item: FocusItem, moment: Moment) -> dict[int, list[WordingReason]]:
    """Return why the wording was changed, by edition: what was known, for a text may be a draft again since."""
    reasons: dict[int, list[WordingReason]] = defaultdict(list)
    for edition, told in wording_reasons(focus_item).items():
        reasons[edition] = [reason for reason in told if moment.knows(reason.at)]
    return reasons


def _responsibilities(focus_item: FocusItem, moment: Moment) -> list[Responsibility]:
    held = Responsibility.objects.filter(initiative__focus_item=focus_item)
    return list(as_known(held.select_related("assigned_by"), moment))


def _counted(responsibility: Responsibility) -> bool:
    until = responsibility.valid_until
    return until is None or until >= responsibility.valid_from


def _holds(responsibility: Responsibility, at: date) -> bool:
    until = responsibility.valid_until
    return responsibility.valid_from <= at and (until is None or until >= at)


def _state(
    text: FocusItemText, stories: list[EntryStory], held: list[Responsibility], at: date
) -> ItemState:
    standing = (s.entry for s in stories if s.corrected_by is None and s.entry.as_of <= at)
    now: list[tuple[str, Department]] = [(r.kind, r.department) for r in held if _holds(r, at)]
    return ItemState(
        text,
        next(standing, None),
        next((department for kind, department in now if kind == ResponsibilityKind.LEAD), None),
        [department for kind, department in now if kind == ResponsibilityKind.SUPPORTING],
    )


def _happenings(
    stories: list[EntryStory],
    responsibilities: list[Responsibility],
    wordings: list[Wording],
    ended_by: ShelvedEdition | None,
    ended_because: list[WordingReason],
) -> list[Happening]:
    """Return the history of the item itself: on one day, first what was said, then who, then the plan."""
    changes: dict[date, DepartmentChange] = {}
    for responsibility in filter(_counted, responsibilities):
        begin = changes.setdefault(responsibility.valid_from, DepartmentChange())
        begin.began.append(responsibility)
        if responsibility.valid_until is not None:
            day = day_after(responsibility.valid_until)
            changes.setdefault(day, DepartmentChange()).ended.append(responsibility)
    happenings = [Happening(story.entry.as_of, story=story) for story in stories]
    happenings += [Happening(day, departments=change) for day, change in changes.items()]
    happenings += [
        Happening(wording.text.edition.effective_from, wording=wording)
        for wording in published(wordings)
        if wording.text.edition.effective_from
    ]
    if ended_by and ended_by.edition.effective_from:
        day = ended_by.edition.effective_from
        happenings.append(Happening(day, ended_by=ended_by, reasons=ended_because))
    return happenings


def neighbours(text: FocusItemText) -> dict[str, PrintedItem | None]:
    """Return the items before and after one in its edition, in one query; none where that is a draft again since."""
    return around(text, [] if text.edition.was_called_off else printed_items(text.edition))


def around(text: FocusItemText, printed: Sequence[PrintedItem]) -> dict[str, PrintedItem | None]:
    """Return the items before and after one among those that its edition prints; none where it is not among them, or
    where the edition is a draft again since and prints others."""
    items = [one.focus_item_id for one in printed]
    if text.edition.was_called_off or text.focus_item_id not in items:
        return {"before": None, "after": None}
    place = items.index(text.focus_item_id)
    before, after = printed[:place][-1:], printed[place + 1 : place + 2]
    return {"before": next(iter(before), None), "after": next(iter(after), None)}
