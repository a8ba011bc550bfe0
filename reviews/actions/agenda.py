"""What is put before a sitting of the DX推進本部, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from initiatives.models import ProgressEntry
from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.meetings import delete_explained, next_version, open_record
from reviews.enums import AgendaKind
from reviews.errors import MeetingRefused
from reviews.models import AgendaItem, AnnualReport, Meeting


@dataclass(frozen=True)
class Matter:
    """What an agenda item is about: of its kind, the one thing that it names."""

    kind: str
    title: str
    explanation: str = ""
    question: str = ""
    report: AnnualReport | None = None
    focus_item: FocusItem | None = None
    entry: ProgressEntry | None = None
    edition: Edition | None = None


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, matters: Iterable[Matter], by: User) -> list[AgendaItem]:
    """Put matters last on the agenda, in their order, all or none. Raises MeetingRefused."""
    return [add_agenda_item(meeting=meeting, matter=matter, by=by) for matter in matters]


@transaction.atomic
def add_agenda_item(*, meeting: Meeting, matter: Matter, by: User) -> AgendaItem:
    """Put a matter last on the agenda. Raises MeetingRefused where it stands there already or names nothing."""
    current = open_record(meeting.pk)
    _refuse_matter(matter)
    _refuse_abandoned(matter.report)
    if _stands_already(current, matter):
        raise MeetingRefused(f"{quoted(matter.title)}は、すでに議題にあります。")
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
        raise MeetingRefused(
            f"{quoted(AgendaKind(matter.kind).label)}の議題は、対象を選んでください。"
        )
    if AgendaKind(matter.kind) == AgendaKind.PROBLEM and not _puts_a_problem(matter.entry):
        raise MeetingRefused("選んだ進捗の記録には、課題が書かれていません。")


def _refuse_abandoned(report: AnnualReport | None) -> None:
    """Take a report for this transaction, so that nobody gives it up meanwhile."""
    if report is not None and not AnnualReport.objects.select_for_update().filter(pk=report.pk):
        raise MeetingRefused(f"{report.title}は、ほかの人が取りやめました。")


_NAMED_BY: dict[AgendaKind, tuple[str, ...]] = {
    AgendaKind.REPORT: ("report",),
    AgendaKind.PROBLEM: ("focus_item", "entry"),
    AgendaKind.ITEM: ("focus_item",),
    AgendaKind.AMENDMENT: ("edition",),
    AgendaKind.CONSIDERATION: (),
    AgendaKind.OTHER: (),
}


def _puts_a_problem(entry: ProgressEntry | None) -> bool:
    return entry is not None and bool(entry.problem)


def _stands_already(meeting: Meeting, matter: Matter) -> bool:
    """Whether the same thing is on the agenda; a free matter, which names none, is known by its title. A sitting
    considers the update of the plan once, whichever years it speaks of."""
    told_by = _NAMED_BY[AgendaKind(matter.kind)]
    if AgendaKind(matter.kind) == AgendaKind.OTHER:
        told_by = ("title",)
    same: dict[str, Any] = {name: getattr(matter, name) for name in told_by}
    return meeting.agenda.filter(kind=matter.kind, **same).exists()


@transaction.atomic
def change_agenda_item(
    *,
    agenda_item: AgendaItem,
    title: str,
    explanation: str,
    question: str,
    opened_version: int,
    by: User,
) -> AgendaItem:
    """Change the words of an agenda item. Raises RecordConflict (G4), MeetingRefused."""
    current = taken_agenda_item(agenda_item)
    next_version(current, opened_version, "title", "question", "explanation")
    if not title.strip():
        raise MeetingRefused("議題の名前を書いてください。")
    current.title, current.question, current.explanation = title, question, explanation
    explain(current, by=by)
    current.save(update_fields=["title", "question", "explanation", "version"])
    return current


def taken_agenda_item(agenda_item: AgendaItem) -> AgendaItem:
    """Return an agenda item of an open record, taken for writing. Raises MeetingRefused."""
    open_record(agenda_item.meeting_id)
    return known_agenda_item(agenda_item)


def known_agenda_item(agenda_item: AgendaItem) -> AgendaItem:
    """Return an agenda item as it stands. Raises MeetingRefused once it was taken off the agenda."""
    items = AgendaItem.objects.select_related("meeting__plan").filter(pk=agenda_item.pk)
    current = items.first()
    if current is None:
        raise MeetingRefused("この議題は、ほかの人が議題から外しました。")
    return current


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
    """Take a matter off the agenda. Raises MeetingRefused once an opinion, a discussion or a decision stands on it, or
    what came of the 改定の検討."""
    current = taken_agenda_item(agenda_item)
    is_considered = AgendaKind(current.kind) == AgendaKind.CONSIDERATION
    if is_considered and current.meeting.considerations.exists():
        raise MeetingRefused(
            f"{quoted(current.title)}には結論が記録されているので、議題から外せません。"
        )
    if current.discussion or current.opinions.exists() or current.decisions.exists():
        raise MeetingRefused(
            f"{quoted(current.title)}には意見か議事が記録されているので、議題から外せません。"
        )
    delete_explained(current, by=by, reason="議題から外した")
