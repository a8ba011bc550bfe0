"""Somebody who only reads, and studies."""

from collections.abc import Callable

import pytest
from assigning import lead
from beginnings import lasting
from django.test import Client
from studying import asked

from initiatives.models import Study
from people.models import Department, User
from plans.models import Edition, FocusItem


@pytest.fixture
def reader(client_of: Callable[[User | None], Client]) -> Client:
    """Somebody who is not signed in."""
    return client_of(None)


@pytest.fixture
@lasting
def study(small_edition: Edition, secretariat: User, welfare: Department) -> Study:
    """A study of 1-A-2, led by 福祉課."""
    lead("1-A-2", welfare, secretariat)
    return asked(secretariat)


@pytest.fixture
def lost_star(responsible: FocusItem, secretariat: User) -> Study:
    """A study of 1-A-1, which is no ★ item (any more)."""
    return asked(secretariat, focus_item=responsible)
