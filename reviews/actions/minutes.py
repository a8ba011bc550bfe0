"""What is said before and in a sitting, and closing its record."""

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from people.models import User
from reviews.actions.meetings import next_version, open_record, taken_agenda_item
from reviews.enums import AttendanceKind
from reviews.errors import MeetingRefused
from reviews.models import AgendaItem, Meeting, Opinion, RecordAddition


@transaction.atomic
def write_opinion(*, agenda_item: AgendaItem, text: str, by: User) -> Opinion:
    """Leave an opinion on an agenda item. Raises MeetingRefused without words or once the record is closed."""
    current = taken_agenda_item(agenda_item)
    if not text.strip():
        raise MeetingRefused("意見を書いてください。")
    return Opinion.objects.create(
        agenda_item=current,
        text=text,
        written_at=clock.now(),
        written_by=by,
        written_by_name=by.display_name,
    )


@transaction.atomic
def write_discussion(
    *, agenda_item: AgendaItem, discussion: str, opened_version: int, by: User
) -> AgendaItem:
    """Write the gist of what was said of an agenda item. Raises RecordConflict (G4), MeetingRefused."""
    current = next_version(taken_agenda_item(agenda_item), opened_version)
    if not current.meeting.is_held(clock.today()):
        raise MeetingRefused("会議の日になってから、議事を書いてください。")
    current.discussion = discussion
    explain(current, by=by)
    current.save(update_fields=["discussion", "version"])
    return current


def closing_obstacles(meeting: Meeting) -> list[str]:
    """Return what stands in the way of closing the record of a sitting, in Japanese."""
    obstacles = []
    if not meeting.is_held(clock.today()):
        obstacles.append("会議の日がまだ来ていません。")
    if meeting.report is not None and not meeting.report.is_sealed:
        obstacles.append(f"{meeting.report.title}がまだ確定していません。")
    agenda = list(meeting.agenda.prefetch_related("decisions"))
    if not agenda:
        obstacles.append("議題がありません。")
    obstacles += [
        f"議題「{item.title}」に、議論の要旨も決定・指示事項もありません。"
        for item in agenda
        if not item.discussion and not item.decisions.all()
    ]
    undecided = meeting.attendances.filter(kind=AttendanceKind.EXPECTED).count()
    if undecided:
        obstacles.append(f"出欠が「出席予定」のままの人が{undecided}人います。")
    return obstacles


@transaction.atomic
def close_meeting(*, meeting: Meeting, opened_version: int, by: User) -> Meeting:
    """Close the record of a sitting for good. Raises RecordConflict (G4), MeetingRefused while something is missing."""
    current = next_version(open_record(meeting), opened_version)
    obstacles = closing_obstacles(current)
    if obstacles:
        raise MeetingRefused("\n".join(obstacles))
    current.closed_at, current.closed_by = clock.now(), by
    current.closed_by_name = by.display_name
    explain(current, by=by, reason="議事の記録を確定")
    current.save(update_fields=["closed_at", "closed_by", "closed_by_name", "version"])
    return current


@transaction.atomic
def add_to_record(
    *, meeting: Meeting, agenda_item: AgendaItem | None, text: str, reason: str, by: User
) -> RecordAddition:
    """Add to the closed record of a sitting, of one agenda item or of the whole. Raises MeetingRefused."""
    current = Meeting.objects.get(pk=meeting.pk)
    if not current.is_closed:
        raise MeetingRefused("記録がまだ確定していないので、そのまま直せます。")
    if not text.strip() or not reason.strip():
        raise MeetingRefused("追記の内容と理由を書いてください。")
    if agenda_item is not None and agenda_item.meeting_id != current.pk:
        raise MeetingRefused("その議題は、この会議の議題ではありません。")
    return RecordAddition.objects.create(
        meeting=current,
        agenda_item=agenda_item,
        text=text,
        reason=reason,
        added_at=clock.now(),
        added_by=by,
        added_by_name=by.display_name,
    )
