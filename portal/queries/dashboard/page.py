"""All pictures of /dashboard/ on a day."""

from collections.abc import Iterator, Mapping

from initiatives.queries.late_items import late_items
from kirishima_dx.moment import Moment
from kirishima_dx.pictures.picture import Picture
from plans.models import Edition
from portal.queries.dashboard.by_axis import freshness_picture, status_picture
from portal.queries.dashboard.decisions import decisions_picture
from portal.queries.dashboard.ground import Ground, ground_of
from portal.queries.dashboard.ratings import ratings_picture
from portal.queries.dashboard.slips import slips_picture
from portal.queries.dashboard.studies import studies_picture, study_ways
from reviews.queries.decision_ages import decisions_on
from reviews.queries.published_ratings import rated_years


def dashboard(
    edition: Edition, moment: Moment, kept: Mapping[str, str], *, query: str, for_staff: bool
) -> list[Picture]:
    """Return the pictures of a moment; `kept` and `query` are what links hand on. Staff see two more."""
    ground = ground_of(edition, moment, kept)
    late = late_items(ground.states, moment, query=query)
    pictures = [
        status_picture(ground),
        ratings_picture(ground, rated_years(edition.plan, moment)),
        slips_picture(ground, late),
        freshness_picture(ground),
    ]
    return [*pictures, *_of_staff(ground)] if for_staff else pictures


def _of_staff(ground: Ground) -> Iterator[Picture]:
    decisions = decisions_on(ground.edition.plan, ground.moment)
    yield studies_picture(ground, study_ways(ground, decisions))
    yield decisions_picture(ground, decisions)
