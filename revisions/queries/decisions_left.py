"""Which decisions to change the plan no draft takes up (rule O3)."""

from django.db.models import Exists, OuterRef, QuerySet

from plans.enums import EditionStatus
from plans.models import Edition, Plan
from reviews.models import Decision
from reviews.querysets import DecisionQuerySet
from revisions.models import Amendment


def decisions_left(draft: Edition) -> list[Decision]:
    """Return the open decisions of which a draft shows nothing, the oldest first, in one query.

    Also of a meeting whose record is not closed yet: what was decided is known, and what the edition made of it is
    recorded with it.
    """
    acts = Amendment.objects.filter(edition=draft)
    left = _open_without(acts, draft.plan).select_related("meeting")
    return list(left.order_by("meeting__held_on", "meeting", "number"))


def decisions_not_taken_up(plan: Plan) -> DecisionQuerySet:
    """Return the open decisions of a plan of which no draft shows anything; there may be no draft at all."""
    return _open_without(Amendment.objects.filter(edition__status=EditionStatus.DRAFT), plan)


def _open_without(acts: QuerySet[Amendment], plan: Plan) -> DecisionQuerySet:
    awaiting = Decision.objects.filter(meeting__plan=plan).with_last_step().awaiting_revision()
    own = Amendment.objects.counting().filter(pk__in=acts.values("pk"), decision=OuterRef("pk"))
    return awaiting.exclude(Exists(own))
