"""What a browser or a proxy may keep of a page that somebody signed in has seen."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from plans.models import Edition

Clients = Callable[[User | None], Client]
COME_BACK = 'src="/static/js/come-back.js"'


@pytest.mark.parametrize("address", ["/", "/items/", "/items.xlsx", "/nowhere/", "/admin/"])
def test_a_page_of_somebody_is_kept_by_no_proxy(
    small_edition: Edition, secretariat: User, client_of: Clients, address: str
) -> None:
    response = client_of(secretariat).get(address)

    assert {"private", "no-cache"} <= set(response["Cache-Control"].split(", "))
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("address", ["/", "/admin/"])
def test_a_page_kept_awake_is_asked_for_anew(
    small_edition: Edition, secretariat: User, client_of: Clients, address: str
) -> None:
    assert COME_BACK in client_of(secretariat).get(address).content.decode()


def test_a_public_page_may_be_kept(small_edition: Edition, client_of: Clients) -> None:
    response = client_of(None).get("/")

    assert response["Cache-Control"] == "no-cache"  # And asks each time whether it still stands.
    assert COME_BACK not in response.content.decode()
