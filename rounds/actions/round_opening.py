"""Opening a round by a button that may be pressed twice."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from plans.models import FocusItem, Plan
from rounds.actions.rounds import RoundTerms, open_round
from rounds.models import ReportingRound

TWIN_WITHIN = timedelta(minutes=10)


@transaction.atomic
def open_round_once(
    *, plan: Plan, terms: RoundTerms, items: Collection[FocusItem], by: User
) -> tuple[ReportingRound, bool]:
    """Open a round, unless the same person opened the same one a moment ago; say whether it is new.

    Openers take turns on the plan, so that two requests of one double click see each other.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    twin = _twin(plan, terms, items, by)
    if twin is not None:
        return twin, False
    return open_round(plan=plan, terms=terms, items=items, by=by), True


def _twin(
    plan: Plan, terms: RoundTerms, items: Collection[FocusItem], by: User
) -> ReportingRound | None:
    wanted = {item.pk for item in items}
    recent = ReportingRound.objects.filter(
        plan=plan,
        opened_by=by,
        opened_at__gte=clock.now() - TWIN_WITHIN,
        closed_at__isnull=True,
        **asdict(terms),
    )
    for round in recent:
        if set(round.answers.values_list("initiative__focus_item", flat=True)) == wanted:
            return round
    return None
