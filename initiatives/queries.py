"""Page-shaped reads: text and state side by side."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from initiatives.enums import NO_ANSWER, NO_DEPARTMENT, ResponsibilityKind
from initiatives.models import ProgressEntry, Responsibility
from initiatives.models.progress_entry import STATEMENT_FIELDS
from initiatives.querysets import ResponsibilityQuerySet
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.text_diff import Run, diff, replacement
from people.models import Department
from plans.models import Edition, FocusItem, FocusItemText, Plan, Policy
from plans.queries import AxisOutline, EditionOutline, edition_outline


@dataclass
class ItemState:
    """A focus item as an edition words it, with what holds of it on a day."""

    text: FocusItemText
    entry: ProgressEntry | None = None
    lead: Department | None = None
    supporting: list[Department] = field(default_factory=list)

    @property
    def status_label(self) -> str:
        return self.entry.get_status_display() if self.entry else NO_ANSWER

    @property
    def rating_label(self) -> str:
        return self.entry.get_rating_display() if self.entry else NO_ANSWER

    @property
    def lead_name(self) -> str:
        return self.lead.name if self.lead else NO_DEPARTMENT

    @property
    def supporting_names(self) -> str:
        return "、".join(department.name for department in self.supporting)


@dataclass
class PolicyStates:
    policy: Policy
    items: list[ItemState]


@dataclass
class AxisStates:
    outline: AxisOutline
    policies: list[PolicyStates]

    @property
    def items(self) -> list[ItemState]:
        return [item for policy in self.policies for item in policy.items]

    @property
    def item_count(self) -> int:
        return len(self.items)


@dataclass
class LivingPlan:
    """未来図: an edition whole, with what holds of each item on the day `at`."""

    outline: EditionOutline
    axes: list[AxisStates]
    at: date

    @property
    def items(self) -> list[ItemState]:
        return [item for axis in self.axes for item in axis.items]


def living_plan(plan: Plan, at: date) -> LivingPlan | None:
    """Return the plan as it lives on a day, in six queries whatever its size; None where no edition is loaded."""
    edition = Edition.objects.living(plan, at)
    if edition is None:
        return None
    outline = edition_outline(edition)
    states = iter(item_states(outline.items, at))
    axes = [
        AxisStates(
            axis,
            [
                PolicyStates(policy.policy, [next(states) for _ in policy.items])
                for policy in axis.policies
            ],
        )
        for axis in outline.axes
    ]
    return LivingPlan(outline, axes, at)


def item_states(
    texts: Iterable[FocusItemText], at: date, *, since: date | None = None
) -> list[ItemState]:
    """Return the state of each text's item on a day, in the order given, in two queries.

    `since` leaves out what was said of days before it: then silence in a period shows as silence (G2).
    """
    states = [ItemState(text) for text in texts]
    wanted = {state.text.focus_item_id for state in states}
    entries = {
        entry.initiative.focus_item_id: entry
        for entry in ProgressEntry.objects.current(at, since=since).select_related("initiative")
        if entry.initiative.focus_item_id in wanted
    }
    for state in states:
        state.entry = entries.get(state.text.focus_item_id)
    add_departments(states, Responsibility.objects.valid_on(at))
    return states


def add_departments(states: Iterable[ItemState], responsibilities: ResponsibilityQuerySet) -> None:
    """Put into each state who leads and supports its item, in one query."""
    leads: dict[int, Department] = {}
    supporting: dict[int, list[Department]] = defaultdict(list)
    for responsibility in responsibilities.select_related("department", "initiative").order_by(
        "department__order", "department__code"
    ):
        key = responsibility.initiative.focus_item_id
        if responsibility.kind == ResponsibilityKind.LEAD:
            leads[key] = responsibility.department
        else:
            supporting[key].append(responsibility.department)
    for state in states:
        key = state.text.focus_item_id
        state.lead, state.supporting = leads.get(key), supporting[key]


FIELD_LABELS = {
    name: str(ProgressEntry._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    for name in STATEMENT_FIELDS
}
SHORT_FIELDS = ("status", "step", "rating", "direction")
"""What pages show by chips and steps rather than as prose."""
WHOLE_FIELDS = (*SHORT_FIELDS, "new_due_date")
"""What is marked as a whole where it changed: 概ね順調 → 順調 is another word, not a shorter one."""


def shown_value(entry: ProgressEntry, name: str) -> str:
    """Return a stated value as people read it."""
    display = getattr(entry, f"get_{name}_display", None)
    value = display() if display else getattr(entry, name)
    if value is None:
        return ""
    return wareki_date(value) if isinstance(value, date) else str(value)


def statements_of(entry: ProgressEntry) -> list[tuple[str, str]]:
    """Return what an entry says in prose, label and text, without what it leaves empty."""
    said = [
        (label, shown_value(entry, name))
        for name, label in FIELD_LABELS.items()
        if name not in SHORT_FIELDS
    ]
    return [(label, text) for label, text in said if text]


@dataclass(frozen=True)
class FieldChange:
    """One column that differs between two entries, marked word by word."""

    label: str
    runs: list[Run]


@dataclass
class EntryStory:
    """One entry in an item's history with what it changed against the one before it."""

    entry: ProgressEntry
    changes: list[FieldChange]
    corrected_by: ProgressEntry | None = None

    @property
    def statements(self) -> list[tuple[str, str]]:
        return statements_of(self.entry)


def entry_stories(focus_item: FocusItem) -> list[EntryStory]:
    """Return all entries of an item, newest first; a correction is compared with what it corrects."""
    entries = list(
        ProgressEntry.objects.filter(initiative__focus_item=focus_item)
        .select_related("corrects", "corrected_by")
        .order_by("as_of", "recorded_at", "pk")
    )
    stories: list[EntryStory] = []
    previous: ProgressEntry | None = None
    for entry in entries:
        corrected = getattr(entry, "corrected_by", None)
        stories.append(
            EntryStory(entry, changes_between(entry.corrects or previous, entry), corrected)
        )
        if corrected is None:
            previous = entry
    return stories[::-1]


def changes_between(old: ProgressEntry | None, new: ProgressEntry) -> list[FieldChange]:
    """Return the columns in which two entries differ; for a first entry, nothing."""
    if old is None:
        return []
    changes = []
    for name, label in FIELD_LABELS.items():
        before, after = shown_value(old, name), shown_value(new, name)
        if before != after:
            mark = replacement if name in WHOLE_FIELDS else diff
            changes.append(FieldChange(label, mark(before, after)))
    return changes


def item_texts(focus_item: FocusItem) -> list[FocusItemText]:
    """Return what every edition says of an item, newest edition first."""
    return list(
        focus_item.texts.select_related("edition", "policy__axis", "focus_item").order_by(
            "-edition__major", "-edition__minor"
        )
    )
