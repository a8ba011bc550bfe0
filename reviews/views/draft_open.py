"""Opening the draft of the next edition, while there is none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kirishima_dx import clock
from people.access import actor, secretariat_only
from plans.actions import open_draft
from plans.errors import DraftRefused
from plans.models import Edition, Plan
from plans.served import served_plan
from plans.shelf import edition_shelf
from reviews.forms.considerations import DraftOpenForm
from reviews.queries import draft_of
from reviews.rules import can_draft
from reviews.views.draft_loading import draft_context


def no_draft(
    request: HttpRequest, plan: Plan | None, form: DraftOpenForm | None = None
) -> HttpResponse:
    base = _base(plan)
    if form is None and base is not None:
        form = DraftOpenForm(base=base)
    context = {
        **draft_context(),
        "base": base,
        "form": form,
        "can_edit": can_draft(actor(request)),
    }
    return render(request, "reviews/draft_none.html", context)


def _base(plan: Plan | None) -> Edition | None:
    """Return the edition that the next draft starts from: the last one adopted."""
    editions = edition_shelf(plan, clock.today()).editions if plan else []
    return next((s.edition for s in editions if s.edition.is_in_force), None)


@require_POST
@secretariat_only
def draft_open(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    base = _base(plan)
    if base is None:
        messages.error(request, "施行中の版がないので、次の版の案を作成できません。")
        return redirect("draft")
    form = DraftOpenForm(request.POST, base=base)
    if not form.is_valid() and (plan is None or draft_of(plan) is None):
        return no_draft(request, plan, form)
    try:
        major, minor = form.major_and_minor if form.is_valid() else (base.major, base.minor + 1)
        opened = open_draft(base=base, major=major, minor=minor, by=actor(request))
    except DraftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{opened.name}を作成しました。{base.name}と同じ文言から始めます。"
        )
    return redirect("draft")
