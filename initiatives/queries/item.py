"""One focus item, whole: what is promised, where it stands, how it came there."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from initiatives.enums import ResponsibilityKind
from initiatives.models import Initiative, Responsibility
from initiatives.queries.entries import EntryStory, FieldChange, entry_stories, statements_of
from initiatives.queries.states import ItemState, as_known
from kirishima_dx.moment import Moment
from kirishima_dx.text_diff import diff
from people.models import Department
from plans.models import FocusItem, FocusItemText, ItemFate
from plans.queries import WordingReason, wording_reasons
from plans.shelf import EditionShelf, ShelvedEdition


@dataclass
class Wording:
    """What one edition says of the item, and what it changed against the edition before."""

    text: FocusItemText
    shelved: ShelvedEdition
    changes: list[FieldChange] = field(default_factory=list)
    fates: list[ItemFate] = field(default_factory=list)
    reasons: list[WordingReason] = field(default_factory=list)


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
    """One point in the history of an item: exactly one of story, departments, wording and ended_by is there."""

    day: date
    story: EntryStory | None = None
    departments: DepartmentChange | None = None
    wording: Wording | None = None
    ended_by: ShelvedEdition | None = None
    reasons: list[WordingReason] = field(default_factory=list)


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
    revision: int
    ended_by: ShelvedEdition | None
    successors: list[FocusItem]

    @property
    def is_coming(self) -> bool:
        """Whether the item begins with an edition that has not taken effect yet."""
        return not self.holding.shelved.is_living and self.ended_by is None

    @property
    def text(self) -> FocusItemText:
        """Return the wording that holds: the living edition's, else the last there was."""
        return self.state.text

    @property
    def statements(self) -> list[tuple[str, str]]:
        return statements_of(self.state.entry) if self.state.entry else []

    @property
    def entry_count(self) -> int:
        return sum(happening.story is not None for happening in self.happenings)


def readable_wordings(focus_item: FocusItem, shelf: EditionShelf, *, drafts: bool) -> list[Wording]:
    """Return what each edition on the shelf says of an item, newest first; drafts only where they may be read."""
    shelved = {one.edition.pk: one for one in shelf.editions}
    known = [text for text in _item_texts(focus_item) if text.edition_id in shelved]
    wordings = [Wording(text, shelved[text.edition_id]) for text in known]
    wordings = [wording for wording in wordings if drafts or wording.shelved.is_public]
    for newer, older in pairwise(wordings):
        newer.changes = text_changes(older.text, newer.text)
    return wordings


def _item_texts(focus_item: FocusItem) -> list[FocusItemText]:
    """Return what every edition says of an item, newest edition first."""
    return list(
        focus_item.texts.select_related("edition", "policy__axis", "focus_item").order_by(
            "-edition__major", "-edition__minor"
        )
    )


def text_changes(old: FocusItemText, new: FocusItemText) -> list[FieldChange]:
    """Return in what two wordings of an item differ, marked word by word."""
    sides = {
        "番号": (old.place, new.place),
        "取組方針": (old.policy.name, new.policy.name),
        "重点項目": (old.title, new.title),
        "取組の概要": (old.overview, new.overview),
        "★検討項目": tuple("あり" if text.is_study else "なし" for text in (old, new)),
    }
    return [FieldChange(label, diff(*pair)) for label, pair in sides.items() if pair[0] != pair[1]]


def item_page(
    focus_item: FocusItem, wordings: list[Wording], shelf: EditionShelf, moment: Moment
) -> ItemPage:
    """Gather one item in five queries, however long its history; wordings as readable_wordings."""
    holding, ended_by, at = holding_wording(wordings), _ended_by(wordings, shelf), moment.day
    stories, held = entry_stories(focus_item, moment), _responsibilities(focus_item, moment)
    reasons = wording_reasons(focus_item)
    for wording in wordings:
        wording.reasons = reasons[wording.text.edition_id]
    ended_because = reasons[ended_by.edition.pk] if ended_by else []
    return ItemPage(
        focus_item=focus_item,
        at=at,
        wordings=wordings,
        holding=holding,
        state=_state(holding.text, stories, held, at),
        responsible=[r for r in held if _holds(r, at)],
        coming=[r for r in held if r.valid_from > at and _counted(r)],
        happenings=_happenings(stories, held, wordings, ended_by, ended_because),
        revision=Initiative.objects.revision_of(focus_item),
        ended_by=ended_by,
        successors=_add_fates(wordings, focus_item, shelf),
    )


def _published(wordings: list[Wording]) -> list[Wording]:
    return [wording for wording in wordings if wording.shelved.is_public]


def holding_wording(wordings: list[Wording]) -> Wording:
    """Return the living edition's wording, else the newest that is published, else the draft's."""
    published = _published(wordings)
    return next((w for w in published if w.shelved.is_living), (published or wordings)[0])


def _ended_by(wordings: list[Wording], shelf: EditionShelf) -> ShelvedEdition | None:
    """Return the edition that left the item out: the first after its last wording, once in effect."""
    published = _published(wordings)
    if not published or any(wording.shelved.is_living for wording in published):
        return None
    last = published[0].text.edition
    later = (one for one in reversed(shelf.editions) if one.is_public and one.has_taken_effect)
    return next((one for one in later if one.edition > last), None)


def _add_fates(
    wordings: list[Wording], focus_item: FocusItem, shelf: EditionShelf
) -> list[FocusItem]:
    """Put into each wording how the item came into its edition; return the items it went over to."""
    joined = Q(before=focus_item) | Q(after=focus_item)
    known = [shelved.edition.pk for shelved in shelf.editions]
    fates = list(
        ItemFate.objects.filter(joined, edition__in=known).select_related("before", "after")
    )
    for wording in wordings:
        edition = wording.text.edition_id
        wording.fates = [f for f in fates if f.edition_id == edition and f.after == focus_item]
    passed_on = [f.after for f in fates if f.before == focus_item and f.after != focus_item]
    return [item for item in passed_on if item is not None]


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
    """Return the history, newest first; on one day, first what was said, then who, then the plan."""
    changes: dict[date, DepartmentChange] = {}
    for responsibility in filter(_counted, responsibilities):
        begin = changes.setdefault(responsibility.valid_from, DepartmentChange())
        begin.began.append(responsibility)
        if responsibility.valid_until is not None:
            day = responsibility.valid_until + timedelta(days=1)
            changes.setdefault(day, DepartmentChange()).ended.append(responsibility)
    happenings = [Happening(story.entry.as_of, story=story) for story in stories]
    happenings += [Happening(day, departments=change) for day, change in changes.items()]
    happenings += [
        Happening(wording.text.edition.effective_from, wording=wording)
        for wording in _published(wordings)
        if wording.text.edition.effective_from
    ]
    if ended_by and ended_by.edition.effective_from:
        day = ended_by.edition.effective_from
        happenings.append(Happening(day, ended_by=ended_by, reasons=ended_because))
    return sorted(happenings, key=lambda happening: happening.day, reverse=True)


def neighbours(text: FocusItemText) -> dict[str, FocusItemText | None]:
    """Return the items before and after one in its edition, in two queries."""
    texts = FocusItemText.objects.filter(edition=text.edition_id)  # In the order of the plan.
    keys = list(texts.values_list("pk", flat=True))
    place = keys.index(text.pk)
    around = {"before": keys[:place][-1:], "after": keys[place + 1 : place + 2]}
    wanted = [key for side in around.values() for key in side]
    found = texts.select_related("policy__axis", "focus_item").in_bulk(wanted)
    return {side: found.get(key[0]) if key else None for side, key in around.items()}
