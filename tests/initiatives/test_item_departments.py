"""Who is responsible for an item, and since when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from initiatives.models import Initiative, Responsibility
from people.models import Department, User
from plans.models import Edition, FocusItem

ADDRESS = "/items/1-A-1/departments/"
Clients = Callable[[User | None], Client]


def typed(**overrides: Any) -> dict[str, Any]:
    return {
        "opened_revision": "1",
        "from_date": "2026-10-15",
        "lead": "planning",
        "supporting": ["welfare"],
        "reason": "事務の移管",
        **overrides,
    }


def held(at: date) -> list[tuple[str, str]]:
    return [
        (r.kind, r.department.name) for r in Responsibility.objects.valid_on(at).order_by("kind")
    ]


def test_the_form_starts_from_what_holds(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    form = client_of(secretariat).get(ADDRESS).context["form"]

    assert (form["lead"].value(), form["supporting"].value()) == ("welfare", ["planning"])
    assert 'value="2026-10-15"' in str(form["from_date"])
    assert form["opened_revision"].value() == 1


def test_a_change_holds_from_its_day_on(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    response = client_of(secretariat).post(ADDRESS, typed(), follow=True)

    assert "1-A-1 の担当を設定しました。" in response.content.decode()
    assert held(date(2026, 10, 14)) == [("lead", "福祉課"), ("supporting", "企画課")]
    assert held(date(2026, 10, 15)) == [("lead", "企画課"), ("supporting", "福祉課")]


def test_many_are_assigned_in_a_row(
    small_edition: Edition, welfare: Department, secretariat: User, client_of: Clients
) -> None:
    data = typed(opened_revision=0, lead="welfare", supporting=[], reason="", then_next="1")
    client = client_of(secretariat)

    assert "保存して次の項目（1-A-2）へ" in client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, data)
    assert response.headers["Location"] == "/items/1-A-2/departments/"
    response = client.post("/items/2-A-1/departments/", data)
    assert response.headers["Location"] == "/items/2-A-1/"
    assert "保存して次の項目" not in client.get("/items/2-A-1/departments/").content.decode()


def test_the_first_assignment_needs_no_reason(
    small_edition: Edition, welfare: Department, secretariat: User, client_of: Clients
) -> None:
    data = typed(opened_revision=0, lead="welfare", supporting=[], reason="")
    assert client_of(secretariat).post(ADDRESS, data).status_code == 302
    assert held(date(2026, 10, 15)) == [("lead", "福祉課")]


def test_nothing_changed_is_told_and_the_reason_kept(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    data = typed(lead="welfare", supporting=["planning"])

    page = client_of(secretariat).post(ADDRESS, data).content.decode()

    assert "主担当課も関係課も、いまと同じです。" in page
    assert "事務の移管</textarea>" in page
    assert Initiative.objects.get().revision == 1


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"reason": ""}, "reason", "担当を変える理由を書いてください。"),
        ({"lead": "nobody"}, "lead", "この部署は選べません。"),
        ({"supporting": ["nobody"]}, "supporting", "「nobody」は選べません。"),
        ({"supporting": ["planning"]}, "supporting", "主担当課なので"),
        ({"from_date": "いつか"}, "from_date", "「いつか」は日付として読めません。"),
        ({"lead": "future"}, "lead", "令和8年10月15日には置かれていない部署です。"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(
    responsible: FocusItem,
    secretariat: User,
    client_of: Clients,
    wrong: dict[str, Any],
    field: str,
    message: str,
) -> None:
    Department.objects.create(code="future", name="未来課", valid_from=date(2027, 4, 1))
    data = typed() | wrong
    response = client_of(secretariat).post(ADDRESS, data)
    form = response.context["form"]

    assert message in form.errors[field][0]
    assert {name: form[name].value() for name in data} == data
    assert Initiative.objects.get().revision == 1


def test_a_department_to_come_may_be_assigned_from_its_first_day(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    Department.objects.create(code="future", name="未来課", valid_from=date(2027, 4, 1))
    client_of(secretariat).post(ADDRESS, typed(lead="future", from_date="令和9年4月1日"))

    assert held(date(2027, 3, 31))[0] == ("lead", "福祉課")
    assert held(date(2027, 4, 1))[0] == ("lead", "未来課")


def test_an_abolished_department_is_pointed_out(
    responsible: FocusItem, welfare: Department, secretariat: User, client_of: Clients
) -> None:
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2026, 9, 30))
    response = client_of(secretariat).get(ADDRESS)

    assert "「福祉課」は廃止された部署です" in response.content.decode()
    assert '<option value="welfare"' not in response.content.decode()


def test_a_closed_period_is_not_reopened(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    client.post(ADDRESS, typed())
    response = client.post(
        ADDRESS, typed(opened_revision=2, lead="welfare", supporting=[], from_date="2026-08-01")
    )

    assert "と重なります。" in response.context["form"].errors["from_date"][0]
    assert Responsibility.objects.count() == 4


def test_g4_a_clash_shows_both(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    client.post(ADDRESS, typed(lead="welfare", supporting=[]))
    response = client.post(ADDRESS, typed())
    page = response.content.decode()

    assert response.status_code == 409
    assert "主担当課：福祉課\n関係課：なし" in page
    assert "<del>福祉課</del><ins>企画課</ins>" in page
    assert "事務の移管</textarea>" in page
    form = response.context["form"]
    assert form["opened_revision"].value() == "2"
    again = typed(opened_revision=form["opened_revision"].value())
    assert client.post(ADDRESS, again).status_code == 302


def test_without_departments_the_page_says_what_to_do(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    page = client_of(secretariat).get(ADDRESS).content.decode()

    assert "部署がまだ登録されていません" in page
    assert "/admin/people/department/" in page


@pytest.mark.parametrize("role", ["editor", "certifier", "staff", "headquarters"])
def test_only_the_secretariat_assigns(
    responsible: FocusItem, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    client = client_of(request.getfixturevalue(role))

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, typed()).status_code == 403
    assert Initiative.objects.get().revision == 1


def test_missing_items_and_wrong_methods(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)

    assert client.get("/items/9-Z-9/departments/").status_code == 404
    assert client.put(ADDRESS).status_code == 405
    assert client_of(None).get(ADDRESS).status_code == 302
