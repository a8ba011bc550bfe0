"""Measure a reader who comes back while nothing has changed: whole, compressed, and asking whether something has.

Code that keeps nothing answers with the whole page each time, and is measured all the same.
"""

from bench import floors
from bench.names import ASKED, ASKED_BY_STAFF, COMPRESSED, WHOLE, Name
from bench.timing import Row, in_turn, queries_of, row
from bench.visits import GZIP, Answer, Visitor

URL = "/"
RUNS, FEW = 10, 8
"""How many times as many runs what is kept takes: what asks the database less than `FEW` times."""


def measure_repeated(anyone: Visitor, staff: Visitor, runs: int) -> list[Row]:
    """Set each answer beside the same bytes, sent by a view behind the same middleware: staff's 304 beside a 304."""
    return [
        _measured(WHOLE, anyone, {}, runs),
        measure_compressed(anyone, runs),
        _measured(ASKED, anyone, _tagged(anyone), runs),
        _measured(ASKED_BY_STAFF, staff, _tagged(staff), runs, floor="/bench/304/"),
    ]


def measure_compressed(anyone: Visitor, runs: int) -> Row:
    return _measured(COMPRESSED, anyone, GZIP, runs)


def _tagged(visitor: Visitor) -> dict[str, str]:
    """Return what a browser says that was there before, and given a tag."""
    tag = visitor.get(URL, **GZIP).headers.get("ETag")
    return {**GZIP, "HTTP_IF_NONE_MATCH": tag} if tag else GZIP


def _measured(
    name: Name, visitor: Visitor, headers: dict[str, str], runs: int, floor: str = "/bench/bytes/"
) -> Row:
    ask = visitor.asking(URL, **headers)
    answer, whole = ask(), visitor.get(URL, **GZIP if headers else {})
    _send_again(whole)
    asked = queries_of(ask)
    times = RUNS if asked < FEW else 1
    spent = in_turn(ask, visitor.asking(floor), runs * times)
    return row(*name, asked, spent, sent=len(answer.body))


def _send_again(answer: Answer) -> None:
    floors.standing.body = answer.body
    floors.standing.encoding = answer.headers.get("Content-Encoding", "")
