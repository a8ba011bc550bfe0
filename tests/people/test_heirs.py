"""Who answers for what a department took on: itself, or whoever took over from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from query_counts import asked_by

from people.models import Department, DepartmentSuccession, User
from people.queries import Heirs

TODAY = date(2026, 10, 15)
Make = Callable[..., Department]


@pytest.fixture
def make(db: None) -> Make:
    def department(code: str, until: date | None = None) -> Department:
        return Department.objects.create(code=code, name=f"{code}課", valid_until=until)

    return department


@pytest.fixture
def pass_on(secretariat: User) -> Callable[..., None]:
    def take_over(before: Department, after: Department, on: date = date(2026, 10, 1)) -> None:
        DepartmentSuccession.objects.create(
            before=before,
            after=after,
            effective_from=on,
            reason="機構改革",
            recorded_at=datetime(2026, 9, 1, tzinfo=UTC),
            recorded_by=secretariat,
        )

    return take_over


LAST = date(2026, 9, 30)


def test_a_department_that_stands_answers_itself(make: Make) -> None:
    one = make("one")

    assert Heirs(TODAY).of(one.pk) == {one.pk}
    assert Heirs(TODAY).whose_promises({one.pk}) == {one.pk}


def test_a_renamed_department_answers_under_its_new_name(
    make: Make, pass_on: Callable[..., None]
) -> None:
    old, new = make("old", LAST), make("new")
    pass_on(old, new)

    assert Heirs(TODAY).of(old.pk) == {new.pk}
    assert Heirs(TODAY).whose_promises({new.pk}) == {old.pk, new.pk}
    assert Heirs(LAST).of(old.pk) == {old.pk}, "on its last day it still answers itself"
    assert Heirs(LAST).whose_promises({new.pk}) == {new.pk}


def test_each_part_of_a_split_department_answers(make: Make, pass_on: Callable[..., None]) -> None:
    old, left, right = make("old", LAST), make("left"), make("right")
    pass_on(old, left)
    pass_on(old, right)

    assert Heirs(TODAY).of(old.pk) == {left.pk, right.pk}


def test_a_department_that_gave_a_part_away_and_stands_answers_itself(
    make: Make, pass_on: Callable[..., None]
) -> None:
    old, part = make("old"), make("part")
    pass_on(old, part)

    assert Heirs(TODAY).of(old.pk) == {old.pk}
    assert Heirs(TODAY).whose_promises({part.pk}) == {part.pk}


def test_a_merged_department_answers_for_all_that_went_into_it(
    make: Make, pass_on: Callable[..., None]
) -> None:
    first, second, merged = make("first", LAST), make("second", LAST), make("merged")
    pass_on(first, merged)
    pass_on(second, merged)

    assert Heirs(TODAY).whose_promises({merged.pk}) == {first.pk, second.pk, merged.pk}


def test_promises_are_passed_on_again_and_again(make: Make, pass_on: Callable[..., None]) -> None:
    first, second, third = make("first", date(2025, 3, 31)), make("second", LAST), make("third")
    pass_on(first, second, on=date(2025, 4, 1))
    pass_on(second, third)

    assert Heirs(TODAY).of(first.pk) == {third.pk}
    assert Heirs(LAST).of(first.pk) == {second.pk}


def test_nobody_answers_for_a_department_that_ended_without_heir(make: Make) -> None:
    gone, stays = make("gone", LAST), make("stays")

    assert Heirs(TODAY).of(gone.pk) == set()
    assert Heirs(TODAY).without_heir() == {gone.pk}
    assert Heirs(TODAY).whose_promises({gone.pk, stays.pk}) == {stays.pk}


def test_who_takes_over_tomorrow_does_not_answer_today(
    make: Make, pass_on: Callable[..., None]
) -> None:
    gone, later = make("gone", LAST), make("later")
    pass_on(gone, later, on=date(2026, 10, 16))

    assert Heirs(TODAY).of(gone.pk) == set()
    assert Heirs(date(2026, 10, 16)).of(gone.pk) == {later.pk}


def test_a_ring_of_departments_ends(make: Make, pass_on: Callable[..., None]) -> None:
    one, two = make("one", LAST), make("two", LAST)
    pass_on(one, two)
    pass_on(two, one)

    assert Heirs(TODAY).of(one.pk) == set()


def test_asking_for_many_takes_two_queries(make: Make) -> None:
    departments = [make(f"d{number}", LAST) for number in range(20)]

    def answers() -> None:
        heirs = Heirs(TODAY)
        assert [heirs.of(department.pk) for department in departments] == [set()] * 20

    assert len(asked_by(answers)) == 2
