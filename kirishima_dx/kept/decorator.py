"""The mark of a view whose page depends on nothing but what stands, the address and who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kirishima_dx.kept.answers import nothing_new
from kirishima_dx.kept.asked import has_already
from kirishima_dx.kept.standing import Standing, tag_of_one

View = Callable[..., HttpResponseBase]


def kept(view: View) -> View:
    """Mark a view that only reads, outermost but for `require_safe`.

    Whoever is signed in and has the page already is told so; it is drawn for anybody else, and `kept_pages` sees to
    what may be kept of it. A page with a message to tell is always drawn.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        standing: Standing | None = getattr(request, "standing", None)
        known = request.headers.get("If-None-Match", "")
        if standing and known and request.user.is_authenticated and not get_messages(request):
            tag = tag_of_one(request, standing)
            # By `*` a page is meant that exists: that is known once it is drawn.
            if known.strip() != "*" and has_already(known, tag):
                return nothing_new(tag)
        response = view(request, *args, **kwargs)
        response.is_of_kept_view = True  # type: ignore[attr-defined]  # Read by kept_pages.
        return response

    asked.is_kept = True  # type: ignore[attr-defined]  # Read by the tests that walk all views.
    return asked
