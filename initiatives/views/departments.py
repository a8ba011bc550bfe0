"""Who is responsible for an item."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from initiatives.actions.departments import assign_departments
from initiatives.enums import NO_DEPARTMENT
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.forms.departments import DepartmentsForm
from initiatives.models import Responsibility
from initiatives.queries.assignments import lead_among, supporting_among
from initiatives.queries.item import neighbours
from initiatives.views.loading import LoadedItem, load_item
from kirishima_dx.text_diff import diff
from people.access import actor, secretariat_only
from people.models import Department


def _held(loaded: LoadedItem) -> list[Responsibility]:
    """Return the responsibilities that go on until further notice."""
    return list(
        Responsibility.objects.filter(
            initiative__focus_item=loaded.focus_item, valid_until__isnull=True
        )
        .select_related("department")
        .order_by("department__order", "department__code")
    )


def _in_words(lead: Department | None, supporting: Iterable[Department]) -> str:
    names = "、".join(department.name for department in supporting)
    return f"主担当課：{lead.name if lead else NO_DEPARTMENT}\n関係課：{names or 'なし'}"


def _opening(loaded: LoadedItem, held: list[Responsibility]) -> dict[str, Any]:
    lead = lead_among(held)
    return {
        "from_date": loaded.day,
        "lead": lead.code if lead else None,
        "supporting": [department.code for department in supporting_among(held)],
        "opened_revision": loaded.revision,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def item_departments(request: HttpRequest, code: str) -> HttpResponse:
    loaded = load_item(request, code)
    held = _held(loaded)
    made_from: dict[str, Any] = {"today": loaded.day, "is_change": bool(held)}
    if request.method != "POST":
        form = DepartmentsForm(initial=_opening(loaded, held), **made_from)
        return _departments_page(request, loaded, form)
    form = DepartmentsForm(request.POST, **made_from)
    if form.is_valid():
        try:
            _assign(request, loaded, form)
        except RevisionConflict:
            return _departments_page(request, loaded, form, is_clash=True)
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            messages.success(request, f"{code} の担当を設定しました。")
            return _redirect_on(request, loaded)
    return _departments_page(request, loaded, form)


def _redirect_on(request: HttpRequest, loaded: LoadedItem) -> HttpResponse:
    """Go back to the item or, where 52 are assigned in a row, on to the next one."""
    after = neighbours(loaded.text)["after"] if "then_next" in request.POST else None
    if after is None:
        return redirect(loaded.focus_item)
    return redirect("item_departments", after.focus_item.code)


def _assign(request: HttpRequest, loaded: LoadedItem, form: DepartmentsForm) -> None:
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
    request: HttpRequest, loaded: LoadedItem, form: Any, *, is_clash: bool = False
) -> HttpResponse:
    """Show the form; on a clash with what now stands and what would change, nothing typed lost."""
    held = _held(loaded)
    context: dict[str, Any] = {
        "nav": "items",
        "crumbs": loaded.crumbs("担当の設定"),
        "text": loaded.text,
        "code": loaded.focus_item.code,
        "held": held,
        "abolished": [r.department for r in held if not r.department.is_valid_on(loaded.day)],
        "following": neighbours(loaded.text)["after"],
        "has_departments": Department.objects.valid_on(loaded.day).exists(),
    }
    if is_clash:
        stands = _in_words(lead_among(held), supporting_among(held))
        mine = _in_words(form.cleaned_data["lead"], form.cleaned_data["supporting"])
        context |= {"stands": stands, "marks": diff(stands, mine)}
        form = form.reopened(opened_revision=loaded.revision)
    context["form"] = form
    status = 409 if is_clash else 200
    return render(request, "initiatives/item_departments.html", context, status=status)
