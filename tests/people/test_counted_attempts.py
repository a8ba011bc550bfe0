"""Attempts to sign in as people meet them: counted at every door, kept, refused in words, and lifted."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import CommandError, call_command
from django.test import Client
from raw_sql import refused

from kirishima_dx import clock
from people.actions.sign_in import REFUSALS_KEPT_OF_NAME
from people.models import PasswordSetting, SignIn, Unlock, User

PASSWORD = "tameshi-no-aikotoba"
NEW = "atarashii-aikotoba-8"
Clients = Callable[[User | None], Client]


WRONG = "x"


def try_in(client: Client, username: str, password: str = WRONG) -> int:
    sent = {"username": username, "password": password}
    return client.post("/login/", sent, REMOTE_ADDR="192.0.2.7").status_code


@pytest.fixture
def locked(editor: User) -> str:
    """The name of an account that strangers have locked everywhere."""
    SignIn.objects.bulk_create(
        SignIn(
            tried_at=clock.now(),
            username=editor.username,
            user=editor,
            address=f"198.51.100.{n}",
            door="login",
            outcome="failed",
        )
        for n in range(50)
    )
    return editor.username


def test_every_attempt_is_kept_with_name_and_address(editor: User, client_of: Clients) -> None:
    client = client_of(None)
    try_in(client, "dare-ka")
    try_in(client, "ｔａｎｔｏｕ")
    try_in(client, "tantou", PASSWORD)
    client.get("/login/")
    client.head("/login/", {"username": "tantou", "password": "x"})

    assert list(
        SignIn.objects.order_by("pk").values_list("username", "user", "address", "door", "outcome")
    ) == [
        ("dare-ka", None, "192.0.2.7", "login", "failed"),
        ("tantou", editor.pk, "192.0.2.7", "login", "failed"),
        ("tantou", editor.pk, "192.0.2.7", "login", "succeeded"),
    ]


@pytest.mark.parametrize("name", ["tantou", "dare-ka"])
def test_a_name_in_wide_letters_has_no_attempts_of_its_own(
    editor: User, client_of: Clients, name: str
) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in name)
    statuses = [
        try_in(client_of(None), typed) for typed in (name, wide, f" {name} ", wide, name, wide)
    ]

    assert statuses == [200, 200, 200, 200, 429, 429]


class CountingHasher(MD5PasswordHasher):
    """Counts how often something is hashed."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


def test_an_unknown_name_costs_as_much_as_a_wrong_password_and_a_locked_one_nothing(
    staff: User, client_of: Clients, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    staff.set_password(PASSWORD)
    staff.save()

    def hashed(username: str) -> int:
        before = CountingHasher.count
        try_in(client_of(None), username)
        return CountingHasher.count - before

    assert [hashed(staff.username) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert [hashed("dare-ka") for _ in range(6)] == [1, 1, 1, 1, 1, 0]


def test_a_stranger_does_not_lock_out_a_browser_that_came_in_before(
    editor: User, client_of: Clients, request: pytest.FixtureRequest
) -> None:
    home = client_of(None)
    assert try_in(home, editor.username, PASSWORD) == 302
    home.post("/logout/")
    locked = request.getfixturevalue("locked")

    assert try_in(client_of(None), locked, PASSWORD) == 429
    assert try_in(home, locked, PASSWORD) == 302
    assert SignIn.objects.filter(outcome="succeeded").exclude(known_browser="").count() == 1


def test_a_browser_is_known_by_a_signed_cookie_that_says_nothing_of_a_person(
    editor: User, client_of: Clients, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    settings.SESSION_COOKIE_PATH = "/dx/"
    client = client_of(None)
    try_in(client, editor.username, PASSWORD)
    cookie = client.cookies["known_browser"]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["max-age"]) == ("/dx/", 180 * 24 * 3600)
    assert editor.username not in cookie.value
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["expires"] == ""


def test_a_browser_counts_by_itself_until_the_password_is_another(
    editor: User, client_of: Clients
) -> None:
    client = client_of(None)
    try_in(client, editor.username, PASSWORD)
    client.post("/logout/")
    at_home = [try_in(client, editor.username) for _ in range(5)]
    elsewhere = try_in(client_of(None), editor.username)
    editor.set_password(NEW)
    editor.save()

    assert (at_home, elsewhere) == ([200, 200, 200, 200, 429], 200)
    assert try_in(client, editor.username, NEW) == 302
    assert SignIn.objects.latest("pk").known_browser == ""


def test_a_cookie_that_somebody_made_up_is_worth_nothing(
    editor: User, client_of: Clients, locked: str
) -> None:
    client = client_of(None)
    client.cookies["known_browser"] = "0123456789abcdef.0123456789abcdef:1w:x"

    assert try_in(client, locked, PASSWORD) == 429


def test_the_old_password_is_counted_too(editor: User, client_of: Clients) -> None:
    client = client_of(editor)
    guess = {"old_password": "x", "new_password1": NEW, "new_password2": NEW}
    statuses = [client.post("/account/password/", guess).status_code for _ in range(5)]
    right = client.post("/account/password/", {**guess, "old_password": PASSWORD})

    assert statuses == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert SignIn.objects.filter(door="password_change").count() == 6
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_what_is_refused_is_kept_up_to_a_bound_and_prolongs_nothing(
    editor: User, client_of: Clients, frozen_clock: Any
) -> None:
    for _ in range(5):
        try_in(client_of(None), editor.username)
    for _ in range(REFUSALS_KEPT_OF_NAME + 2):
        frozen_clock.shift(timedelta(seconds=1))
        try_in(client_of(None), editor.username)

    assert SignIn.objects.filter(outcome="locked").count() == REFUSALS_KEPT_OF_NAME
    frozen_clock.shift(timedelta(minutes=15) - timedelta(seconds=REFUSALS_KEPT_OF_NAME + 2))
    assert try_in(client_of(None), editor.username, PASSWORD) == 302


def test_the_page_that_refuses_says_how_long_and_whom_to_ask(
    editor: User, client_of: Clients, frozen_clock: Any
) -> None:
    for _ in range(5):
        try_in(client_of(None), editor.username)
    frozen_clock.shift(timedelta(minutes=4))
    response = client_of(None).post(
        "/login/", {"username": editor.username, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7"
    )
    page = response.content.decode()

    assert (response.status_code, response["Retry-After"]) == (429, "660")
    assert "あと11分" in page
    assert "事務局は、すぐに解除できます" in page


def test_a_row_is_filled_in_once_and_never_changed(editor: User, client_of: Clients) -> None:
    try_in(client_of(None), editor.username)

    assert refused("UPDATE people_signin SET outcome = 'succeeded'")
    assert refused("UPDATE people_signin SET address = '192.0.2.8'")
    assert refused("DELETE FROM people_signin")


def test_the_secretariat_sees_who_is_locked_and_lifts_it_with_a_reason(
    secretariat: User, editor: User, client_of: Clients, locked: str
) -> None:
    for n in range(20):
        try_in(client_of(None), f"dare{n}")
    desk = client_of(secretariat)
    page = desk.get("/sign-ins/locked/").content.decode()
    without = desk.post("/sign-ins/locked/", {"chosen": ["name:tantou"], "reason": " "})
    gone = desk.post("/sign-ins/locked/", {"chosen": ["name:dare"], "reason": "消えては困る"})
    lifted = desk.post(
        "/sign-ins/locked/",
        {"chosen": ["name:tantou", "address:192.0.2.7"], "reason": "窓口で確かめた"},
        follow=True,
    ).content.decode()

    assert "担当 太郎" in page
    assert "192.0.2.7" in page
    assert "解除する理由を書いてください。" in without.content.decode()
    assert 'value="消えては困る"' in gone.content.decode()
    assert "すでに停止が終わったもの" in gone.content.decode()
    assert "ユーザー名「tantou」、接続元 192.0.2.7の停止を解除しました。" in lifted
    assert "停止しているものはありません" in lifted
    assert try_in(client_of(None), locked, PASSWORD) == 302
    assert [
        (one.username, one.address, one.reason, one.unlocked_by)
        for one in Unlock.objects.order_by("pk")
    ] == [
        ("tantou", "", "窓口で確かめた", secretariat),
        ("", "192.0.2.7", "窓口で確かめた", secretariat),
    ]


def test_a_command_lets_the_last_secretariat_in(secretariat: User, client_of: Clients) -> None:
    for _ in range(5):
        try_in(client_of(None), secretariat.username)
    out = io.StringIO()
    with pytest.raises(
        CommandError, match="「dare」は停止していません。停止しているもの：jimukyoku"
    ):
        call_command("unlock", "dare", "--reason", "理由")
    with pytest.raises(CommandError, match="理由を --reason に"):
        call_command("unlock", "jimukyoku", "--reason", " ")
    call_command("unlock", "ｊｉｍｕｋｙｏｋｕ", "--reason", "だれも入れない", stdout=out)

    assert out.getvalue() == "「jimukyoku」の停止を解除しました。\n"
    assert try_in(client_of(None), secretariat.username, PASSWORD) == 302
    assert Unlock.objects.get().unlocked_by_name == "運用担当（コマンド）"


@pytest.mark.parametrize("is_old_hash", [False, True])
def test_signing_in_writes_no_change_into_the_history_of_an_account(
    staff: User, client_of: Clients, settings: Any, is_old_hash: bool
) -> None:
    """A2: neither when somebody came in, nor that the same password was hashed anew, is a change of the account."""
    if is_old_hash:
        hashers = ("ScryptPasswordHasher", "MD5PasswordHasher")
        settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{one}" for one in hashers]
    before, old = User.history.filter(id=staff.pk).count(), staff.password
    try_in(client_of(None), staff.username, PASSWORD)
    staff.refresh_from_db()

    assert staff.last_login == clock.now()
    assert (staff.password != old) is is_old_hash
    assert User.history.filter(id=staff.pk).count() == before


def test_a_new_password_ends_the_other_sessions_and_is_kept_as_set_by_its_owner(
    staff: User, client_of: Clients
) -> None:
    here, elsewhere = client_of(staff), client_of(staff)
    key = here.cookies["sessionid"].value
    here.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    assert here.get("/account/password/").status_code == 200
    assert here.cookies["sessionid"].value != key
    assert elsewhere.get("/account/password/").status_code == 302
    assert PasswordSetting.objects.get().is_by_owner


@pytest.mark.parametrize("counts", [True, False])
def test_a_city_whose_terminals_share_an_address_leaves_it_uncounted(
    editor: User, client_of: Clients, settings: Any, counts: bool
) -> None:
    settings.SIGN_IN_ADDRESS_LIMIT = counts
    SignIn.objects.bulk_create(
        SignIn(
            tried_at=clock.now(),
            username=f"u{n}",
            address="192.0.2.7",
            door="login",
            outcome="failed",
        )
        for n in range(20)
    )

    assert try_in(client_of(None), editor.username, PASSWORD) == (429 if counts else 302)


def test_a_deactivated_account_has_no_session_any_more(staff: User, client_of: Clients) -> None:
    client = client_of(staff)
    assert client.get("/account/password/").status_code == 200
    User.objects.filter(pk=staff.pk).update(is_active=False)

    assert client.get("/account/password/").status_code == 302
