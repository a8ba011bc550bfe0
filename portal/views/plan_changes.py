"""What changed of the plan: in a period that people name, or between two days."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.queries.plan_changes import plan_changes as changes_between
from initiatives.queries.told_changes import told_changes
from initiatives.views.any_day import AskedDay
from kirishima_dx import clock
from kirishima_dx.kept.decorator import kept
from plans.models import Plan
from plans.served import served_plan
from portal.enums import Basis, Period
from portal.forms import ChangesAskedForm
from portal.queries.periods import (
    Recorded,
    Span,
    recorded_days,
    reports_to_compare,
    span_between,
    span_of,
)
from reviews.models import AnnualReport
from reviews.rules import can_see_drafts


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a period up to a day, or two days. `reports` are those that a period may begin with,
    `span` is None where there is nothing to compare with."""

    until: date
    is_today: bool
    period: Period | None = None
    span: Span | None = None
    reports: list[AnnualReport] = field(default_factory=list)
    recorded: Recorded | None = None

    @property
    def earlier_report(self) -> AnnualReport | None:
        """Return the report before the one that is compared with."""
        compared = self.span.report if self.span else None
        before = (r for r in self.reports if compared and r.fiscal_year < compared.fiscal_year)
        return next(before, None)

    @property
    def suffix(self) -> str:
        return "" if self.is_today else f"&on={self.until.isoformat()}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the periods that can be asked for, by their words; on another day than today they are that day's."""
        words = {one: str(one.label) if self.is_today else ON_A_DAY[one] for one in Period}
        return [(one.value, words[one]) for one in Period if self._offers(one)]

    def _offers(self, period: Period) -> bool:
        if period is Period.LAST_YEAR:
            return self.recorded is not None and self.recorded.has_last_year
        return period is not Period.REPORT or bool(self.reports)

    @property
    def month_before(self) -> date:
        """Return the last day of the month before."""
        return self.until.replace(day=1) - timedelta(days=1)


ON_A_DAY = {
    Period.YEAR: "この日の年度",
    Period.LAST_YEAR: "その前の年度",
    Period.REPORT: "この日までの年次報告から",
    Period.EDITION: "この日の版から",
    Period.MONTH: "この日の月",
}


@require_safe
@kept
def plan_changes(request: HttpRequest) -> HttpResponse:
    """Show what changed in a `period` that ends with `on` (today by default), or from the day `since`; without either,
    in the period that has something to tell. Where two days make no sense, ask for them."""
    today = clock.today()
    form, plan = ChangesAskedForm(request.GET, today=today), served_plan(request)
    if not form.is_valid() or plan is None:
        return _page(request, form, Asked(today, True), status=400 if form.errors else 200)
    asked = _asked(request, form, plan, today)
    span = asked.span
    if span is None:
        return _page(request, ChangesAskedForm(today=today), asked)
    changes = changes_between(plan, span.old, span.new)
    initial = {"since": span.old.day, "on": span.new.day, "by": span.basis}
    shown: dict[str, Any] = {
        "old": AskedDay(span.old, today, []),
        "new": AskedDay(span.new, today, []),
        "changes": changes,
        "told": told_changes(changes) if changes else [],
    }
    return _page(request, ChangesAskedForm(initial=initial, today=today), asked, **shown)


def _asked(request: HttpRequest, form: ChangesAskedForm, plan: Plan, today: date) -> Asked:
    data = form.cleaned_data
    until = data["on"] or today
    is_today = until == today
    reports = reports_to_compare(plan, until, for_staff=can_see_drafts(request.user))
    recorded = recorded_days(plan, until)
    if data["since"]:
        chosen = span_between(data["since"], until, Basis(data["by"] or Basis.KNOWN))
        return Asked(until, is_today, None, chosen, reports, recorded)
    period = Period(data["period"]) if data["period"] else recorded.default
    wanted = [r for r in reports if not data["year"] or r.fiscal_year <= data["year"]]
    span = span_of(period, plan, until, wanted)
    return Asked(until, is_today, period, span, reports, recorded)


def _page(
    request: HttpRequest,
    form: ChangesAskedForm,
    asked: Asked,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    context = {"nav": "changes", "crumbs": [("変わったこと", "")], "form": form, "asked": asked}
    return render(request, "portal/plan_changes.html", {**context, **shown}, status=status)
