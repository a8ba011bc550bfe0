"""What stands on the agenda of a meeting."""

import pytest
from beginnings import lasting
from meeting_cast import put, put_item

from people.models import User
from plans.models import FocusItem
from reviews.models import AgendaItem, Meeting


@pytest.fixture
@lasting
def item(meeting: Meeting, secretariat: User, responsible: FocusItem) -> AgendaItem:
    """A second agenda item, about 1-A-1, of which nothing is said yet; a third one follows."""
    item = put_item(meeting, responsible, secretariat, explanation="来年度の進め方を決める。")
    put(meeting, secretariat, "三つめ")
    return item
