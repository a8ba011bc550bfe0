"""How often a page asks the database: as often for many rows as for few."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kirishima_dx.content_token import ASKED
from kirishima_dx.kept.store import STORE

VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
LISTS = re.compile(r"\(\?(?:, \?)+\)")
SHOWN = 400


def asked_by(act: Callable[[], object]) -> list[str]:
    """Return what an act asks the database, one text for each query. Pages that it shows are drawn anew, and what
    keeping them asks is left out: it is the same for every page."""
    STORE.clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    asked = (query["sql"] for query in queries.captured_queries)
    return [sql for sql in asked if sql not in ASKED.values()]


def asked_by_page(client: Client, url: str) -> list[str]:
    """Return what a GET of the page asks the database; the page must come."""

    def get() -> None:
        status = client.get(url).status_code
        assert status == 200, f"{url} answers {status}"

    return asked_by(get)


def assert_as_many(
    few: list[str], many: list[str], *, most: int | None = None, of: str = ""
) -> None:
    """Fail unless both are equally many, `most` at the utmost; say `of` what and which queries came or went.

    Two queries that differ in their values alone are the same query.
    """
    came, went = Counter(map(shape, many)), Counter(map(shape, few))
    if len(few) != len(many):
        differences = [
            f"{sign}{count} {sql[:SHOWN]}"
            for sign, found in (("+", came - went), ("-", went - came))
            for sql, count in found.items()
        ]
        head = f"{of} {len(few)} queries, then {len(many)}:".lstrip()
        raise AssertionError("\n".join([head, *differences]))
    if most is not None and len(many) > most:
        queries = [sql[:SHOWN] for sql in many]
        head = f"{of} {len(many)} queries, more than {most}:".lstrip()
        raise AssertionError("\n".join([head, *queries]))


def writes_in(asked: list[str]) -> list[str]:
    """Return the queries that do anything but read: also what opens a transaction, or a part of one."""
    return [sql for sql in asked if not sql.startswith("SELECT")]


def shape(sql: str) -> str:
    return LISTS.sub("(?)", VALUES.sub("?", sql))


@contextmanager
def as_many_queries(client: Client, *urls: str, most: int | None = None) -> Iterator[None]:
    """Within, a test makes many rows of few: each page asks the database as often after it as before.

    Each page is got once before it is counted, for what a process or a session asks only once.
    """
    for url in urls:
        client.get(url)
    before = [asked_by_page(client, url) for url in urls]
    yield
    for url, few in zip(urls, before, strict=True):
        assert_as_many(few, asked_by_page(client, url), most=most, of=url)
