"""進捗一覧, on the screen and as files."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.exports import item_list_csv, item_list_workbook
from initiatives.filters import SORTS, ItemFilter, shortcuts
from initiatives.queries import listed_states, tallies
from initiatives.views.sort_heads import sort_heads
from kirishima_dx import clock
from kirishima_dx.spreadsheet import ENCODINGS, XLSX, csv_download, download
from plans.models import Edition
from plans.served import served_plan

PER_PAGE = 100


def _listing(request: HttpRequest) -> ItemFilter | None:
    plan, today = served_plan(request), clock.today()
    edition = Edition.objects.living(plan, today) if plan else None
    return ItemFilter(request.GET, edition=edition, at=today) if edition else None


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    if listing is None:
        return render(request, "initiatives/item_list_empty.html", {"nav": "items"})
    texts = listing.qs
    page = Paginator(texts, PER_PAGE).get_page(request.GET.get("page"))
    rows = page.object_list.select_related("policy__axis", "focus_item")  # type: ignore[attr-defined]  # A queryset, as its source.
    context = {
        "nav": "items",
        "crumbs": [("進捗一覧", "")],
        "edition": listing.edition,
        "today": listing.at,
        "filter": listing,
        "shortcuts": shortcuts(request.user),
        "heads": sort_heads(SORTS, listing.order),
        "page_obj": page,
        "states": listed_states(rows, listing.at),
        "total": listing.edition.item_texts.count(),
        **tallies(texts),
    }
    return render(request, "initiatives/item_list.html", context)


def _file_name(listing: ItemFilter, suffix: str) -> str:
    return f"進捗一覧_{listing.at:%Y%m%d}.{suffix}"


def _back_to_list(request: HttpRequest) -> HttpResponse:
    """Answer a filter that makes no sense with the page that says so, not with a file of other rows."""
    return redirect(f"{reverse('item_list')}?{request.GET.urlencode()}")


@require_safe
def item_list_workbook_file(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    if listing is None or not listing.form.is_valid():
        return _back_to_list(request)
    states = listed_states(listing.qs.select_related("policy__axis"), listing.at)
    content = item_list_workbook(
        states, plan_name=listing.edition.plan.name, at=listing.at, made_at=clock.now()
    )
    return download(content, name=_file_name(listing, "xlsx"), content_type=XLSX)


@require_safe
def item_list_csv_file(request: HttpRequest) -> HttpResponse:
    listing = _listing(request)
    encoding = ENCODINGS.get(request.GET.get("encoding", ""))
    if listing is None or encoding is None or not listing.form.is_valid():
        return _back_to_list(request)
    states = listed_states(listing.qs.select_related("policy__axis"), listing.at)
    content = item_list_csv(states, encoding=encoding)
    return csv_download(content, name=_file_name(listing, "csv"), encoding=encoding)
