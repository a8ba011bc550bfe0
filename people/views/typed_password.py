"""A name and a password that somebody typed, tried and counted; the page that refuses."""

import math

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kirishima_dx import clock
from kirishima_dx.client_address import client_address
from people.actions.sign_in import try_password
from people.enums import SignInDoor
from people.kept_text import kept_fields
from people.known_browser import KnownBrowser
from people.lock_out import Lock, Who
from people.models import User


def try_typed(request: HttpRequest, *, username: str, password: str) -> User | None:
    """Return who signs in with this name and password; None where they fit nobody. Raises LockedOut.

    Whether the name is anybody's shows neither in the answer nor in its time: a name of nobody is hashed for, too.
    """
    user = User.objects.filter(username=username).first()

    def check() -> User | None:
        found = authenticate(request, username=username, password=password)
        return found if isinstance(found, User) else None

    who = _who(request, username, user)
    return try_password(who=who, user=user, door=SignInDoor.LOGIN, check=check)


def try_own(request: HttpRequest, *, user: User, password: str) -> User | None:
    """Return the account that is signed in where this is its password. Raises LockedOut."""

    def check() -> User | None:
        return user if user.check_password(password) else None

    who = _who(request, user.username, user)
    return try_password(who=who, user=user, door=SignInDoor.PASSWORD_CHANGE, check=check)


def _who(request: HttpRequest, username: str, user: User | None) -> Who:
    number = KnownBrowser.of(request).number_for(user)
    return Who(username, client_address(request), number)


def locked_out(request: HttpRequest, lock: Lock) -> HttpResponse:
    """Answer after too many failed attempts (429); typed text stays visible for copying."""
    seconds = max(1, math.ceil((lock.until - clock.now()).total_seconds()))
    context = {"lock": lock, "minutes": math.ceil(seconds / 60), "kept": kept_fields(request)}
    response = render(request, "people/locked_out.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
