"""What somebody wants to see of the reply board, and in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rounds.enums import AnswerState
from rounds.queries.board import Board, BoardRow


@dataclass(frozen=True)
class BoardWish:
    """What somebody wants to see of a board. Empty means all of it, by number."""

    department: str = ""
    state: str = ""
    overdue: bool = False
    q: str = ""
    sort: str = ""


NOBODY, OWED, AT_CERTIFIER = "none", "owed", "certifier"
"""Conditions that are no code of a department and no state by themselves."""
SORTS = {
    "number": "番号",
    "department": "主担当課",
    "state": "回答の状況",
    "due": "期限",
    "updated": "最終更新",
    "last": "前回の記録",
}


def narrowed(board: Board, wish: BoardWish) -> list[BoardRow]:
    """Return the rows that somebody wants to see, in the order in which they want them."""
    kept = [row for row in board.rows if _is_wanted(row, wish)]
    key = wish.sort.removeprefix("-")
    if key in _ORDERS:
        empty = [row for row in kept if _ORDERS[key](row) is None]
        rest = [row for row in kept if _ORDERS[key](row) is not None]
        rest.sort(key=_ORDERS[key], reverse=wish.sort.startswith("-"))
        return rest + empty
    return kept


def _is_wanted(row: BoardRow, wish: BoardWish) -> bool:
    code = row.lead.code if row.lead else NOBODY
    return (
        wish.department in ("", code)
        and _is_in_state(row, wish.state)
        and (not wish.overdue or (row.is_overdue and row.may_still_come))
        and _has_words(row, wish.q.split())
    )


def _is_in_state(row: BoardRow, state: str) -> bool:
    if state == OWED:
        return row.is_owed
    if state == AT_CERTIFIER:
        return row.answer.awaits_certifier
    return state in ("", row.answer.state)


def _has_words(row: BoardRow, words: Sequence[str]) -> bool:
    said = "\n".join(
        (row.text.place, row.text.title, row.lead_name, row.answer.asked_department_name)
    ).casefold()
    return all(word.casefold() in said for word in words)


_STATE_ORDER = {state: n for n, state in enumerate(AnswerState.values)}
_ORDERS: dict[str, Callable[[BoardRow], Any]] = {
    "number": lambda row: row.place_order,
    "department": lambda row: row.lead.place_order if row.lead else (-1, ""),
    "state": lambda row: _STATE_ORDER[row.answer.state],
    "due": lambda row: row.due_on,
    "updated": lambda row: row.answer.updated_at,
    "last": lambda row: row.last_as_of,
}
