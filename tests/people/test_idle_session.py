"""A session ends after idle time, and use begins that time anew without writing at every request."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.conf import settings
from django.test import Client
from query_counts import asked_by

from people.middleware import TOUCH_SECONDS
from people.models import User

Clients = Callable[[User | None], Client]
IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def is_in(client: Client) -> bool:
    return client.get("/account/password/").status_code == 200


def test_use_keeps_a_session(
    staff: User, client_of: Clients, frozen_clock: time_machine.Traveller
) -> None:
    client = client_of(staff)
    for _ in range(3):
        frozen_clock.shift(IDLE - timedelta(seconds=TOUCH_SECONDS))
        assert is_in(client)


def test_idleness_ends_it(
    staff: User, client_of: Clients, frozen_clock: time_machine.Traveller
) -> None:
    client = client_of(staff)
    assert is_in(client)

    frozen_clock.shift(IDLE + timedelta(seconds=1))

    assert not is_in(client)


def test_a_reader_does_not_write(staff: User, client_of: Clients) -> None:
    client = client_of(staff)
    assert is_in(client)

    def look() -> None:
        assert is_in(client)

    assert [sql for sql in asked_by(look) if not sql.startswith("SELECT")] == []
