"""The meetings of the DX推進本部: how far they are, and one with its agenda, what was said and what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.db.models.enums import TextChoices

from plans.models import Edition, FocusItemText, Plan
from reviews.enums import AgendaKind, AttendanceKind
from reviews.models import (
    AgendaItem,
    Attendance,
    Consideration,
    Decision,
    Meeting,
    Opinion,
    RecordAddition,
)
from reviews.queries.report_ways import ReportRows


class MeetingStage(TextChoices):
    """How far a sitting is; derived from its day and the closing of its record."""

    PREPARING = "preparing", "準備中"
    RECORDING = "recording", "当日・記録中"
    CLOSED = "closed", "記録確定"
    CALLED_OFF = "called_off", "取りやめ"


def stage_of(meeting: Meeting, today: date) -> MeetingStage:
    if meeting.is_called_off:
        return MeetingStage.CALLED_OFF
    if meeting.is_closed:
        return MeetingStage.CLOSED
    return MeetingStage.RECORDING if meeting.is_held(today) else MeetingStage.PREPARING


@dataclass
class MeetingState:
    """How far a sitting is, in numbers; `unsaid` are agenda items with neither discussion nor decision."""

    meeting: Meeting
    stage: MeetingStage
    agenda: int = 0
    unsaid: int = 0
    members: int = 0
    expected: int = 0
    decisions: int = 0
    first_day: date | None = None
    """The day for which it was planned at first, where that is another."""

    @property
    def waits(self) -> list[str]:
        """Return what is still to be done, in a few words each."""
        if not self.meeting.is_open:
            return []
        told = [
            ("名簿", not self.members),
            ("議題", not self.agenda),
            ("年次報告の確定", self.waits_for_report),
        ]
        if self.stage == MeetingStage.RECORDING:
            told += [
                (f"出欠（{self.expected}人）", bool(self.expected)),
                (f"議事（{self.unsaid}件）", bool(self.unsaid)),
            ]
            told.append(("記録の確定", not any(is_open for _, is_open in told)))
        return [label for label, is_open in told if is_open]

    @property
    def next_step(self) -> str:
        """Return what comes next: members, agenda, attendance, minutes, report, close; empty where all is done."""
        is_recording = self.stage == MeetingStage.RECORDING
        steps = (
            ("members", not self.members),
            ("agenda", not self.agenda),
            ("attendance", is_recording and bool(self.expected)),
            ("minutes", is_recording and bool(self.unsaid)),
            ("report", self.waits_for_report),
            ("close", is_recording),
        )
        return next((step for step, waits in steps if waits), "") if self.meeting.is_open else ""

    @property
    def waits_for_report(self) -> bool:
        report = self.meeting.report
        return report is not None and not report.is_sealed


def planned_days(plan: Plan, *meetings: int) -> dict[int, list[date]]:
    """Return for which other days each meeting was planned before, the first one first, in one query."""
    records = Meeting.history.filter(plan_id=plan.pk)
    if meetings:
        records = records.filter(id__in=meetings)
    days: dict[int, list[date]] = defaultdict(list)
    for key, day in records.order_by("history_id").values_list("id", "held_on"):
        if days[key][-1:] != [day]:
            days[key].append(day)
    return defaultdict(list, {key: found[:-1] for key, found in days.items()})


@dataclass
class AgendaRow:
    """An agenda item with what it concerns, what was said of it and what was decided.

    `report_row` is the address of its focus item in the report that the sitting has before it. `considerations` are
    what came of the 改定の検討.
    """

    item: AgendaItem
    number: int
    text: FocusItemText | None
    decisions: list[Decision]
    additions: list[RecordAddition]
    opinions: list[Opinion] = field(default_factory=list)
    is_last: bool = False
    report_row: str = ""
    considerations: list[Consideration] = field(default_factory=list)

    @property
    def matter(self) -> str:
        """Return what the focus item is called: 1-A-1 申請のオンライン化."""
        item = self.item.focus_item
        if item is None:
            return ""
        return f"{self.text.place} {self.text.title}" if self.text else item.code

    @property
    def is_consideration(self) -> bool:
        return self.item.kind == AgendaKind.CONSIDERATION

    @property
    def is_said(self) -> bool:
        return bool(self.item.discussion or self.decisions or self.considerations)


@dataclass
class MeetingPage:
    """A sitting with all that belongs to it; `additions` are those about the record as a whole, `earlier_days` those
    for which it was planned before."""

    state: MeetingState
    members: list[Attendance]
    agenda: list[AgendaRow]
    additions: list[RecordAddition]
    earlier_days: list[date] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        return self.state.meeting

    @property
    def decisions(self) -> list[Decision]:
        """Return what was decided, in the order in which it was recorded."""
        decisions = [decision for row in self.agenda for decision in row.decisions]
        return sorted(decisions, key=lambda decision: decision.number)

    @property
    def considers(self) -> bool:
        """Whether the update of the plan is on the agenda."""
        return any(row.is_consideration for row in self.agenda)

    @property
    def additions_to_take_back(self) -> list[RecordAddition]:
        """Return the 追記 that still stand, but for those that take another back."""
        every = [*self.additions, *(one for row in self.agenda for one in row.additions)]
        return [one for one in every if not one.is_taken_back and one.takes_back_id is None]

    @property
    def to_write(self) -> AgendaRow | None:
        """Return the agenda item with which recording goes on: the first of which nothing is said, else the first."""
        unsaid = (row for row in self.agenda if not row.is_said)
        return next(unsaid, self.agenda[0] if self.agenda else None)

    def row(self, agenda_item_id: int) -> AgendaRow | None:
        return next((row for row in self.agenda if row.item.pk == agenda_item_id), None)

    def after(self, row: AgendaRow) -> AgendaRow | None:
        """Return the agenda item that comes after one."""
        return self.agenda[row.number] if row.number < len(self.agenda) else None


def meeting_page(meeting: Meeting, today: date, *, with_opinions: bool = False) -> MeetingPage:
    """Return a sitting with its agenda, in a fixed number of queries; opinions only for whoever may read them."""
    items = list(_agenda(meeting, with_opinions=with_opinions))
    texts = _texts(meeting, items)
    report_rows = _report_rows(meeting, items)
    additions: dict[int | None, list[RecordAddition]] = defaultdict(list)
    told = ("corrects__meeting", "takes_back", "taken_back_by")
    for addition in meeting.additions.select_related(*told).order_by("pk"):
        additions[addition.agenda_item_id].append(addition)
    rows = [
        AgendaRow(
            item,
            number,
            texts.get(item.focus_item_id),
            list(item.decisions.all()),
            additions[item.pk],
            list(item.opinions.all()) if with_opinions else [],
            is_last=number == len(items),
            report_row=report_rows.get(item.pk, ""),
            considerations=_considerations(item),
        )
        for number, item in enumerate(items, start=1)
    ]
    members = list(meeting.attendances.order_by("position", "pk"))
    state = _state_of_page(meeting, today, rows, members)
    earlier_days = planned_days(meeting.plan, meeting.pk)[meeting.pk]
    return MeetingPage(state, members, rows, additions[None], earlier_days)


def _agenda(meeting: Meeting, *, with_opinions: bool) -> Iterable[AgendaItem]:
    corrections = RecordAddition.objects.standing().select_related("taken_back_by").order_by("pk")
    decisions = Decision.objects.order_by("number").with_names()
    decisions = decisions.prefetch_related(
        Prefetch("corrections", queryset=corrections, to_attr="standing_corrections")
    )
    agenda = meeting.agenda.order_by("position", "pk").select_related(
        "report__plan", "focus_item", "entry__answer__round", "edition__base"
    )
    agenda = agenda.prefetch_related(Prefetch("decisions", queryset=decisions))
    if with_opinions:
        opinions = Opinion.objects.order_by("pk")
        agenda = agenda.prefetch_related(Prefetch("opinions", queryset=opinions))
    return agenda


def _considerations(item: AgendaItem) -> list[Consideration]:
    """Return what a sitting recorded of the 改定の検討 on its agenda, one query for the one item of this kind."""
    if item.kind != AgendaKind.CONSIDERATION:
        return []
    return list(item.meeting.considerations.select_related("edition__base").order_by("pk"))


def _texts(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int | None, FocusItemText]:
    """Return what the edition in force on the day of the sitting calls the focus items, by their keys."""
    edition = Edition.objects.living(meeting.plan, meeting.held_on)
    named = [item.focus_item_id for item in items if item.focus_item_id is not None]
    texts = FocusItemText.objects.filter(edition=edition, focus_item__in=named)
    return {text.focus_item_id: text for text in texts.select_related("policy__axis", "focus_item")}


def _report_rows(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, str]:
    """Return where the report of a sitting tells of the focus items, by the keys of the agenda items."""
    report = meeting.report
    named = {item.pk: item.focus_item_id for item in items if item.focus_item_id is not None}
    if report is None:
        return {}
    rows = ReportRows([report], named.values())
    return {key: rows.url(report, item) for key, item in named.items()}


def _state_of_page(
    meeting: Meeting, today: date, rows: list[AgendaRow], members: list[Attendance]
) -> MeetingState:
    return MeetingState(
        meeting,
        stage_of(meeting, today),
        agenda=len(rows),
        unsaid=sum(not row.is_said for row in rows),
        members=len(members),
        expected=sum(one.kind == AttendanceKind.EXPECTED for one in members),
        decisions=sum(len(row.decisions) for row in rows),
    )
