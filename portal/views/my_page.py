"""マイページ, and how to answer, on one page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.stated_column import Kind
from initiatives.statement import COLUMNS
from kirishima_dx import clock
from people.access import actor, signed_in
from plans.served import served_plan
from portal.queries import my_page as queries
from portal.queries.my_headquarters import my_headquarters
from reviews.rules import can_write_opinions


@require_safe
@signed_in
def my_page(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    if plan is None:
        raise Http404
    user = actor(request)
    context = {
        "nav": "my",
        "crumbs": [("マイページ", "")],
        "page": queries.my_page(user, plan, clock.today()),
        "departments": user.writing_departments,
        "headquarters": my_headquarters(plan) if can_write_opinions(user) else None,
    }
    return render(request, "portal/my_page.html", context)


@require_safe
@signed_in
def answering_guide(request: HttpRequest) -> HttpResponse:
    context = {
        "nav": "my",
        "crumbs": [("回答の使い方", "")],
        "columns": [column for column in COLUMNS if column.kind is Kind.CHOICE],
    }
    return render(request, "portal/answering_guide.html", context)
