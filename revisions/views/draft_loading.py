"""How the pages of drafting come by the open draft, and what happens to typed text once it is adopted."""

from collections.abc import Callable, Iterator
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plans.errors import DraftRefused, EditConflict, TitleTaken
from plans.models import Edition, FocusItemText
from plans.served import served_plan
from revisions.forms.draft import DraftForm, Versioned
from revisions.queries.drafts import draft_review, wording_at

P = ParamSpec("P")
DraftView = Callable[Concatenate[HttpRequest, Edition, P], HttpResponse]
View = Callable[..., HttpResponse]
NO_DRAFT = "改定中の案はありません。"
UNMARKED = "どの案を開いて書いたものかが分からないので、保存できませんでした。"


def with_draft(form: type[DraftForm] = DraftForm) -> Callable[[DraftView[P]], View]:
    """Hand the open draft to a view; `form` is what is sent to it. A form opened on a draft that was adopted or given
    up since, or that does not say on which, is answered with its typed text (G4)."""

    def made(view: DraftView[P]) -> View:
        def loaded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            found, why = _opened_draft(request)
            if found is not None:
                return view(request, found, *args, **kwargs)
            if request.method == "POST":
                return too_late(request, why)
            messages.warning(request, NO_DRAFT)
            return redirect("draft")

        update_wrapper(loaded, view)
        loaded.form = form  # type: ignore[attr-defined]  # The guards around it hand it on; too_late reads it.
        return loaded

    return made


def _opened_draft(request: HttpRequest) -> tuple[Edition | None, str]:
    """Return the open draft, None where a form was opened on another, and why that cannot be saved."""
    plan = served_plan(request)
    draft = Edition.objects.draft_of(plan) if plan else None
    opened = request.POST.get("opened_edition", "")
    if request.method != "POST" or (draft is not None and opened == draft.mark):
        return draft, ""
    if draft is not None and not opened:
        return None, UNMARKED
    return None, _why_too_late(opened.partition("+")[0])


def _why_too_late(number: str) -> str:
    """Say what became of the draft of that number, which is open no more."""
    if not number:
        return "この案はすでに施行されているか、取りやめになったので、変更できません。"
    if Edition.objects.adopted().numbered(number).exists():
        return f"第{number}版はすでに施行されているので、変更できません。"
    return f"第{number}版の案は取りやめになったので、変更できません。"


def too_late(request: HttpRequest, why: str) -> HttpResponse:
    """Answer a form that can no longer be saved (409): why, and all that was typed, to be copied."""
    context = {**draft_context("保存できませんでした"), "why": why, "typed": list(_typed(request))}
    return render(request, "revisions/draft_closed.html", context, status=409)


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


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Return what was typed into any form of drafting, under the labels of the one that was sent where it has them."""
    match = request.resolver_match
    sent: type[forms.Form] = getattr(match and match.func, "form", DraftForm)
    for name, field in {**_shown_fields(DraftForm), **_shown(sent)}.items():
        value = request.POST.get(name)
        if isinstance(field, forms.ChoiceField):
            value = dict(cast("list[tuple[str, str]]", field.choices)).get(value or "")
        elif value and isinstance(field, forms.BooleanField):
            value = "はい"
        if value:
            yield str(field.label), str(value)


def _shown_fields(form: type[forms.Form]) -> dict[str, forms.Field]:
    """Return the fields of a form and of those made from it, by the names they are sent under."""
    fields: dict[str, forms.Field] = {}
    for further in form.__subclasses__():
        fields |= _shown_fields(further)
    return fields | _shown(form)


def _shown(form: type[forms.Form]) -> dict[str, forms.Field]:
    return {name: field for name, field in form.base_fields.items() if not field.widget.is_hidden}


class ActPage(Protocol):
    """Shows a form again; `now` is the text as somebody else saved it meanwhile."""

    def __call__(self, form: Any, now: Any = None) -> HttpResponse: ...


def answered(form: forms.Form, page: ActPage, act: Callable[[Any], HttpResponse]) -> HttpResponse:
    """Carry out what a form sent, and return where it leads; else the page with all that was typed and why not."""
    if not form.is_valid():
        return page(form)
    try:
        return act(form)
    except EditConflict as conflict:
        return page(form, conflict.current)
    except TitleTaken as refusal:
        form.add_error("title", str(refusal))
    except DraftRefused as refusal:
        form.add_error(None, str(refusal))
    return page(form)


def item_act_page(
    request: HttpRequest,
    template: str,
    what: str,
    text: FocusItemText,
    form: forms.Form,
    now: FocusItemText | None = None,
    **more: Any,
) -> HttpResponse:
    """Show an act on an item of a draft beside its wording; after a clash (409) beside the one that stands now."""
    shown = now or text
    context = {
        **draft_context(f"{shown.place} {what}"),
        "draft": shown.edition,
        "text": shown,
        "form": form.reopened(now) if now and isinstance(form, Versioned) else form,
        "clash": wording_at(now, now.version) if now else None,
        **more,
    }
    return render(request, f"revisions/{template}", context, status=409 if now else 200)


def draft_context(*crumbs: str) -> dict[str, Any]:
    """Return what every page of drafting shows: where it lies."""
    above = [("版と改定", reverse("edition_list")), ("改定案", reverse("draft"))]
    return {"nav": "editions", "crumbs": [*above, *((label, "") for label in crumbs)]}


def draft_url(code: str = "") -> str:
    """Return the page of the draft, at an item."""
    return f"{reverse('draft')}#{item_anchor(code)}" if code else reverse("draft")


def item_anchor(code: str) -> str:
    """Return where an item stands on the page of the draft."""
    return f"item-{code}"
