"""担当の一括設定: all items on one page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from assigning import assign, held
from django.test import Client
from query_counts import as_many_queries

from initiatives.models import Initiative, ProgressEntry, Responsibility
from people.models import Department, User
from plans.models import Edition, FocusItem

ADDRESS = "/assignments/"
IMPORT = "/assignments/import/"
DAY = date(2026, 10, 15)
Clients = Callable[[User | None], Client]


def opened(desk: Client, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends: every row as it was shown, the day and no reason, but for the changes."""
    page = desk.get(ADDRESS).context
    data = {"from_date": "2026-10-15", "reason": ""}
    for form in page["table"].rows:
        for field in form:
            data[field.html_name] = field.value() or ""
    return data | changes


def test_items_without_a_lead_come_first_and_are_counted(
    responsible: FocusItem, desk: Client
) -> None:
    response = desk.get(ADDRESS)
    page, context = response.content.decode(), response.context
    groups = {kind: [form.row.code for form in rows] for kind, rows in context["groups"]}

    assert groups["set"] == ["1-A-1"]
    assert "1-A-2" in groups["unset"]
    assert f"主担当課が未設定 {len(groups['unset'])}項目" in page
    assert page.index('id="row-1-A-2"') < page.index('id="row-1-A-1"')
    assert '<option value="welfare" selected>福祉課</option>' in page
    narrowed = desk.get(ADDRESS, {"unset": ""}).content.decode()
    assert 'id="row-1-A-1"' not in narrowed
    assert 'id="row-1-A-2"' in narrowed


def test_the_draft_is_assigned_before_an_edition_is_in_force(
    small_draft: Edition, welfare: Department, desk: Client
) -> None:
    data = opened(desk, **{"item-1-A-1-lead": "welfare"})
    desk.post(ADDRESS, data)

    assert held("1-A-1", DAY) == [("lead", "welfare")]


def test_changed_rows_are_saved_together_and_others_left_alone(
    responsible: FocusItem, secretariat: User, desk: Client
) -> None:
    data = opened(
        desk,
        **{
            "item-1-A-1-lead": "planning",
            "item-1-A-1-supporting": "福祉課",
            "item-1-A-2-lead": "welfare",
            "item-1-A-2-supporting": "planning",
            "reason": "事務の移管",
        },
    )
    before = Initiative.objects.count()

    response = desk.post(ADDRESS, data, follow=True)

    assert "2項目の担当を設定しました。" in response.content.decode()
    assert held("1-A-1", DAY) == [("lead", "planning"), ("supporting", "welfare")]
    assert held("1-A-1", date(2026, 10, 14)) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-2", DAY) == [("lead", "welfare"), ("supporting", "planning")]
    assert Initiative.objects.count() == before + 1
    begun = Responsibility.objects.get(initiative__focus_item__code="1-A-2", kind="lead")
    assert (begun.reason, begun.assigned_by) == ("事務の移管", secretariat)


def test_first_assignments_need_no_reason_changes_do(responsible: FocusItem, desk: Client) -> None:
    first = opened(desk, **{"item-1-A-2-lead": "welfare"})
    assert desk.post(ADDRESS, first).status_code == 302
    change = opened(desk, **{"item-1-A-1-lead": "planning", "item-1-A-1-supporting": ""})

    response = desk.post(ADDRESS, change)

    assert "理由を書いてください。" in response.content.decode()
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]


def test_nothing_changed_writes_nothing(responsible: FocusItem, desk: Client) -> None:
    response = desk.post(ADDRESS, opened(desk), follow=True)

    assert "変えたところがないので、何も保存していません。" in response.content.decode()
    assert Initiative.objects.get().revision == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"item-1-A-2-supporting": "福社課"}, "「福社課」という部署はありません。近い名称：福祉課"),
        ({"item-1-A-2-supporting": "福祉課"}, "「福祉課」は主担当課なので"),
        ({"item-1-A-2-lead": "nobody"}, "「nobody」は選べません。"),
        ({"item-1-A-2-lead": "future"}, "令和8年10月15日には置かれていない部署です。"),
        ({"from_date": "いつか"}, "「いつか」は日付として読めません。"),
        ({"item-1-A-2-supporting": "地域課"}, "「地域課（east）」、「地域課（west）」のどれか"),
    ],
)
def test_what_is_wrong_is_named_at_its_row_and_nothing_is_saved_or_lost(
    responsible: FocusItem, desk: Client, wrong: dict[str, str], message: str
) -> None:
    Department.objects.create(code="future", name="未来課", valid_from=date(2027, 4, 1))
    Department.objects.create(code="east", name="地域課", division="東支所")
    Department.objects.create(code="west", name="地域課", division="西支所")
    good = {"item-1-A-2-lead": "welfare", "item-2-A-1-lead": "planning", "reason": "移管"}
    data = opened(desk, **good) | wrong

    response = desk.post(ADDRESS, data)
    table = response.context["table"]
    shown = {field.html_name: field.value() for form in table.rows for field in form}

    assert message in response.content.decode()
    assert {name: shown[name] for name in shown} == {name: data[name] for name in shown}
    assert table.head["reason"].value() == "移管"
    assert (held("1-A-2", DAY), held("2-A-1", DAY)) == ([], [])


def test_departments_of_one_name_are_told_apart(small_edition: Edition, desk: Client) -> None:
    Department.objects.create(code="east", name="地域課", division="東支所")
    Department.objects.create(code="west", name="地域課", division="西支所")
    data = opened(
        desk,
        **{"item-1-A-1-lead": "east", "item-1-A-1-supporting": "西支所 地域課"},
    )
    desk.post(ADDRESS, data)

    assert held("1-A-1", DAY) == [("lead", "east"), ("supporting", "west")]
    shown = desk.get(ADDRESS).content.decode()
    assert 'value="地域課（west）"' in shown


def test_g4_a_clash_is_shown_at_its_row_and_nothing_is_saved(
    responsible: FocusItem, welfare: Department, secretariat: User, desk: Client
) -> None:
    data = opened(
        desk,
        **{"item-1-A-1-lead": "planning", "item-1-A-1-supporting": "", "reason": "移管"},
        **{"item-1-A-2-lead": "welfare"},
    )
    assign(responsible, welfare, by=secretariat, since=DAY)

    response = desk.post(ADDRESS, data)
    page = response.content.decode()

    assert response.status_code == 409
    assert "いまの担当は「主担当課：福祉課　関係課：なし」です。" in page
    assert "移管</textarea>" in page
    assert held("1-A-2", DAY) == []
    again = {
        field.html_name: field.value() for form in response.context["table"].rows for field in form
    }
    assert again["item-1-A-1-lead"] == "planning"
    desk.post(ADDRESS, again | {"from_date": "2026-10-16", "reason": "移管"})
    assert held("1-A-1", date(2026, 10, 16)) == [("lead", "planning")]
    assert held("1-A-2", date(2026, 10, 16)) == [("lead", "welfare")]


def test_progress_recorded_in_the_meantime_stands_in_nobodys_way(
    responsible: FocusItem, editor: User, record: Callable[..., ProgressEntry], desk: Client
) -> None:
    data = opened(desk, **{"item-1-A-1-supporting": "", "reason": "見直し"})
    record(responsible, by=editor)

    assert desk.post(ADDRESS, data).status_code == 302
    assert held("1-A-1", DAY) == [("lead", "welfare")]


def test_a_refusal_stands_at_its_row(responsible: FocusItem, desk: Client) -> None:
    first = opened(desk, **{"item-1-A-1-lead": "", "reason": "見直し"})
    desk.post(ADDRESS, first)
    second = opened(
        desk,
        **{"item-1-A-1-lead": "welfare", "from_date": "2026-08-01", "reason": "戻す"},
        **{"item-1-A-2-lead": "welfare"},
    )
    response = desk.post(ADDRESS, second)

    assert "と重なります。" in str(response.context["table"].wrong[0].non_field_errors())
    assert held("1-A-2", date(2026, 8, 1)) == []


def test_an_abolished_department_stays_shown_until_it_is_replaced(
    responsible: FocusItem, welfare: Department, desk: Client
) -> None:
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2026, 9, 30))
    page = desk.get(ADDRESS).content.decode()
    assert '<option value="welfare" selected>福祉課（選べません）</option>' in page

    data = opened(desk, **{"item-1-A-2-lead": "planning"})
    assert desk.post(ADDRESS, data).status_code == 302
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]


def test_a_lead_still_to_come_is_shown_with_its_day(responsible: FocusItem, desk: Client) -> None:
    assert "主担当課は" not in desk.get(ADDRESS).content.decode()
    change = {"item-1-A-1-lead": "planning", "item-1-A-1-supporting": ""}
    data = opened(desk, **change, from_date="2027-04-01", reason="予定")
    desk.post(ADDRESS, data)

    page = desk.get(ADDRESS).content.decode()

    assert '主担当課は<time datetime="2027-04-01">令和9年4月1日</time>から' in page
    assert held("1-A-1", date(2027, 3, 31))[0] == ("lead", "welfare")


def test_the_query_count_does_not_grow(
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    desk: Client,
) -> None:
    with as_many_queries(desk, ADDRESS, "/assignments.xlsx"):
        for item in FocusItem.objects.filter(initiative__isnull=True):
            assign(item, welfare, by=secretariat, since=DAY)
        Department.objects.bulk_create(Department(code=f"d{n}", name=f"第{n}課") for n in range(40))


def test_without_departments_or_plan_the_page_says_what_to_do(
    db: None, desk: Client, plan_file: Any
) -> None:
    assert "計画がまだ読み込まれていません" in desk.get(ADDRESS).content.decode()
    assert desk.get("/assignments.xlsx").status_code == 302
    assert desk.get(IMPORT).status_code == 302


def test_without_departments_the_way_to_them_is_shown(small_edition: Edition, desk: Client) -> None:
    page = desk.get(ADDRESS).content.decode()

    assert "部署がまだ登録されていません" in page
    assert 'href="/departments/"' in page


@pytest.mark.parametrize("role", ["editor", "certifier", "staff", "headquarters"])
def test_only_the_secretariat_assigns(
    responsible: FocusItem, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    client = client_of(request.getfixturevalue(role))

    for address in (ADDRESS, IMPORT, "/assignments.xlsx"):
        assert client.get(address).status_code == 403
    assert client.post(ADDRESS, {"item-1-A-1-lead": "planning"}).status_code == 403
    assert client_of(None).get(ADDRESS).status_code == 302


def test_wrong_methods(small_edition: Edition, desk: Client) -> None:
    assert desk.put(ADDRESS).status_code == 405
    assert desk.post("/assignments.xlsx").status_code == 405
