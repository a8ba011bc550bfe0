"""Taking back an adoption whose day has not come, or moving it to another day, with all that adoption wrote (A4)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from initiatives.actions.inherited_departments import carry_responsibilities_over
from initiatives.actions.recalling import recall_carried_over
from initiatives.errors import RecallRefused
from people.models import User
from plans.actions.recalling import move_to_day, take_out_of_force
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, Plan, RecalledAdoption
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
    _take_back_departments(recall, handed_on, by=by)
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
    _take_back_departments(recall, handed_on, by=by)
    carry_responsibilities_over(
        handed_on, on=effective_from, reason=carried_because(recall.edition), by=by
    )
    return recall


def _take_back_departments(
    recall: RecalledAdoption, handed_on: Iterable[tuple[FocusItem, FocusItem]], *, by: User
) -> None:
    """Take back what items were to take over with the edition. Raises DraftRefused where something builds on it."""
    try:
        recall_carried_over(
            [after for _, after in handed_on],
            day=recall.effective_from,
            because=carried_because(recall.edition),
            reason=f"{recall.what}：{recall.reason}",
            by=by,
        )
    except RecallRefused as refused:
        raise DraftRefused(str(refused)) from refused
