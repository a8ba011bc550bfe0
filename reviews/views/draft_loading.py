"""How the pages of drafting come by the open draft, and what happens to typed text once it is adopted."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plans.models import Edition
from plans.served import served_plan
from reviews.forms.adoption import AdoptForm
from reviews.forms.draft import ItemForm, ReasonForm
from reviews.queries import draft_of, draft_review

P = ParamSpec("P")
NO_DRAFT = "改定中の案はありません。"


def with_draft(
    view: Callable[Concatenate[HttpRequest, Edition, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hand the open draft to a view. A form opened on a draft adopted since is answered with its typed text."""

    def loaded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        plan = served_plan(request)
        draft = draft_of(plan) if plan else None
        opened = request.POST.get("opened_edition", "")
        if draft is not None and opened in ("", draft.number):
            return view(request, draft, *args, **kwargs)
        if request.method == "POST":
            which = f"第{opened}版" if opened else "この案"
            return too_late(request, f"{which}はすでに施行されているので、変更できません。")
        messages.warning(request, NO_DRAFT)
        return redirect("draft")

    update_wrapper(loaded, view)
    return loaded


def too_late(request: HttpRequest, why: str) -> HttpResponse:
    """Answer a form that can no longer be saved (409): why, and all that was typed, to be copied."""
    context = {**draft_context("保存できませんでした"), "why": why, "typed": _typed(request)}
    return render(request, "reviews/draft_closed.html", context, status=409)


def not_in_draft(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    """Answer for an item that the draft does not hold (it never did, or it was ended) or already holds again."""
    item = draft_review(draft).item(code)
    if item is None:
        raise Http404(f"{draft.name}に重点項目 {code} はありません。")
    is_ended = item.change.new is None
    if request.method == "POST":
        stands = "終了になっている" if is_ended else "終了になっていない"
        return too_late(request, f"{code} は{draft.name}で{stands}ので、保存できませんでした。")
    if is_ended:
        return redirect("draft_item_end" if item.unexplained else "draft_item_restore", code)
    return redirect("draft_item_edit", code)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    known: dict[str, forms.Field] = {
        **ItemForm.base_fields,
        **ReasonForm.base_fields,
        **AdoptForm.base_fields,
    }
    shown = {name: field for name, field in known.items() if not field.widget.is_hidden}
    return [
        (str(field.label), "はい" if isinstance(field, forms.BooleanField) else request.POST[name])
        for name, field in shown.items()
        if request.POST.get(name)
    ]


def draft_context(*crumbs: str) -> dict[str, Any]:
    """Return what every page of drafting shows: where it lies."""
    above = [("版と改定", reverse("edition_list")), ("改定案", reverse("draft"))]
    return {"nav": "editions", "crumbs": [*above, *((label, "") for label in crumbs)]}


def draft_url(code: str = "") -> str:
    """Return the page of the draft, at an item."""
    return f"{reverse('draft')}#item-{code}" if code else reverse("draft")
