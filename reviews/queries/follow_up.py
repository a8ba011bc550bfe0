"""What came of decisions: who answers for them today, one decision whole, and the way from an item to them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from people.models import Department
from people.queries import Heirs
from plans.models import FocusItem
from plans.queries import latest_titles
from reviews.enums import (
    AWAITING,
    FOLLOW_UPS,
    NOT_OWED,
    STUDY_OUTCOMES,
    DecisionState,
    FollowUpStep,
    state_after,
)
from reviews.models import AgendaItem, AnnualReport, Decision, FollowUp, SealedRow
from reviews.queries.decisions import AWAITED, NONE, ONLY, DecisionRow, rows_of
from reviews.querysets import DecisionQuerySet
from rounds.models import Answer

OVERDUE = "overdue"


class Answering:
    """Knows which departments answer on a day for decisions: the one named, or those that took over from it."""

    def __init__(self, decisions: Iterable[Decision], at: date) -> None:
        """Read who answers for all these decisions in three queries."""
        heirs = Heirs(at)
        owners = {one.owner_id for one in decisions if one.owner_id is not None}
        self._heirs = {owner: heirs.of(owner) for owner in owners}
        self._departments = Department.objects.in_bulk(
            {one for found in self._heirs.values() for one in found}
        )

    def of(self, decision: Decision) -> list[Department]:
        """Return who answers for a decision, in the order of the city's list; nobody where none took over."""
        keys = self._heirs.get(decision.owner_id or 0, set())
        found = [self._departments[key] for key in keys]
        return sorted(found, key=lambda department: department.place_order)


@dataclass
class FollowedUp:
    """A decision with what came of it, and who answers for it today."""

    row: DecisionRow
    answering: list[Department]

    @property
    def decision(self) -> Decision:
        return self.row.decision

    @property
    def answering_names(self) -> str:
        return "、".join(department.name for department in self.answering)

    @property
    def is_passed_on(self) -> bool:
        """Whether today's name is another than the one it was decided under."""
        return self.decision.is_owed and self.answering_names != self.decision.owner_name

    @property
    def is_orphaned(self) -> bool:
        """Whether the department that owes the answer ended and nobody took over from it."""
        return self.decision.is_owed and not self.answering


def followed_up(rows: Collection[DecisionRow], at: date) -> list[FollowedUp]:
    """Add to decisions who answers for them today, in three queries."""
    answering = Answering((row.decision for row in rows), at)
    return [FollowedUp(row, answering.of(row.decision)) for row in rows]


@dataclass(frozen=True)
class Tally:
    """How many decisions of a list stand somewhere; `key` and `value` are what the filter calls it."""

    key: str
    value: str
    label: str
    count: int


def decision_tallies(decisions: DecisionQuerySet, at: date) -> list[Tally]:
    """Count decisions, given with their last step, by how far they are; the overdue ones and those that wait for an
    edition once more. Two queries."""
    counts: Counter[str] = Counter()
    kept = decisions.values_list("owner", "last_step", "due_on")  # type: ignore[misc]  # Annotated.
    for owner, step, due_on in kept:
        state: str = state_after(step)
        state = state if owner is not None or state == DecisionState.CLOSED else ""
        counts[state] += 1
        if state == DecisionState.OPEN and due_on is not None and due_on < at:
            counts[OVERDUE] += 1
    return [
        Tally(OVERDUE, ONLY, "期限を過ぎたもの", counts[OVERDUE]),
        *(Tally("state", state, label, counts[state]) for state, label in DecisionState.choices),
        Tally("state", NONE, NOT_OWED, counts[""]),
        Tally("revision", AWAITED, AWAITING, decisions.awaiting_revision().count()),
    ]


@dataclass(frozen=True)
class NamedItem:
    """A focus item under the title that the newest edition in which it stands gives it."""

    focus_item: FocusItem
    title: str


@dataclass
class DecisionPage:
    """One decision: where it comes from, whom it concerns, how it was followed up and where that was reported."""

    told: FollowedUp
    items: list[NamedItem]
    reports: list[AnnualReport]

    @property
    def decision(self) -> Decision:
        return self.told.decision

    @property
    def row(self) -> DecisionRow:
        return self.told.row

    @property
    def step_count(self) -> int:
        """Return how many steps there are, for a form to be opened on (G4)."""
        return self.row.steps[-1].number if self.row.steps else 0

    @property
    def state(self) -> DecisionState:
        """Return how far it is; one that nobody owes stays open."""
        return self.row.state or DecisionState.OPEN

    @property
    def takes_answers(self) -> bool:
        """Whether a report is what comes next, or may be added."""
        return self.decision.is_owed and self.state in FOLLOW_UPS[FollowUpStep.ANSWERED][0]

    @property
    def awaits_settlement(self) -> bool:
        """Whether closing or opening it again is what comes next: not where nobody owes it and an edition did it."""
        return self.decision.is_owed or self.row.awaits_revision or self.row.settlement is not None

    @property
    def can_be_changed(self) -> bool:
        """Whether its words may still be put right: until the record closes, before anybody answered to it, and before
        an edition came into force that made something of it."""
        touched = self.row.steps or self.row.outcomes
        return not self.decision.meeting.is_closed and not touched

    def steps_after(self, number: int) -> list[FollowUp]:
        """Return what was done since there were so many steps."""
        return [step for step in self.row.steps if step.number > number]

    @property
    def answer(self) -> Answer | None:
        """Return the answer of a round whose 課題 was put before the sitting."""
        entry = self.decision.agenda_item.entry
        return entry.answer if entry else None


def decision_page(decision: Decision, at: date) -> DecisionPage:
    """Gather one decision, in as many queries whatever came of it."""
    found = Decision.objects.filter(pk=decision.pk).select_related(
        "agenda_item__report",
        "agenda_item__entry__answer__round",
        "agenda_item__focus_item",
        "agenda_item__edition",
    )
    (row,) = rows_of(found, at)
    (told,) = followed_up([row], at)
    return DecisionPage(told, _named_items(row.decision), _reports_telling_of(row.decision))


def _named_items(decision: Decision) -> list[NamedItem]:
    items = sorted(decision.focus_items.all(), key=lambda item: item.code)
    titles = latest_titles(items)
    return [NamedItem(item, titles.get(item.pk, "")) for item in items]


def _reports_telling_of(decision: Decision) -> list[AnnualReport]:
    """Return the sealed reports in whose 決定事項の対応状況 the decision stands, by its number and its sitting."""
    rows = SealedRow.objects.filter(
        table__key="decisions", cells__0=decision.code, cells__1=decision.meeting.title
    )
    told = AnnualReport.objects.filter(plan=decision.meeting.plan_id, pk__in=rows.values("report"))
    return list(told.order_by("fiscal_year", "number"))


@dataclass
class ItemFollowUp:
    """What the DX推進本部 had before it and decided about an item, newest first."""

    decisions: list[FollowedUp]
    agenda: list[AgendaItem]

    @property
    def is_empty(self) -> bool:
        return not self.decisions and not self.agenda


def item_follow_up(focus_item: FocusItem, at: date) -> ItemFollowUp:
    agenda = AgendaItem.objects.filter(focus_item=focus_item).select_related("meeting")
    rows = rows_of(Decision.objects.about(focus_item), at)
    in_order = agenda.order_by("-meeting__held_on", "-meeting", "position")
    return ItemFollowUp(followed_up(rows, at), list(in_order))


def unsettled_about(focus_item: FocusItem, at: date) -> list[FollowedUp]:
    """Return the decisions about an item that were not closed yet."""
    decisions = Decision.objects.about(focus_item).with_last_step().unsettled()
    return followed_up(rows_of(decisions, at), at)


def study_outcomes(items: Iterable[FocusItem], at: date) -> dict[int, list[DecisionRow]]:
    """Return what the DX推進本部 decided on the study of items, newest first, by the key of the item."""
    keys = {item.pk for item in items}
    decisions = Decision.objects.filter(kind__in=STUDY_OUTCOMES, focus_items__in=keys).distinct()
    outcomes: dict[int, list[DecisionRow]] = defaultdict(list)
    for row in rows_of(decisions, at):
        for item in row.decision.focus_items.all():
            if item.pk in keys:
                outcomes[item.pk].append(row)
    return outcomes
