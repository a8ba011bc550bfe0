"""Taking back an adoption whose day has not come, or moving it to another day, with all that adoption wrote (A4)."""

from datetime import date, datetime

from django.db import transaction

from initiatives.actions.inherited_departments import (
    carry_responsibilities_over,
    take_back_carried_responsibilities,
)
from people.models import User
from plans.actions.recalling import move_to_day, take_out_of_force
from plans.models import Edition, Plan, RecalledAdoption
from reviews.actions.outcomes import recall_outcomes
from revisions.models import AdoptionDecision, RecalledDecision
from revisions.queries.adoption import carried_because, handed_on_with


@transaction.atomic
def call_off_adoption(
    *, edition: Edition, reason: str, opened: datetime | None = None, by: User
) -> RecalledAdoption:
    """Make an edition whose day is to come a draft again: its base stays in force, its text can be changed.

    The row that is returned keeps what had been recorded, another one the decision it rested on. `opened` is when the
    adoption was recorded that the person saw, None where nobody looked at one (demo).
    Raises DraftRefused where the day has come, something builds on it or no reason is given, AdoptionMoved where it is
    another adoption by now.
    """
    Plan.objects.select_for_update().get(pk=edition.plan_id)
    handed_on = handed_on_with(edition)
    recall = take_out_of_force(edition=edition, reason=reason, opened=opened, by=by)
    # What else was recorded at the adoption stops to count here, each by a row of its own that names the recall.
    _keep_decision(recall)
    recall_outcomes(edition=recall.edition, reason=reason, by=by)
    take_back_carried_responsibilities(
        handed_on, on=recall.effective_from, reason=carried_because(recall.edition), by=by
    )
    return recall


def _keep_decision(recall: RecalledAdoption) -> None:
    for link in AdoptionDecision.objects.filter(edition=recall.edition_id):
        RecalledDecision.objects.create(recall=recall, decision_id=link.decision_id)
        link.delete()


@transaction.atomic
def redate_adoption(
    *,
    edition: Edition,
    effective_from: date,
    reason: str,
    opened: datetime | None = None,
    by: User,
) -> RecalledAdoption:
    """Let an edition whose day is to come take effect on another day; what items take over begins with it.

    Raises as call_off_adoption does, and DraftRefused for a day on which it could not have been adopted.
    """
    Plan.objects.select_for_update().get(pk=edition.plan_id)
    handed_on = handed_on_with(edition)
    recall = move_to_day(
        edition=edition, effective_from=effective_from, reason=reason, opened=opened, by=by
    )
    because = carried_because(recall.edition)
    take_back_carried_responsibilities(handed_on, on=recall.effective_from, reason=because, by=by)
    carry_responsibilities_over(handed_on, on=effective_from, reason=because, by=by)
    return recall
