"""正誤: all of them, and recording one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kirishima_dx.kept.decorator import kept
from people.access import secretariat_only
from plans.actions.errata import record_misprint
from plans.errors import ErratumRefused
from plans.forms import MisprintForm
from plans.queries import edition_errata, edition_outline
from plans.rules import can_read_edition
from plans.served import served_shelf
from plans.shelf import EditionShelf, ShelvedEdition
from plans.views.loading import with_edition


@require_safe
@kept
def errata(request: HttpRequest) -> HttpResponse:
    shelf = served_shelf(request)
    readable = [s.edition for s in shelf.editions if can_read_edition(request.user, s)]
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), ("正誤", "")],
        "lists": edition_errata(readable),
    }
    return render(request, "plans/erratum_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_edition
def edition_erratum_add(
    request: HttpRequest, shelf: EditionShelf, shelved: ShelvedEdition
) -> HttpResponse:
    edition = shelved.edition
    if edition.is_draft:
        raise PermissionDenied(
            f"{edition.name}はまだ案です。正誤ではなく、改定案の画面で文言を直してください。"
        )
    form = MisprintForm(
        request.POST or None,
        outline=edition_outline(edition),
        initial={"place": request.GET.get("place", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_misprint(edition=edition, by=request.user, **form.cleaned_data)
        except ErratumRefused as error:
            for field, message in error.errors.items():
                form.add_error(field, message)
        else:
            messages.success(
                request,
                f"{edition.name}の正誤を記録しました。本文は当時のまま残り、正誤を添えて示します。",
            )
            return redirect(f"{reverse('errata')}#edition-{edition.number}")
    crumbs = [
        ("版と改定", reverse("edition_list")),
        (edition.name, edition.get_absolute_url()),
        ("正誤を記録", ""),
    ]
    context = {"nav": "editions", "crumbs": crumbs, "edition": edition, "form": form}
    return render(request, "plans/erratum_add.html", context)
