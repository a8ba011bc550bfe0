"""Measure a reader who comes back while nothing has changed: whole, compressed, and asking whether something has.

Code that keeps nothing answers with the whole page each time, and is measured all the same.
"""

from dataclasses import dataclass

from bench import floors
from bench.timing import Row, in_turn, queries_of, row
from bench.visits import GZIP, Answer, Visitor

BYTES, UNCHANGED = "同じバイトを送るだけのビュー", "304 を送るだけのビュー（同じ職員）"
ANYONE, STAFF = "だれでも", "事務局"
RUNS = 10
"""How many times as many runs as of a page that is drawn."""


@dataclass(frozen=True)
class Return:
    """How one comes back: what the answer is where the page is kept, and what the browser says."""

    name: str
    who: str
    headers: dict[str, str]
    asks_for_change: bool = False

    @property
    def what(self) -> str:
        return what_of("/", self)


WHOLE = Return("200", ANYONE, {})
COMPRESSED = Return("200 gzip", ANYONE, GZIP)
ASKED = Return("304", ANYONE, GZIP, asks_for_change=True)
ASKED_BY_STAFF = Return("304", STAFF, GZIP, asks_for_change=True)
RETURNS = (WHOLE, COMPRESSED, ASKED, ASKED_BY_STAFF)


def what_of(url: str, how: Return) -> str:
    return f"`{url}` もう一度（{how.who}、{how.name}）"


def measure_repeated(
    url: str, anyone: Visitor, staff: Visitor, runs: int, returns: tuple[Return, ...] = RETURNS
) -> list[Row]:
    return [_measured(url, anyone if how.who == ANYONE else staff, how, runs) for how in returns]


def _measured(url: str, visitor: Visitor, how: Return, runs: int) -> Row:
    """Measure beside the same bytes, sent by a view behind the same middleware; 304 of staff beside such a view's."""
    headers = how.headers | (_tag(visitor.get(url, **how.headers)) if how.asks_for_change else {})
    ask = visitor.asking(url, **headers)
    ask()
    answer = ask()
    whole = visitor.get(url, **how.headers)
    floors.standing.body = whole.body
    floors.standing.encoding = whole.headers.get("Content-Encoding", "")
    floor = visitor.asking("/bench/304/" if how is ASKED_BY_STAFF else "/bench/bytes/")
    spent = in_turn(ask, floor, runs * RUNS if len(answer.body) < len(whole.body) else runs)
    return row(
        what_of(url, how),
        UNCHANGED if how is ASKED_BY_STAFF else BYTES,
        queries_of(ask),
        spent,
        sent=len(answer.body),
    )


def _tag(answer: Answer) -> dict[str, str]:
    """Return what a browser asks with that was given a tag."""
    tag = answer.headers.get("ETag")
    return {"HTTP_IF_NONE_MATCH": tag} if tag else {}
