"""Moving an item of a draft, splitting it, and letting it go over into another one."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kirishima_dx.quoting import quoted
from people.access import actor, secretariat_only
from plans.models import Edition, FocusItemText
from revisions.actions.amending import amend_merge, amend_move, amend_split
from revisions.forms.destinations import ItemMergeForm, ItemMoveForm, ItemSplitForm, MergeTargetForm
from revisions.queries.destinations import destinations_of, split_off
from revisions.queries.drafts import draft_text
from revisions.queries.origins import origin_sources
from revisions.views.draft_loading import (
    answered,
    draft_url,
    item_act_page,
    item_anchor,
    not_in_draft,
    with_draft,
)
from revisions.views.draft_said import say_at

STAYS = "いまと同じ場所です。動かす先を選んでください。"


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemMoveForm)
def draft_item_move(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return not_in_draft(request, draft, code)
    destinations, sources = destinations_of(draft, text), origin_sources(draft, text.focus_item)
    page = partial(item_act_page, request, "draft_item_move.html", "移す", text)
    if request.method != "POST":
        return page(ItemMoveForm.opened_on(text, sources, destinations))
    form = ItemMoveForm(request.POST, sources=sources, spots=destinations.spots())
    return answered(form, page, partial(_move, request, text))


def _move(request: HttpRequest, text: FocusItemText, form: ItemMoveForm) -> HttpResponse:
    code, spot = text.focus_item.code, form.chosen
    amendments = amend_move(
        text=text,
        policy=spot.holder,
        after=spot.after,
        opened_version=form.cleaned_data["opened_version"],
        reason=form.cleaned_data["reason"],
        by=actor(request),
        origin=form.origin,
    )
    if not amendments:
        form.add_error("spot", STAYS)
        return item_act_page(request, "draft_item_move.html", "移す", text, form)
    moved = draft_text(text.edition, code)
    others = sum(amendment.focus_item_id != text.focus_item_id for amendment in amendments)
    also = f"これに伴い、ほかの{others}項目の番号も変わりました。" if others else ""
    where = moved.place if moved else code
    say_at(request, item_anchor(code), f"{quoted(text.title)}を{where}に移しました。{also}")
    return redirect(draft_url(code))


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemSplitForm)
def draft_item_split(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    text = draft_text(draft, code)
    if text is None:
        return not_in_draft(request, draft, code)
    destinations, sources = destinations_of(draft, text), origin_sources(draft, text.focus_item)
    page = partial(
        item_act_page,
        request,
        "draft_item_split.html",
        "分ける",
        text,
        split_off=split_off(draft, text.focus_item),
    )
    if request.method != "POST":
        return page(ItemSplitForm.opened_on(text, sources, destinations))
    form = ItemSplitForm(request.POST, sources=sources, destinations=destinations)
    return answered(form, page, partial(_split, request, text))


def _split(request: HttpRequest, text: FocusItemText, form: ItemSplitForm) -> HttpResponse:
    """Go back to the page, which offers what may come next: rewording what is left, splitting again, ending it."""
    typed = form.cleaned_data
    new = amend_split(
        text=text,
        policy=form.destinations.policy(typed["policy"]),
        title=typed["title"],
        overview=typed["overview"],
        is_study=typed["is_study"],
        opened_version=typed["opened_version"],
        reason=typed["reason"],
        by=actor(request),
        origin=form.origin,
    )
    messages.success(request, f"{text.place}から{new.place}{quoted(new.title)}を分けました。")
    return redirect("draft_item_split", text.focus_item.code)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(ItemMergeForm)
def draft_item_merge(request: HttpRequest, draft: Edition, code: str) -> HttpResponse:
    """Ask first for the item to go over into (?into=), then show both texts."""
    text = draft_text(draft, code)
    if text is None:
        return not_in_draft(request, draft, code)
    destinations, sources = destinations_of(draft, text), origin_sources(draft, text.focus_item)
    target = MergeTargetForm(
        request.GET if "into" in request.GET else None, destinations=destinations
    )
    into = destinations.item(target.cleaned_data["into"]) if target.is_valid() else None
    page = partial(
        item_act_page,
        request,
        "draft_item_merge.html",
        "統合する",
        text,
        target=target,
        into=into,
    )
    if request.method != "POST":
        return page(ItemMergeForm.opened_on(text, sources))
    form = ItemMergeForm(request.POST, sources=sources)
    return answered(form, page, partial(_merge, request, text, into)) if into else page(form)


def _merge(
    request: HttpRequest, text: FocusItemText, into: FocusItemText, form: ItemMergeForm
) -> HttpResponse:
    place = text.place
    amend_merge(
        text=text,
        into=into,
        opened_version=form.cleaned_data["opened_version"],
        reason=form.cleaned_data["reason"],
        by=actor(request),
        origin=form.origin,
    )
    code = into.focus_item.code
    said = f"{place}{quoted(text.title)}を{into.place}{quoted(into.title)}に統合しました。"
    say_at(request, item_anchor(code), said)
    return redirect(draft_url(code))
