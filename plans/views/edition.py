"""Editions: the list of them, one whole, one item of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kirishima_dx.kept.decorator import kept
from plans.changed_places import changed_places
from plans.components.notes import Notes
from plans.forms import SearchForm
from plans.models import Edition, Plan, RecalledAdoption
from plans.printed import printed_under
from plans.queries import edition_outline, errata_by_anchor, item_in_editions
from plans.rules import (
    can_open_draft,
    can_read_abandoned,
    can_read_edition,
    can_recall_adoption,
    can_record_misprint,
    readable_editions,
)
from plans.search import search
from plans.served import served_plan, served_shelf
from plans.shelf import EditionShelf, ShelvedEdition
from plans.views.loading import with_edition


@require_safe
@kept
def edition_list(request: HttpRequest) -> HttpResponse:
    plan, shelf = served_plan(request), served_shelf(request)
    readable = [s for s in shelf.editions if can_read_edition(request.user, s)]
    recalls = RecalledAdoption.objects.told().filter(edition__plan=plan)
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", "")],
        "abandoned": _abandoned(plan) if can_read_abandoned(request.user) else [],
        "editions": readable,
        "recalls": recalls,
        "can_draft": can_open_draft(request.user, shelf),
    }
    return render(request, "plans/edition_list.html", context)


@require_safe
@kept
@with_edition
def edition_detail(
    request: HttpRequest, shelf: EditionShelf, shelved: ShelvedEdition
) -> HttpResponse:
    edition = shelved.edition
    outline = edition_outline(edition)
    form = SearchForm(request.GET)
    context = {
        "nav": "editions",
        "crumbs": _crumbs(edition.name, ""),
        "shelved": shelved,
        "living": shelf.living,
        "edition": edition,
        "outline": outline,
        "notes": Notes(
            edition,
            errata_by_anchor(edition),
            changed_places(readable_editions(request.user, shelf)),
        ),
        "can_record_misprint": can_record_misprint(request.user, shelved),
        "can_recall": can_recall_adoption(request.user, shelved),
        "recalls": RecalledAdoption.objects.told().filter(edition=edition),
        "form": form,
        "hits": search(outline, form.words),
    }
    return render(request, "plans/edition_detail.html", context)


@require_safe
@kept
@with_edition
def edition_item(
    request: HttpRequest, shelf: EditionShelf, shelved: ShelvedEdition, code: str
) -> HttpResponse:
    """Show what an edition says of the item with a code, or lead from the number that it prints to that item."""
    edition = shelved.edition
    readable = [s.edition for s in shelf.editions if can_read_edition(request.user, s)]
    texts = item_in_editions(edition.plan, code, readable)
    text = next((text for text in texts if text.edition == edition), None)
    printed = next(iter(printed_under(code, [edition])), None)
    if text is None and printed is not None:
        return redirect(printed)
    if text is None:
        raise Http404(f"{edition.name}に {code} という番号の重点項目はありません。")
    position = texts.index(text)
    context = {
        "nav": "editions",
        "crumbs": _crumbs(edition.name, edition.get_absolute_url(), (text.place, "")),
        "shelved": shelved,
        "living": shelf.living,
        "edition": edition,
        "text": text,
        "namesake": None if printed == text else printed,
        "errata": errata_by_anchor(edition).get(f"item-{text.place}", []),
        "previous": texts[position - 1] if position else None,
        "next": texts[position + 1] if position + 1 < len(texts) else None,
        "can_record_misprint": can_record_misprint(request.user, shelved),
    }
    return render(request, "plans/edition_item.html", context)


def _abandoned(plan: Plan | None) -> list[Edition]:
    return list(Edition.objects.abandoned_of(plan)) if plan else []


def _crumbs(name: str, url: str, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return [("版と改定", reverse("edition_list")), (name, url), *further]
