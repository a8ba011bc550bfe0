"""How a kept page goes out: whole, packed, or as a word that there is nothing new."""

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from kirishima_dx.kept.asked import has_already, takes_gzip
from kirishima_dx.kept.standing import weak_tag
from kirishima_dx.kept.store import STORE, Page

OF_NOTHING_NEW = ("Cache-Control", "Vary")
"""What is said again where nothing is new (RFC 9110, 15.4.5), beside the tag."""
NOT_KEPT = {"Content-Length"}
"""Whoever sends a body counts it."""


def page_of(response: HttpResponse) -> Page:
    """Return an answer as a page that is the same for everybody. Its tag is of its words: whatever is saved without
    changing them is nothing new to a reader, and tells him nothing."""
    body = response.content
    head = tuple((name, value) for name, value in response.items() if name not in NOT_KEPT)
    return Page(head, weak_tag(blake2b(body, digest_size=16).digest()), body)


def answer(request: HttpRequest, key: bytes, page: Page) -> HttpResponse:
    """Answer with a page, and keep it; the tag is a weak one, so it is the same packed and unpacked."""
    if has_already(request.headers.get("If-None-Match", ""), page.tag):
        unchanged = nothing_new(page.tag)
        for name, value in page.head:
            if name in OF_NOTHING_NEW:
                unchanged.headers[name] = value
        return unchanged
    is_packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    if is_packed and page.packed is None:
        page = page.with_packed()
        STORE.put(key, page)
    head = dict(page.head, ETag=page.tag)
    if is_packed:
        head["Content-Encoding"] = "gzip"
    return HttpResponse(page.packed if is_packed else page.body, headers=head)


def nothing_new(tag: str) -> HttpResponseNotModified:
    return HttpResponseNotModified(headers={"ETag": tag})
