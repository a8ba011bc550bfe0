"""What a 本部員 looks for on マイページ: what is late and why, and what the next meeting has to decide."""

from dataclasses import dataclass

from initiatives.late_items import Lateness
from initiatives.queries.late_items import lateness
from initiatives.queries.states import living_plan
from kirishima_dx.moment import Moment
from plans.models import Plan
from reviews.queries.questions import Questions, coming_questions


@dataclass(frozen=True)
class Headquarters:
    """`questions` is None where no meeting is being prepared."""

    lateness: Lateness
    questions: Questions | None


def my_headquarters(plan: Plan) -> Headquarters | None:
    """Return what is late today and what is asked, in nine queries; None where no edition is loaded."""
    today = Moment.today()
    living = living_plan(plan, today)
    if living is None:
        return None
    return Headquarters(lateness(living.items, today), coming_questions(plan, today.day))
