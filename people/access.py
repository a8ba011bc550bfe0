"""Guard decorators for views: who comes in, and what happens to what an expired session had typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from people.kept_text import sign_in_and_continue
from people.models import User

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Let in whoever is signed in. Others sign in first; what they had typed comes along."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return sign_in_and_continue(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def secretariat_only(view: View) -> View:
    """Let in the 事務局; others who are signed in are refused with a page that says whom to ask."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not actor(request).is_secretariat:
            raise PermissionDenied("この操作は事務局（DX推進課）だけが行えます。")
        return view(request, *args, **kwargs)

    return guarded


def actor(request: HttpRequest) -> User:
    """Return who acts in a view that only lets in signed-in people."""
    return cast(User, request.user)
