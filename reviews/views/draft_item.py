"""Changing the words of an item of a draft, and adding an item."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import actor, secretariat_only
from people.models import User
from plans.errors import DraftRefused, EditConflict, TitleTaken
from plans.models import Edition, FocusItemText, Policy
from reviews.actions import amend_add, amend_text, explain_changes
from reviews.clash import clash_of
from reviews.forms.draft import ItemEditForm, ItemForm
from reviews.queries import draft_policy, draft_review, draft_text
from reviews.views.draft_loading import draft_context, draft_url, not_in_draft, too_late, with_draft

NOTHING_CHANGED = "重点項目も取組の概要も★も、案のいまの文言と同じです。"


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft
def draft_item_edit(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return not_in_draft(request, draft, code)
    if request.method != "POST":
        return _edit_page(request, text, ItemEditForm.opened_on(text))
    form = ItemEditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, text, form)
    try:
        saved = _save(form, text, by=actor(request))
    except EditConflict as conflict:
        return _clash_page(request, form, conflict.current)
    except DraftRefused as refusal:
        return too_late(request, str(refusal))
    if not saved:
        form.add_error(None, NOTHING_CHANGED)
        return _edit_page(request, text, form)
    messages.success(request, f"{text.place}の改定を理由とともに保存しました。")
    return redirect(draft_url(code))


def _save(form: ItemEditForm, text: FocusItemText, *, by: User) -> bool:
    """Save what was typed or, where only a reason was missing, the reason; say whether there was anything to save."""
    typed = form.cleaned_data
    amendments = amend_text(
        text=text,
        title=typed["title"],
        overview=typed["overview"],
        is_study=typed["is_study"],
        opened_version=typed["opened_version"],
        reason=typed["reason"],
        by=by,
    ) or explain_changes(
        draft=text.edition, focus_item=text.focus_item, reason=typed["reason"], by=by
    )
    return bool(amendments)


def _edit_page(request: HttpRequest, text: FocusItemText, form: ItemEditForm) -> HttpResponse:
    context = {
        **draft_context(f"{text.place} 文言を直す"),
        "draft": text.edition,
        "text": text,
        "item": draft_review(text.edition).item(text.focus_item.code),
        "form": form,
    }
    return render(request, "reviews/draft_item_edit.html", context)


def _clash_page(request: HttpRequest, form: ItemEditForm, current: FocusItemText) -> HttpResponse:
    reopened = form.reopened(current)
    reopened.is_valid()
    context = {
        **draft_context(f"{current.place} 文言を直す"),
        "draft": current.edition,
        "text": current,
        "form": reopened,
        "clash": clash_of(reopened, form.cleaned_data["opened_version"], current),
    }
    return render(request, "reviews/draft_item_clash.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft
def draft_item_add(request: HttpRequest, draft: Edition, policy: str) -> HttpResponse:
    found = draft_policy(draft, policy)
    if found is None:
        raise Http404(f"{draft.name}に取組方針 {policy} はありません。")
    form = ItemForm(initial={"opened_edition": draft.number})
    if request.method == "POST":
        form = ItemForm(request.POST)
        if form.is_valid():
            return _add(request, found, form)
    return _add_page(request, found, form)


def _add_page(request: HttpRequest, policy: Policy, form: ItemForm) -> HttpResponse:
    context = {
        **draft_context(f"{policy.code} に追加する"),
        "draft": policy.edition,
        "policy": policy,
        "form": form,
    }
    return render(request, "reviews/draft_item_add.html", context)


def _add(request: HttpRequest, policy: Policy, form: ItemForm) -> HttpResponse:
    typed = form.cleaned_data
    try:
        text = amend_add(
            policy=policy,
            title=typed["title"],
            overview=typed["overview"],
            is_study=typed["is_study"],
            reason=typed["reason"],
            by=actor(request),
        )
    except TitleTaken as refusal:
        form.add_error("title", str(refusal))
        return _add_page(request, policy, form)
    except DraftRefused as refusal:
        return too_late(request, str(refusal))
    messages.success(request, f"{text.place}「{text.title}」を追加しました。")
    return redirect(draft_url(text.focus_item.code))
