"""Asking: a round is opened, its deadlines are moved, departments are reminded, and it is closed."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from initiatives.errors import EntryRefused
from initiatives.models import Initiative, Responsibility
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.models import Department, User
from plans.models import FocusItem, Plan
from rounds.answer_content import AnswerContent
from rounds.deadlines import Deadlines
from rounds.enums import AnswerStep
from rounds.models import Answer, AnswerChange, Extension, Reminder, ReportingRound


@dataclass(frozen=True)
class RoundTerms:
    """What a round asks: the columns of ReportingRound that whoever opens it decides."""

    fiscal_year: int
    kind: str
    period_from: date
    period_until: date
    as_of: date
    opens_on: date
    due_on: date
    overdue_rule: str
    title: str = ""
    instructions: str = ""
    asks_certification: bool = False
    is_rehearsal: bool = False


@transaction.atomic
def open_round(
    *, plan: Plan, terms: RoundTerms, items: Collection[FocusItem], by: User
) -> ReportingRound:
    """Ask for one answer an item, of the department that leads it today; where there is none, of nobody yet.

    Raises EntryRefused where no item is asked about.
    """
    if not items:
        raise EntryRefused({"items": "照会する項目を一つ以上選んでください。"})
    now = clock.now()
    round = ReportingRound.objects.create(
        plan=plan,
        **asdict(terms),
        opened_at=now,
        opened_by=by,
        opened_by_name=by.display_name,
    )
    answers = _asked(round, _initiatives_of(items))
    AnswerChange.objects.bulk_create(
        AnswerChange(
            answer=answer,
            revision=0,
            step=AnswerStep.ASKED,
            content=AnswerContent().as_json(),
            due_on=round.due_on,
            changed_at=now,
            changed_by=by,
            changed_by_name=by.display_name,
        )
        for answer in answers
    )
    return round


def _asked(round: ReportingRound, initiatives: list[Initiative]) -> list[Answer]:
    """Make the answers that a round asks for, each of whoever leads today."""
    leads = Responsibility.objects.filter(initiative__in=initiatives).leads_on(clock.today())
    return Answer.objects.bulk_create(
        Answer(
            round=round,
            initiative=initiative,
            asked_department=leads.get(initiative.pk),
            asked_department_name=leads[initiative.pk].name if initiative.pk in leads else "",
        )
        for initiative in initiatives
    )


def _initiatives_of(items: Collection[FocusItem]) -> list[Initiative]:
    """Return the initiatives of items in the order of the items, making those that are not there yet."""
    Initiative.objects.bulk_create(
        (Initiative(focus_item=item) for item in items), ignore_conflicts=True
    )
    found = Initiative.objects.filter(focus_item__in=items).in_bulk(field_name="focus_item_id")
    return [found[item.pk] for item in items]


@transaction.atomic
def extend_deadline(
    *, round: ReportingRound, department: Department | None, due_on: date, reason: str, by: User
) -> Extension:
    """Move the deadline of one department, or of all where none is named, to a later day.

    Raises EntryRefused where the day is no later one, the reason is missing or the round is closed.
    """
    round = ReportingRound.objects.select_for_update().get(pk=round.pk)
    deadlines = Deadlines.of(round, clock.today())
    due_now = deadlines.of_department(department.pk) if department else deadlines.for_all
    errors = {}
    if round.is_closed:
        errors["all"] = "締め切った照会の期限は延ばせません。回答ごとに「再開」を使ってください。"
    if due_on <= due_now:
        errors["due_on"] = f"いまの期限（{wareki_date(due_now)}）より後の日にしてください。"
    if not reason.strip():
        errors["reason"] = "延長する理由を書いてください。"
    if errors:
        raise EntryRefused(errors)
    return Extension.objects.create(
        round=round,
        department=department,
        due_on=due_on,
        reason=reason,
        extended_at=clock.now(),
        extended_by=by,
        extended_by_name=by.display_name,
    )


@transaction.atomic
def record_reminder(
    *, round: ReportingRound, department: Department, text: str, mailed_to: str = "", by: User
) -> Reminder:
    """Keep what a department was reminded of, and to which mailbox it went."""
    return Reminder.objects.create(
        round=round,
        department=department,
        text=text,
        mailed_to=mailed_to,
        reminded_at=clock.now(),
        reminded_by=by,
        reminded_by_name=by.display_name,
    )


@transaction.atomic
def close_round(*, round: ReportingRound, by: User) -> ReportingRound:
    """End a round for good: after it only what is reopened is answered. Raises EntryRefused where it was closed."""
    round = ReportingRound.objects.select_for_update().get(pk=round.pk)
    if round.is_closed:
        raise EntryRefused({"all": "この照会は、すでに締め切られています。"})
    round.closed_at, round.closed_by, round.closed_by_name = clock.now(), by, by.display_name
    round.save(update_fields=["closed_at", "closed_by", "closed_by_name"])
    return round
