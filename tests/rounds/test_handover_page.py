"""引継ぎの画面: what is refused, what is shown anew, who comes in."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from assigning import assign, held
from django.test import Client
from handing_over import ADDRESS, DAY, MERGE, RENAME, SPLIT, START, chosen
from query_counts import as_many_queries

from initiatives.models import (
    Responsibility,
)
from people.enums import Role
from people.models import Department, DepartmentSuccession, RoleAssignment, User
from plans.models import FocusItem

Clients = Callable[[User | None], Client]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({**START, "department": ""}, "部署を選んでください。"),
        ({**START, "department": "nobody"}, "この部署は選べません。"),
        ({**START, "day": "いつか"}, "「いつか」は日付として読めません。"),
        ({**START, "kind": ""}, "区分を選んでください。"),
        ({**START, "day": "2020-04-01"}, "の設置日（令和2年4月1日）より後の日"),
        ({**RENAME, "s1-code": ""}, "コードを入れてください。"),
        ({**RENAME, "s1-name": ""}, "名称を入れてください。"),
        ({**RENAME, "s1-code": "planning"}, "このコードは、すでに別の部署に使われています。"),
        (
            {**RENAME, "s1-code": "補助"},
            "コードは、半角の英数字、「-」、「_」だけで入れてください。",
        ),
        ({**RENAME, "s1-email": "abc"}, "後継1の共用メールアドレス"),
        ({**MERGE, "s1-existing": "welfare"}, "この部署は選べません。"),
        ({**MERGE, "s1-name": "新しい課"}, "どちらか一方にしてください。"),
        ({**SPLIT, "s2-name": "", "s2-code": ""}, "後継2の新しい部署の名称"),
        ({**SPLIT, "s2-code": "korei"}, "同じ部署（コード）が二つあります。"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(
    responsible: FocusItem,
    welfare: Department,
    desk: Client,
    data: dict[str, str],
    message: str,
) -> None:
    Department.objects.filter(pk=welfare.pk).update(valid_from=date(2020, 4, 1))

    for method in (desk.get, desk.post):
        response = method(ADDRESS, {**data, "reason": "機構改革のため"})
        page = response.content.decode()
        assert message in page
        for name in ("s1-name", "s1-code", "s2-name"):
            assert not data.get(name) or f'value="{data[name]}"' in page
        assert response.context["allocation"] is None
        assert 'value="機構改革のため"' in page
    assert DepartmentSuccession.objects.count() == 0
    assert Department.objects.count() == 2


def test_the_reason_is_asked_and_the_choices_are_kept(second: FocusItem, desk: Client) -> None:
    led = Responsibility.objects.get(initiative__focus_item=second)
    data = chosen(desk, SPLIT, **{f"item-{led.pk}": "shogai", "reason": " "})

    response = desk.post(ADDRESS, data)

    assert "理由を書いてください。" in response.content.decode()
    assert response.context["allocation"][f"item-{led.pk}"].value() == "shogai"
    assert DepartmentSuccession.objects.count() == 0


def test_g4_what_moves_is_shown_anew_when_it_changed(
    second: FocusItem, secretariat: User, desk: Client
) -> None:
    data = chosen(desk, RENAME)
    assign(second, None, by=secretariat, since=date(2026, 10, 15))

    response = desk.post(ADDRESS, data)

    assert response.status_code == 409
    assert "もとの部署の担当や役割が変わりました。" in response.content.decode()
    assert "機構改革</textarea>" in response.content.decode()
    assert DepartmentSuccession.objects.count() == 0
    again = {**data, "seen": response.context["allocation"]["seen"].value()}
    assert desk.post(ADDRESS, again).status_code == 302


def test_a_department_is_handed_over_once(responsible: FocusItem, desk: Client) -> None:
    data = chosen(desk, RENAME)
    desk.post(ADDRESS, data)

    response = desk.post(ADDRESS, data)

    assert "この部署は選べません。引継ぎがすでに記録されているか" in response.content.decode()
    assert DepartmentSuccession.objects.count() == 1


def test_a_change_planned_for_later_stands_in_the_way(
    second: FocusItem, planning: Department, secretariat: User, desk: Client
) -> None:
    assign(second, planning, by=secretariat, since=date(2027, 6, 1))

    response = desk.post(ADDRESS, chosen(desk, RENAME))
    page = response.content.decode()

    assert "引継ぎの日より後に担当が変わる予定の項目があります（1-A-2）。" in page
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]
    assert not Department.objects.filter(code="fukushi-seisaku").exists()


def test_the_query_count_does_not_grow(
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    desk: Client,
) -> None:
    user = User.objects.create_user(username="u", name="名")
    RoleAssignment.objects.create(user=user, role=Role.EDITOR, department=welfare)
    with as_many_queries(desk, f"{ADDRESS}?{urlencode(RENAME)}"):
        for item in FocusItem.objects.exclude(pk=responsible.pk):
            assign(item, welfare, by=secretariat)
        for n in range(5):
            user = User.objects.create_user(username=f"u{n}", name="名")
            RoleAssignment.objects.create(user=user, role=Role.EDITOR, department=welfare)


def test_who_comes_in_and_what_is_not_there(
    responsible: FocusItem, editor: User, staff: User, desk: Client, client_of: Clients
) -> None:
    for person in (editor, staff):
        assert client_of(person).get(ADDRESS).status_code == 403
        assert client_of(person).post(ADDRESS, RENAME).status_code == 403
        assert client_of(person).get(f"{ADDRESS}welfare/").status_code == 403
    assert client_of(None).get(ADDRESS).status_code == 302
    assert desk.get(f"{ADDRESS}welfare/").status_code == 404
    assert desk.get(f"{ADDRESS}nobody/").status_code == 404
    assert desk.put(ADDRESS).status_code == 405
    assert desk.post(f"{ADDRESS}welfare/").status_code == 405
