"""Opening the draft of the next edition."""

from django.db import transaction

from people.models import User
from plans.actions.drafting import opening as plan_opening
from plans.errors import DraftRefused
from plans.models import Edition
from reviews.enums import ConsiderationOutcome
from reviews.models import Consideration


@transaction.atomic
def open_considered_draft(
    *, base: Edition, major: int, minor: int, consideration: Consideration | None, by: User
) -> Edition:
    """Open a draft, upon a consideration where there is one. Raises DraftRefused, also where that consideration came
    to no revision, led to a draft already or was about another plan."""
    draft = plan_opening.open_draft(base=base, major=major, minor=minor, by=by)
    if consideration is not None:
        locked = Consideration.objects.select_for_update().get(pk=consideration.pk)
        is_used = locked.outcome != ConsiderationOutcome.REVISE or locked.edition_id is not None
        if is_used or locked.plan_id != base.plan_id:
            raise DraftRefused("この検討の記録からは、案を作成できません。選び直してください。")
        locked.edition = draft
        locked.save(update_fields=["edition"])
    return draft
