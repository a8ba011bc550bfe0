"""Requests that no page of ours makes are answered with an error page, never with a stack trace."""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from people.models import User
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
    assert "送られた内容を読み取れませんでした" in response.content.decode()
    assert '<a href="/">いまの未来図' in response.content.decode()


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
    assert "送られた内容を読み取れませんでした" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "above"),
    [("/items/1-A-1/unchanged/", "/items/1-A-1/"), ("/logout/", "/")],
)
def test_the_address_of_a_button_opened_by_hand_is_explained(
    small_edition: Edition, address: str, above: str
) -> None:
    response = Client().get(address)
    page = response.content.decode()

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "このアドレスは直接開けません" in page
    assert f'<a href="{above}">ひとつ上のページ</a>' in page


@pytest.mark.parametrize("address", ["/", "/login/", "/items/1-A-1/progress/", "/healthz"])
def test_a_page_can_be_probed(small_edition: Edition, secretariat: User, address: str) -> None:
    client = Client()
    assert client.head(address).status_code == client.get(address).status_code
    client.force_login(secretariat, backend="django.contrib.auth.backends.ModelBackend")
    assert client.head(address).status_code == client.get(address).status_code


def test_a_head_has_no_body(small_edition: Edition) -> None:
    """The test client takes a body away by itself; the server does not."""
    handler = WSGIHandler()
    read, asked = (
        handler.get_response(getattr(RequestFactory(), method)("/login/"))
        for method in ("get", "head")
    )

    assert (read.status_code, asked.status_code) == (200, 200)
    assert read.content
    assert asked.content == b""
    assert asked.headers["Content-Length"] == str(len(read.content))
