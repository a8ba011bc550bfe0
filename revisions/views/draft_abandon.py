"""Giving the draft up, and reading a draft that was given up."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.access import actor, secretariat_only, signed_in
from plans.actions.drafting.opening import abandon_draft
from plans.components.notes import Notes
from plans.errors import DraftRefused
from plans.forms import SearchForm
from plans.models import Edition, RecalledAdoption
from plans.search import search
from plans.served import served_plan
from revisions.forms.abandoning import AbandonForm
from revisions.queries.drafts import draft_review
from revisions.views.draft_loading import draft_context, with_draft


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(AbandonForm)
def draft_abandon(request: HttpRequest, draft: Edition) -> HttpResponse:
    if request.method != "POST":
        initial = {"opened_edition": draft.mark}
        return _page(request, draft, AbandonForm(initial=initial))
    form = AbandonForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form)
    try:
        abandoned = abandon_draft(
            draft=draft, reason=form.cleaned_data["reason"], by=actor(request)
        )
    except DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, draft, form)
    messages.success(
        request, f"第{abandoned.number}版の案を取りやめました。文言と理由は残っています。"
    )
    return redirect(abandoned)


def _page(request: HttpRequest, draft: Edition, form: AbandonForm) -> HttpResponse:
    context = {
        **draft_context("案の取りやめ"),
        "draft": draft,
        "review": draft_review(draft),
        "considerations": draft.considerations.order_by("fiscal_year", "pk"),
        "form": form,
    }
    return render(request, "revisions/draft_abandon.html", context)


@require_safe
@signed_in
def abandoned_draft(request: HttpRequest, pk: int) -> HttpResponse:
    plan = served_plan(request)
    found = Edition.objects.abandoned_of(plan).filter(pk=pk).first() if plan else None
    if found is None:
        raise Http404("取りやめた案に、この番号のものはありません。")
    review = draft_review(found)
    form = SearchForm(request.GET)
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), (found.name, "")],
        "edition": found,
        "recalls": RecalledAdoption.objects.told().filter(edition=found),
        "review": review,
        "outline": review.outline,
        "considerations": found.considerations.order_by("fiscal_year", "pk"),
        "notes": Notes(found),
        "form": form,
        "hits": search(review.outline, form.words),
    }
    return render(request, "revisions/abandoned_draft.html", context)
