"""Planning a sitting of the DX推進本部: when, who, and what is put before it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, TypeVar

from django.db import models, transaction

from initiatives.models import ProgressEntry
from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from kirishima_dx.history import explain
from people.models import User
from plans.models import Edition, FocusItem, Plan
from reviews.enums import AgendaKind, AttendanceKind
from reviews.errors import MeetingRefused, RecordConflict
from reviews.models import AgendaItem, AnnualReport, Attendance, Decision, Meeting
from reviews.models.meeting import HEADQUARTERS

CLOSED = "この会議の記録は確定しているので、変更できません。誤りや漏れは追記してください。"
Row = TypeVar("Row", Meeting, AgendaItem, Decision)


@dataclass(frozen=True)
class Sitting:
    """When and where a sitting is, under which number, and the report that is put before it."""

    number: int
    held_on: date
    name: str = HEADQUARTERS
    starts_at: time | None = None
    place: str = ""
    report: AnnualReport | None = None
    paper_prefix: str = "資料"
    first_paper: int = 1


@dataclass(frozen=True)
class Member:
    """One line of the list of members. A substitute is named where, and only where, one comes."""

    name: str
    post: str = ""
    kind: str = AttendanceKind.EXPECTED
    substitute: str = ""


@dataclass(frozen=True)
class Matter:
    """What an agenda item is about: of its kind, the one thing that it names."""

    kind: str
    title: str
    explanation: str = ""
    report: AnnualReport | None = None
    focus_item: FocusItem | None = None
    entry: ProgressEntry | None = None
    edition: Edition | None = None


def open_record(meeting: Meeting) -> Meeting:
    """Return the sitting, taken for writing: those who record take turns. Raises MeetingRefused once it is closed."""
    current = (
        Meeting.objects.select_for_update(of=("self",)).select_related("plan").get(pk=meeting.pk)
    )
    if current.is_closed:
        raise MeetingRefused(CLOSED)
    return current


def next_version(current: Row, opened_version: int) -> Row:
    """Count a saving. Raises RecordConflict where somebody saved since the form was opened (G4)."""
    if current.version != opened_version:
        raise RecordConflict(current)
    current.version += 1
    return current


@transaction.atomic
def plan_meeting(*, plan: Plan, sitting: Sitting, by: User) -> Meeting:
    """Plan a sitting. Raises MeetingRefused where its number of the year is taken."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    meeting = Meeting(plan=plan, planned_at=clock.now(), planned_by=by)
    _fill(meeting, sitting)
    explain(meeting, by=by)
    meeting.save()
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, sitting: Sitting, opened_version: int, by: User) -> Meeting:
    """Change the plan of a sitting. Raises RecordConflict (G4), MeetingRefused."""
    Plan.objects.select_for_update().get(pk=meeting.plan_id)
    current = next_version(open_record(meeting), opened_version)
    _fill(current, sitting)
    explain(current, by=by)
    current.save()
    return current


def _fill(meeting: Meeting, sitting: Sitting) -> None:
    for name, value in vars(sitting).items():
        setattr(meeting, name, value)
    meeting.fiscal_year = fiscal_year_of(sitting.held_on)
    namesakes = Meeting.objects.filter(
        plan=meeting.plan_id,
        fiscal_year=meeting.fiscal_year,
        name=meeting.name,
        number=meeting.number,
    )
    if namesakes.exclude(pk=meeting.pk).exists():
        raise MeetingRefused(f"{meeting.title}はすでにあります。回を変えてください。")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> None:
    """Take a planned sitting back, with its agenda. Raises MeetingRefused once something was said in it."""
    current = open_record(meeting)
    if not reason.strip():
        raise MeetingRefused("取りやめの理由を書いてください。")
    said = AgendaItem.objects.filter(meeting=current).exclude(discussion="", opinions=None)
    if said.exists() or current.decisions.exists():
        raise MeetingRefused("意見か議事が記録されているので、取りやめにできません。")
    current.attendances.all().delete()
    for item in current.agenda.all():
        _delete(item, by=by, reason=reason)
    _delete(current, by=by, reason=reason)


def _delete(row: models.Model, *, by: User, reason: str) -> None:
    explain(row, by=by, reason=reason)
    row.delete()


@transaction.atomic
def set_members(
    *, meeting: Meeting, members: Sequence[Member], opened_version: int, by: User
) -> Meeting:
    """Write the list of members and who was there, whole. Raises RecordConflict (G4), MeetingRefused."""
    current = next_version(open_record(meeting), opened_version)
    _refuse_members(members)
    current.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=current, position=position, **asdict(member))
        for position, member in enumerate(members, start=1)
    )
    explain(current, by=by, reason="出欠の変更")
    current.save(update_fields=["version"])
    return current


def _refuse_members(members: Sequence[Member]) -> None:
    for place, member in enumerate(members, start=1):
        if not member.name.strip():
            raise MeetingRefused(f"{place}人目の氏名がありません。")
        is_substituted = member.kind == AttendanceKind.SUBSTITUTE
        if is_substituted and not member.substitute.strip():
            raise MeetingRefused(f"{member.name}の代理者の氏名を書いてください。")
        if member.substitute and not is_substituted:
            raise MeetingRefused(
                f"{member.name}に代理者の氏名があります。出欠を「代理出席」にするか、氏名を消してください。"
            )


@transaction.atomic
def add_agenda_item(*, meeting: Meeting, matter: Matter, by: User) -> AgendaItem:
    """Put a matter last on the agenda. Raises MeetingRefused where it stands there already or names nothing."""
    current = open_record(meeting)
    _refuse_matter(matter)
    if _stands_already(current, matter):
        raise MeetingRefused(f"「{matter.title}」は、すでに議題にあります。")
    last = current.agenda.order_by("-position").values_list("position", flat=True).first() or 0
    item = AgendaItem(meeting=current, position=last + 1, **vars(matter))
    explain(item, by=by)
    item.save()
    return item


def _refuse_matter(matter: Matter) -> None:
    if not matter.title.strip():
        raise MeetingRefused("議題の名前を書いてください。")
    named = _NAMED_BY[AgendaKind(matter.kind)]
    if any(getattr(matter, name) is None for name in named):
        raise MeetingRefused(f"「{AgendaKind(matter.kind).label}」の議題は、対象を選んでください。")
    if AgendaKind(matter.kind) == AgendaKind.PROBLEM and not _puts_a_problem(matter.entry):
        raise MeetingRefused("選んだ進捗の記録には、課題が書かれていません。")


_NAMED_BY: dict[AgendaKind, tuple[str, ...]] = {
    AgendaKind.REPORT: ("report",),
    AgendaKind.PROBLEM: ("focus_item", "entry"),
    AgendaKind.ITEM: ("focus_item",),
    AgendaKind.AMENDMENT: ("edition",),
    AgendaKind.OTHER: (),
}


def _puts_a_problem(entry: ProgressEntry | None) -> bool:
    return entry is not None and bool(entry.problem)


def _stands_already(meeting: Meeting, matter: Matter) -> bool:
    named: dict[str, Any] = {
        name: getattr(matter, name) for name in _NAMED_BY[AgendaKind(matter.kind)]
    }
    return bool(named) and meeting.agenda.filter(kind=matter.kind, **named).exists()


@transaction.atomic
def change_agenda_item(
    *, agenda_item: AgendaItem, title: str, explanation: str, opened_version: int, by: User
) -> AgendaItem:
    """Change the words of an agenda item. Raises RecordConflict (G4), MeetingRefused."""
    current = next_version(taken_agenda_item(agenda_item), opened_version)
    if not title.strip():
        raise MeetingRefused("議題の名前を書いてください。")
    current.title, current.explanation = title, explanation
    explain(current, by=by)
    current.save(update_fields=["title", "explanation", "version"])
    return current


def taken_agenda_item(agenda_item: AgendaItem) -> AgendaItem:
    """Return an agenda item of an open record, taken for writing. Raises MeetingRefused."""
    open_record(Meeting(pk=agenda_item.meeting_id))
    return AgendaItem.objects.select_related("meeting__plan").get(pk=agenda_item.pk)


@transaction.atomic
def move_agenda_item(*, agenda_item: AgendaItem, to: int, by: User) -> None:
    """Let an agenda item stand `to`-th, counted from 1; the others close up. Raises MeetingRefused."""
    current = taken_agenda_item(agenda_item)
    items = [item for item in current.meeting.agenda.all() if item.pk != current.pk]
    items.insert(max(0, to - 1), current)
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            explain(item, by=by, reason="並び替え")
            item.save(update_fields=["position"])


@transaction.atomic
def remove_agenda_item(*, agenda_item: AgendaItem, by: User) -> None:
    """Take a matter off the agenda. Raises MeetingRefused once an opinion, a discussion or a decision stands on it."""
    current = taken_agenda_item(agenda_item)
    if current.discussion or current.opinions.exists() or current.decisions.exists():
        raise MeetingRefused(
            f"「{current.title}」には意見か議事が記録されているので、議題から外せません。"
        )
    _delete(current, by=by, reason="議題から外した")
