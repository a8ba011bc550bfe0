"""One answer as its page shows it: what was said before, what it lacks, what was done to it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from initiatives.enums import ResponsibilityKind
from initiatives.models import ProgressEntry, Responsibility, Stated
from initiatives.queries.entries import column_marks
from initiatives.statement import BY_KEY, COLUMNS
from kirishima_dx.elapsed import days_left
from kirishima_dx.text_diff import Run
from people.models import Department
from rounds.answer_content import AnswerContent, gaps_of
from rounds.enums import OWED_STATES, AnswerKind, AnswerState, AnswerStep
from rounds.models import Answer, AnswerChange
from rounds.queries.own_answers import unchanged_obstacle
from rounds.queries.scenes import Scene


@dataclass(frozen=True)
class Gap:
    """A column without which the answer cannot be sent."""

    name: str
    label: str
    message: str


def gaps_listed(
    content: AnswerContent, *, as_of: date, last: ProgressEntry | None = None
) -> list[Gap]:
    """Return what a draft lacks to be sent as 更新あり, in the order of its fields."""
    gaps = gaps_of(replace(content, kind=AnswerKind.UPDATE), as_of=as_of, last=last)
    return [Gap(name, BY_KEY[name].label, message) for name, message in gaps.items()]


@dataclass(frozen=True)
class SaidField:
    """One column of an answer, marked against what was said before where that differs."""

    name: str
    label: str
    runs: list[Run]
    is_changed: bool


def said_fields(answer: Stated, last: ProgressEntry | None) -> list[SaidField]:
    """Return what an answer says, whole, column by column; nothing is marked where nothing was said before."""
    fields = []
    for column in COLUMNS:
        now = answer.said(column.key)
        before = last.said(column.key) if last else now
        if now or before:
            runs = column_marks(column, before, now)
            fields.append(SaidField(column.key, column.label, runs, now != before))
    return fields


@dataclass
class Event:
    """One thing that was done to an answer; savings of one person in a row are one event."""

    change: AnswerChange
    since: datetime
    times: int = 1

    @property
    def label(self) -> str:
        if self.change.step == AnswerStep.SENT:
            kind = self.change.content.get("kind")
            return "「変更なし」で提出" if kind == AnswerKind.UNCHANGED else "提出"
        return self.change.get_step_display()


def events_of(answer: Answer) -> list[Event]:
    """Return what was done to an answer, newest first, in one query."""
    events: list[Event] = []
    for change in answer.changes.order_by("revision"):
        before = events[-1].change if events else None
        if (
            before is not None
            and before.step == change.step == AnswerStep.SAVED
            and before.changed_by_id == change.changed_by_id
        ):
            events[-1].change = change
            events[-1].times += 1
        else:
            events.append(Event(change, change.changed_at))
    return events[::-1]


@dataclass
class AnswerPage:
    """Everything that the page of one answer shows, besides its form."""

    answer: Answer
    lead: Department | None
    supporting: list[Department]
    last: ProgressEntry | None
    due_on: date
    refusal: str
    events: list[Event]
    gaps: list[Gap]
    today: date

    @property
    def is_owed(self) -> bool:
        return self.answer.state in OWED_STATES

    @property
    def is_returned(self) -> bool:
        return self.answer.state == AnswerState.RETURNED

    @property
    def is_sent(self) -> bool:
        return self.answer.state == AnswerState.SENT

    @property
    def is_accepted(self) -> bool:
        return self.answer.state == AnswerState.ACCEPTED

    @property
    def is_unchanged(self) -> bool:
        return self.answer.kind == AnswerKind.UNCHANGED

    @property
    def says_something(self) -> bool:
        return AnswerContent.of(self.answer).says_something

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today)

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.due_on < self.today

    @property
    def unchanged_obstacle(self) -> str:
        return unchanged_obstacle(self.answer.round, self.last)

    @property
    def last_said(self) -> list[SaidField]:
        return said_fields(self.last, None) if self.last else []

    @property
    def said(self) -> list[SaidField]:
        """Return what the answer says; 変更なし says again what stood beside it when it was sent."""
        if self.is_unchanged and self.answer.basis is not None:
            return said_fields(self.answer.basis, None)
        return said_fields(self.answer, self.last)


def answer_page(answer: Answer, scene: Scene) -> AnswerPage:
    """Gather the page of one answer, in two queries besides its scene."""
    lead_id = scene.lead.pk if scene.lead else None
    supporting = (
        Responsibility.objects.valid_on(scene.today)
        .filter(initiative=answer.initiative_id, kind=ResponsibilityKind.SUPPORTING)
        .select_related("department")
        .order_by("department__order", "department__code")
    )
    return AnswerPage(
        answer=answer,
        lead=scene.lead,
        supporting=[held.department for held in supporting],
        last=scene.last,
        due_on=answer.applied_due_on or scene.due_on(answer),
        refusal=scene.deadlines.refusal(answer, lead_id, scene.today),
        events=events_of(answer),
        gaps=gaps_listed(AnswerContent.of(answer), as_of=answer.round.as_of),
        today=scene.today,
    )


def last_texts(last: ProgressEntry | None) -> dict[str, str]:
    """Return what was said before, column by column, as people read it."""
    return {column.key: last.said(column.key) if last else "" for column in COLUMNS}
