"""The plans that are measured: the real one, and one with a hundred times the items and ten years of entries."""

import copy
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from initiatives.actions.departments import assign_departments
from initiatives.enums import Status
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.actions.accounts import create_account
from people.enums import Role
from people.models import Department, User
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem
from plans.plan_file.reader import read_plan_file
from plans.plan_file.source import PlanFile
from revisions.actions.adoption import adopt_edition
from rounds.actions.rounds import RoundTerms, open_round
from rounds.enums import AnswerState
from rounds.models import Answer, ReportingRound

SENTENCE = "予定した工程に沿って関係課と調整し、対象とする手続きを広げた。"
STATED = {
    "as_of": "2026-10-01",
    "status": "piloting",
    "step": "action",
    "rating": "on_track",
    "rating_reason": SENTENCE,
    "direction": "continue",
}
"""What is typed into a form of an entry."""


def prepare(*, times: int, years: int) -> Edition:
    """Load the real plan with `times` the items, adopt it, and record `years` years of entries."""
    source = widen(read_plan_file(settings.PLAN_FILE), times)
    edition = load_plan(source).edition
    by = create_account(
        username="bench", name="計測", password="bench-bench-1", roles={Role.SECRETARIAT: None}
    )
    with clock.standing_at(datetime(2026, 4, 1, tzinfo=UTC)):
        edition = adopt_edition(
            edition=edition,
            decided_on=date(2026, 3, 26),
            effective_from=date(2026, 4, 1),
            basis="",
            by=by,
        )
    departments = [
        Department.objects.create(code=f"d{number}", name=f"計測{number}課", order=number)
        for number in range(70)
    ]
    items = list(FocusItem.objects.order_by("pk"))
    with clock.standing_at(datetime(2017, 4, 1, tzinfo=UTC)):
        assign(items[:520], departments, by)
    record(items, years, by)
    return edition


def assign(items: list[FocusItem], departments: list[Department], by: User) -> None:
    """Let the departments lead the items in turn, each supported by the next one."""
    for number, item in enumerate(items):
        assign_departments(
            focus_item=item,
            lead=departments[number % 70],
            supporting=[departments[(number + 1) % 70]],
            from_date=date(2017, 4, 1),
            reason="",
            opened_revision=0,
            by=by,
        )


def widen(source: PlanFile, times: int) -> PlanFile:
    """Return the plan with every item `times` times over, numbered on."""
    wide = copy.deepcopy(source)
    for axis in wide.axes:
        for policy in axis.policies:
            once = policy.items
            policy.items = [copy.copy(item) for _ in range(times) for item in once]
            for number, item in enumerate(policy.items, start=1):
                item.number = number
    wide.errata = [] if times > 1 else wide.errata
    return wide


def record(items: list[FocusItem], years: int, by: User) -> None:
    """Record a half-yearly entry of each item, the last one as of 2026-09-30."""
    known = dict(Initiative.objects.values_list("focus_item_id", "pk"))
    Initiative.objects.bulk_create(
        Initiative(focus_item=item) for item in items if item.pk not in known
    )
    initiatives = Initiative.objects.order_by("pk")
    days = [
        day for year in range(2027 - years, 2027) for day in (date(year, 3, 31), date(year, 9, 30))
    ]
    statuses = list(Status)[:6]
    for day in days:
        ProgressEntry.objects.bulk_create(
            (
                ProgressEntry(
                    initiative=initiative,
                    kind="update",
                    as_of=day,
                    status=statuses[number % len(statuses)],
                    step="action",
                    rating="on_track",
                    rating_reason=SENTENCE,
                    achievements=SENTENCE * 3,
                    outcome=SENTENCE,
                    problem=SENTENCE,
                    next_steps=SENTENCE * 2,
                    direction="continue",
                    recorded_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
                    recorded_by=by,
                    recorded_by_name=by.name,
                )
                for number, initiative in enumerate(initiatives)
            ),
            batch_size=500,
        )


def open_rounds(by: User) -> ReportingRound:
    """Open ten rounds for all items; return the last, which nobody has answered, while the others are all accepted."""
    plan, items = Edition.objects.get().plan, list(FocusItem.objects.order_by("pk"))
    days = [date(year, *day) for year in range(2022, 2027) for day in ((3, 31), (9, 30))]
    for day in days[:-1]:
        _accept_all(ReportingRound.objects.create(plan=plan, **_asked(day, by)), by)
    return open_round(plan=plan, terms=_terms(days[-1]), items=items, by=by)


def _terms(day: date) -> RoundTerms:
    return RoundTerms(
        fiscal_year=day.year if day.month > 3 else day.year - 1,
        kind="first_half" if day.month > 3 else "year_end",
        period_from=date(day.year, 1, 1),
        period_until=day,
        as_of=day,
        opens_on=min(day, clock.today()),
        due_on=clock.today(),
        overdue_rule="take",
    )


def _asked(day: date, by: User) -> dict[str, Any]:
    return {
        **asdict(_terms(day)),
        "opened_at": clock.now(),
        "opened_by": by,
        "opened_by_name": by.name,
    }


def _accept_all(round: ReportingRound, by: User) -> None:
    """Write the answers of an earlier round as they stand at its end, tied to the entries of its day."""
    entries = dict(ProgressEntry.objects.filter(as_of=round.as_of).values_list("initiative", "pk"))
    Answer.objects.bulk_create(
        (
            Answer(
                round=round,
                initiative=initiative,
                state=AnswerState.ACCEPTED,
                kind="update",
                sent_at=clock.now(),
                sent_by=by,
                sent_by_name=by.name,
                applied_due_on=round.due_on,
                accepted_at=clock.now(),
                accepted_by=by,
                entry_id=entries.get(initiative.pk),
            )
            for initiative in Initiative.objects.order_by("pk")
        ),
        batch_size=500,
    )
