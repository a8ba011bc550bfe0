"""機構改革・引継ぎ: a department ends and others take over, on one screen that opens step by step."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from kirishima_dx.fiscal_year import wareki_date
from people.access import actor, secretariat_only
from people.models import Department, SuccessionRecall
from plans.models import Edition
from plans.served import served_plan
from rounds.actions.handover import Handover, HandoverOutdated, HandoverRefused, hand_over
from rounds.forms.allocation import AllocationForm
from rounds.forms.handover import MOST_SUCCESSORS, HandoverStartForm, SuccessorForms
from rounds.queries.handover import Holdings, handover_record, holdings_of, item_texts

NAMED = tuple(f"s{number}-" for number in range(1, MOST_SUCCESSORS + 1))
CHOSEN = ("item-", "role-", "reason")
"""Beginnings of the names of what is typed in the second and the third step."""


@dataclass
class _Steps:
    """The three steps, each there once the one before it is answered."""

    start: HandoverStartForm
    successors: SuccessorForms | None = None
    holdings: Holdings | None = None
    allocation: AllocationForm | None = None


def _edition(request: HttpRequest) -> Edition | None:
    plan = served_plan(request)
    return Edition.objects.living(plan, clock.today()) if plan else None


def _steps(request: HttpRequest, data: QueryDict) -> _Steps:
    edition, asked = _edition(request), data if "department" in data else None
    years = (edition.first_fiscal_year, edition.last_fiscal_year) if edition else None
    steps = _Steps(HandoverStartForm(asked, today=clock.today(), years=years))
    if not steps.start.is_valid():
        return steps
    told = steps.start.cleaned_data
    steps.successors = SuccessorForms(steps.start, data)
    steps.holdings = holdings_of(told["department"], told["day"])
    if steps.successors.is_valid():
        steps.allocation = AllocationForm(
            data if request.method == "POST" else None,
            holdings=steps.holdings,
            successors=steps.successors.departments,
            texts=item_texts(edition),
            typed=data,
        )
    return steps


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def department_handover(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    steps = _steps(request, data)
    refusal, is_outdated = "", False
    if request.method == "POST" and steps.allocation is not None and steps.allocation.is_valid():
        try:
            return _handed_over(request, steps)
        except HandoverRefused as refused:
            refusal = str(refused)
        except HandoverOutdated:
            is_outdated = True
            steps.allocation.reopened()
    context = {
        "crumbs": _crumbs("機構改革・引継ぎ"),
        "start": steps.start,
        "left": _days_left(steps.start),
        "successors": steps.successors,
        "holdings": steps.holdings,
        "allocation": steps.allocation,
        "refusal": refusal,
        "is_outdated": is_outdated,
        "carried": [(name, data[name]) for name in data if name.startswith((*NAMED, *CHOSEN))],
        "chosen": [(name, data[name]) for name in data if name.startswith(CHOSEN)],
    }
    status = 409 if is_outdated else 200
    return render(request, "rounds/handover.html", context, status=status)


def _days_left(start: HandoverStartForm) -> str:
    day = getattr(start, "cleaned_data", {}).get("day")
    return days_until(day, clock.today()) if day else ""


def _handed_over(request: HttpRequest, steps: _Steps) -> HttpResponse:
    """Do it, and go on to what moved. Raises HandoverRefused and HandoverOutdated."""
    if steps.successors is None or steps.allocation is None:
        raise HandoverOutdated
    told, allocation = steps.start.cleaned_data, steps.allocation
    successors = list(allocation.by_code.values())
    handover = Handover(
        before=told["department"],
        successors=successors,
        items=allocation.items,
        roles=allocation.roles,
        day=told["day"],
        reason=allocation.cleaned_data["reason"],
    )
    hand_over(handover=handover, seen=allocation.cleaned_data["seen"], by=actor(request))
    names = "、".join(department.name for department in successors)
    left = days_until(handover.day, clock.today())
    done = f"引き継ぐ予定を登録しました。{wareki_date(handover.day)}からです（{left}）。"
    said = done if handover.day > clock.today() else "引き継ぎました。"
    messages.success(request, f"「{handover.before.name}」を「{names}」に{said}")
    return redirect("department_handed_over", handover.before.code)


@require_safe
@secretariat_only
def department_handed_over(request: HttpRequest, code: str) -> HttpResponse:
    department = get_object_or_404(Department, code=code)
    record = handover_record(department, _edition(request))
    recalls = SuccessionRecall.objects.filter(succession__before=department)
    recalled = list(recalls.select_related("succession__after", "recalled_by"))
    if record is None and not recalled:
        raise Http404
    today = clock.today()
    context: dict[str, Any] = {
        "crumbs": _crumbs(f"{department.name}の引継ぎ"),
        "department": department,
        "record": record,
        "left": days_until(record.first.effective_from, today) if record else "",
        "is_planned": record is not None and record.first.effective_from > today,
        "recalled": recalled,
    }
    return render(request, "rounds/handover_record.html", context)


def _crumbs(page: str) -> list[tuple[str, str]]:
    return [("部署一覧", reverse("department_list")), (page, "")]
