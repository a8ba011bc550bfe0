"""進捗一覧, on the screen and as files, today and on any day."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.exports.item_list import item_list_csv, item_list_workbook
from initiatives.filters import SORTS, ItemFilter, shortcuts
from initiatives.queries.item_list import listed_states, tallies
from initiatives.queries.states import ItemState
from initiatives.views.any_day import AskedDay, asked_day
from initiatives.views.sort_heads import sort_heads
from kirishima_dx import clock
from kirishima_dx.kept.decorator import kept
from kirishima_dx.spreadsheets.writing import ENCODINGS, XLSX, Readers, csv_download, download
from plans.served import served_shelf
from plans.shelf import EditionShelf

PER_PAGE = 100


@dataclass(frozen=True)
class Listing:
    """The list that an address asks for, of the day it asks for."""

    asked: AskedDay
    shelf: EditionShelf
    filter: ItemFilter

    def states(self) -> list[ItemState]:
        """Return all rows, for a file."""
        texts = self.filter.qs.select_related("policy__axis", "focus_item")
        return listed_states(texts, self.asked.moment)

    def file_name(self, suffix: str) -> str:
        return f"進捗一覧_{self.asked.day:%Y%m%d}.{suffix}"


def _listing(request: HttpRequest) -> Listing | None:
    asked = asked_day(request)
    shelf = served_shelf(request, asked.moment)
    if shelf.living is None:
        return None
    narrowed = ItemFilter(request.GET, edition=shelf.living.edition, at=asked.moment)
    return Listing(asked, shelf, narrowed)


@require_safe
@kept
def item_list(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    if listing is None:
        return render(request, "initiatives/item_list_empty.html", {"nav": "items"})
    asked, narrowed = listing.asked, listing.filter
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    rows = page.object_list.select_related("policy__axis", "focus_item")  # type: ignore[attr-defined]  # A queryset, as its source.
    counted = tallies(narrowed.qs)
    context = {
        "nav": "items",
        "crumbs": [("進捗一覧", "")],
        "any_day": asked,
        "shelf": listing.shelf,
        "is_silent": not narrowed.conditions and not any(t.value for t in counted["statuses"]),
        "edition": narrowed.edition,
        "filter": narrowed,
        "shortcuts": shortcuts(request.user, asked.kept),
        "heads": sort_heads(SORTS, narrowed.order),
        "page_obj": page,
        "states": listed_states(rows, asked.moment),
        "total": narrowed.edition.item_texts.count(),
        **counted,
    }
    return render(request, "initiatives/item_list.html", context)


def _back_to_list(request: HttpRequest) -> HttpResponse:
    """Answer a filter that makes no sense with the page that says so, not with a file of other rows."""
    return redirect(f"{reverse('item_list')}?{request.GET.urlencode()}")


@require_safe
def item_list_workbook_file(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    if listing is None or not listing.filter.form.is_valid():
        return _back_to_list(request)
    content = item_list_workbook(
        listing.states(),
        plan=listing.filter.edition.plan,
        at=listing.asked.moment,
        made_at=clock.now(),
    )
    name = listing.file_name("xlsx")
    return download(content, name=name, content_type=XLSX, readers=Readers.ANYONE)


@require_safe
def item_list_csv_file(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    encoding = ENCODINGS.get(request.GET.get("encoding", ""))
    if listing is None or encoding is None or not listing.filter.form.is_valid():
        return _back_to_list(request)
    content = item_list_csv(listing.states(), encoding=encoding)
    name = listing.file_name("csv")
    return csv_download(content, name=name, encoding=encoding, readers=Readers.ANYONE)
