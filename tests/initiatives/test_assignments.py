"""担当の一括設定: all items on one page, and by Excel."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from assigning import assign
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from initiatives.models import Initiative, ProgressEntry, Responsibility
from people.models import Department, User
from plans.models import Edition, FocusItem

Clients = Callable[[User | None], Client]
ADDRESS = "/assignments/"
IMPORT = "/assignments/import/"
DAY = date(2026, 10, 15)


@pytest.fixture
def client(secretariat: User, client_of: Clients) -> Client:
    return client_of(secretariat)


def opened(client: Client, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends: every row as it was shown, the day and no reason, but for the changes."""
    page = client.get(ADDRESS).context
    data = {"from_date": "2026-10-15", "reason": ""}
    for form in page["table"].rows:
        for field in form:
            data[field.html_name] = field.value() or ""
    return data | changes


def held(code: str, at: date = DAY) -> list[tuple[str, str]]:
    rows = Responsibility.objects.valid_on(at).filter(initiative__focus_item__code=code)
    return [(r.kind, r.department.code) for r in rows.order_by("kind", "department__code")]


def test_items_without_a_lead_come_first_and_are_counted(
    responsible: FocusItem, client: Client
) -> None:
    response = client.get(ADDRESS)
    page, context = response.content.decode(), response.context
    groups = {kind: [form.row.code for form in rows] for kind, rows in context["groups"]}

    assert groups["set"] == ["1-A-1"]
    assert "1-A-2" in groups["unset"]
    assert f"主担当課が未設定 {len(groups['unset'])}項目" in page
    assert page.index('id="row-1-A-2"') < page.index('id="row-1-A-1"')
    assert '<option value="welfare" selected>福祉課</option>' in page
    narrowed = client.get(ADDRESS, {"unset": ""}).content.decode()
    assert 'id="row-1-A-1"' not in narrowed
    assert 'id="row-1-A-2"' in narrowed


def test_the_draft_is_assigned_before_an_edition_is_in_force(
    small_draft: Edition, welfare: Department, client: Client
) -> None:
    data = opened(client, **{"item-1-A-1-lead": "welfare"})
    client.post(ADDRESS, data)

    assert held("1-A-1") == [("lead", "welfare")]


def test_changed_rows_are_saved_together_and_others_left_alone(
    responsible: FocusItem, secretariat: User, client: Client
) -> None:
    data = opened(
        client,
        **{
            "item-1-A-1-lead": "planning",
            "item-1-A-1-supporting": "福祉課",
            "item-1-A-2-lead": "welfare",
            "item-1-A-2-supporting": "planning",
            "reason": "事務の移管",
        },
    )
    before = Initiative.objects.count()

    response = client.post(ADDRESS, data, follow=True)

    assert "2項目の担当を設定しました。" in response.content.decode()
    assert held("1-A-1") == [("lead", "planning"), ("supporting", "welfare")]
    assert held("1-A-1", date(2026, 10, 14)) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-2") == [("lead", "welfare"), ("supporting", "planning")]
    assert Initiative.objects.count() == before + 1
    begun = Responsibility.objects.get(initiative__focus_item__code="1-A-2", kind="lead")
    assert (begun.reason, begun.assigned_by) == ("事務の移管", secretariat)


def test_first_assignments_need_no_reason_changes_do(
    responsible: FocusItem, client: Client
) -> None:
    first = opened(client, **{"item-1-A-2-lead": "welfare"})
    assert client.post(ADDRESS, first).status_code == 302
    change = opened(client, **{"item-1-A-1-lead": "planning", "item-1-A-1-supporting": ""})

    response = client.post(ADDRESS, change)

    assert "理由を書いてください。" in response.content.decode()
    assert held("1-A-1") == [("lead", "welfare"), ("supporting", "planning")]


def test_nothing_changed_writes_nothing(responsible: FocusItem, client: Client) -> None:
    response = client.post(ADDRESS, opened(client), follow=True)

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
    responsible: FocusItem, client: Client, wrong: dict[str, str], message: str
) -> None:
    Department.objects.create(code="future", name="未来課", valid_from=date(2027, 4, 1))
    Department.objects.create(code="east", name="地域課", division="東支所")
    Department.objects.create(code="west", name="地域課", division="西支所")
    good = {"item-1-A-2-lead": "welfare", "item-2-A-1-lead": "planning", "reason": "移管"}
    data = opened(client, **good) | wrong

    response = client.post(ADDRESS, data)
    table = response.context["table"]
    shown = {field.html_name: field.value() for form in table.rows for field in form}

    assert message in response.content.decode()
    assert {name: shown[name] for name in shown} == {name: data[name] for name in shown}
    assert table.head["reason"].value() == "移管"
    assert (held("1-A-2"), held("2-A-1")) == ([], [])


def test_departments_of_one_name_are_told_apart(small_edition: Edition, client: Client) -> None:
    Department.objects.create(code="east", name="地域課", division="東支所")
    Department.objects.create(code="west", name="地域課", division="西支所")
    data = opened(
        client,
        **{"item-1-A-1-lead": "east", "item-1-A-1-supporting": "西支所 地域課"},
    )
    client.post(ADDRESS, data)

    assert held("1-A-1") == [("lead", "east"), ("supporting", "west")]
    shown = client.get(ADDRESS).content.decode()
    assert 'value="地域課（west）"' in shown


def test_g4_a_clash_is_shown_at_its_row_and_nothing_is_saved(
    responsible: FocusItem, welfare: Department, secretariat: User, client: Client
) -> None:
    data = opened(
        client,
        **{"item-1-A-1-lead": "planning", "item-1-A-1-supporting": "", "reason": "移管"},
        **{"item-1-A-2-lead": "welfare"},
    )
    assign(responsible, welfare, by=secretariat, since=DAY)

    response = client.post(ADDRESS, data)
    page = response.content.decode()

    assert response.status_code == 409
    assert "いまの担当は「主担当課：福祉課　関係課：なし」です。" in page
    assert "移管</textarea>" in page
    assert held("1-A-2") == []
    again = {
        field.html_name: field.value() for form in response.context["table"].rows for field in form
    }
    assert again["item-1-A-1-lead"] == "planning"
    client.post(ADDRESS, again | {"from_date": "2026-10-16", "reason": "移管"})
    assert held("1-A-1", date(2026, 10, 16)) == [("lead", "planning")]
    assert held("1-A-2", date(2026, 10, 16)) == [("lead", "welfare")]


def test_progress_recorded_in_the_meantime_stands_in_nobodys_way(
    responsible: FocusItem, editor: User, record: Callable[..., ProgressEntry], client: Client
) -> None:
    data = opened(client, **{"item-1-A-1-supporting": "", "reason": "見直し"})
    record(responsible, by=editor)

    assert client.post(ADDRESS, data).status_code == 302
    assert held("1-A-1") == [("lead", "welfare")]


def test_a_refusal_stands_at_its_row(responsible: FocusItem, client: Client) -> None:
    first = opened(client, **{"item-1-A-1-lead": "", "reason": "見直し"})
    client.post(ADDRESS, first)
    second = opened(
        client,
        **{"item-1-A-1-lead": "welfare", "from_date": "2026-08-01", "reason": "戻す"},
        **{"item-1-A-2-lead": "welfare"},
    )
    response = client.post(ADDRESS, second)

    assert "と重なります。" in str(response.context["table"].wrong[0].non_field_errors())
    assert held("1-A-2", date(2026, 8, 1)) == []


def test_an_abolished_department_stays_shown_until_it_is_replaced(
    responsible: FocusItem, welfare: Department, client: Client
) -> None:
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2026, 9, 30))
    page = client.get(ADDRESS).content.decode()
    assert '<option value="welfare" selected>福祉課（選べません）</option>' in page

    data = opened(client, **{"item-1-A-2-lead": "planning"})
    assert client.post(ADDRESS, data).status_code == 302
    assert held("1-A-1") == [("lead", "welfare"), ("supporting", "planning")]


def test_a_lead_still_to_come_is_shown_with_its_day(responsible: FocusItem, client: Client) -> None:
    assert "主担当課は" not in client.get(ADDRESS).content.decode()
    change = {"item-1-A-1-lead": "planning", "item-1-A-1-supporting": ""}
    data = opened(client, **change, from_date="2027-04-01", reason="予定")
    client.post(ADDRESS, data)

    page = client.get(ADDRESS).content.decode()

    assert '主担当課は<time datetime="2027-04-01">令和9年4月1日</time>から' in page
    assert held("1-A-1", date(2027, 3, 31))[0] == ("lead", "welfare")


def test_the_query_count_does_not_grow(
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    for address in (ADDRESS, "/assignments.xlsx"):
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for item in FocusItem.objects.filter(initiative__isnull=True):
            assign(item, welfare, by=secretariat, since=DAY)
        Department.objects.bulk_create(
            Department(code=f"{len(address)}-{n}", name=f"{len(address)}第{n}課") for n in range(40)
        )
        with django_assert_num_queries(len(few)):
            client.get(address)


def test_without_departments_or_plan_the_page_says_what_to_do(
    db: None, client: Client, plan_file: Any
) -> None:
    assert "計画がまだ読み込まれていません" in client.get(ADDRESS).content.decode()
    assert client.get("/assignments.xlsx").status_code == 302
    assert client.get(IMPORT).status_code == 302


def test_without_departments_the_way_to_them_is_shown(
    small_edition: Edition, client: Client
) -> None:
    page = client.get(ADDRESS).content.decode()

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


def test_wrong_methods(small_edition: Edition, client: Client) -> None:
    assert client.put(ADDRESS).status_code == 405
    assert client.post("/assignments.xlsx").status_code == 405


# ── By Excel ──


def downloaded(client: Client) -> Any:
    return load_workbook(BytesIO(client.get("/assignments.xlsx").content))


def uploaded(client: Client, workbook: Workbook) -> Any:
    buffer = BytesIO()
    workbook.save(buffer)
    file = SimpleUploadedFile("担当一覧.xlsx", buffer.getvalue())
    return client.post(IMPORT, {"workbook": file})


def told(*rows: Sequence[Any]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "担当一覧"
    for row in (("番号", "主担当課", "関係課"), *rows):
        sheet.append(list(row))
    return workbook


def saved_as_shown(client: Client, response: Any, **changes: str) -> Any:
    """Send the form of the preview, as a browser would."""
    check = response.context["check"]
    data = {"from_date": "2026-10-15", "reason": "取込み"}
    for change in check.changes:
        prefix = f"item-{change.row.code}"
        data[f"{prefix}-opened"] = change.row.opened
        data[f"{prefix}-lead"] = change.lead.code if change.lead else ""
        data[f"{prefix}-supporting"] = change.supporting_codes
    for name, value in data.items():
        if name not in ("from_date", "reason"):
            assert f'name="{name}" value="{value}"' in response.content.decode()
    return client.post(ADDRESS, data | changes)


def test_the_workbook_tells_what_stands_and_comes_back_unchanged(
    responsible: FocusItem, client: Client
) -> None:
    workbook = downloaded(client)
    sheet = workbook["担当一覧"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}

    assert rows["1-A-1"][4:] == ("福祉課", "企画課")
    assert workbook.sheetnames == ["担当一覧", "部署", "記入要領"]
    offer = sheet.data_validations.dataValidation[0]
    assert (offer.formula1, str(offer.sqref)) == ("'部署'!$A$2:$A$3", f"E2:E{len(rows) + 1}")
    check = uploaded(client, workbook).context["check"]
    assert (check.changes, check.faults, check.unchanged) == ([], [], len(rows))


def test_a_file_changes_exactly_what_its_preview_shows(
    responsible: FocusItem, client: Client
) -> None:
    response = uploaded(
        client,
        told(("１－Ａ－１", None, "welfare"), ("1-A-2", "planning", ""), ("2-A-1", "", None)),
    )
    check = response.context["check"]

    assert {c.row.code: c.cells for c in check.changes} == {
        "1-A-1": [("主担当課", "福祉課", "未設定"), ("関係課", "企画課", "福祉課")],
        "1-A-2": [("主担当課", "未設定", "企画課")],
    }
    assert check.unchanged == 1
    assert "主担当課がなくなります。" in response.content.decode()
    assert held("1-A-2") == []
    assert saved_as_shown(client, response).status_code == 302
    assert held("1-A-1") == [("supporting", "welfare")]
    assert held("1-A-2") == [("lead", "planning")]


def test_f1_a_change_made_since_the_preview_is_shown(
    responsible: FocusItem, welfare: Department, secretariat: User, client: Client
) -> None:
    response = uploaded(client, told(("1-A-1", "企画課", ""), ("1-A-2", "企画課", "")))
    assign(responsible, welfare, by=secretariat, since=DAY)

    clash = saved_as_shown(client, response)

    assert clash.status_code == 409
    assert "ほかの人が変えました" in clash.content.decode()
    assert held("1-A-2") == []


@pytest.mark.parametrize(
    ("row", "address", "message"),
    [
        (("9-Z-9", "福祉課", ""), "A2", "「9-Z-9」という番号の項目は、この版にありません。"),
        (("", "福祉課", ""), "A2", "番号を入れてください。"),
        (("1-A-2", "福祉可", ""), "B2", "近い名称：福祉課"),
        (("1-A-2", "福祉課、企画課", ""), "B2", "主担当課は一つだけにしてください。"),
        (("1-A-2", "福祉課", "福祉課、企画課"), "C2", "主担当課なので"),
        (("1-A-2", "=B3", ""), "B2", "数式"),
        (("1-A-1", "福祉課", ""), "A3", "「1-A-1」の行が二つ以上あります。"),
    ],
)
def test_f2_a_wrong_cell_is_named_and_nothing_can_be_saved(
    responsible: FocusItem, client: Client, row: Sequence[str], address: str, message: str
) -> None:
    response = uploaded(client, told(row, ("1-A-1", "企画課", "")))
    faults = {f.address: f.message for f in response.context["check"].faults}

    assert message in faults[address]
    assert address in response.content.decode()
    assert 'action="/assignments/"' not in response.content.decode()


def test_f2_a_file_that_is_no_workbook_is_refused_in_words(
    responsible: FocusItem, client: Client
) -> None:
    response = client.post(IMPORT, {"workbook": SimpleUploadedFile("a.xlsx", "番号,".encode())})

    assert response.status_code == 200
    assert "CSV" in response.context["form"].errors["workbook"][0]
    assert "ファイルを選んでください。" in client.post(IMPORT).content.decode()


def test_a_file_without_the_column_of_supporting_departments_leaves_them(
    responsible: FocusItem, client: Client
) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["番号", "主担当課"])
    workbook.worksheets[0].append(["1-A-1", "福祉課"])

    check = uploaded(client, workbook).context["check"]

    assert (check.changes, check.unchanged) == ([], 1)
