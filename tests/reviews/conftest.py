"""A draft that is open, and a sitting that is being recorded."""

import pytest
from meeting_cast import held, put, put_item

from people.models import User
from plans.actions import open_draft
from plans.models import Edition, FocusItem
from reviews.models import AgendaItem, Meeting


@pytest.fixture
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）, as just opened."""
    return open_draft(base=small_edition, major=1, minor=1, by=secretariat)


@pytest.fixture
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    """A sitting of yesterday of whose first agenda item something is said."""
    return held(small_edition, secretariat)


@pytest.fixture
def item(meeting: Meeting, secretariat: User, responsible: FocusItem) -> AgendaItem:
    """A second agenda item, about 1-A-1, of which nothing is said yet; a third one follows."""
    item = put_item(meeting, responsible, secretariat, explanation="来年度の進め方を決める。")
    put(meeting, secretariat, "三つめ")
    return item
