"""Recording what an edition made of decisions, and recalling that (rule O3)."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max

from kirishima_dx import clock
from people.models import User
from plans.models import Edition
from reviews.enums import OutcomeKind
from reviews.models import Decision, DecisionOutcome, OutcomeRecall, Reflection


@transaction.atomic
def record_outcomes(
    *,
    edition: Edition,
    reflections: Iterable[Reflection],
    deferred: Mapping[Decision, str],
    basis: Decision | None,
    by: User,
) -> list[DecisionOutcome]:
    """Record what an edition makes of decisions as it is adopted: where it shows them, which it rests on, and which it
    leaves out, with the reasons."""
    outcomes = [
        DecisionOutcome(
            decision=one.decision,
            kind=OutcomeKind.REFLECTED,
            focus_item=one.focus_item,
            place=one.place,
            label=one.label,
        )
        for one in reflections
    ]
    if basis is not None:
        outcomes.append(DecisionOutcome(decision=basis, kind=OutcomeKind.BASIS))
    outcomes += [
        DecisionOutcome(decision=decision, kind=OutcomeKind.DEFERRED, reason=reason)
        for decision, reason in deferred.items()
    ]
    recalls = OutcomeRecall.objects.filter(outcome__edition=edition)
    now = clock.not_before(recalls.aggregate(last=Max("recalled_at"))["last"])
    for outcome in outcomes:
        outcome.edition, outcome.recorded_at = edition, now
        outcome.recorded_by, outcome.recorded_by_name = by, by.display_name
    return DecisionOutcome.objects.bulk_create(outcomes)


@transaction.atomic
def recall_outcomes(*, edition: Edition, reason: str, by: User) -> list[OutcomeRecall]:
    """Let all that an edition made of decisions count no longer, because its adoption was called off."""
    counting = DecisionOutcome.objects.counting().filter(edition=edition)
    now = clock.not_before(counting.aggregate(last=Max("recorded_at"))["last"])
    return OutcomeRecall.objects.bulk_create(
        OutcomeRecall(
            outcome=outcome,
            reason=reason,
            recalled_at=now,
            recalled_by=by,
            recalled_by_name=by.display_name,
        )
        for outcome in counting
    )
