"""The reply board of a round, on the screen and as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.views.sort_heads import sort_heads
from kirishima_dx import clock
from kirishima_dx.spreadsheets.writing import ENCODINGS, XLSX, Readers, csv_download, download
from people.access import signed_in
from rounds.exports.board import board_csv, board_workbook
from rounds.forms.round_steps import BoardForm
from rounds.queries.board_wish import SORTS, narrowed
from rounds.rules import can_run_rounds
from rounds.views.round_loading import LoadedRound, load_round


@require_safe
@signed_in
def round_board(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    board = loaded.board()
    form = BoardForm(request.GET, board=board)
    rows = narrowed(board, form.wish)
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(),
        "round": loaded.round,
        "today": loaded.today,
        "board": board,
        "form": form,
        "rows": rows,
        "departments": board.departments(rows),
        "heads": sort_heads(SORTS, form.wish.sort),
        "may_run": can_run_rounds(request.user),
    }
    return render(request, "rounds/round_board.html", context)


def _file_name(loaded: LoadedRound, suffix: str) -> str:
    return f"回答の状況_{loaded.round.name.replace(' ', '_')}_{loaded.today:%Y%m%d}.{suffix}"


def _back_to_board(request: HttpRequest, round_id: int) -> HttpResponse:
    """Answer conditions that make no sense with the page that says so, not with a file of other rows."""
    return redirect(f"{reverse('round_board', args=[round_id])}?{request.GET.urlencode()}")


@require_safe
@signed_in
def board_workbook_file(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    board = loaded.board()
    form = BoardForm(request.GET, board=board)
    if form.errors:
        return _back_to_board(request, round_id)
    content = board_workbook(board, narrowed(board, form.wish), made_at=clock.now())
    name = _file_name(loaded, "xlsx")
    return download(content, name=name, content_type=XLSX, readers=Readers.STAFF)


@require_safe
@signed_in
def board_csv_file(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    board = loaded.board()
    form = BoardForm(request.GET, board=board)
    encoding = ENCODINGS.get(request.GET.get("encoding", ""))
    if form.errors or encoding is None:
        return _back_to_board(request, round_id)
    content = board_csv(narrowed(board, form.wish), encoding=encoding)
    name = _file_name(loaded, "csv")
    return csv_download(content, name=name, encoding=encoding, readers=Readers.STAFF)
