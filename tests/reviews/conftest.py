"""A draft that is open, for the tests of drafting, comparing and adopting."""

import pytest

from people.models import User
from plans.actions import open_draft
from plans.models import Edition


@pytest.fixture
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）, as just opened."""
    return open_draft(base=small_edition, major=1, minor=1, by=secretariat)
