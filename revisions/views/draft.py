"""The draft of the next edition: looking at it whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from people.access import actor, signed_in
from plans.models import Edition, RecalledAdoption
from plans.served import served_plan
from revisions.queries.draft_document import draft_document
from revisions.queries.draft_notices import draft_notices
from revisions.queries.drafts import draft_review
from revisions.rules import can_draft
from revisions.views.draft_loading import draft_context
from revisions.views.draft_open import no_draft
from revisions.views.draft_said import said_beside


@require_safe
@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    found = Edition.objects.draft_of(plan) if plan else None
    if found is None:
        return no_draft(request, plan)
    review = draft_review(found)
    document = draft_document(review)
    said = said_beside(request, document)
    context = {
        **draft_context(),
        "messages": said.on_top,
        "said": said,
        "review": review,
        "notices": draft_notices(review, clock.today()),
        "document": document,
        "draft": found,
        "recalls": RecalledAdoption.objects.told().filter(edition=found),
        "can_edit": can_draft(actor(request)),
    }
    return render(request, "revisions/draft_detail.html", context)
