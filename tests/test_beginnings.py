"""A test is given what it begins with as if it were made for it alone, whatever the tests before it did."""

from datetime import date, datetime, timedelta

import pytest
from beginnings import lasting
from django.db import IntegrityError, connection, transaction
from time_machine import Traveller

from kirishima_dx import clock
from people.models import Department, User
from plans.models import Edition


@pytest.fixture
@lasting
def renamed(welfare: Department) -> Department:
    """A fixture that changes what an earlier one returned."""
    welfare.name = "福祉政策課"
    welfare.save()
    return welfare


@pytest.mark.parametrize("time", ["first", "second"])
def test_nothing_that_a_test_does_is_left(
    time: str, small_edition: Edition, editor: User, welfare: Department
) -> None:
    assert [one.name for one in Department.objects.all()] == ["福祉課"]
    assert welfare.name == "福祉課"
    assert Department.objects.get().history.count() == 1
    assert small_edition.status == "in_force"

    welfare.name = "厚生課"
    welfare.save()
    small_edition.status = "draft"
    Department.objects.create(code="more", name="もう一つの課", order=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.create(code="more", name="同じ符号の課", order=10)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_fixtures_return_is_one_and_the_same(
    time: str, renamed: Department, welfare: Department, editor: User
) -> None:
    assert renamed is welfare
    assert editor.role_assignments.get().department == welfare
    assert Department.objects.get().name == welfare.name == "福祉政策課"
    renamed.name = "別の課"


@pytest.fixture
@lasting
def a_day_later(welfare: Department, frozen_clock: Traveller) -> Department:
    frozen_clock.shift(timedelta(days=1))
    return welfare


@pytest.fixture
@lasting
def seen_then(a_day_later: Department) -> datetime:
    return clock.now()


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_clock_stands_where_a_fixture_left_it(time: str, a_day_later: Department) -> None:
    assert clock.today() == date(2026, 10, 16)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_is_done_upon_it_is_done_then(time: str, seen_then: datetime) -> None:
    assert clock.now() == seen_then
    assert clock.today() == date(2026, 10, 16)


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_may_break_its_transaction(time: str, welfare: Department) -> None:
    with pytest.raises(IntegrityError):
        Department.objects.create(code="welfare", name="同じ符号の課", order=2)
    transaction.set_rollback(True)


def test_the_code_under_test_may_ask_for_the_outermost_transaction(welfare: Department) -> None:
    with transaction.atomic(durable=True):
        assert connection.in_atomic_block


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_fixture_that_is_asked_for_in_the_middle_is_taken_back_too(
    time: str, request: pytest.FixtureRequest
) -> None:
    welfare = request.getfixturevalue("welfare")

    assert [one.pk for one in Department.objects.all()] == [welfare.pk]
