"""Measure what the connection to the database takes of a request: a view that asks one thing beside one that asks none.

Everywhere else a connection stays open, whatever the code would do with it.
"""

from django.db import connection

from bench import floors, visits
from bench.timing import Row, in_turn, row
from bench.visits import Visitor

ASKS = "一つだけ問い合わせるビュー"
OPENS = "接続を開いて一つ問い合わせる"


def measure_connecting(anyone: Visitor, runs: int) -> list[Row]:
    floors.standing.body, floors.standing.encoding = b"x", ""
    few = runs * 5
    with visits.connections_as_served():
        request = in_turn(anyone.asking("/bench/query/"), anyone.asking("/bench/bytes/"), few)
    opening = in_turn(open_and_ask, floors.ask, few)
    return [
        row(ASKS, "問い合わせないビュー", 1, request),
        row(OPENS, "開いている接続で一つ問い合わせる", 1, opening),
    ]


def open_and_ask() -> None:
    connection.close()
    floors.ask()
