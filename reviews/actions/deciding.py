"""Recording what the DX推進本部 decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, ProtectedError

from kirishima_dx import clock
from kirishima_dx.history import explain
from people.models import Department, User
from plans.models import FocusItem
from reviews.actions.agenda import known_agenda_item
from reviews.actions.meetings import CLOSED, next_version, open_record, taken_meeting
from reviews.enums import DONE_BY, OWED_KINDS, STUDY_OUTCOMES, DecisionKind, OutcomeKind
from reviews.errors import DecisionRefused, MeetingRefused
from reviews.models import AgendaItem, Decision, DecisionItem, Meeting

ANSWERED = (
    "対応が報告されているので、直すことも取り消すこともできません。"
    "変わったことは、新しい決定として記録してください。"
)

NAMED = (
    "計画の改定の理由になっているので、取り消せません。"
    "変わったことは、新しい決定として記録してください。"
)
IN_FORCE = (
    "この決定にもとづいて版を施行したので、直すことも取り消すこともできません。"
    "変わったことは、新しい決定として記録してください。"
)
DEFERRED = (
    "この決定を載せずに版を施行したことが記録されているので、直すことも取り消すこともできません。"
    "変わったことは、新しい決定として記録してください。"
)
TOLD_ONCE = (
    "取りやめた施行の記録に残っているので、取り消せません。"
    "変わったことは、新しい決定として記録してください。"
)
RECALLED = (
    "取りやめた施行の根拠として記録に残っているので、取り消せません。"
    "変わったことは、新しい決定として記録してください。"
)


@dataclass(frozen=True)
class Verdict:
    """What was decided: the words, who acts until when, and which items it concerns."""

    kind: str
    text: str
    owner: Department | None = None
    due_on: date | None = None
    focus_items: Collection[FocusItem] = ()


@transaction.atomic
def record_decision(
    *, agenda_item: AgendaItem, verdict: Verdict, by: User, addition_reason: str = ""
) -> Decision:
    """Record a decision on an agenda item; in a closed record only as an addition with its reason.

    Raises DecisionRefused where the decision lacks something, MeetingRefused where the record does not take it.
    """
    meeting = _taking_meeting(agenda_item, addition_reason)
    _refuse(verdict, meeting)
    known = known_agenda_item(agenda_item)
    if known.decisions.filter(kind=verdict.kind, text=verdict.text).exists():
        raise DecisionRefused("同じ内容の決定が、すでに記録されています。")
    decision = Decision(
        meeting=meeting,
        agenda_item=known,
        number=_next_number(meeting),
        addition_reason=addition_reason,
        recorded_at=clock.now(),
        recorded_by=by,
        recorded_by_name=by.display_name,
    )
    _fill(decision, verdict)
    explain(decision, by=by, reason=addition_reason)
    decision.save()
    _concern(decision, verdict)
    return decision


def _taking_meeting(agenda_item: AgendaItem, addition_reason: str) -> Meeting:
    """Return the sitting, taken for writing. Raises MeetingRefused where its record does not take a decision now."""
    meeting = taken_meeting(agenda_item.meeting_id)
    if meeting.is_closed and not addition_reason.strip():
        raise MeetingRefused(f"{CLOSED}決定を後から加えるときは、その理由を書いてください。")
    if not meeting.is_closed and addition_reason:
        raise MeetingRefused("記録がまだ確定していないので、理由なしに加えられます。")
    if not meeting.is_held(clock.today()):
        raise MeetingRefused("会議の日になってから、決定を記録してください。")
    return meeting


def _next_number(meeting: Meeting) -> int:
    """Return the next number of a sitting. Those that were taken back are not used again: papers may bear them."""
    used = Decision.history.filter(meeting_id=meeting.pk).aggregate(last=Max("number"))["last"]
    return (used or 0) + 1


@transaction.atomic
def change_decision(
    *, decision: Decision, verdict: Verdict, opened_version: int, by: User
) -> Decision:
    """Change a decision while the record is open, until somebody answers to it or an edition is adopted upon it: what
    was answered, and why the plan reads as it does, keeps its words.

    Raises RecordConflict (G4), DecisionRefused, MeetingRefused.
    """
    current = next_version(_taken(decision), opened_version)
    if current.follow_ups.exists():
        raise DecisionRefused(ANSWERED)
    _refuse_told_of(current)
    _refuse(verdict, current.meeting)
    _fill(current, verdict)
    explain(current, by=by)
    current.save()
    _concern(current, verdict)
    return current


@transaction.atomic
def withdraw_decision(*, decision: Decision, reason: str, by: User) -> None:
    """Take a decision back that was recorded by mistake. Raises DecisionRefused once somebody answered to it, where it
    is recorded what an edition made of it, and where anything names it, e.g. a change of a draft."""
    current = _taken(decision)
    if not reason.strip():
        raise DecisionRefused("取り消す理由を書いてください。")
    if current.follow_ups.exists():
        raise DecisionRefused(ANSWERED)
    _refuse_told_of(current)
    if current.outcomes.filter(kind=OutcomeKind.BASIS).exists():
        raise DecisionRefused(RECALLED)
    if current.outcomes.exists():
        raise DecisionRefused(TOLD_ONCE)
    explain(current, by=by, reason=reason)
    try:
        current.delete()
    except ProtectedError as named:
        raise DecisionRefused(NAMED) from named


def _refuse_told_of(decision: Decision) -> None:
    """Refuse where it is recorded what an edition made of a decision. Raises DecisionRefused."""
    kinds = set(decision.outcomes.counting().values_list("kind", flat=True))
    if kinds & set(DONE_BY):
        raise DecisionRefused(IN_FORCE)
    if kinds:
        raise DecisionRefused(DEFERRED)


def _taken(decision: Decision) -> Decision:
    open_record(decision.meeting_id)
    decisions = Decision.objects.select_for_update(of=("self",)).select_related("meeting")
    current = decisions.filter(pk=decision.pk).first()
    if current is None:
        raise DecisionRefused("この決定は、ほかの人が取り消しました。")
    return current


def _refuse(verdict: Verdict, meeting: Meeting) -> None:
    kind = DecisionKind(verdict.kind)
    if not verdict.text.strip():
        raise DecisionRefused("決定・指示の内容を書いてください。")
    if kind in OWED_KINDS and (verdict.owner is None or verdict.due_on is None):
        raise DecisionRefused(f"「{kind.label}」には、担当と期限が必要です。")
    if verdict.due_on is not None and verdict.owner is None:
        raise DecisionRefused("期限には、担当が必要です。")
    if verdict.due_on is not None and verdict.due_on < meeting.held_on:
        raise DecisionRefused("期限は、会議の日以後の日にしてください。")
    if kind in STUDY_OUTCOMES and not verdict.focus_items:
        raise DecisionRefused(f"「{kind.label}」には、関わる重点項目が必要です。")


def _fill(decision: Decision, verdict: Verdict) -> None:
    decision.kind, decision.text, decision.due_on = verdict.kind, verdict.text, verdict.due_on
    decision.owner = verdict.owner
    decision.owner_name = verdict.owner.name if verdict.owner else ""


def _concern(decision: Decision, verdict: Verdict) -> None:
    wanted = {item.pk for item in verdict.focus_items}
    decision.concerns.exclude(focus_item__in=wanted).delete()
    known = set(decision.concerns.values_list("focus_item_id", flat=True))
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, focus_item_id=key) for key in sorted(wanted - known)
    )
