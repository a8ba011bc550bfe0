"""The rounds side by side; opening one, moving its deadline, closing it, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.errors import EntryRefused
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.access import actor, secretariat_only, signed_in
from people.models import Department
from plans.models import Edition, Plan
from plans.served import served_plan
from rounds.actions.round_opening import open_round_once
from rounds.actions.rounds import close_round, extend_deadline
from rounds.forms.round_steps import CloseForm, ExtensionForm
from rounds.forms.rounds import SCOPE_FIELDS, RoundForm
from rounds.queries.board import Board
from rounds.queries.round_story import round_story as story_of
from rounds.queries.rounds import RoundShelf, round_preview, round_shelf, suggested_terms
from rounds.rules import can_run_rounds
from rounds.views.round_loading import LoadedRound, load_round


@require_safe
@signed_in
def round_list(request: HttpRequest) -> HttpResponse:
    plan, today = served_plan(request), clock.today()
    context = {
        "nav": "rounds",
        "crumbs": [("照会", "")],
        "shelf": round_shelf(plan, today) if plan else RoundShelf(),
        "may_run": can_run_rounds(request.user),
        "has_plan": plan is not None,
    }
    return render(request, "rounds/round_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def round_open(request: HttpRequest) -> HttpResponse:
    plan, today = served_plan(request), clock.today()
    edition = Edition.objects.living(plan, today) if plan else None
    if plan is None or edition is None:
        return render(request, "rounds/round_open.html", {"nav": "rounds", **_opening()})
    made_from: dict[str, Any] = {"today": today, "edition": edition}
    if request.method != "POST":
        form = RoundForm(initial=suggested_terms(today), **made_from)
        return _open_page(request, form)
    form = RoundForm(request.POST, **made_from)
    if "edit" in request.POST or not form.is_valid():
        return _open_page(request, form)
    if "open" not in request.POST:
        return _check_page(request, plan, form)
    return _open(request, plan, form)


def _opening(*more: tuple[str, str]) -> dict[str, Any]:
    return {"crumbs": [("照会", reverse("round_list")), ("照会を始める", ""), *more]}


def _open_page(request: HttpRequest, form: RoundForm) -> HttpResponse:
    groups = [(scope, form[name]) for scope, name in SCOPE_FIELDS.items()]
    context = {"nav": "rounds", "form": form, "groups": groups, **_opening()}
    return render(request, "rounds/round_open.html", context)


def _check_page(request: HttpRequest, plan: Plan, form: RoundForm) -> HttpResponse:
    terms = form.terms
    twins = plan.rounds.filter(
        fiscal_year=terms.fiscal_year, kind=terms.kind, is_rehearsal=terms.is_rehearsal
    )
    context = {
        "nav": "rounds",
        "form": form,
        "terms": terms,
        "preview": round_preview(form.chosen_texts, form.today),
        "twins": [twin for twin in twins if twin.title == terms.title],
        "kept": _kept(request),
        **_opening(),
    }
    return render(request, "rounds/round_open_check.html", context)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be sent along by the page that shows what it means."""
    own = {"csrfmiddlewaretoken", "check", "open", "edit"}
    return [
        (name, value)
        for name in request.POST
        if name not in own
        for value in request.POST.getlist(name)
    ]


def _open(request: HttpRequest, plan: Plan, form: RoundForm) -> HttpResponse:
    items = [text.focus_item for text in form.chosen_texts]
    try:
        round, is_new = open_round_once(plan=plan, terms=form.terms, items=items, by=actor(request))
    except EntryRefused as refused:
        for message in refused.errors.values():
            form.add_error(None, message)
        return _open_page(request, form)
    if is_new:
        messages.success(request, f"照会「{round.name}」を始めました。{len(items)}項目です。")
    else:
        messages.info(
            request, f"同じ照会「{round.name}」は、すでに始まっています。二重には始めていません。"
        )
    return redirect(round)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def round_extension(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    board = loaded.board()
    leads = [row.department.pk for row in board.departments() if row.department]
    made_from: dict[str, Any] = {
        "departments": Department.objects.filter(pk__in=leads),
        "today": loaded.today,
    }
    if request.method != "POST":
        form = ExtensionForm(initial={"department": request.GET.get("department")}, **made_from)
        return _extension_page(request, loaded, board, form)
    form = ExtensionForm(request.POST, **made_from)
    if form.is_valid():
        try:
            extension = extend_deadline(round=loaded.round, **form.cleaned_data, by=actor(request))
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            who = extension.department or "すべての部署"
            messages.success(
                request, f"{who}の期限を、{wareki_date(extension.due_on)}まで延ばしました。"
            )
            return redirect(loaded.round)
    return _extension_page(request, loaded, board, form)


def _extension_page(
    request: HttpRequest, loaded: LoadedRound, board: Board, form: ExtensionForm
) -> HttpResponse:
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(("期限の延長", "")),
        "round": loaded.round,
        "board": board,
        "form": form,
        "extensions": loaded.round.extensions.select_related("department"),
    }
    return render(request, "rounds/round_extension.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def round_close(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    board = loaded.board()
    if loaded.round.is_closed:
        messages.info(request, "この照会は、すでに締め切られています。")
        return redirect(loaded.round)
    if request.method != "POST":
        return _close_page(request, loaded, board)
    form = CloseForm(request.POST)
    if not form.is_valid() or form.cleaned_data["seen"] != _seen(board):
        return _close_page(request, loaded, board, has_clash=form.is_valid())
    try:
        close_round(round=loaded.round, by=actor(request))
    except EntryRefused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, f"照会「{loaded.round.name}」を締め切りました。")
    return redirect(loaded.round)


def _seen(board: Board) -> str:
    """Return how the answers stand, for a closing to be of what was looked at."""
    counts = board.counts
    parts = (counts.unanswered, counts.writing, counts.returned, counts.sent, counts.accepted)
    return "-".join(map(str, parts))


def _close_page(
    request: HttpRequest, loaded: LoadedRound, board: Board, *, has_clash: bool = False
) -> HttpResponse:
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(("締切り", "")),
        "round": loaded.round,
        "board": board,
        "owing": [row for row in board.departments() if row.owed],
        "form": CloseForm(initial={"seen": _seen(board)}),
        "has_clash": has_clash,
    }
    status = 409 if has_clash else 200
    return render(request, "rounds/round_close.html", context, status=status)


@require_safe
@signed_in
def round_story(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(("経過のまとめ", "")),
        "round": loaded.round,
        "story": story_of(loaded.round, loaded.today),
        "today": loaded.today,
    }
    return render(request, "rounds/round_story.html", context)
