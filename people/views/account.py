"""One's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.access import actor, signed_in
from people.actions.accounts import record_password
from people.errors import LockedOut
from people.forms import OwnPasswordForm
from people.kept_text import go_on, kept_fields, password_page, safe_next
from people.known_browser import KnownBrowser
from people.models import User
from people.views.typed_password import locked_out, try_own


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password_change(request: HttpRequest) -> HttpResponse:
    """Change one's own password, then go on to where one came from, with what one had typed there."""
    user, next_url, kept = actor(request), safe_next(request), kept_fields(request)
    if request.method != "POST":
        form = OwnPasswordForm(user)
        return password_page(request, form, user=user, next_url=next_url, kept=kept)

    def try_old(typed: str) -> User | None:
        return try_own(request, user=user, password=typed)

    form = OwnPasswordForm(user, request.POST, try_old=try_old)
    try:
        is_good = form.is_valid()
    except LockedOut as refusal:
        return locked_out(request, refusal.lock)
    if not is_good:
        return password_page(request, form, user=user, next_url=next_url, kept=kept)
    _change(request, form)
    response = go_on(request, next_url=next_url or resolve_url("living_plan"), kept=kept)
    KnownBrowser.of(request).remember(user, response)
    return response


def _change(request: HttpRequest, form: OwnPasswordForm) -> None:
    """Change it in this session; every other session of the account ends by it."""
    user = actor(request)
    with transaction.atomic():
        update_session_auth_hash(request, form.save())
        record_password(user=user, by=user)
    messages.success(request, "パスワードを変更しました。")
