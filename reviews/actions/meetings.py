"""Planning a sitting of the DX推進本部: when, where and who; and how its record is taken for writing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, TypeVar

from django.db import models, transaction

from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from kirishima_dx.history import explain
from people.models import User
from plans.models import Plan
from reviews.enums import AttendanceKind
from reviews.errors import MeetingRefused, RecordConflict
from reviews.models import AgendaItem, AnnualReport, Attendance, Decision, Meeting
from reviews.models.meeting import HEADQUARTERS

CALLED_OFF = "この会議は取りやめになったので、変更できません。"
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


def taken_meeting(meeting_id: int) -> Meeting:
    """Return a sitting, taken for writing: those who record take turns. Raises MeetingRefused once it was called
    off."""
    current = (
        Meeting.objects.select_for_update(of=("self",)).select_related("plan").get(pk=meeting_id)
    )
    if current.is_called_off:
        raise MeetingRefused(CALLED_OFF)
    return current


def open_record(meeting_id: int) -> Meeting:
    """Return a sitting, taken for writing. Raises MeetingRefused once its record is closed."""
    current = taken_meeting(meeting_id)
    if current.is_closed:
        raise MeetingRefused(CLOSED)
    return current


def next_version(current: Row, opened_version: int, *fields: str) -> Row:
    """Count a saving, of some fields or of the whole row.

    Raises RecordConflict where somebody saved since the form was opened (G4); where fields are named, only if one of
    them is no longer as it then was: who puts the title right does not stop who writes down what is said.
    """
    if current.version != opened_version and _differs(current, opened_version, fields):
        raise RecordConflict(current)
    current.version += 1
    return current


def as_opened(current: Row, opened_version: int) -> Any | None:
    """Return a row as it was under a version: the last record of its history; None where none was kept."""
    kept = current.history.filter(version=opened_version)
    return kept.order_by("-history_id").first()


def _differs(current: Row, opened_version: int, fields: tuple[str, ...]) -> bool:
    opened = as_opened(current, opened_version)
    if not fields or opened is None:
        return True
    return any(getattr(opened, name) != getattr(current, name) for name in fields)


@transaction.atomic
def plan_meeting(
    *, plan: Plan, sitting: Sitting, members: Sequence[Member] = (), by: User
) -> Meeting:
    """Plan a sitting, with its members where they are known. Raises MeetingRefused where its number is taken."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    meeting = Meeting(plan=plan, planned_at=clock.now(), planned_by=by)
    _fill(meeting, sitting)
    explain(meeting, by=by)
    meeting.save()
    _write_members(meeting, members)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, sitting: Sitting, opened_version: int, by: User) -> Meeting:
    """Change the plan of a sitting. Raises RecordConflict (G4), MeetingRefused."""
    Plan.objects.select_for_update().get(pk=meeting.plan_id)
    current = next_version(open_record(meeting.pk), opened_version, *_PLANNED)
    _refuse_move(current, sitting)
    _fill(current, sitting)
    explain(current, by=by)
    current.save()
    return current


_PLANNED = (*(name for name in Sitting.__dataclass_fields__ if name != "report"), "report_id")
"""The columns that the plan of a sitting fills."""


def _refuse_move(meeting: Meeting, sitting: Sitting) -> None:
    """Refuse a day or a number that does not go with what is recorded already."""
    decisions = meeting.decisions.all()
    said = decisions.exists() or meeting.agenda.exclude(discussion="").exists()
    if said and sitting.held_on > clock.today():
        raise MeetingRefused("議事が記録されているので、開催日を今日より後にはできません。")
    if sitting.held_on > clock.today() and meeting.considerations.exists():
        raise MeetingRefused(
            "改定の検討の記録がこの会議を挙げているので、開催日を今日より後にはできません。"
        )
    called = (fiscal_year_of(sitting.held_on), sitting.number, sitting.name)
    if called != (meeting.fiscal_year, meeting.number, meeting.name) and decisions.exists():
        raise MeetingRefused("決定が記録されているので、年度、回、名称は変えられません。")
    if decisions.filter(due_on__lt=sitting.held_on).exists():
        raise MeetingRefused("期限がその日より前の決定があるので、開催日をその日にはできません。")


def _fill(meeting: Meeting, sitting: Sitting) -> None:
    for name, value in vars(sitting).items():
        setattr(meeting, name, value)
    meeting.fiscal_year = fiscal_year_of(sitting.held_on)
    refuse_taken_number(meeting)
    report = sitting.report
    if report is not None and not AnnualReport.objects.filter(pk=report.pk).exists():
        raise MeetingRefused(
            f"{report.title}は、ほかの人が取りやめました。報告を選び直してください。"
        )


def refuse_taken_number(meeting: Meeting) -> None:
    """Raise MeetingRefused where another meeting bears the name and number of the year; one called off does not."""
    namesakes = Meeting.objects.going_ahead().filter(
        plan=meeting.plan_id,
        fiscal_year=meeting.fiscal_year,
        name=meeting.name,
        number=meeting.number,
    )
    if namesakes.exclude(pk=meeting.pk).exists():
        raise MeetingRefused(f"{meeting.title}はすでにあります。回を変えてください。")


def delete_explained(row: models.Model, *, by: User, reason: str) -> None:
    """Delete a row that is tracked, with who and why."""
    explain(row, by=by, reason=reason)
    row.delete()


@transaction.atomic
def set_members(
    *, meeting: Meeting, members: Sequence[Member], opened_version: int, by: User
) -> Meeting:
    """Write the list of members and who was there, whole. Raises RecordConflict (G4), MeetingRefused."""
    current = next_version(open_record(meeting.pk), opened_version)
    _refuse_members(members)
    before = "、".join(one.in_words for one in current.attendances.all()) or "なし"
    current.attendances.all().delete()
    _write_members(current, members)
    explain(current, by=by, reason=f"出欠の変更（変更前：{before}）")
    current.save(update_fields=["version"])
    return current


def _write_members(meeting: Meeting, members: Sequence[Member]) -> None:
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, position=position, **asdict(member))
        for position, member in enumerate(members, start=1)
    )


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
