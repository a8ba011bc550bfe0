"""利用の記録: for the 事務局 alone (A2)."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.list_filter import shortcut
from kirishima_dx.spreadsheets.writing import Readers, csv_stream
from people.access import secretariat_only
from people.kept_records import YEARS
from portal.enums import RecordKind
from portal.exports.records import record_rows
from portal.forms import RecordFilterForm
from portal.queries.records.listing import all_records, record_page
from portal.queries.records.record import Place


@require_safe
@secretariat_only
def record_list(request: HttpRequest) -> HttpResponse:
    form = RecordFilterForm(request.GET)
    below = Place.read(request.GET.get("below", ""))
    page = record_page(form.wish, below)
    context = {
        "crumbs": [("利用の記録", "")],
        "filter": {"form": form, "conditions": form.conditions},
        "shortcuts": [
            shortcut(str(kind.label), {"kind": kind.value})
            for kind in (RecordKind.REFUSED, RecordKind.DOWNLOAD, RecordKind.ROLE)
        ],
        "page": page,
        "is_first": below is None,
        "years": YEARS,
    }
    return render(request, "portal/record_list.html", context)


@require_safe
@secretariat_only
def record_list_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with what the list is narrowed to, written while it goes; conditions that make no sense with the page."""
    form = RecordFilterForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('record_list')}?{request.GET.urlencode()}")
    name = f"利用の記録_{clock.today():%Y%m%d}.csv"
    return csv_stream(record_rows(all_records(form.wish)), name=name, readers=Readers.STAFF)
