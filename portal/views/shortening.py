"""Letting go of records whose time is over: how many they are, why, and a tick (A2). For the 事務局."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from people.access import actor, secretariat_only
from people.actions.shortening import latest_until, left_over, let_go, say_shortened, years_before
from people.errors import ShorteningRefused
from people.kept_records import LEAST_YEARS, YEARS, kept
from portal.forms import ShorteningForm

MOST = 20_000
"""Rows that one press of the button takes away: some seconds."""


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def record_shortening(request: HttpRequest) -> HttpResponse:
    if "go_on" in request.POST:
        return _went(request, let_go(most=MOST))
    if request.method != "POST":
        until = years_before(clock.today(), YEARS)
        return _page(request, ShorteningForm(initial={"until": until, "seen": until}))
    form = ShorteningForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    tables = [one for name in form.cleaned_data["tables"] if (one := kept(name))]
    asked = form.cleaned_data
    try:
        say_shortened(
            tables=tables, until=asked["until"], reason=asked["reason"], by=actor(request)
        )
    except ShorteningRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    return _went(request, let_go(most=MOST))


def _went(request: HttpRequest, gone: int) -> HttpResponse:
    left = left_over()
    messages.success(request, f"保存期間を過ぎた記録を消しました（{gone:,}件）。")
    return redirect("record_shortening" if left else f"{reverse('record_list')}?kind=shortening")


def _page(request: HttpRequest, form: ShorteningForm) -> HttpResponse:
    context = {
        "crumbs": [("利用の記録", reverse("record_list")), ("記録の整理", "")],
        "form": form,
        "left": left_over(),
        "latest": latest_until(),
        "years": YEARS,
        "least": LEAST_YEARS,
    }
    return render(request, "portal/record_shortening.html", context)
