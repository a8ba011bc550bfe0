"""The admin: reference data for the 事務局, nothing that gets round an action, nothing deleted."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from query_counts import as_many_queries

from initiatives.models import ProgressEntry
from people.enums import Role
from people.models import Department, RoleAssignment, User
from plans.models import FocusItem

Clients = Callable[[User | None], Client]
PAGES = [
    "/admin/",
    "/admin/people/user/",
    "/admin/people/user/add/",
    "/admin/people/department/",
    "/admin/people/department/add/",
    "/admin/people/roleassignment/",
    "/admin/people/roleassignment/add/",
    "/admin/initiatives/initiative/",
    "/admin/initiatives/responsibility/",
    "/admin/initiatives/progressentry/",
]
WHY = "人事異動のため"
NO_ROLES = {
    "role_assignments-TOTAL_FORMS": "0",
    "role_assignments-INITIAL_FORMS": "0",
    "change_reason": WHY,
}


@pytest.mark.parametrize("address", PAGES)
def test_the_admin_is_for_the_secretariat(
    responsible: FocusItem, secretariat: User, staff: User, client_of: Clients, address: str
) -> None:
    assert client_of(secretariat).get(address).status_code == 200
    assert client_of(None).get(address).status_code == 302
    refused = client_of(staff).get(address, follow=True)
    assert refused.status_code == 403
    assert "管理画面は事務局（DX推進課）だけが使えます。" in refused.content.decode()


def test_an_account_is_made_with_its_password_and_roles(
    secretariat: User, welfare: Department, client_of: Clients
) -> None:
    client = client_of(secretariat)
    made = client.post(
        "/admin/people/user/add/",
        {
            "username": "atarashii",
            "name": "新任 職員",
            "password1": "nagai-aikotoba-2026",
            "password2": "nagai-aikotoba-2026",
            **NO_ROLES,
        },
    )
    user = User.objects.get(username="atarashii")
    changed = client.post(
        f"/admin/people/user/{user.pk}/change/",
        {
            "username": "atarashii",
            "name": "新任 職員",
            "is_active": "on",
            "role_assignments-TOTAL_FORMS": "1",
            "role_assignments-INITIAL_FORMS": "0",
            "role_assignments-0-role": "editor",
            "role_assignments-0-department": str(welfare.pk),
            "role_assignments-0-valid_from": "2026-10-01",
            "change_reason": WHY,
        },
    )

    assert (made.status_code, changed.status_code) == (302, 302)
    assert user.check_password("nagai-aikotoba-2026")
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert [role.label for role in user.current_roles] == ["担当課・入力者（福祉課）"]
    history = RoleAssignment.history.get(user=user)
    assert (history.history_user, history.history_change_reason) == (secretariat, WHY)
    assert User.history.filter(id=user.pk).count() == 1, (
        "an account that stays as it was is not saved"
    )


def test_a_role_that_does_not_fit_is_explained(
    secretariat: User, staff: User, client_of: Clients
) -> None:
    response = client_of(secretariat).post(
        "/admin/people/roleassignment/add/",
        {"user": staff.pk, "role": "editor", "valid_from": "2026-10-01"},
    )

    assert "担当課の役割には部署を選び" in response.content.decode()


def test_nobody_becomes_an_operator_here(
    secretariat: User, staff: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    address = f"/admin/people/user/{staff.pk}/change/"
    page = client.get(address).content.decode()
    client.post(
        address,
        {
            "username": staff.username,
            "name": staff.name,
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
            **NO_ROLES,
        },
    )
    staff.refresh_from_db()

    assert "is_superuser" not in page
    assert (staff.is_superuser, staff.is_staff) == (False, False)


def test_a2_accounts_are_deactivated_not_deleted(
    secretariat: User, staff: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    address = f"/admin/people/user/{staff.pk}/"
    client.post(f"{address}change/", {"username": staff.username, "name": staff.name, **NO_ROLES})
    staff.refresh_from_db()

    assert not staff.is_active
    assert client.get(f"{address}delete/").status_code == 403
    assert "delete_selected" not in client.get("/admin/people/user/").content.decode()
    assert [h.is_active for h in User.history.filter(id=staff.pk)] == [False, True]


def test_a_department_is_added(secretariat: User, client_of: Clients) -> None:
    client_of(secretariat).post(
        "/admin/people/department/add/",
        {"code": "tax", "name": "税務課", "order": "3", "valid_from": "2026-04-01"},
    )

    assert Department.objects.get().valid_from == date(2026, 4, 1)


def test_g1_entries_can_only_be_looked_at(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    entry = record(responsible, by=editor)
    client = client_of(secretariat)
    address = f"/admin/initiatives/progressentry/{entry.pk}"
    page = client.get(f"{address}/change/").content.decode()

    assert "予定どおり試行を始めたため。" in page
    assert 'name="_save"' not in page
    assert client.post(f"{address}/change/", {"status": "paused"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/initiatives/progressentry/add/").status_code == 403
    assert (
        '<a href="/items/1-A-1/">1-A-1</a>'
        in client.get("/admin/initiatives/progressentry/").content.decode()
    )


def test_lists_cost_no_queries_a_row(
    secretariat: User, welfare: Department, client_of: Clients
) -> None:
    def make(numbers: range) -> None:
        for n in numbers:
            user = User.objects.create_user(username=f"u{n}", name=f"職員{n}")
            RoleAssignment.objects.create(user=user, role="editor", department=welfare)

    make(range(1))
    with as_many_queries(
        client_of(secretariat), "/admin/people/user/", "/admin/people/roleassignment/"
    ):
        make(range(1, 10))


def test_the_last_secretariat_ends_only_where_another_goes_on(
    secretariat: User, staff: User, client_of: Clients
) -> None:
    """Also from a day to come: on that day nobody could mend it. The demo's day is 2026-10-15."""
    role = secretariat.role_assignments.get()
    address = f"/admin/people/roleassignment/{role.pk}/change/"
    sent = {
        "user": secretariat.pk,
        "role": "secretariat",
        "valid_from": "2026-04-01",
        "valid_until": "2027-03-31",
        "change_reason": WHY,
    }
    client = client_of(secretariat)

    page = client.post(address, sent, follow=True).content.decode()
    assert "令和9年4月1日から、事務局として使えるアカウントが一つもなくなります。" in page
    role.refresh_from_db()
    assert role.valid_until is None

    later = RoleAssignment.objects.create(
        user=staff, role="secretariat", valid_from=date(2027, 4, 2)
    )
    assert "令和9年4月1日から" in client.post(address, sent, follow=True).content.decode()
    later.valid_from = date(2027, 4, 1)
    later.save()
    client.post(address, sent)
    role.refresh_from_db()
    assert role.valid_until == date(2027, 3, 31)


@pytest.mark.parametrize("what", ["account", "role"])
def test_the_last_secretariat_cannot_end_itself(
    secretariat: User, client_of: Clients, what: str
) -> None:
    client = client_of(secretariat)
    role = secretariat.role_assignments.get()
    if what == "account":
        address = f"/admin/people/user/{secretariat.pk}/change/"
        sent = {"username": secretariat.username, "name": "改名", **NO_ROLES}
    else:
        address = f"/admin/people/roleassignment/{role.pk}/change/"
        sent = {
            "user": secretariat.pk,
            "role": "secretariat",
            "valid_from": "2026-04-01",
            "valid_until": "2026-10-14",
            "change_reason": WHY,
        }

    page = client.post(address, sent, follow=True).content.decode()

    assert "事務局として使えるアカウントが一つもなくなります。" in page
    secretariat.refresh_from_db()
    role.refresh_from_db()
    assert (secretariat.is_active, secretariat.name) == (True, "事務 局子")
    assert role.valid_until is None


def test_one_of_two_may_leave(secretariat: User, staff: User, client_of: Clients) -> None:
    RoleAssignment.objects.create(user=staff, role=Role.SECRETARIAT, valid_from=date(2026, 4, 1))

    client_of(staff).post(
        f"/admin/people/user/{secretariat.pk}/change/",
        {"username": secretariat.username, "name": secretariat.name, **NO_ROLES},
    )

    secretariat.refresh_from_db()
    assert not secretariat.is_active


def test_a2_accounts_and_roles_change_with_a_reason(
    secretariat: User, staff: User, welfare: Department, client_of: Clients
) -> None:
    """Every door of the admin: an account, its roles on its page, a role on its own page, a new account with a role."""
    client = client_of(secretariat)
    role = secretariat.role_assignments.get()
    account = f"/admin/people/user/{staff.pk}/change/"
    same = {"username": staff.username, "name": staff.name, "is_active": "on"}
    held = {
        "role_assignments-TOTAL_FORMS": "1",
        "role_assignments-INITIAL_FORMS": "0",
        "role_assignments-0-role": "headquarters",
        "role_assignments-0-valid_from": "2026-10-01",
    }
    new = {
        "username": "atarashii",
        "name": "新任 職員",
        "password1": "nagai-aikotoba-2026",
        "password2": "nagai-aikotoba-2026",
    }
    none = {"role_assignments-TOTAL_FORMS": "0", "role_assignments-INITIAL_FORMS": "0"}
    of_role = {"user": secretariat.pk, "role": "secretariat", "valid_from": "2026-04-02"}
    changes: list[tuple[str, dict[str, object]]] = [
        (account, {**same, **none, "name": "職員 次郎"}),
        (account, {**same, **held}),
        ("/admin/people/user/add/", {**new, **held}),
        (f"/admin/people/roleassignment/{role.pk}/change/", of_role),
        ("/admin/people/roleassignment/add/", {**of_role, "user": staff.pk}),
    ]
    before = User.history.count(), RoleAssignment.history.count()
    for url, sent in changes:
        for reason in ("", "   "):
            page = client.post(url, {**sent, "change_reason": reason})
            assert "変更の理由を書いてください。" in page.content.decode(), sent
    assert (User.history.count(), RoleAssignment.history.count()) == before

    for url, sent in changes:
        assert client.post(url, {**sent, "change_reason": WHY}).status_code == 302, sent
    told = [*User.history.all()[:2], *RoleAssignment.history.all()[:4]]
    assert {(one.history_user, one.history_change_reason) for one in told} == {(secretariat, WHY)}
    assert client.post(account, {**same, **none}).status_code == 302, "nothing changes"
