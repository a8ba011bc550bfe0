"""Ending an item with a draft, and taking the end back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import actor, secretariat_only
from people.models import User
from plans.errors import DraftRefused, EditConflict
from plans.models import Edition, FocusItemText
from plans.queries import dropped_wording
from reviews.actions import amend_end, amend_restore, explain_changes
from reviews.forms.draft import ItemEndForm, ReasonForm
from reviews.queries import AmendedItem, Wording, draft_review, draft_text, wording_at
from reviews.views.draft_loading import draft_context, draft_url, not_in_draft, too_late, with_draft


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft
def draft_item_end(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return _ended_already(request, draft, code)
    if request.method != "POST":
        return _end_page(request, text, ItemEndForm.opened_on(text))
    form = ItemEndForm(request.POST)
    if not form.is_valid():
        return _end_page(request, text, form)
    try:
        _end(form, text, by=actor(request))
    except EditConflict as conflict:
        now: FocusItemText = conflict.current
        return _end_page(request, now, form.reopened(now), clash=wording_at(now, now.version))
    except DraftRefused as refusal:
        return too_late(request, str(refusal))
    messages.success(request, f"{text.place}「{text.title}」を終了にしました。")
    return redirect(draft_url(code))


def _end(form: ItemEndForm, text: FocusItemText, *, by: User) -> None:
    amend_end(
        text=text,
        opened_version=form.cleaned_data["opened_version"],
        reason=form.cleaned_data["reason"],
        by=by,
    )


def _end_page(
    request: HttpRequest, text: FocusItemText, form: ReasonForm, *, clash: Wording | None = None
) -> HttpResponse:
    context = {
        **draft_context(f"{text.place} 終了にする"),
        "draft": text.edition,
        "text": text,
        "form": form,
        "clash": clash,
    }
    return render(request, "reviews/draft_item_end.html", context, status=409 if clash else 200)


def _ended_already(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    """Ask for the reason where an item was ended without one; otherwise there is nothing to end."""
    item = draft_review(draft).item(code)
    if item is None or not item.unexplained:
        return not_in_draft(request, draft, code)
    form = ReasonForm(initial={"opened_edition": draft.number})
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if form.is_valid():
            return _explain(request, draft, item, form)
    return _end_page(request, item.change.either, form)


def _explain(
    request: HttpRequest, draft: Edition, item: AmendedItem, form: ReasonForm
) -> HttpResponse:
    explain_changes(
        draft=draft,
        focus_item=item.change.focus_item,
        reason=form.cleaned_data["reason"],
        by=actor(request),
    )
    messages.success(request, f"{item.code} の終了の理由を記録しました。")
    return redirect(draft_url(item.code))


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft
def draft_item_restore(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    item = draft_review(draft).item(code)
    if item is None or item.change.new is not None:
        return not_in_draft(request, draft, code)
    form = ReasonForm(initial={"opened_edition": draft.number})
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if form.is_valid():
            return _restore(request, draft, item, form)
    context = {
        **draft_context(f"{code} 終了を取りやめる"),
        "draft": draft,
        "item": item,
        "text": dropped_wording(draft, item.change.focus_item),
        "form": form,
    }
    return render(request, "reviews/draft_item_restore.html", context)


def _restore(
    request: HttpRequest, draft: Edition, item: AmendedItem, form: ReasonForm
) -> HttpResponse:
    try:
        text = amend_restore(
            draft=draft,
            focus_item=item.change.focus_item,
            reason=form.cleaned_data["reason"],
            by=actor(request),
        )
    except DraftRefused as refusal:
        return too_late(request, str(refusal))
    messages.success(request, f"{text.place}「{text.title}」の終了を取りやめました。")
    return redirect(draft_url(item.code))
