"""A planned handover is called off, or moved to another day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives.actions.planned_ends import Recall
from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from people.access import actor, secretariat_only
from people.models import Department
from plans.models import Edition
from plans.served import served_plan
from rounds.actions.handover import HandoverOutdated, HandoverRefused
from rounds.actions.recalling_handover import recall_handover
from rounds.forms.recalled_handover import HandoverRecallForm
from rounds.queries.planned_handover import PlannedHandover, obstacles_of, planned_handover


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def handover_recall(request: HttpRequest, code: str) -> HttpResponse:
    department = get_object_or_404(Department, code=code)
    planned = planned_handover(department, clock.today())
    if planned is None:
        messages.info(
            request, f"「{department.name}」には、取りやめられる引継ぎの予定がありません。"
        )
        return redirect("department_list")
    if request.method != "POST":
        form = HandoverRecallForm(initial={"seen": planned.fingerprint}, **_made_from(request))
        return _page(request, planned, form)
    form = HandoverRecallForm(request.POST, **_made_from(request))
    is_outdated = False
    if form.is_valid():
        told = form.cleaned_data
        recall = Recall(told["reason"], actor(request), told["new_day"])
        try:
            recall_handover(department=department, seen=told["seen"], recall=recall)
        except HandoverRefused as refused:
            form.add_error(None, str(refused))
        except HandoverOutdated:
            is_outdated = True
        else:
            act = "の日を変えました" if told["new_day"] else "を取りやめました"
            messages.success(request, f"「{department.name}」の引継ぎ{act}。")
            return redirect("department_handed_over", code)
    return _page(request, planned, form, is_outdated=is_outdated)


def _made_from(request: HttpRequest) -> dict[str, Any]:
    plan, today = served_plan(request), clock.today()
    edition = Edition.objects.living(plan, today) if plan else None
    years = (edition.first_fiscal_year, edition.last_fiscal_year) if edition else None
    return {"today": today, "years": years}


def _page(
    request: HttpRequest,
    planned: PlannedHandover,
    form: HandoverRecallForm,
    *,
    is_outdated: bool = False,
) -> HttpResponse:
    """Show what goes back; where the plan is another by now, that one, with everything that was typed."""
    name = planned.before.name
    own = reverse("department_handed_over", args=[planned.before.code])
    context = {
        "crumbs": [
            ("部署一覧", reverse("department_list")),
            (f"{name}の引継ぎ", own),
            ("取りやめる・日を変える", ""),
        ],
        "planned": planned,
        "left": days_until(planned.day, clock.today()),
        "obstacles": obstacles_of(planned),
        "form": form,
        "seen": planned.fingerprint if is_outdated else form["seen"].value(),
        "is_outdated": is_outdated,
    }
    status = 409 if is_outdated else 200
    return render(request, "rounds/handover_recall.html", context, status=status)
