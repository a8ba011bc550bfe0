"""Telling reviews what an edition makes of decisions (rule O3)."""

from collections.abc import Mapping

from kirishima_dx.quoting import quoted
from people.models import User
from plans.errors import DraftRefused
from plans.models import Edition
from reviews.actions.outcomes import record_outcomes
from reviews.models import Decision
from revisions.queries.came_of import reflections_in
from revisions.queries.decisions_left import decisions_left
from revisions.queries.origins import beginning


def tell_outcomes(
    *, draft: Edition, basis: Decision | None, left_out: Mapping[int, str], by: User
) -> None:
    """Record what a draft that is being adopted makes of decisions: where it shows them, that it rests on one, and why
    it leaves the other open ones out: `left_out` gives the reasons by the key of the decision.

    Raises DraftRefused where such a reason is missing.
    """
    left = [one for one in decisions_left(draft) if one != basis]
    for decision in left:
        if not left_out.get(decision.pk, "").strip():
            words = f"{decision}{quoted(beginning(decision.text))}"
            raise DraftRefused(f"{words}を、この版に載せない理由を書いてください。")
    record_outcomes(
        edition=draft,
        reflections=reflections_in(draft),
        deferred={decision: left_out[decision.pk] for decision in left},
        basis=basis,
        by=by,
    )
