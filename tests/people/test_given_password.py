"""A password that the 事務局 gave is changed first; its owner is told who gave it; nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from test_sign_in import ADDRESS, TYPED, hidden_fields

from initiatives.models import ProgressEntry
from people.models import PasswordSetting, SignIn, Unlock, User
from plans.models import FocusItem

PASSWORD, GIVEN, OWN = "tameshi-no-aikotoba", "kari-no-aikotoba-1", "jibun-no-aikotoba-2"
Clients = Callable[[User | None], Client]
CHANGE = {"old_password": GIVEN, "new_password1": OWN, "new_password2": OWN}


@pytest.fixture
def given(editor: User, desk: Client) -> User:
    """The account of 担当 太郎, to which the 事務局 gave another password."""
    desk.post(
        f"/admin/people/user/{editor.pk}/password/",
        {"password1": GIVEN, "password2": GIVEN},
    )
    editor.refresh_from_db()
    return editor


def come_in(client: Client, user: User, password: str = GIVEN, **others: str) -> None:
    client.post("/login/", {"username": user.username, "password": password, **others})


def test_nobody_is_left_without_a_password_and_without_a_reason(given: User, desk: Client) -> None:
    address = f"/admin/people/user/{given.pk}/password/"
    for lacking in ({"usable_password": "false"}, {"password1": OWN}):
        page = desk.post(address, lacking)
        given.refresh_from_db()
        assert (page.status_code, given.check_password(GIVEN)) == (200, True)
    assert 'name="usable_password"' not in desk.get(address).content.decode()


@pytest.mark.parametrize("address", ["/", "/my/", "/items.csv", "/items/1-A-1/", "/admin/"])
def test_every_page_leads_to_the_one_where_it_is_changed(
    responsible: FocusItem, given: User, client_of: Clients, address: str
) -> None:
    client = client_of(None)
    come_in(client, given)
    page = client.get(address, follow=True)
    told = page.content.decode()

    assert page.redirect_chain[0][0].startswith("/account/password/?next=%2F")
    assert "事務局が設定したパスワードのままです" in told
    assert "事務局の事務 局子さんが" in told
    assert client.get("/healthz").status_code == 200


def test_it_is_changed_once_to_another_one(given: User, client_of: Clients) -> None:
    client = client_of(None)
    come_in(client, given)
    same = client.post(
        "/account/password/", {**CHANGE, "new_password1": GIVEN, "new_password2": GIVEN}
    )
    page = client.post("/account/password/", {**CHANGE, "next": "/my/"}, follow=True)

    assert "いまのパスワードとは違うものにしてください。" in same.content.decode()
    assert page.redirect_chain == [("/my/", 302)]
    assert "パスワードを変更しました。" in page.content.decode()
    told = client.get("/account/password/").content.decode()
    assert "事務局の事務 局子さんが設定" in told
    assert "本人が変更" in told
    flags = User.history.filter(id=given.pk).values_list("must_change_password", flat=True)
    assert list(flags) == [False, True, False]


def test_what_is_sent_meanwhile_comes_through(
    responsible: FocusItem, editor: User, desk: Client, client_of: Clients, given: User
) -> None:
    client = client_of(None)
    page = client.post(ADDRESS, TYPED).content.decode()
    page = client.post(
        "/login/", {**hidden_fields(page), "username": given.username, "password": GIVEN}
    ).content.decode()
    assert "事務局が設定したパスワードのままです" in page
    again = hidden_fields(client.post(ADDRESS, TYPED).content.decode())
    assert again.keys() == hidden_fields(page).keys()

    wrong = client.post(
        "/account/password/", {**hidden_fields(page), **CHANGE, "old_password": "x"}
    )
    page = wrong.content.decode()
    page = client.post("/account/password/", {**hidden_fields(page), **CHANGE}).content.decode()
    assert "まだ保存していません" in page
    assert f'action="{ADDRESS}"' in page
    fields = {name: text for name, text in hidden_fields(page).items() if name in TYPED}
    assert client.post(ADDRESS, fields).status_code == 302
    assert ProgressEntry.objects.get().rating_reason.startswith("長い時間をかけて書いた")


def test_a_session_ends_when_the_password_is_given_and_so_does_a_lock(
    editor: User, desk: Client, secretariat: User, client_of: Clients
) -> None:
    client = client_of(editor)
    for _ in range(5):
        come_in(client_of(None), editor, "x")
    desk.post(
        f"/admin/people/user/{editor.pk}/password/",
        {"password1": GIVEN, "password2": GIVEN},
    )
    come_in(client_of(None), editor)

    assert client.get("/my/").status_code == 302
    assert SignIn.objects.latest("pk").outcome == "succeeded"
    assert Unlock.objects.get().unlocked_by == secretariat


def test_a_new_account_begins_so(desk: Client, secretariat: User) -> None:
    desk.post(
        "/admin/people/user/add/",
        {
            "username": "atarashii",
            "name": "新任 職員",
            "password1": GIVEN,
            "password2": GIVEN,
            "role_assignments-TOTAL_FORMS": "0",
            "role_assignments-INITIAL_FORMS": "0",
        },
    )
    setting = PasswordSetting.objects.get()

    assert (setting.set_by, setting.user.username) == (secretariat, "atarashii")
    assert setting.user.must_change_password


def test_nobody_changes_his_own_without_the_old_one(desk: Client, secretariat: User) -> None:
    for address in (f"/admin/people/user/{secretariat.pk}/password/", "/admin/password_change/"):
        assert desk.get(address)["Location"] == "/account/password/"
        desk.post(
            address,
            {"password1": OWN, "password2": OWN, "new_password1": OWN, "new_password2": OWN},
        )
    secretariat.refresh_from_db()

    assert secretariat.check_password(PASSWORD)
