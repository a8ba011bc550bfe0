"""The draft read as the plan: as it was, with its changes marked, as it will be."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import signed_in
from plans.components.notes import Notes
from plans.forms import SearchForm
from plans.models import Edition
from plans.queries import EditionOutline, errata_by_anchor
from plans.search import search
from revisions.forms.draft_read import MARKED, ORIGINAL, ReadForm
from revisions.queries.draft_document import draft_document
from revisions.queries.drafts import DraftReview, draft_review
from revisions.views.draft_loading import draft_context, with_draft


@dataclass(frozen=True)
class Kept:
    """What a search within the page keeps of its address."""

    show: str

    @property
    def kept(self) -> dict[str, str]:
        return {"show": self.show}

    @property
    def query(self) -> str:
        return f"?show={self.show}"


@require_safe
@signed_in
@with_draft()
def draft_read(request: HttpRequest, draft: Edition) -> HttpResponse:
    wish = ReadForm(request.GET, base_name=draft.base.name if draft.base else "")
    review = draft_review(draft)
    context = {
        **draft_context("案を読む"),
        "draft": draft,
        "review": review,
        "views": wish.views,
        "show": wish.shown,
        "kept": Kept(wish.shown),
    }
    if wish.shown == MARKED:
        context |= {"document": draft_document(review), "outline": review.outline}
    else:
        context |= _one_side(request, _outline(review, wish.shown))
    return render(request, "revisions/draft_read.html", context)


def _outline(review: DraftReview, show: str) -> EditionOutline:
    if show == ORIGINAL and review.revised is not None:
        return review.revised.old
    return review.outline


def _one_side(request: HttpRequest, outline: EditionOutline) -> dict[str, Any]:
    """Return what the document of an edition shows, as its own page does."""
    form = SearchForm(request.GET)
    return {
        "outline": outline,
        "edition": outline.edition,
        "notes": Notes(outline.edition, errata_by_anchor(outline.edition)),
        "form": form,
        "hits": search(outline, form.words),
    }
