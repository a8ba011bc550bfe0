"""What was typed into a form survives the end of a session and a password that must be changed: it goes through the
pages of both (ui.md, Forms)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from people.forms import OwnPasswordForm, SignInForm
from people.models import PasswordSetting, User

KEPT = "kept:"
"""Prefix of the hidden fields that carry a form through the sign-in page."""
NEVER_KEPT = (
    "csrfmiddlewaretoken",
    "password",
    "password1",
    "password2",
    "old_password",
    "new_password1",
    "new_password2",
)

SETTINGS_TOLD = 5
"""Times the password was set that its owner is told of."""

Fields = list[tuple[str, str]]


def fields_of(request: HttpRequest) -> Fields:
    """Return what was typed into a form, but for passwords and tokens."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER_KEPT and not name.startswith(KEPT)
    ]


def kept_fields(request: HttpRequest) -> Fields:
    """Return what a sign-in page carries along."""
    return [
        (name.removeprefix(KEPT), str(value))
        for name, values in request.POST.lists()
        if name.startswith(KEPT)
        for value in values
    ]


def sign_in_and_continue(request: HttpRequest) -> HttpResponse:
    """Answer a form sent after the session ended: a sign-in page that carries the typed fields along."""
    return sign_in_page(
        request,
        SignInForm(request),
        next_url=request.get_full_path(),
        kept=fields_of(request),
    )


def sign_in_page(
    request: HttpRequest, form: SignInForm, *, next_url: str, kept: Fields
) -> HttpResponse:
    context = {"form": form, "next": next_url, "kept": kept, "kept_prefix": KEPT}
    return render(request, "people/sign_in.html", context)


def password_page(
    request: HttpRequest, form: OwnPasswordForm, *, user: User, next_url: str, kept: Fields
) -> HttpResponse:
    """Ask for a password of one's own, and tell who set the last ones. The typed fields of a form come along."""
    context = {
        "form": form,
        "next": next_url,
        "kept": kept,
        "kept_prefix": KEPT,
        "must_change": user.must_change_password,
        "told_settings": PasswordSetting.objects.filter(user=user)[:SETTINGS_TOLD],
    }
    return render(request, "people/password_change.html", context)


def go_on(request: HttpRequest, *, next_url: str, kept: Fields) -> HttpResponse:
    """Go where one wanted to; with kept fields, to a page that sends them off again."""
    if kept:
        return render(request, "people/typed_text_kept.html", {"next": next_url, "kept": kept})
    return redirect(next_url)


def safe_next(request: HttpRequest) -> str:
    """Return where one came from; "" where that is the front page, another site or unknown."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours and wanted != resolve_url(settings.LOGIN_REDIRECT_URL) else ""
