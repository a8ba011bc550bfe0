"""No file that not everybody may read goes out unrecorded (A2)."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from kirishima_dx.client_address import client_address
from kirishima_dx.spreadsheets.writing import Readers
from people.actions.recording import record_download
from people.models import User

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponseBase]


def is_file(response: HttpResponseBase) -> bool:
    """Whether a response is a file to keep that really goes out: no page, no refusal, nothing unchanged (304)."""
    disposition: str = response.headers.get("Content-Disposition", "")
    return response.status_code == HTTPStatus.OK and disposition.startswith("attachment")


def is_recorded_here(readers: Readers) -> bool:
    """Whether a file of these readers is recorded as it goes out; nothing is public where reading is closed."""
    return readers is Readers.STAFF or (readers is Readers.ANYONE and not settings.PUBLIC_READING)


class RecordsDownloads:
    """Record each file that is not for everybody before it goes out. One that cannot be recorded does not go.

    HEAD takes nothing out. A file of which its view has not said who may read it is a fault of the product: it is
    refused with a 500 (`Readers`).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD" or not is_file(response):
            return response
        readers: Readers = response.readers  # type: ignore[attr-defined]  # Set by `download` and `csv_stream`.
        if is_recorded_here(readers):
            try:
                _record(request, response)
            except DatabaseError:
                logger.exception("ファイルの取出しを記録できないため、渡しませんでした。")
                return _not_recorded()
        return response


def _record(request: HttpRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    content = response.content if isinstance(response, HttpResponse) else None
    record_download(
        by=request.user if isinstance(request.user, User) else None,
        address=client_address(request),
        url_name=match.view_name if match else "",
        path=request.path_info,
        name=response.file_name,  # type: ignore[attr-defined]  # As above.
        content=content,
    )


def _not_recorded() -> HttpResponse:
    page = render_to_string("people/download_not_recorded.html")
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
