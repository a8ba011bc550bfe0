"""Signing in and out, and the pages that refuse; none of them loses what was typed."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import LockedOut
from people.forms import OwnPasswordForm, SignInForm
from people.kept_text import (
    Fields,
    fields_of,
    go_on,
    kept_fields,
    password_page,
    safe_next,
    sign_in_page,
)
from people.known_browser import KnownBrowser
from people.models import User
from people.views.typed_password import locked_out, try_typed


def _first_page(user: User) -> str:
    """Return where an account begins that came from nowhere: who answers for a department, at what waits there."""
    if user.writing_departments and not user.is_secretariat:
        return reverse("my_page")
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password")
@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, then go on to where one came from; with kept fields, to a page that sends them off again."""
    next_url, kept = safe_next(request), kept_fields(request)
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(next_url or _first_page(request.user))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = try_typed(request, **form.cleaned_data)
        except LockedOut as refusal:
            return locked_out(request, refusal.lock)
        if user is not None:
            return _come_in(request, user, next_url=next_url, kept=kept)
        form.add_refusal()
    return sign_in_page(request, form, next_url=next_url, kept=kept)


def _come_in(request: HttpRequest, user: User, *, next_url: str, kept: Fields) -> HttpResponse:
    login(request, user)
    next_url = next_url or _first_page(user)
    if user.must_change_password and kept:
        form = OwnPasswordForm(user)
        response = password_page(request, form, user=user, next_url=next_url, kept=kept)
    else:
        response = go_on(request, next_url=next_url, kept=kept)
    KnownBrowser.of(request).remember(user, response)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is out of date; what was typed is shown for copying, not sent again unseen."""
    kept = fields_of(request) + kept_fields(request)
    if request.path in (reverse("login"), reverse("password_change")):
        kept = [field for field in kept if field[0] not in ("username", "next")]
    return render(request, "people/csrf_failure.html", {"kept": kept}, status=403)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in the words of whoever refuses; what was typed by somebody who lost a right meanwhile stays."""
    context = {"exception": str(exception), "kept": fields_of(request)}
    return render(request, "403.html", context, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; what was typed about something that others took away meanwhile stays.

    What is sent to an address that leads nowhere is not looked at: it may be past reading.
    """
    leads_nowhere, reason = isinstance(exception, Resolver404), str(exception)
    context = {
        "reason": ""
        if reason.isascii() or leads_nowhere
        else reason,  # Django's own words are English.
        "kept": [] if leads_nowhere else fields_of(request),
    }
    return render(request, "404.html", context, status=404)
