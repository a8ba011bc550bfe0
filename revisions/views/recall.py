"""The adoption of an edition while its day is to come: calling it off, moving it to another day, what was recalled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx import clock
from kirishima_dx.elapsed import days_until
from kirishima_dx.fiscal_year import wareki_date
from people.access import actor, signed_in
from plans.errors import AdoptionMoved, DraftRefused
from plans.models import Edition, RecalledAdoption
from plans.shelf import EditionShelf, ShelvedEdition
from plans.views.loading import with_edition
from revisions.actions.recalling import call_off_adoption, redate_adoption
from revisions.forms.recall import CALL_OFF, RecallForm
from revisions.queries.recall import adoption_page
from revisions.rules import can_draft


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@with_edition
def edition_adoption(
    request: HttpRequest, shelf: EditionShelf, shelved: ShelvedEdition
) -> HttpResponse:
    edition = shelved.edition
    if request.method != "POST":
        return _page(request, edition, _form(edition))
    if not can_draft(actor(request)):
        raise PermissionDenied("施行の取りやめと施行日の変更は、事務局（DX推進課）だけが行えます。")
    form = _form(edition, request.POST)
    if not form.is_valid():
        return _page(request, edition, form)
    try:
        recall = _act(request, edition, form.cleaned_data)
    except AdoptionMoved as moved:
        again = {**request.POST.dict(), "opened_adoption": _opened(edition)}
        return _page(request, edition, _form(edition, again), moved=str(moved))
    except DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, edition, form)
    messages.success(request, _told(recall))
    return redirect("draft" if recall.is_called_off else edition)


def _form(edition: Edition, data: Any = None) -> RecallForm:
    return RecallForm(
        data,
        initial={"opened_adoption": _opened(edition)},
        today=clock.today(),
        years=(edition.first_fiscal_year, edition.last_fiscal_year),
    )


def _opened(edition: Edition) -> str:
    return edition.adopted_at.isoformat() if edition.adopted_at else ""


def _act(request: HttpRequest, edition: Edition, typed: dict[str, Any]) -> RecalledAdoption:
    by, opened, reason = actor(request), typed["opened_adoption"], typed["reason"]
    if typed["act"] == CALL_OFF:
        return call_off_adoption(edition=edition, reason=reason, opened=opened, by=by)
    return redate_adoption(
        edition=edition,
        effective_from=typed["effective_from"],
        reason=reason,
        opened=opened,
        by=by,
    )


def _told(recall: RecalledAdoption) -> str:
    edition, day = recall.edition, recall.new_effective_from
    number = f"第{edition.number}版"
    if day is None:
        until = f"{edition.base.name}が引き続き効力をもちます。" if edition.base else ""
        return f"{number}の施行を取りやめ、案に戻しました。{until}文言をまた直せます。"
    left = days_until(day, clock.today())
    left = f"（{left}）" if left else ""
    return f"{number}の施行日を{wareki_date(day)}{left}に変えました。文言は変わりません。"


def _page(
    request: HttpRequest, edition: Edition, form: RecallForm, *, moved: str = ""
) -> HttpResponse:
    page = adoption_page(edition, clock.today())
    context = {
        "nav": "editions",
        "crumbs": [
            ("版と改定", reverse("edition_list")),
            (edition.name, edition.get_absolute_url()),
            ("施行の予定", ""),
        ],
        "edition": edition,
        "page": page,
        "form": form,
        "moved": moved,
        "may_recall": can_draft(actor(request)) and not page.refusal_to_move,
    }
    return render(request, "revisions/adoption_recall.html", context, status=409 if moved else 200)
