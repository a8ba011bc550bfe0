"""新旧対照表 between any two editions."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans.models import Edition
from plans.rules import can_read_edition
from plans.served import served_shelf
from plans.shelf import EditionShelf, ShelvedEdition
from reviews.forms.compare import CompareForm
from reviews.queries import revision


@require_safe
def edition_compare_choose(request: HttpRequest) -> HttpResponse:
    editions = [
        s.edition for s in served_shelf(request).editions if can_read_edition(request.user, s)
    ]
    form = CompareForm(request.GET or None, editions=editions, initial=_neighbours(editions))
    if form.is_bound and form.is_valid():
        return redirect("edition_compare", form.cleaned_data["old"], form.cleaned_data["new"])
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), ("版を比べる", "")],
        "form": form,
        "editions": editions,
    }
    return render(request, "reviews/compare_choose.html", context)


def _neighbours(editions: list[Edition]) -> dict[str, str]:
    """Propose the newest edition and the one before it; `editions` comes newest first."""
    newest = editions[:2]
    return {"new": newest[0].number, "old": newest[-1].number} if newest else {}


@require_safe
def edition_compare(request: HttpRequest, old: str, new: str) -> HttpResponse:
    shelf = served_shelf(request)
    before, after = _found(shelf, old), _found(shelf, new)
    if not (can_read_edition(request.user, before) and can_read_edition(request.user, after)):
        return redirect_to_login(request.get_full_path())
    if after.edition < before.edition:
        messages.info(request, "古い版を改正前、新しい版を改正後として表示しています。")
        return redirect("edition_compare", new, old)
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), ("新旧対照表", "")],
        "before": before,
        "after": after,
        "revision": revision(before.edition, after.edition),
        "spans": after.edition.base_id != before.edition.pk,
    }
    return render(request, "reviews/compare_table.html", context)


def _found(shelf: EditionShelf, number: str) -> ShelvedEdition:
    shelved = shelf.numbered(number)
    if shelved is None:
        raise Http404(f"第{number}版はありません。")
    return shelved
