"""Measure what the connection to the database takes of a request that asks one thing.

Everywhere else a connection stays open, whatever the code would do with it.
"""

from django.db import connection

from bench import floors, visits
from bench.timing import Row, in_turn, row
from bench.visits import Visitor

ASKS = "一つ問い合わせる要求"
OPENS = "接続を開いて一つ問い合わせる"


def measure_connecting(anyone: Visitor, runs: int) -> list[Row]:
    floors.standing.body, floors.standing.encoding = b"x", ""
    few, ask = runs * 5, anyone.asking("/bench/query/")
    with visits.connections_as_served():
        served, _ = in_turn(ask, floors.nothing, few)
    kept, _ = in_turn(ask, floors.nothing, few)
    opening = in_turn(_open_and_ask, floors.ask, few)
    return [
        row(ASKS, "同じ要求、接続は開いたまま", 1, [served, kept]),
        row(OPENS, "開いている接続で一つ問い合わせる", 1, opening),
    ]


def _open_and_ask() -> None:
    connection.close()
    floors.ask()
