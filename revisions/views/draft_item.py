"""Changing the words of an item of a draft, and adding an item."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import actor, secretariat_only
from people.models import User
from plans.models import Edition, FocusItemText, Policy
from revisions.actions.amending import amend_add, amend_text
from revisions.actions.explaining import explain_changes
from revisions.clash import clash_of
from revisions.enums import AmendmentKind
from revisions.forms.draft import ItemEditForm, ItemForm
from revisions.models import Amendment
from revisions.queries.drafts import draft_policy, draft_review, draft_text
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

NOTHING_CHANGED = "重点項目も取組の概要も★も、案のいまの文言と同じです。"
NO_DECISION = (
    "★を外す根拠になる本部会議の決定が、まだ選ばれていません。施行までに選ぶ必要があります。"
)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemEditForm)
def draft_item_edit(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return not_in_draft(request, draft, code)
    sources = origin_sources(draft, text.focus_item)
    if request.method != "POST":
        return _edit_page(request, text, ItemEditForm.opened_on(text, sources))
    form = ItemEditForm(request.POST, sources=sources)
    return answered(form, partial(_edit_page, request, text), partial(_edit, request, text))


def _edit(request: HttpRequest, text: FocusItemText, form: ItemEditForm) -> HttpResponse:
    saved = _save(form, text, by=actor(request))
    if not saved:
        form.add_error(None, NOTHING_CHANGED)
        return _edit_page(request, text, form)
    code = text.focus_item.code
    say_at(request, item_anchor(code), f"{text.place}の改定を理由とともに保存しました。")
    if text.edition.base and any(_lacks_decision(amendment) for amendment in saved):
        say_at(request, item_anchor(code), NO_DECISION, level=messages.WARNING)
    return redirect(draft_url(code))


def _lacks_decision(amendment: Amendment) -> bool:
    return amendment.kind == AmendmentKind.CONCRETISE and amendment.decision is None


def _save(form: ItemEditForm, text: FocusItemText, *, by: User) -> list[Amendment]:
    """Save what was typed or, where only a reason was missing, the reason; return what was recorded of it."""
    typed = form.cleaned_data
    return amend_text(
        text=text,
        title=typed["title"],
        overview=typed["overview"],
        is_study=typed["is_study"],
        opened_version=typed["opened_version"],
        reason=typed["reason"],
        by=by,
        origin=form.origin,
    ) or explain_changes(
        draft=text.edition,
        focus_item=text.focus_item,
        reason=typed["reason"],
        by=by,
        origin=form.origin,
    )


def _edit_page(
    request: HttpRequest, text: FocusItemText, form: ItemEditForm, now: FocusItemText | None = None
) -> HttpResponse:
    if now is not None:
        return _clash_page(request, form, now)
    item = draft_review(text.edition).item(text.focus_item.code)
    return item_act_page(
        request,
        "draft_item_edit.html",
        "文言を直す",
        text,
        form,
        item=item,
        lacks_decision=item and item.lacks_decision and len(item.unexplained) == 1,
    )


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
    return render(request, "revisions/draft_item_clash.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemForm)
def draft_item_add(request: HttpRequest, draft: Edition, policy: str) -> HttpResponse:
    found = draft_policy(draft, policy)
    if found is None:
        raise Http404(f"{draft.name}に取組方針 {policy} はありません。")
    sources = origin_sources(draft)
    if request.method != "POST":
        opened = {"opened_edition": draft.mark}
        return _add_page(request, found, ItemForm(initial=opened, sources=sources))
    form = ItemForm(request.POST, sources=sources)
    return answered(form, partial(_add_page, request, found), partial(_add, request, found))


def _add_page(
    request: HttpRequest, policy: Policy, form: ItemForm, now: None = None
) -> HttpResponse:
    context = {
        **draft_context(f"{policy.code} に追加する"),
        "draft": policy.edition,
        "policy": policy,
        "form": form,
    }
    return render(request, "revisions/draft_item_add.html", context)


def _add(request: HttpRequest, policy: Policy, form: ItemForm) -> HttpResponse:
    typed = form.cleaned_data
    text = amend_add(
        policy=policy,
        title=typed["title"],
        overview=typed["overview"],
        is_study=typed["is_study"],
        reason=typed["reason"],
        by=actor(request),
        origin=form.origin,
    )
    code = text.focus_item.code
    say_at(request, item_anchor(code), f"{text.place}{quoted(text.title)}を追加しました。")
    return redirect(draft_url(code))
