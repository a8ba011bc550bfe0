"""Who is responsible for an item."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from initiatives.actions.departments import assign_departments, refusal_of_day
from initiatives.enums import NO_DEPARTMENT
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.forms.departments import DepartmentsForm
from initiatives.models import Initiative, Responsibility
from initiatives.queries.assignments import lead_among, supporting_among
from initiatives.queries.item import neighbours
from initiatives.queries.planned_turns import planned_turns
from initiatives.views.any_day import AskedDay, asked_day
from initiatives.views.loading import LoadedItem, load_item
from kirishima_dx.elapsed import days_until
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.text_diff import diff
from people.access import actor, secretariat_only
from people.models import Department


def _held(loaded: LoadedItem, on: date) -> list[Responsibility]:
    """Return who is responsible on a day."""
    held = Responsibility.objects.valid_on(on).filter(initiative__focus_item=loaded.focus_item)
    in_order = held.select_related("department").order_by("department__order", "department__code")
    return list(in_order)


def _in_words(lead: Department | None, supporting: Iterable[Department]) -> str:
    names = "、".join(department.name for department in supporting)
    return f"主担当課：{lead.name if lead else NO_DEPARTMENT}\n関係課：{names or 'なし'}"


def _opening(loaded: LoadedItem, held: list[Responsibility], on: date) -> dict[str, Any]:
    lead = lead_among(held)
    return {
        "from_date": on,
        "lead": lead.code if lead else None,
        "supporting": [department.code for department in supporting_among(held)],
        "opened_revision": loaded.revision,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def item_departments(request: HttpRequest, code: str) -> HttpResponse:
    """Show who is responsible on the chosen day, and take who shall be from then on."""
    loaded, asked = load_item(request, code), asked_day(request)
    held, edition = _held(loaded, asked.day), loaded.text.edition
    made_from: dict[str, Any] = {
        "today": loaded.day,
        "shown_on": asked.day,
        "years": (edition.first_fiscal_year, edition.last_fiscal_year),
        "is_change": bool(held),
    }
    if request.method != "POST":
        form = DepartmentsForm(initial=_opening(loaded, held, asked.day), **made_from)
        return _departments_page(request, loaded, asked, form)
    form = DepartmentsForm(request.POST, **made_from)
    if form.is_valid():
        try:
            _assign(request, loaded, form)
        except RevisionConflict:
            return _departments_page(request, loaded, asked, form, is_clash=True)
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            left = days_until(form.cleaned_data["from_date"], loaded.day)
            when = f"{wareki_date(form.cleaned_data['from_date'])}から（{left}）" if left else ""
            messages.success(request, f"{code} の担当を設定しました。{when}")
            return _redirect_on(request, loaded)
    return _departments_page(request, loaded, asked, form)


def _redirect_on(request: HttpRequest, loaded: LoadedItem) -> HttpResponse:
    """Go back to the item or, where 52 are assigned in a row, on to the next one."""
    after = neighbours(loaded.text)["after"] if "then_next" in request.POST else None
    if after is None:
        return redirect(loaded.focus_item)
    return redirect("item_departments", after.code)


def _assign(request: HttpRequest, loaded: LoadedItem, form: DepartmentsForm) -> None:
    initiative = Initiative.objects.filter(focus_item=loaded.focus_item).first()
    if initiative is not None:
        refusal = refusal_of_day(initiative, form.cleaned_data["from_date"], form.shown_on)
        if refusal:
            raise EntryRefused({"from_date": refusal})
    assign_departments(
        focus_item=loaded.focus_item,
        lead=form.cleaned_data["lead"],
        supporting=form.cleaned_data["supporting"],
        from_date=form.cleaned_data["from_date"],
        reason=form.cleaned_data["reason"],
        opened_revision=form.cleaned_data["opened_revision"],
        by=actor(request),
    )


def _departments_page(
    request: HttpRequest,
    loaded: LoadedItem,
    asked: AskedDay,
    form: Any,
    *,
    is_clash: bool = False,
) -> HttpResponse:
    """Show the form; on a clash with what now stands and what would change, nothing typed lost."""
    held = _held(loaded, asked.day)
    initiative = Initiative.objects.filter(focus_item=loaded.focus_item)
    context: dict[str, Any] = {
        "nav": "items",
        "crumbs": loaded.crumbs("担当の設定"),
        "text": loaded.text,
        "code": loaded.focus_item.code,
        "any_day": asked,
        "held": held,
        "turns": planned_turns(loaded.day, initiatives=initiative),
        "ended": [r.department for r in held if r.department.has_ended_by(asked.day)],
        "following": neighbours(loaded.text)["after"],
        "has_departments": Department.objects.not_abolished(asked.day).exists(),
    }
    if is_clash:
        stands = _in_words(lead_among(held), supporting_among(held))
        mine = _in_words(form.cleaned_data["lead"], form.cleaned_data["supporting"])
        context |= {"stands": stands, "marks": diff(stands, mine)}
        form = form.reopened(opened_revision=loaded.revision)
    context["form"] = form
    status = 409 if is_clash else 200
    return render(request, "initiatives/item_departments.html", context, status=status)
