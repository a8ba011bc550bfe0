"""The bump: a draft edition comes into force."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from initiatives.actions.inherited_departments import carry_responsibilities_over
from kirishima_dx import clock
from people.models import User
from plans.actions.adoption import put_in_force, refuse_day
from plans.actions.drafting.turns import locked_draft
from plans.errors import DraftRefused
from plans.models import Edition, Plan
from reviews.models import Decision
from revisions.actions.counting import keep_effects
from revisions.actions.telling import tell_outcomes
from revisions.errors import AdoptionRefused, DraftChanged
from revisions.models import AdoptionDecision
from revisions.queries.adoption import carried_because, handed_on
from revisions.queries.drafts import draft_review

OTHER_PLAN = (
    "選んだ決定は、ほかの計画についての会議のものです。この計画の会議の決定を選んでください。"
)


@transaction.atomic
def adopt_edition(
    *,
    edition: Edition,
    decided_on: date,
    effective_from: date,
    basis: str,
    by: User,
    decision: Decision | None = None,
    left_out: Mapping[int, str] | None = None,
    digest: str | None = None,
) -> Edition:
    """Bring a draft into force in one step: check, record all fates, supersede the base (T2, T3).

    A coming `effective_from` schedules it: the text is fixed now and holds from that day on. Progress belongs to the
    items, not to the edition, so every initiative goes on by itself; an item that others went over into begins with
    their departments. `basis` says on what the adoption rests or, without a `decision`, why there is none.
    `left_out` says by the key of each open decision that the draft does not show why it is left for the next one.
    `digest` is that of the DraftReview the person saw, None where nobody looked at one (demo).
    Raises DraftChanged where the draft is another by now, AdoptionRefused while something stands in
    the way, DraftRefused for a wrong date, a decision about another plan, a decision left out without a reason, or a
    draft adopted or given up meanwhile.
    """
    Plan.objects.select_for_update().get(pk=edition.plan_id)
    # Taken before the check: nobody can change the draft between the check and the adoption.
    edition = locked_draft(edition)
    _refuse_dates(edition, decided_on, effective_from)
    if decision is not None and decision.meeting.plan_id != edition.plan_id:
        raise DraftRefused(OTHER_PLAN)
    keep_effects(edition)
    review = draft_review(edition)
    if digest is not None and digest != review.digest():
        raise DraftChanged
    if review.obstacles:
        raise AdoptionRefused(review.obstacles)
    fates = review.fates
    if decision is not None:
        AdoptionDecision.objects.create(edition=edition, decision=decision)
    tell_outcomes(draft=edition, basis=decision, left_out=left_out or {}, by=by)
    carry_responsibilities_over(
        handed_on(fates), on=effective_from, reason=carried_because(edition), by=by
    )
    return put_in_force(
        edition=edition,
        fates=fates,
        decided_on=decided_on,
        effective_from=effective_from,
        basis=basis,
        by=by,
    )


def _refuse_dates(edition: Edition, decided_on: date, effective_from: date) -> None:
    today = clock.today()
    if decided_on > today:
        raise DraftRefused("決定日に未来の日は入れられません。")
    refuse_day(edition, decided_on, effective_from)
