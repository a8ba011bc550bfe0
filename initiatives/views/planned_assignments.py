"""Planned changes of responsibility: what is to come, called off or moved, and what was."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives.actions.planned_ends import Recall
from initiatives.actions.recalling import recall_turns
from initiatives.errors import RecallOutdated, RecallRefused
from initiatives.forms.recalling import PlannedFilterForm, PlannedTurnsForm
from initiatives.models import Initiative
from initiatives.queries.planned_turns import PlannedTurn, planned_turns
from initiatives.queries.recalled_turns import recalled_turns
from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from people.access import actor, secretariat_only
from plans.models import Edition, FocusItemText
from plans.served import served_plan


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def planned_assignments(request: HttpRequest) -> HttpResponse:
    plan, today = served_plan(request), clock.today()
    edition = Edition.objects.living(plan, today) if plan else None
    if edition is None:
        return render(request, "initiatives/item_list_empty.html", {"nav": "items"})
    turns = _turns(request, edition)
    made_from: dict[str, Any] = {
        "turns": turns,
        "today": today,
        "years": (edition.first_fiscal_year, edition.last_fiscal_year),
    }
    if request.method != "POST":
        # Whoever asked for one item or one day means what is shown.
        chosen = [turn.name for turn in turns] if request.GET else []
        form = PlannedTurnsForm(initial={"chosen": chosen}, **made_from)
        return _page(request, edition, turns, form)
    form = PlannedTurnsForm(request.POST, **made_from)
    is_outdated = False
    if form.is_valid():
        told = form.cleaned_data
        recall = Recall(told["reason"], actor(request), told["new_day"])
        try:
            recalled = recall_turns(seen=form.seen, recall=recall)
        except RecallRefused as refused:
            form.add_error(None, str(refused))
        except RecallOutdated:
            is_outdated = True
        else:
            act = "の日を変えました" if told["new_day"] else "を取りやめました"
            messages.success(request, f"{len(recalled)}項目の担当の予定{act}。")
            return redirect(request.get_full_path())
    return _page(request, edition, turns, form, is_outdated=is_outdated)


def _turns(request: HttpRequest, edition: Edition) -> list[PlannedTurn]:
    """Return what is planned of the plan's items, narrowed to an item or a day that the address names."""
    narrowed = PlannedFilterForm(request.GET)
    told = narrowed.cleaned_data if narrowed.is_valid() else {}
    initiatives = Initiative.objects.filter(focus_item__plan=edition.plan)
    if told.get("item"):
        initiatives = initiatives.filter(focus_item__code=told["item"])
    turns = planned_turns(clock.today(), initiatives=initiatives)
    return [turn for turn in turns if told.get("day") in (None, turn.day)]


def _page(
    request: HttpRequest,
    edition: Edition,
    turns: list[PlannedTurn],
    form: PlannedTurnsForm,
    *,
    is_outdated: bool = False,
) -> HttpResponse:
    today = clock.today()
    code = request.GET.get("item", "")
    context = {
        "nav": "items",
        "crumbs": [
            ("進捗一覧", reverse("item_list")),
            ("担当の一括設定", reverse("assignments")),
            ("これから変わる担当", ""),
        ],
        "form": form,
        "days": {turn.day: days_until(turn.day, today) for turn in turns},
        "of_handovers": [turn for turn in turns if turn.handover_of is not None],
        "recalled": recalled_turns(edition.plan, code),
        "texts": _texts(edition, turns),
        "is_narrowed": bool(request.GET),
        "is_outdated": is_outdated,
    }
    status = 409 if is_outdated else 200
    return render(request, "initiatives/planned_assignments.html", context, status=status)


def _texts(edition: Edition, turns: list[PlannedTurn]) -> dict[int, FocusItemText]:
    """Return what the items are called: in this edition, or, where they come in later, in the one that brings them."""
    adopted = Edition.objects.of(edition.plan).adopted()
    items = [turn.initiative.focus_item_id for turn in turns]
    found = FocusItemText.objects.filter(edition__in=adopted, focus_item__in=items)
    texts: dict[int, FocusItemText] = {}
    for text in found.select_related("policy__axis").order_by("edition__effective_from"):
        if text.edition_id == edition.pk or text.focus_item_id not in texts:
            texts[text.focus_item_id] = text
    return texts
