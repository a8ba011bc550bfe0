"""Fetching a round and its answers for a view."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from kirishima_dx import clock
from plans.served import served_plan
from rounds.models import ReportingRound
from rounds.queries.board import Board, BoardRow, reply_board


@dataclass
class LoadedRound:
    """A round of the plan that is served, and what day it is."""

    round: ReportingRound
    today: date

    def crumbs(self, *pages: tuple[str, str]) -> list[tuple[str, str]]:
        """Return the way to the round or, with names and addresses, to a page below it."""
        own = (self.round.name, self.round.get_absolute_url() if pages else "")
        return [("照会", reverse("round_list")), own, *pages]

    def board(self) -> Board:
        return reply_board(self.round, self.today)


def load_round(request: HttpRequest, round_id: int) -> LoadedRound:
    """Return a round of the plan that is served; 404 where there is none."""
    plan = served_plan(request)
    round = plan.rounds.filter(pk=round_id).first() if plan else None
    if round is None:
        raise Http404
    return LoadedRound(round, clock.today())


def row_of(board: Board, code: str) -> BoardRow:
    """Return the answer of an item; 404 where the round does not ask about it."""
    for row in board.rows:
        if row.code == code:
            return row
    raise Http404
