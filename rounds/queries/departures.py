"""How items that a round asks about left the plan."""

from collections.abc import Iterable
from datetime import date

from initiatives.queries.departures import Departure, departures
from plans.models import FocusItemText
from plans.shelf import edition_shelf
from rounds.models import ReportingRound


def departures_of_round(
    round: ReportingRound, texts: Iterable[FocusItemText], day: date
) -> dict[int, Departure]:
    """Return how items asked in a round left the plan; without a query while the edition in force has all of them."""
    former = [text for text in texts if text.edition.is_adopted and not text.edition.is_in_force]
    return departures(former, edition_shelf(round.plan, day)) if former else {}
