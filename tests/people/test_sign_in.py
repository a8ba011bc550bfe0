"""Signing in and out, and never losing what was typed when a session ends."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from initiatives.models import ProgressEntry
from people.models import User
from people.templatetags.typed_text import as_typed
from plans.models import Edition, FocusItem

PASSWORD = "tameshi-no-aikotoba"
ADDRESS = "/items/1-A-1/progress/"
Clients = Callable[[User | None], Client]
TYPED = {
    "opened_revision": "1",
    "as_of": "2026-10-01",
    "status": "piloting",
    "step": "action",
    "rating": "on_track",
    "rating_reason": "長い時間をかけて書いた「理由」。\r\n二行目 <b>",
    "direction": "continue",
}


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_signing_in_leads_back_to_where_one_came_from(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    client = client_of(None)
    page = client.get(f"/login/?next={ADDRESS}").content.decode()
    response = client.post(
        "/login/",
        {**hidden_fields(page), "username": editor.username, "password": PASSWORD},
        follow=True,
    )

    assert response.redirect_chain == [(ADDRESS, 302)]
    assert "担当 太郎" in response.content.decode()


@pytest.mark.parametrize("target", ["https://example.invalid/", "//example.invalid/", "/\\x"])
def test_signing_in_leads_to_no_other_site(editor: User, client_of: Clients, target: str) -> None:
    response = client_of(None).post(
        "/login/", {"username": editor.username, "password": PASSWORD, "next": target}
    )

    assert response["Location"] == "/my/"


@pytest.mark.parametrize(
    ("who", "first_page"),
    [
        ("editor", "/my/"),
        ("certifier", "/my/"),
        ("secretariat", "/"),
        ("headquarters", "/"),
        ("staff", "/"),
    ],
)
@pytest.mark.parametrize("came_from", ["", "?next=/"])
def test_who_answers_for_a_department_begins_at_what_waits_there(
    client_of: Clients, request: pytest.FixtureRequest, who: str, first_page: str, came_from: str
) -> None:
    user: User = request.getfixturevalue(who)
    client = client_of(None)
    page = client.get(f"/login/{came_from}").content.decode()
    response = client.post(
        "/login/", {**hidden_fields(page), "username": user.username, "password": PASSWORD}
    )

    assert response["Location"] == first_page
    assert client.get("/login/")["Location"] == first_page


def test_a_wrong_password_says_what_to_do(editor: User, client_of: Clients) -> None:
    response = client_of(None).post("/login/", {"username": editor.username, "password": "x"})
    page = response.content.decode()

    assert "ログインできませんでした" in page
    assert f'value="{editor.username}"' in page


@pytest.mark.parametrize("name", ["x" * 300, "\0", "", "\U0001f600"])
def test_a_name_that_is_none_is_a_wrong_name(db: None, client_of: Clients, name: str) -> None:
    """PostgreSQL refuses to note a failed attempt of a name too long for its column."""
    response = client_of(None).post("/login/", {"username": name, "password": "x"})

    assert "ログインできませんでした" in response.content.decode()


def test_typed_text_survives_the_end_of_a_session(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    client = client_of(None)
    page = client.post(ADDRESS, TYPED).content.decode()
    kept = hidden_fields(page)

    assert "操作のない時間が続いたため、ログアウトしました" in page
    assert kept["kept:rating_reason"] == TYPED["rating_reason"]
    assert kept["next"] == ADDRESS
    assert "評価理由" in page

    wrong = client.post("/login/", {**kept, "username": editor.username, "password": "x"})
    assert hidden_fields(wrong.content.decode())["kept:rating_reason"] == TYPED["rating_reason"]

    page = client.post(
        "/login/", {**kept, "username": editor.username, "password": PASSWORD}
    ).content.decode()
    assert "まだ保存していません" in page
    assert "試行中" in page
    assert f'action="{ADDRESS}"' in page
    assert ProgressEntry.objects.count() == 0

    again = {name: value for name, value in hidden_fields(page).items() if name in TYPED}
    assert again == TYPED
    assert client.post(ADDRESS, again).status_code == 302
    assert ProgressEntry.objects.get().rating_reason == (
        "長い時間をかけて書いた「理由」。\n二行目 <b>"
    )


def test_five_failures_lock_out_and_typed_text_stays_in_sight(
    editor: User, client_of: Clients
) -> None:
    client = client_of(None)
    wrong = {"username": editor.username, "password": "x", "kept:rating_reason": "消えては困る。"}
    answers = [client.post("/login/", wrong) for _ in range(5)]
    right = client.post("/login/", {**wrong, "password": PASSWORD})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    page = right.content.decode()
    assert "あと15分" in page
    assert "消えては困る。" in page


def test_a_lock_out_ends(editor: User, client_of: Clients, frozen_clock: Any) -> None:
    from datetime import timedelta

    client = client_of(None)
    for _ in range(5):
        client.post("/login/", {"username": editor.username, "password": "x"})
    frozen_clock.shift(timedelta(minutes=16))
    response = client.post("/login/", {"username": editor.username, "password": PASSWORD})

    assert response.status_code == 302


def test_a_deactivated_account_does_not_come_in(editor: User, client_of: Clients) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    response = client_of(None).post("/login/", {"username": editor.username, "password": PASSWORD})

    assert "ログインできませんでした" in response.content.decode()


def test_a_form_without_its_token_is_shown_for_copying(
    responsible: FocusItem, editor: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(ADDRESS, TYPED)
    page = response.content.decode()

    assert response.status_code == 403
    assert "内容は保存していません" in page
    assert "長い時間をかけて書いた「理由」。" in page
    assert "<b>" not in page.split("長い時間")[1].split("</dd>")[0]
    assert ProgressEntry.objects.count() == 0


def test_no_password_is_shown_when_a_token_is_missing(editor: User) -> None:
    page = Client(enforce_csrf_checks=True).post(
        "/login/", {"username": editor.username, "password": "himitsu-no-aikotoba"}
    )

    assert page.status_code == 403
    assert "himitsu" not in page.content.decode()
    assert editor.username not in page.content.decode()


def test_signing_out_takes_a_click(editor: User, client_of: Clients) -> None:
    client = client_of(editor)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert client.get("/account/password/").status_code == 302


def test_a_password_is_changed(editor: User, client_of: Clients) -> None:
    client = client_of(editor)
    new = "atarashii-aikotoba-8"
    weak = client.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": "123", "new_password2": "123"},
    )
    response = client.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
        follow=True,
    )

    assert "10 文字以上" in weak.content.decode()
    assert "パスワードを変更しました。" in response.content.decode()
    editor.refresh_from_db()
    assert editor.check_password(new)


@pytest.mark.parametrize("address", ["/", "/items/", "/items/1-A-1/", "/items.xlsx"])
def test_a_city_can_close_reading_to_staff(
    small_edition: Edition, staff: User, client_of: Clients, settings: Any, address: str
) -> None:
    assert client_of(None).get(address).status_code == 200
    settings.PUBLIC_READING = False

    response = client_of(None).get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")
    assert client_of(staff).get(address).status_code == 200


def test_the_sign_in_page_stays_open(
    small_edition: Edition, client_of: Clients, settings: Any
) -> None:
    settings.PUBLIC_READING = False
    client = client_of(None)

    assert client.get("/login/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_what_a_form_alone_asks_for_is_named_as_it_asks_and_a_chosen_record_not_by_its_key() -> (
    None
):
    resolve("/")  # Whoever lost a session came through the addresses, and they know the forms.
    typed = [
        ("origin_kind", "field"),
        ("origin_decision", "3"),
        ("decision", "8"),
        ("last_seen", "5"),
    ]

    assert as_typed(typed) == [
        ("きっかけ", "現場の動向・気づき"),
        ("どの決定によるか", "（選んだもの）"),
        ("施行のもとになる本部会議の決定", "（選んだもの）"),
    ]
