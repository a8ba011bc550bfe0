"""Closing what holds personal data by mistake: looked at, decided with a reason, and gone (A3). For the 事務局."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kirishima_dx.closing import Standing, model_of
from kirishima_dx.erasing import erase_emptied
from people.access import actor, secretariat_only
from people.actions.closing import close_cells
from people.closed import closing_of, told_closings
from people.closing_places import ClosingPlan, plan_of_row, plan_of_words
from people.errors import ClosingOutdated, ClosingRefused
from people.forms import ClosingForm, ClosingSearchForm

NOT_ERASED = (
    "閉じましたが、消した内容がデータベースのファイルにまだ残っています。"
    "運用の担当者に「manage.py erase_closed」を、データベースの持ち主として実行してもらってください。"
)


@require_safe
@secretariat_only
def closing_list(request: HttpRequest) -> HttpResponse:
    return _list_page(request, ClosingSearchForm())


@require_POST
@secretariat_only
def closing_search(request: HttpRequest) -> HttpResponse:
    """Look for words; they come by POST, so that they stand in no address and in no log."""
    form = ClosingSearchForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form)
    words = form.cleaned_data["words"]
    return _closing(request, plan_of_words(words), None, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def closing_add(request: HttpRequest, table: str, row_id: int) -> HttpResponse:
    model = model_of(table)
    row = model._base_manager.filter(pk=row_id).first() if model else None
    if row is None:
        raise Http404("閉じられるものがありません。")
    return _closing(request, plan_of_row(row), row)


def _closing(
    request: HttpRequest, plan: ClosingPlan, row: Model | None, words: str = ""
) -> HttpResponse:
    if "stamp" not in request.POST:
        return _page(request, plan, row, ClosingForm(initial={"stamp": plan.stamp}), words=words)
    keys = request.POST.getlist("choice")
    plan.ticked(keys)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, row, form, words=words)
    fixed = plan.fixed_of(keys)
    try:
        _close(request, plan, row, form)
    except ClosingOutdated:
        typed = {"stamp": plan.stamp, "reason": form.cleaned_data["reason"]}
        again = ClosingForm(initial=typed)  # What changed is looked at before it is ticked again.
        return _page(request, plan, row, again, words=words, is_clash=True)
    except ClosingRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, plan, row, form, words=words)
    return _went(request, fixed)


def _close(request: HttpRequest, plan: ClosingPlan, row: Model | None, form: ClosingForm) -> None:
    """Close what was ticked, if all is as it was looked at, and have the database let go of it."""
    if form.cleaned_data["stamp"] != plan.stamp:
        raise ClosingOutdated
    cells = plan.chosen(request.POST.getlist("choice"))
    subject = str(row._meta.verbose_name) if row else "言葉から探したもの"
    close_cells(cells=cells, subject=subject, reason=form.cleaned_data["reason"], by=actor(request))
    messages.success(request, f"閉じました（{len(cells)}か所）。")
    if not erase_emptied({cell.model._meta.db_table for cell in cells}):
        messages.warning(request, NOT_ERASED)


def _went(request: HttpRequest, fixed: list[Standing]) -> HttpResponse:
    """Go on to what can never be altered and tells of it: it is withheld as a whole."""
    if not fixed:
        return redirect("closing_list")
    labels = "、".join(one.label for one in fixed)
    messages.warning(request, f"閉じた言葉は{labels}にも載っています。差し控えてください。")
    return redirect(fixed[0].url)


def _page(
    request: HttpRequest,
    plan: ClosingPlan,
    row: Model | None,
    form: ClosingForm,
    *,
    words: str = "",
    is_clash: bool = False,
) -> HttpResponse:
    subject = str(row._meta.verbose_name) if row else "言葉のあるところ"
    context = {
        "crumbs": [("閉鎖の記録", reverse("closing_list")), (f"{subject}を閉じる", "")],
        "subject": subject,
        "found": plan,
        "form": form,
        "words": words,
        "is_clash": is_clash,
        "closing": closing_of(row) if row else None,
    }
    return render(request, "people/closing_add.html", context, status=409 if is_clash else 200)


def _list_page(request: HttpRequest, form: ClosingSearchForm) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": [("閉鎖の記録", "")],
        "form": form,
        "closings": told_closings(),
    }
    return render(request, "people/closing_list.html", context)


def closed_page(request: HttpRequest, row: Model) -> HttpResponse:
    """Say that what an address names was closed: gone for good (410); staff read when and why."""
    context = {"closing": closing_of(row), "subject": str(row._meta.verbose_name)}
    return render(request, "people/closed.html", context, status=410)
