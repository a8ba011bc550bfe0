"""Ending an item with a draft, and taking the end back."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import actor, secretariat_only
from plans.enums import Fate
from plans.models import Edition, FocusItemText
from plans.queries import dropped_wording
from revisions.actions.amending import amend_end, amend_restore
from revisions.actions.explaining import explain_changes
from revisions.forms.draft import ExplainForm, ItemEndForm
from revisions.papers.explained import AmendedItem
from revisions.queries.drafts import draft_review, draft_text
from revisions.queries.origins import origin_sources
from revisions.views.draft_loading import (
    answered,
    draft_context,
    draft_url,
    item_act_page,
    item_anchor,
    not_in_draft,
    with_draft,
)
from revisions.views.draft_said import say_at

PAGE = "draft_item_end.html", "終了にする"


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemEndForm)
def draft_item_end(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return _ended_already(request, draft, code)
    sources = origin_sources(draft, text.focus_item)
    page = partial(item_act_page, request, *PAGE, text)
    if request.method != "POST":
        return page(ItemEndForm.opened_on(text, sources))
    form = ItemEndForm(request.POST, sources=sources)
    return answered(form, page, partial(_end, request, text))


def _end(request: HttpRequest, text: FocusItemText, form: ItemEndForm) -> HttpResponse:
    amend_end(
        text=text,
        opened_version=form.cleaned_data["opened_version"],
        reason=form.cleaned_data["reason"],
        by=actor(request),
        origin=form.origin,
    )
    code = text.focus_item.code
    say_at(request, item_anchor(code), f"{text.place}{quoted(text.title)}を終了にしました。")
    return redirect(draft_url(code))


def _ended_already(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    """Ask for the reason where an item was ended without one; otherwise there is nothing to end."""
    item = draft_review(draft).item(code)
    if item is None or not item.unexplained:
        return not_in_draft(request, draft, code)
    sources = origin_sources(draft, item.change.focus_item)
    page = partial(item_act_page, request, *PAGE, item.change.either, draft=draft)
    if request.method != "POST":
        return page(ExplainForm(initial={"opened_edition": draft.mark}, sources=sources))
    form = ExplainForm(request.POST, sources=sources)
    return answered(form, page, partial(_explain, request, draft, item))


def _explain(
    request: HttpRequest, draft: Edition, item: AmendedItem, form: ExplainForm
) -> HttpResponse:
    explain_changes(
        draft=draft,
        focus_item=item.change.focus_item,
        reason=form.cleaned_data["reason"],
        by=actor(request),
        origin=form.origin,
    )
    say_at(request, item_anchor(item.code), f"{item.code} の終了の理由を記録しました。")
    return redirect(draft_url(item.code))


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ExplainForm)
def draft_item_restore(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    item = draft_review(draft).item(code)
    if item is None or item.change.new is not None:
        return not_in_draft(request, draft, code)
    sources = origin_sources(draft, item.change.focus_item)
    page = partial(_restore_page, request, draft, item)
    if request.method != "POST":
        return page(ExplainForm(initial={"opened_edition": draft.mark}, sources=sources))
    form = ExplainForm(request.POST, sources=sources)
    return answered(form, page, partial(_restore, request, draft, item))


def _restore_page(
    request: HttpRequest, draft: Edition, item: AmendedItem, form: ExplainForm, now: None = None
) -> HttpResponse:
    context = {
        **draft_context(f"{item.code} {_undone(item)}を取りやめる"),
        "undone": _undone(item),
        "draft": draft,
        "item": item,
        "text": dropped_wording(draft, item.change.focus_item),
        "form": form,
    }
    return render(request, "revisions/draft_item_restore.html", context)


def _restore(
    request: HttpRequest, draft: Edition, item: AmendedItem, form: ExplainForm
) -> HttpResponse:
    text = amend_restore(
        draft=draft,
        focus_item=item.change.focus_item,
        reason=form.cleaned_data["reason"],
        by=actor(request),
        origin=form.origin,
    )
    said = f"{text.place}{quoted(text.title)}の{_undone(item)}を取りやめました。"
    say_at(request, item_anchor(item.code), said)
    return redirect(draft_url(item.code))


def _undone(item: AmendedItem) -> str:
    """Return what is taken back: that the item ended, or that it went over into another one."""
    return str((item.change.fate if item.change.went_into else Fate.ENDED).label)
