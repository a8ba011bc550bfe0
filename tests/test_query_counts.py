"""What the tests of pages count with must itself be able to fail, and say why."""

import pytest
from django.test import Client
from query_counts import as_many_queries, asked_by, asked_by_page, assert_as_many, shape

from people.models import Department

pytestmark = pytest.mark.django_db


def ask(most: int) -> None:
    """Ask for each of the first departments alone, as no page should."""
    for department in Department.objects.all()[:most]:
        Department.objects.get(code=department.code)


def departments(most: int) -> list[str]:
    return asked_by(lambda: ask(most))


def make(number: int) -> None:
    Department.objects.bulk_create(Department(code=f"d{n}", name=f"第{n}課") for n in range(number))


def test_a_query_for_each_row_fails_and_is_named() -> None:
    make(3)

    with pytest.raises(AssertionError) as failed:
        assert_as_many(departments(1), departments(3))

    first, *new = str(failed.value).splitlines()
    assert first == "2 queries, then 4:"
    assert len(new) == 1
    assert new[0].startswith("+2 SELECT")
    assert "= ?" in new[0]


def test_what_is_asked_no_longer_fails_too() -> None:
    make(3)

    with pytest.raises(AssertionError, match=r"4 queries, then 2:\n-2 SELECT"):
        assert_as_many(departments(3), departments(1))


def test_more_than_the_most_fails() -> None:
    make(1)
    queries = departments(1)

    assert_as_many(queries, queries, most=2)
    with pytest.raises(AssertionError, match="2 queries, more than 1:"):
        assert_as_many(queries, queries, most=1)


def test_values_make_no_difference() -> None:
    one = "SELECT a1 FROM t WHERE b IN ('it''s', '2') AND c = 3 LIMIT 21"

    assert shape(one) == shape("SELECT a1 FROM t WHERE b IN ('x', 'y', 'z') AND c = 40 LIMIT 2")
    assert "a1" in shape(one)


def test_a_page_that_does_not_come_fails(client: Client) -> None:
    with pytest.raises(AssertionError, match="/no-such-page/ answers 404"):
        asked_by_page(client, "/no-such-page/")


def test_a_page_is_counted_before_and_after(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = client.get

    def change() -> None:
        with as_many_queries(client, "/"):
            monkeypatch.setattr(client, "get", lambda url: (ask(3), get(url))[1])

    make(3)
    with pytest.raises(AssertionError, match=r"queries, then 5:\n\+"):
        change()
