"""機構改革・引継ぎ: a department is renamed, split or merged, with all that it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from assigning import assign
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.actions.handover import Handover, HandoverOutdated, HandoverRefused, hand_over
from initiatives.models import (
    Answer,
    Extension,
    Initiative,
    ProgressEntry,
    ReportingRound,
    Responsibility,
)
from initiatives.queries.handover import holdings_of
from people.enums import Role
from people.models import Department, DepartmentSuccession, RoleAssignment, User
from plans.models import FocusItem

Clients = Callable[[User | None], Client]
ADDRESS = "/departments/handover/"
DAY = date(2027, 4, 1)
EVE = date(2027, 3, 31)
START = {"department": "welfare", "day": "2027-04-01", "kind": "rename"}
RENAME = {**START, "s1-name": "福祉政策課", "s1-code": "fukushi-seisaku"}
SPLIT = {
    **START,
    "kind": "split",
    "s1-name": "高齢福祉課",
    "s1-code": "korei",
    "s2-name": "障害福祉課",
    "s2-code": "shogai",
    **{f"s{n}-{key}": "" for n in (3, 4, 5) for key in ("name", "code", "existing")},
}
MERGE = {**START, "kind": "merge", "s1-existing": "planning", "s1-name": "", "s1-code": ""}


@pytest.fixture
def client(secretariat: User, client_of: Clients) -> Client:
    return client_of(secretariat)


@pytest.fixture
def second(responsible: FocusItem, welfare: Department, secretariat: User) -> FocusItem:
    """1-A-2, led by 福祉課 too."""
    item = FocusItem.objects.get(plan=responsible.plan, code="1-A-2")
    assign(item, welfare, by=secretariat)
    return item


def held(code: str, at: date) -> list[tuple[str, str]]:
    rows = Responsibility.objects.valid_on(at).filter(initiative__focus_item__code=code)
    return [(r.kind, r.department.code) for r in rows.order_by("kind", "department__code")]


def roles(user: User, at: date) -> list[tuple[str, str]]:
    held_then = user.role_assignments.valid_on(at).select_related("department")
    return [(r.role, r.department.code if r.department else "") for r in held_then]


def chosen(client: Client, data: dict[str, str], **changes: str) -> dict[str, str]:
    """Return what a browser sends from the last step, but for the changes."""
    form = client.get(ADDRESS, data).context["allocation"]
    assert form is not None
    shown = {field.html_name: str(field.value() or "") for field in form}
    return {**data, **shown, "reason": "機構改革", **changes}


def test_a_rename_moves_items_roles_and_keeps_what_was_said(
    responsible: FocusItem,
    welfare: Department,
    editor: User,
    certifier: User,
    secretariat: User,
    record: Callable[..., ProgressEntry],
    client: Client,
) -> None:
    entry = record(responsible, by=editor)

    response = client.post(ADDRESS, chosen(client, RENAME), follow=True)
    page = response.content.decode()

    new = Department.objects.get(code="fukushi-seisaku")
    welfare.refresh_from_db()
    assert (welfare.name, welfare.valid_until) == ("福祉課", EVE)
    assert (new.name, new.valid_from, new.order) == ("福祉政策課", DAY, welfare.order)
    assert held("1-A-1", EVE) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-1", DAY) == [("lead", "fukushi-seisaku"), ("supporting", "planning")]
    assert (roles(editor, EVE), roles(editor, DAY)) == (
        [("editor", "welfare")],
        [("editor", "fukushi-seisaku")],
    )
    assert roles(certifier, DAY) == [("certifier", "fukushi-seisaku")]
    entry.refresh_from_db()
    assert (entry.department, entry.department_name) == (welfare, "福祉課")
    succession = DepartmentSuccession.objects.get()
    assert (succession.before, succession.after, succession.effective_from) == (welfare, new, DAY)
    assert (succession.reason, succession.recorded_by) == ("機構改革", secretariat)
    assert welfare.history.first().history_change_reason == "機構改革"
    assert RoleAssignment.history.filter(history_change_reason="機構改革").count() == 4
    assert "「福祉課」を「福祉政策課」に引き継ぎました。" in page
    assert 'href="/items/1-A-1/"' in page
    assert "担当課・入力者（福祉政策課）" in page


def test_a_split_gives_each_item_and_account_to_its_successor(
    second: FocusItem, editor: User, certifier: User, client: Client
) -> None:
    led = Responsibility.objects.get(initiative__focus_item=second)
    role = certifier.role_assignments.get()
    data = chosen(client, SPLIT, **{f"item-{led.pk}": "shogai", f"role-{role.pk}": "shogai"})

    client.post(ADDRESS, data)

    assert held("1-A-1", DAY) == [("lead", "korei"), ("supporting", "planning")]
    assert held("1-A-2", DAY) == [("lead", "shogai")]
    assert roles(editor, DAY) == [("editor", "korei")]
    assert roles(certifier, DAY) == [("certifier", "shogai")]
    before = DepartmentSuccession.objects.values_list("before__code", "after__code")
    assert set(before) == {("welfare", "korei"), ("welfare", "shogai")}


def test_a_merger_into_a_supporting_department_lets_it_lead_alone(
    responsible: FocusItem, editor: User, client: Client
) -> None:
    client.post(ADDRESS, chosen(client, MERGE))

    assert held("1-A-1", DAY) == [("lead", "planning")]
    assert roles(editor, DAY) == [("editor", "planning")]


def test_a_merger_into_the_lead_ends_the_support(
    responsible: FocusItem, planning: Department, client: Client
) -> None:
    data = {**MERGE, "department": "planning", "s1-existing": "welfare"}
    client.post(ADDRESS, chosen(client, data))

    assert held("1-A-1", DAY) == [("lead", "welfare")]


def test_two_departments_become_one(
    responsible: FocusItem, editor: User, other_editor: User, client: Client
) -> None:
    new = {**MERGE, "s1-existing": "", "s1-name": "総合政策課", "s1-code": "sogo"}
    client.post(ADDRESS, chosen(client, new))
    into = {**MERGE, "department": "planning", "s1-existing": "sogo"}
    client.post(ADDRESS, chosen(client, into))

    assert held("1-A-1", EVE) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-1", DAY) == [("lead", "sogo")]
    after = DepartmentSuccession.objects.values_list("before__code", "after__code")
    assert set(after) == {("welfare", "sogo"), ("planning", "sogo")}
    assert roles(other_editor, DAY) == [("editor", "sogo")]


def test_a_role_may_end_without_a_successor_and_inactive_accounts_are_not_asked_about(
    responsible: FocusItem, editor: User, certifier: User, client: Client
) -> None:
    User.objects.filter(pk=certifier.pk).update(is_active=False)
    data = chosen(client, RENAME, **{f"role-{editor.role_assignments.get().pk}": ""})
    assert f"role-{certifier.role_assignments.get().pk}" not in data

    client.post(ADDRESS, data)

    assert (roles(editor, EVE), roles(editor, DAY)) == ([("editor", "welfare")], [])
    assert roles(certifier, DAY) == []


def test_an_account_that_has_the_role_there_already_gets_no_second_one(
    responsible: FocusItem, editor: User, planning: Department, client: Client
) -> None:
    RoleAssignment.objects.create(
        user=editor, role=Role.EDITOR, department=planning, valid_from=date(2026, 4, 1)
    )
    client.post(ADDRESS, chosen(client, MERGE))

    assert roles(editor, DAY) == [("editor", "planning")]


def test_a_role_to_come_begins_at_the_successor(
    responsible: FocusItem, staff: User, welfare: Department, client: Client
) -> None:
    role = RoleAssignment.objects.create(
        user=staff, role=Role.EDITOR, department=welfare, valid_from=date(2027, 5, 1)
    )
    client.post(ADDRESS, chosen(client, RENAME))

    role.refresh_from_db()
    assert role.department is not None
    assert (role.department.code, role.valid_until) == ("fukushi-seisaku", None)


@pytest.fixture
def running_round(responsible: FocusItem, welfare: Department, secretariat: User) -> ReportingRound:
    """A round with an open answer of 1-A-1 and a later deadline for 福祉課."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    opened = ReportingRound.objects.create(
        plan=responsible.plan,
        fiscal_year=2026,
        kind="first_half",
        period_from=date(2026, 4, 1),
        period_until=date(2026, 9, 30),
        as_of=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 31),
        overdue_rule="take",
        opened_at=now,
        opened_by=secretariat,
        opened_by_name="事務",
    )
    Answer.objects.create(
        round=opened,
        initiative=Initiative.objects.get(focus_item=responsible),
        asked_department=welfare,
        asked_department_name="福祉課",
    )
    Extension.objects.create(
        round=opened,
        department=welfare,
        due_on=date(2027, 5, 31),
        reason="議会のため",
        extended_at=now,
        extended_by=secretariat,
        extended_by_name="事務",
    )
    return opened


def test_deadlines_go_on_and_open_answers_are_counted(
    running_round: ReportingRound, client: Client
) -> None:
    page = client.get(ADDRESS, RENAME).content.decode()
    assert "回答がまだの項目が1件あります" in page
    assert "期限の延長" in page

    client.post(ADDRESS, chosen(client, RENAME))

    granted = running_round.extensions.order_by("pk").last()
    assert granted is not None
    assert granted.department is not None
    assert (granted.department.code, granted.due_on, granted.reason) == (
        "fukushi-seisaku",
        date(2027, 5, 31),
        "福祉課からの引継ぎ（議会のため）",
    )
    assert Answer.objects.get().asked_department_name == "福祉課"


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
        ({**RENAME, "s1-code": "補助"}, "後継1のコード"),
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
    client: Client,
    data: dict[str, str],
    message: str,
) -> None:
    Department.objects.filter(pk=welfare.pk).update(valid_from=date(2020, 4, 1))

    for method in (client.get, client.post):
        response = method(ADDRESS, {**data, "reason": "機構改革のため"})
        page = response.content.decode()
        assert message in page
        for name in ("s1-name", "s1-code", "s2-name"):
            assert not data.get(name) or f'value="{data[name]}"' in page
        assert response.context["allocation"] is None
        assert 'value="機構改革のため"' in page
    assert DepartmentSuccession.objects.count() == 0
    assert Department.objects.count() == 2


def test_the_reason_is_asked_and_the_choices_are_kept(second: FocusItem, client: Client) -> None:
    led = Responsibility.objects.get(initiative__focus_item=second)
    data = chosen(client, SPLIT, **{f"item-{led.pk}": "shogai", "reason": " "})

    response = client.post(ADDRESS, data)

    assert "理由を書いてください。" in response.content.decode()
    assert response.context["allocation"][f"item-{led.pk}"].value() == "shogai"
    assert DepartmentSuccession.objects.count() == 0


def test_g4_what_moves_is_shown_anew_when_it_changed(
    second: FocusItem, secretariat: User, client: Client
) -> None:
    data = chosen(client, RENAME)
    assign(second, None, by=secretariat, since=date(2026, 10, 15))

    response = client.post(ADDRESS, data)

    assert response.status_code == 409
    assert "もとの部署の担当や役割が変わりました。" in response.content.decode()
    assert "機構改革</textarea>" in response.content.decode()
    assert DepartmentSuccession.objects.count() == 0
    again = {**data, "seen": response.context["allocation"]["seen"].value()}
    assert client.post(ADDRESS, again).status_code == 302


def test_a_department_is_handed_over_once(responsible: FocusItem, client: Client) -> None:
    data = chosen(client, RENAME)
    client.post(ADDRESS, data)

    response = client.post(ADDRESS, data)

    assert "この部署は選べません。引継ぎがすでに記録されているか" in response.content.decode()
    assert DepartmentSuccession.objects.count() == 1


def test_a_change_planned_for_later_stands_in_the_way(
    second: FocusItem, planning: Department, secretariat: User, client: Client
) -> None:
    assign(second, planning, by=secretariat, since=date(2027, 6, 1))

    response = client.post(ADDRESS, chosen(client, RENAME))
    page = response.content.decode()

    assert "引継ぎの日より後に担当が変わる予定の項目があります（1-A-2）。" in page
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]
    assert not Department.objects.filter(code="fukushi-seisaku").exists()


def test_a2_what_was_recorded_of_a_handover_stays(responsible: FocusItem, client: Client) -> None:
    client.post(ADDRESS, chosen(client, RENAME))
    recorded = DepartmentSuccession.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        recorded.update(reason="別の理由")
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded.delete()
    assert recorded.get().reason == "機構改革"


def handover(before: Department, *successors: Department, day: date = DAY) -> Handover:
    holdings = holdings_of(before, day)
    return Handover(
        before=before,
        successors=successors,
        items={held.pk: successors[0] for held in holdings.responsibilities},
        roles={},
        day=day,
        reason="機構改革",
    )


def test_the_action_refuses_what_the_form_would(
    responsible: FocusItem, welfare: Department, planning: Department, secretariat: User
) -> None:
    seen = holdings_of(welfare, DAY).fingerprint
    with pytest.raises(HandoverOutdated):
        hand_over(handover=handover(welfare, planning), seen="x", by=secretariat)
    with pytest.raises(HandoverRefused, match="後継にできません"):
        hand_over(handover=handover(welfare, welfare), seen=seen, by=secretariat)
    Department.objects.filter(pk=planning.pk).update(valid_until=date(2026, 12, 31))
    planning.refresh_from_db()
    with pytest.raises(HandoverRefused, match="後継にできません"):
        hand_over(handover=handover(welfare, planning), seen=seen, by=secretariat)
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2026, 12, 31))
    with pytest.raises(HandoverRefused, match="廃止されています"):
        hand_over(handover=handover(welfare, planning), seen=seen, by=secretariat)
    assert DepartmentSuccession.objects.count() == 0


def test_the_query_count_does_not_grow(
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    user = User.objects.create_user(username="u", name="名")
    RoleAssignment.objects.create(user=user, role=Role.EDITOR, department=welfare)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS, RENAME)
    for item in FocusItem.objects.exclude(pk=responsible.pk):
        assign(item, welfare, by=secretariat)
    for n in range(5):
        user = User.objects.create_user(username=f"u{n}", name="名")
        RoleAssignment.objects.create(user=user, role=Role.EDITOR, department=welfare)
    with django_assert_num_queries(len(few)):
        client.get(ADDRESS, RENAME)


def test_who_comes_in_and_what_is_not_there(
    responsible: FocusItem, editor: User, staff: User, client: Client, client_of: Clients
) -> None:
    for person in (editor, staff):
        assert client_of(person).get(ADDRESS).status_code == 403
        assert client_of(person).post(ADDRESS, RENAME).status_code == 403
        assert client_of(person).get(f"{ADDRESS}welfare/").status_code == 403
    assert client_of(None).get(ADDRESS).status_code == 302
    assert client.get(f"{ADDRESS}welfare/").status_code == 404
    assert client.get(f"{ADDRESS}nobody/").status_code == 404
    assert client.put(ADDRESS).status_code == 405
    assert client.post(f"{ADDRESS}welfare/").status_code == 405
