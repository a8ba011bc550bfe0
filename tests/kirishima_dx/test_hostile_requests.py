"""Requests that no page of ours makes are answered with an error page, never with a stack trace."""

import pytest
from django.conf import settings
from django.test import Client

from plans.models import Edition


@pytest.mark.parametrize(
    "address",
    [
        "/items/1-A-1%00/",
        "/editions/1.0/items/%00/",
        "/editions/draft/items/%00/",
        "/items/?q=a&q=%00",
        "/items/?%00=a",
    ],
)
def test_an_address_with_a_nul_is_refused(small_edition: Edition, address: str) -> None:
    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == 400
    assert "要求を受け付けられませんでした" in response.content.decode()


def test_a_cookie_with_a_nul_is_refused(small_edition: Edition) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "aaaaaaaaaaaa\0b"

    assert client.get("/items/").status_code == 400


def test_a_body_in_another_encoding_is_refused(small_edition: Edition) -> None:
    """Django's own error pages would read the body again, and fail again."""
    response = Client(raise_request_exception=False, enforce_csrf_checks=True).post(
        "/login/", "username=a", content_type="application/x-www-form-urlencoded; charset=utf-7"
    )

    assert response.status_code == 400
    assert "要求を受け付けられませんでした" in response.content.decode()
