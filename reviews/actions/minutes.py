"""What is said before and in a sitting, and closing its record."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from people.models import User
from reviews.actions.agenda import taken_agenda_item
from reviews.actions.deciding import Verdict, record_decision
from reviews.actions.meetings import as_opened, next_version, open_record, taken_meeting
from reviews.enums import AgendaKind, AttendanceKind
from reviews.errors import MeetingRefused, RecordConflict
from reviews.models import AgendaItem, Decision, Meeting, Opinion, RecordAddition


@transaction.atomic
def write_opinion(*, agenda_item: AgendaItem, text: str, by: User) -> Opinion:
    """Leave an opinion on an agenda item. Raises MeetingRefused without words or once the record is closed."""
    current = taken_agenda_item(agenda_item)
    if not text.strip():
        raise MeetingRefused("意見を書いてください。")
    if current.opinions.filter(text=text, written_by=by).exists():
        raise MeetingRefused("同じ意見が、すでに記録されています。")
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
    current = taken_agenda_item(agenda_item)
    if not current.meeting.is_held(clock.today()):
        raise MeetingRefused("会議の日になってから、議事を書いてください。")
    opened = as_opened(current, opened_version)
    # As it stands, or as it was opened: there is nothing of this person's to keep.
    if discussion == current.discussion or (opened and discussion == opened.discussion):
        return current
    next_version(current, opened_version, "discussion")
    current.discussion = discussion
    explain(current, by=by)
    current.save(update_fields=["discussion", "version"])
    return current


@transaction.atomic
def write_minutes(
    *,
    agenda_item: AgendaItem,
    discussion: str,
    verdict: Verdict | None,
    opened_version: int,
    by: User,
) -> AgendaItem:
    """Write what was said of an agenda item and, where there is one, what was decided: both or neither.

    Raises RecordConflict (G4), MeetingRefused, DecisionRefused.
    """
    current = write_discussion(
        agenda_item=agenda_item, discussion=discussion, opened_version=opened_version, by=by
    )
    if verdict is not None:
        record_decision(agenda_item=current, verdict=verdict, by=by)
    return current


@dataclass(frozen=True)
class ClosingObstacle:
    """What stands in the way of closing a record, in Japanese, and where it is mended."""

    message: str
    at: Literal["sitting", "report", "agenda", "minutes", "members"]
    agenda_item: AgendaItem | None = None


def closing_obstacles(meeting: Meeting) -> list[ClosingObstacle]:
    """Return what stands in the way of closing the record of a sitting, in five queries at most."""
    obstacles = []
    if not meeting.is_held(clock.today()):
        obstacles.append(ClosingObstacle("会議の日がまだ来ていません。", "sitting"))
    report = meeting.report
    if report is not None and not report.is_sealed:
        obstacles.append(ClosingObstacle(f"{report.title}がまだ確定していません。", "report"))
    obstacles += _agenda_obstacles(meeting)
    undecided = meeting.attendances.filter(kind=AttendanceKind.EXPECTED).count()
    if undecided:
        told = f"出欠が「出席予定」のままの人が{undecided}人います。"
        obstacles.append(ClosingObstacle(told, "members"))
    return obstacles


def _agenda_obstacles(meeting: Meeting) -> list[ClosingObstacle]:
    agenda = list(meeting.agenda.prefetch_related("decisions"))
    if not agenda:
        return [ClosingObstacle("議題がありません。", "agenda")]
    unsaid = [item for item in agenda if not item.discussion and not item.decisions.all()]
    return [
        ClosingObstacle(
            f"議題{quoted(item.title)}に、議論の要旨も決定・指示事項もありません。", "minutes", item
        )
        for item in unsaid
        if not _is_concluded(item)
    ]


def _is_concluded(item: AgendaItem) -> bool:
    """Whether an item says by what its meeting made of 改定の検討 what came of it."""
    return item.kind == AgendaKind.CONSIDERATION and item.meeting.considerations.exists()


def record_stamp(meeting: Meeting) -> str:
    """Return how the record of a sitting stands, for a closing to be of what was looked at."""
    parts: list[object] = [meeting.version]
    for rows in (meeting.agenda, meeting.decisions):
        kept = rows.order_by("pk").values_list("pk", "version")
        parts.append(".".join(f"{key}v{version}" for key, version in kept))
    order = meeting.agenda.order_by("position", "pk").values_list("pk", flat=True)
    parts.append(".".join(map(str, order)))
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:16]


@transaction.atomic
def close_meeting(
    *, meeting: Meeting, opened_version: int, seen: str | None = None, by: User
) -> Meeting:
    """Close the record of a sitting for good. Raises MeetingRefused while something is missing.

    Raises RecordConflict where the record is no longer as it was looked at (G4): `seen` is its `record_stamp`.
    """
    current = open_record(meeting.pk)
    if seen is not None and seen != record_stamp(current):
        raise RecordConflict(current)
    next_version(current, opened_version)
    obstacles = closing_obstacles(current)
    if obstacles:
        raise MeetingRefused("\n".join(obstacle.message for obstacle in obstacles))
    current.closed_at, current.closed_by = clock.now(), by
    current.closed_by_name = by.display_name
    explain(current, by=by, reason="議事の記録を確定")
    current.save(update_fields=["closed_at", "closed_by", "closed_by_name", "version"])
    return current


@transaction.atomic
def add_to_record(
    *,
    meeting: Meeting,
    agenda_item: AgendaItem | None,
    text: str,
    reason: str,
    by: User,
    corrects: Decision | None = None,
    takes_back: RecordAddition | None = None,
) -> RecordAddition:
    """Add to the closed record of a sitting, of one agenda item or of the whole.

    `corrects` names the decision that is corrected, `takes_back` an addition that was written by mistake: what is added
    then stands where that stands. Raises MeetingRefused.
    """
    current = taken_meeting(meeting.pk)
    if not current.is_closed:
        raise MeetingRefused("記録がまだ確定していないので、そのまま直せます。")
    if not text.strip() or not reason.strip():
        raise MeetingRefused("追記の内容と理由を書いてください。")
    if takes_back is not None:
        _refuse_taking_back(takes_back, corrects)
    told = corrects or takes_back
    item = told.agenda_item if told else agenda_item
    if told is not None and told.meeting_id != current.pk:
        raise MeetingRefused("選んだ決定または追記は、この会議のものではありません。")
    if item is not None and item.meeting_id != current.pk:
        raise MeetingRefused("その議題は、この会議の議題ではありません。")
    same = current.additions.standing().filter(agenda_item=item, corrects=corrects, text=text)
    if takes_back is None and same.exists():
        raise MeetingRefused("同じ追記が、すでに記録されています。")
    return RecordAddition.objects.create(
        meeting=current,
        agenda_item=item,
        corrects=corrects,
        takes_back=takes_back,
        text=text,
        reason=reason,
        added_at=clock.now(),
        added_by=by,
        added_by_name=by.display_name,
    )


def _refuse_taking_back(addition: RecordAddition, corrects: Decision | None) -> None:
    if corrects is not None:
        raise MeetingRefused("決定の訂正と追記の取消しは、別々の追記に書いてください。")
    if addition.takes_back_id is not None:
        raise MeetingRefused("取消しの追記は、取り消せません。もう一度、追記してください。")
    if RecordAddition.objects.filter(takes_back=addition).exists():
        raise MeetingRefused("この追記は、すでに取り消されています。")
