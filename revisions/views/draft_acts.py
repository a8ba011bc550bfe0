"""One page of drafting for one act: showing its form, saving what was typed, and what happens when that fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from kirishima_dx.quoting import quoted
from people.access import actor
from people.models import User
from plans.errors import DraftRefused, EditConflict, TitleTaken
from plans.models import Axis, Edition, Policy, Section
from plans.places import lasting_anchor
from revisions.clash import clash_of
from revisions.forms.draft_parts import opened_again
from revisions.queries.draft_parts import StandingPart, T, part_words_at, standing_part
from revisions.queries.drafts import draft_review
from revisions.views.draft_loading import draft_context, draft_url, too_late
from revisions.views.draft_said import say_at

CLASH_BY_WORD = "revisions/draft_part_clash.html"
METHODS = ["GET", "HEAD", "POST"]
PAGES: dict[type, tuple[str, str]] = {
    Axis: ("axes", "draft_axis"),
    Policy: ("policies", "draft_policy"),
    Section: ("sections", "draft_section"),
    Edition: ("edition", "draft_cover"),
}
"""What places of a part begin with, and the names of its pages."""
Gone = Callable[[HttpRequest, Edition, type, str], HttpResponse]


@dataclass(frozen=True)
class Saved:
    """What an act did: the message that says so, and the place that it is seen at."""

    message: str
    place: str


@dataclass(frozen=True)
class Act:
    """One act on a draft, about a part of it or none: how its page looks, its form, and what sending it saves.

    `save` returns None where there was nothing to save; `nothing` says so. `preview` gives what is shown on the page
    of what was typed without saving it. `by_word` is for acts on words: a clash shows them side by side. `named_by` is
    the field for the name of something new, at which a name that is taken is told.
    """

    draft: Edition
    title: str
    template: str
    form: Callable[..., forms.Form]
    save: Callable[[Any, User], Saved | None]
    about: str = ""
    initial: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    nothing: str = ""
    by_word: bool = False
    named_by: str | None = None
    preview: Callable[[QueryDict], dict[str, Any]] | None = None

    def opened(self) -> forms.Form:
        return self.form(initial={"opened_edition": self.draft.mark, **self.initial})


def on_part(
    request: HttpRequest,
    draft: Edition,
    kind: type[T],
    key: str,
    act_on: Callable[[StandingPart[T]], Act],
    *,
    gone: Gone | None = None,
) -> HttpResponse:
    """Do an act on a part of the draft, named by its lasting key; `gone` answers where the draft does not hold it."""
    found = standing_part(draft, kind, key)
    if found is None:
        return (gone or not_standing)(request, draft, kind, key)
    try:
        return carry_out(request, act_on(found))
    except EditConflict as conflict:
        now = standing_part(draft, kind, key)
        if now is None:
            return not_standing(request, draft, kind, key)
        return _clash_page(request, act_on(now), conflict)


def carry_out(request: HttpRequest, act: Act) -> HttpResponse:
    """Show the page of an act, or do it. Raises EditConflict."""
    if request.method != "POST":
        return act_page(request, act, act.opened())
    if act.preview is not None and "preview" in request.POST:
        typed = act.form(initial=request.POST.dict())
        return act_page(request, act, typed, **act.preview(request.POST))
    form = act.form(request.POST)
    if not form.is_valid():
        return act_page(request, act, form)
    try:
        saved = act.save(form, actor(request))
    except DraftRefused as refusal:
        at = act.named_by if isinstance(refusal, TitleTaken) else None
        form.add_error(at, str(refusal))
        return act_page(request, act, form)
    if saved is None:
        form.add_error(None, act.nothing)
        return act_page(request, act, form)
    say_at(request, lasting_anchor(saved.place), saved.message)
    return redirect(part_url(saved.place))


def act_page(
    request: HttpRequest, act: Act, form: forms.Form, *, status: int = 200, **more: Any
) -> HttpResponse:
    found: StandingPart[Any] | None = act.context.get("found")
    context = {
        **draft_context(f"{act.about} {act.title}".strip()),
        "draft": act.draft,
        "title": act.title,
        "about": act.about,
        "back": part_url(found.place if found else ""),
        "axis": found and found.axis,
        **act.context,
        "form": form,
        **more,
    }
    return render(request, more.get("template", act.template), context, status=status)


def _clash_page(request: HttpRequest, act: Act, conflict: EditConflict) -> HttpResponse:
    """Show what somebody else saved beside what was typed; sent again, it is saved upon that."""
    now = conflict.current
    opened = request.POST["opened_version"]
    form = act.form(opened_again(request.POST.dict(), now.version))
    form.is_valid()
    if act.by_word:
        clash = clash_of(form, int(opened), now)
        return act_page(request, act, form, status=409, clash=clash, template=CLASH_BY_WORD)
    return act_page(request, act, form, status=409, clash=part_words_at(now, now.version))


def not_standing(request: HttpRequest, draft: Edition, kind: type, key: str) -> HttpResponse:
    """Answer for a part that the draft does not hold: it never did, or it was ended."""
    group, page = PAGES[kind]
    ended = draft_review(draft).part(f"{group}/{key}")
    if ended is None:
        raise Http404(f"{draft.name}に「{key}」はありません。")
    if request.method == "POST":
        why = f"{quoted(ended.change.label)}は{draft.name}で終了になっているので、保存できませんでした。"
        return too_late(request, why)
    return redirect(f"{page}_end" if ended.unexplained else f"{page}_restore", key)


def part_url(place: str) -> str:
    """Return the page of the draft, at a part of it."""
    return f"{draft_url()}#{lasting_anchor(place)}" if place else reverse("draft")
