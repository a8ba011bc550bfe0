"""What was typed into a form survives the end of a session: it goes through the sign-in page (ui.md, Forms)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.forms import SignInForm

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
