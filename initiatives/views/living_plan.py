"""未来図: the living plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def living_plan(request: HttpRequest) -> HttpResponse:
    return render(request, "initiatives/living_plan.html", {"nav": "plan"})
