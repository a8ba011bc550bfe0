"""Browsers that have signed in as a name before: a long-lived signed cookie, which only keeps attempts apart.

It lets nobody in. It holds a number drawn at random and, for each account that signed in, a mark that can be worked
out only here, from that number and the account's password: readable is nothing about a person, and a new password
makes the mark worthless.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from people.models import User

COOKIE = "known_browser"
SALT = "people.known_browser"
LASTS = timedelta(days=180)
"""Since the last signing in."""
ACCOUNTS = 8
"""Of one browser; a terminal that many share forgets who came least recently."""


@dataclass(frozen=True)
class KnownBrowser:
    number: str
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return the browser that asks; one with a new number where it brings no cookie of ours."""
        told = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=LASTS)
        number, _, marks = (told or "").partition(".")
        return cls(number, tuple(marks.split("."))) if number else cls(secrets.token_hex(16))

    def number_for(self, user: User | None) -> str:
        """Return its number where this account signed in here with the present password; else ""."""
        return self.number if user is not None and self._mark(user) in self.marks else ""

    def remember(self, user: User, response: HttpResponse) -> None:
        """Have the browser remember that this account came in."""
        mark = self._mark(user)
        others = [one for one in self.marks if one != mark]
        response.set_signed_cookie(
            COOKIE,
            ".".join([self.number, mark, *others[: ACCOUNTS - 1]]),
            salt=SALT,
            max_age=LASTS,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def _mark(self, user: User) -> str:
        told = f"{self.number}:{user.get_session_auth_hash()}"
        return salted_hmac(SALT, told, algorithm="sha256").hexdigest()[:32]
