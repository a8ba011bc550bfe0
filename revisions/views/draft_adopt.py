"""Bringing the draft into force, today or on a coming day: first what will be fixed for good, then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from kirishima_dx.fiscal_year import wareki_date
from people.access import actor, secretariat_only
from people.models import User
from plans.errors import DraftRefused
from plans.models import Edition
from revisions.actions.adoption import adopt_edition
from revisions.errors import AdoptionRefused, DraftChanged
from revisions.forms.adoption import AdoptForm
from revisions.queries.adoption import adoption_offers, carried_departments, decided_day
from revisions.queries.decisions_left import decisions_left
from revisions.queries.draft_notices import Notice, changed_since, draft_notices
from revisions.queries.drafts import DraftReview, draft_review
from revisions.views.draft_loading import draft_context, with_draft


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(AdoptForm)
def draft_adopt(request: HttpRequest, draft: Edition) -> HttpResponse:
    if request.method != "POST":
        return _page(request, draft, None)
    form = _form(draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form)
    try:
        adopted = _adopt(form, draft, by=actor(request))
    except DraftChanged as change:
        return _page(request, draft, form, changed=str(change))
    except AdoptionRefused:
        return _page(request, draft, form, refused=True)
    except DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, draft, form)
    messages.success(request, _told(adopted))
    return redirect(adopted)


def _form(draft: Edition, data: Any = None, **options: Any) -> AdoptForm:
    years = (draft.first_fiscal_year, draft.last_fiscal_year)
    offers, left = adoption_offers(draft), decisions_left(draft)
    return AdoptForm(data, offers=offers, left=left, today=clock.today(), years=years, **options)


def _adopt(form: AdoptForm, draft: Edition, *, by: User) -> Edition:
    typed = form.cleaned_data
    return adopt_edition(
        edition=draft,
        decided_on=typed["decided_on"],
        effective_from=typed["effective_from"],
        basis=typed["basis"],
        decision=typed["decision"],
        left_out=form.left_out,
        digest=typed["digest"],
        by=by,
    )


def _told(adopted: Edition) -> str:
    if adopted.effective_from is None or adopted.took_effect_by(clock.today()):
        return f"{adopted.name}を施行しました。文言はこの後変わりません。"
    left = days_until(adopted.effective_from, clock.today())
    day = f"{wareki_date(adopted.effective_from)}（{left}）"
    until = f"それまでは{adopted.base.name}が効力をもちます。" if adopted.base else ""
    return (
        f"{adopted.name}を確定しました。{day}から効力をもちます。{until}"
        "施行日が来るまでは、施行を取りやめるか、施行日を変えることができます。"
    )


def _page(
    request: HttpRequest,
    draft: Edition,
    form: AdoptForm | None,
    *,
    changed: str = "",
    refused: bool = False,
) -> HttpResponse:
    """Show what adoption would fix, with a form on exactly that: sent later, it adopts this or nothing."""
    review = draft_review(draft)
    if form is None:
        opened = {"opened_edition": draft.mark, "digest": review.digest()}
        form = _form(draft, initial=opened)
    notices = _notices(review, form)
    if changed:
        form = form.reopened(review.digest())
    context = {
        **draft_context(f"{draft.name}の施行"),
        "draft": draft,
        "review": review,
        "notices": notices,
        "carried": carried_departments(review.fates, clock.today()),
        "form": form,
        "changed": changed,
    }
    status = 409 if changed or refused else 200
    return render(request, "revisions/draft_adopt.html", context, status=status)


def _notices(review: DraftReview, form: AdoptForm) -> list[Notice]:
    """Return what wants a look, first what was changed since the draft was decided on as far as the form knows when."""
    typed = form.cleaned_data if form.is_bound else {}
    decided = decided_day(form.offers, typed.get("decision"), typed.get("decided_on"))
    since = changed_since(review, *decided) if decided else ()
    return [*since, *draft_notices(review, clock.today())]
