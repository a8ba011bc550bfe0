"""How long a session lives, who keeps its pages, whether anonymous people may read, and whose password comes first."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from kirishima_dx import clock
from people.forms import OwnPasswordForm
from people.kept_text import fields_of, password_page

TOUCH_SECONDS = 60
"""How exactly idleness is measured: a session is written at most this often for being used."""


class KeepSessionAlive:
    """Begin the idle time of a session anew when it is used.

    Saving it on every request, as Django offers, would make each reader of a page a writer of the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            if now - request.session.get("used_at", 0) >= TOUCH_SECONDS:
                request.session["used_at"] = now
        return self.get_response(request)


class PagesOfOne:
    """Let no proxy keep a page of somebody signed in, and no browser show it again unasked.

    Not `no-store`: over HTTPS a browser would then forget a half-written form when one comes back to it. What it
    keeps awake for going back is asked for anew by come-back.js.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_in or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        return response


ALWAYS_OPEN = {"login", "health"}


class ReadingIsOpen:
    """Send anonymous visitors of any page to the sign-in page where settings.PUBLIC_READING is off (design.md §5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        if settings.PUBLIC_READING or request.user.is_authenticated:
            return None
        if match is not None and match.view_name in ALWAYS_OPEN:
            return None
        return redirect_to_login(request.get_full_path())


OPEN_WITHOUT_OWN_PASSWORD = {"password_change", "login", "logout", "health"}


class OwnPasswordFirst:
    """Lead whoever came in with a password that the 事務局 set to the page where it is changed, from everywhere.

    What somebody sends meanwhile goes through that page as it goes through the sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not user.is_authenticated or not user.must_change_password:
            return None
        if match is not None and match.view_name in OPEN_WITHOUT_OWN_PASSWORD:
            return None
        came_from = request.get_full_path()
        if request.method == "POST":
            form, kept = OwnPasswordForm(user), fields_of(request)
            return password_page(request, form, user=user, next_url=came_from, kept=kept)
        return redirect(f"{reverse('password_change')}?{urlencode({'next': came_from})}")
