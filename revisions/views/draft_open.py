"""Opening the draft of the next edition, while there is none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kirishima_dx import clock
from people.access import actor, secretariat_only
from plans.errors import DraftRefused
from plans.models import Edition, Plan
from plans.served import served_plan
from plans.shelf import ShelvedEdition, edition_shelf
from reviews.queries.considerations import open_considerations
from revisions.actions.opening import open_considered_draft
from revisions.forms.draft_open import DraftOpenForm
from revisions.rules import can_draft
from revisions.views.draft_loading import draft_context


def no_draft(
    request: HttpRequest, plan: Plan | None, form: DraftOpenForm | None = None
) -> HttpResponse:
    base = _base(plan)
    if form is None and base is not None:
        form = _form(base.edition)
    context = {
        **draft_context(),
        "base": base and base.edition,
        "is_upcoming": base is not None and not base.has_taken_effect,
        "form": form,
        "can_edit": can_draft(actor(request)),
    }
    return render(request, "revisions/draft_none.html", context)


def _base(plan: Plan | None) -> ShelvedEdition | None:
    """Return the edition that the next draft starts from: the last one adopted, be its day still to come."""
    editions = edition_shelf(plan, clock.today()).editions if plan else []
    return next((shelved for shelved in editions if shelved.edition.is_in_force), None)


def _form(base: Edition, request: HttpRequest | None = None) -> DraftOpenForm:
    considerations = open_considerations(base.plan, clock.today())
    typed = request.POST if request else None
    return DraftOpenForm(typed, base=base, considerations=considerations)


@require_POST
@secretariat_only
def draft_open(request: HttpRequest) -> HttpResponse:
    plan = served_plan(request)
    base = _base(plan)
    if base is None:
        messages.error(request, "施行中の版がないので、次の版の案を作成できません。")
        return redirect("draft")
    open_already = Edition.objects.draft_of(plan)
    if open_already is not None:
        messages.error(
            request, f"{open_already.name}がすでに作成されています。案は一つだけ開けます。"
        )
        return redirect("draft")
    form = _form(base.edition, request)
    opened = _opened(form, base.edition, request) if form.is_valid() else None
    if opened is None:
        return no_draft(request, plan, form)
    messages.success(
        request, f"{opened.name}を作成しました。{base.edition.name}と同じ文言から始めます。"
    )
    return redirect("draft")


def _opened(form: DraftOpenForm, base: Edition, request: HttpRequest) -> Edition | None:
    major, minor = form.major_and_minor
    try:
        return open_considered_draft(
            base=base,
            major=major,
            minor=minor,
            consideration=form.cleaned_data["consideration"],
            by=actor(request),
        )
    except DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return None
