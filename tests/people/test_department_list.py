"""部署一覧: reading it, and bringing a list in from Excel."""

import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from query_counts import as_many_queries, asked_by_page, assert_as_many, writes_in
from row_numbers import ABSENT

from kirishima_dx.spreadsheets.list_upload import keep_list
from people.models import Department, DepartmentListUpload, DepartmentSuccession, User

Clients = Callable[[User | None], Client]
HEAD = ["コード", "部", "名称", "並び順", "メールアドレス", "設置日", "廃止日"]
IMPORT = "/departments/import/"


def book(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "部署一覧"
    for row in (head, *rows):
        sheet.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sent(client: Client, content: bytes, name: str = "部署一覧.xlsx") -> Any:
    return client.post(IMPORT, {"workbook": SimpleUploadedFile(name, content)}, follow=True)


def applied(client: Client, page: Any) -> Any:
    state = page.context["form"].initial["seen_state"]
    return client.post(page.redirect_chain[-1][0], {"seen_state": state}, follow=True)


def through_office(content: bytes, folder: Path) -> bytes:
    """Open a workbook in LibreOffice and save it as a workbook again."""
    (folder / "list.xlsx").write_bytes(content)
    subprocess.run(
        [
            os.environ["SOFFICE"],
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(folder / "list.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / "list.xlsx").read_bytes()


@pytest.fixture
def client(secretariat: User, client_of: Clients) -> Client:
    return client_of(secretariat)


def test_the_page_shows_departments_by_period_and_lineage(
    welfare: Department, planning: Department, secretariat: User, staff: User, client_of: Clients
) -> None:
    old = Department.objects.create(code="old", name="旧福祉課", valid_until=date(2026, 3, 31))
    Department.objects.create(code="new", name="未来課", valid_from=date(2027, 4, 1))
    DepartmentSuccession.objects.create(
        before=old,
        after=welfare,
        effective_from=date(2026, 4, 1),
        reason="改称",
        recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
        recorded_by=secretariat,
    )
    Department.objects.filter(pk=planning.pk).update(email="kikaku@example.lg.jp")

    response = client_of(staff).get("/departments/")
    page, shown = response.content.decode(), response.context["page"]

    assert [row.department.name for row in shown.current] == ["福祉課", "企画課"]
    assert [row.department.name for row in shown.coming] == ["未来課"]
    assert [row.department.name for row in shown.ended] == ["旧福祉課"]
    assert "前身：旧福祉課（" in page
    assert "後継：福祉課（" in page
    assert "mailto:kikaku@example.lg.jp" in page
    assert IMPORT not in page
    assert IMPORT in client_of(secretariat).get("/departments/").content.decode()


def test_without_departments_the_page_offers_a_form_to_fill_in(client: Client) -> None:
    page = client.get("/departments/").content.decode()

    assert "部署がまだ登録されていません" in page
    assert "Excelのひな形を保存" in page


def test_the_query_count_of_the_page_does_not_grow(client: Client) -> None:
    Department.objects.create(code="one", name="一課")
    with as_many_queries(client, "/departments/"):
        Department.objects.bulk_create(Department(code=f"d{n}", name=f"第{n}課") for n in range(30))


def test_the_list_goes_out_and_comes_back_without_a_change(
    client: Client, welfare: Department, planning: Department
) -> None:
    Department.objects.filter(pk=welfare.pk).update(
        valid_from=date(2020, 4, 1), division="保健福祉部", email="fukushi@example.lg.jp"
    )
    response = client.get("/departments.xlsx")
    workbook = load_workbook(BytesIO(response.content))
    rows = list(workbook["部署一覧"].iter_rows(values_only=True))
    histories = Department.history.count()

    page = sent(client, response.content)

    assert rows[0] == tuple(HEAD)
    assert rows[1][:3] == ("welfare", "保健福祉部", "福祉課")
    assert "記入要領" in workbook.sheetnames
    check = page.context["check"]
    assert (len(check.unchanged), check.new, check.changed, check.faults) == (2, [], [], [])
    assert not check.can_be_applied
    assert Department.history.count() == histories


def test_a_list_adds_and_changes_exactly_what_the_preview_shows(
    client: Client, welfare: Department, planning: Department, secretariat: User
) -> None:
    histories = Department.history.count()
    page = sent(
        client,
        book(
            ["welfare", "", "福祉課", 1, "ｆｕｋｕｓｈｉ@example.lg.jp", None, "令和9年3月31日"],
            ["planning", "", "企画課", 2, None, None, None],
            ["ｈｏｊｏ-1", "総務部", "新設課", "３", "", datetime(2027, 4, 1), None],
        ),
    )
    check = page.context["check"]
    shown = {
        row.new.code: {change.label: (change.old, change.new) for change in row.changes}
        for row in (*check.new, *check.changed, *check.unchanged)
    }

    assert shown == {
        "welfare": {
            "メールアドレス": ("", "fukushi@example.lg.jp"),
            "廃止日": ("", "2027-03-31"),
        },
        "planning": {},
        "hojo-1": {
            "部": ("", "総務部"),
            "名称": ("", "新設課"),
            "並び順": ("", "3"),
            "設置日": ("", "2027-04-01"),
        },
    }
    assert Department.objects.count() == 2  # The preview changes nothing.
    done = applied(client, page)

    assert "部署一覧を取り込みました（追加1件、変更1件、変更なし1件）。" in done.content.decode()
    new = Department.objects.get(code="hojo-1")
    assert (new.name, new.division, new.order, new.valid_from) == (
        "新設課",
        "総務部",
        3,
        date(2027, 4, 1),
    )
    welfare.refresh_from_db()
    assert (welfare.email, welfare.valid_until) == ("fukushi@example.lg.jp", date(2027, 3, 31))
    assert Department.history.count() == histories + 2  # None for the unchanged one.
    record = welfare.history.first()
    assert record.history_user == secretariat
    assert record.history_change_reason == "部署一覧「部署一覧.xlsx」の取込み"
    upload = DepartmentListUpload.objects.get()
    assert upload.applied_by == secretariat


@pytest.mark.parametrize(
    ("row", "address", "message"),
    [
        (["", "", "名無し課", 1], "A3", "コードを入れてください。"),
        (["補助", "", "課", 1], "A3", "「補助」はコードに使えません。"),
        (["a" * 41, "", "課", 1], "A3", "40文字以内"),
        (["new", "", "", 1], "C3", "名称を入れてください。"),
        (["new", "", "=1+1", 1], "C3", "数式"),
        (["new", "", "課" * 101, 1], "C3", "100"),
        (["new", "", "課", 2.9], "D3", "「2.9」は並び順として読めません。"),
        (["new", "", "課", "abc"], "D3", "「abc」は並び順として読めません。"),
        (["new", "", "課", 1, "abc"], "E3", "「abc」はメールアドレスとして読めません。"),
        (["new", "", "課", 1, "", "いつか"], "F3", "「いつか」は日付として読めません。"),
        (["new", "", "課", 1, "", 46113], "F3", "日付の書式ではない数"),
        (["new", "", "課", 1, "", "2026-04-01", "2026-03-31"], "G3", "設置日以後の日"),
        (["welfare", "", "二重課", 1], "A3", "同じコードの行が二つ以上あります（2、3行目）。"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_applied(
    client: Client, welfare: Department, row: list[Any], address: str, message: str
) -> None:
    page = sent(client, book(["welfare", "", "福祉第一課", 1], row))
    faults = [(fault.sheet, fault.address) for fault in page.context["check"].faults]
    texts = "".join(fault.message for fault in page.context["check"].faults)

    assert ("部署一覧", address) in faults
    assert message in texts
    assert address in page.content.decode()
    assert applied(client, page).status_code == 409
    assert [d.name for d in Department.objects.all()] == ["福祉課"]


def test_a_list_that_was_kept_before_and_is_refused_today_is_told_in_words(
    client: Client, secretariat: User
) -> None:
    workbook = load_workbook(BytesIO(book(["d", "", "課", 1])))
    workbook.worksheets[0]["C1"].font = Font(strike=True)
    content = saved(workbook)
    kept = keep_list(
        DepartmentListUpload, file_name="古い一覧.xlsx", content=content, by=secretariat
    )
    address = f"/departments/import/{kept.pk}/"

    for answer in (
        client.get(address, follow=True),
        client.post(address, {"seen_state": "x"}, follow=True),
    ):
        page = answer.content.decode()
        assert "「古い一覧.xlsx」は取り込めません。" in page
        assert "見出し「名称」（C1）に取消線が付いています。" in page
    assert not Department.objects.exists()


def test_several_faults_of_one_row_are_all_told(client: Client) -> None:
    page = sent(client, book(["new", "", "", "x", "y", "z"]))

    assert [f.address for f in page.context["check"].faults] == ["C2", "D2", "E2", "F2"]


def test_an_absent_column_and_absent_departments_are_left_alone(
    client: Client, welfare: Department, planning: Department
) -> None:
    Department.objects.filter(pk=welfare.pk).update(email="a@example.lg.jp", order=7)
    page = sent(client, book(["福祉部福祉課", "welfare", "メモ"], head=["名称", "コード", "備考"]))
    check = page.context["check"]

    assert check.absent == 1
    assert check.unknown == ["備考"]
    applied(client, page)
    welfare.refresh_from_db()
    assert (welfare.name, welfare.email, welfare.order) == ("福祉部福祉課", "a@example.lg.jp", 7)
    assert Department.objects.filter(pk=planning.pk).exists()


def test_a_change_of_name_is_pointed_out(client: Client, welfare: Department) -> None:
    page = sent(client, book(["welfare", "", "福祉政策課", 1]))

    assert "機構改革による改称は「機構改革・引継ぎ」で" in page.content.decode()


def test_f1_an_old_list_does_not_undo_a_handover(
    client: Client, welfare: Department, planning: Department, secretariat: User
) -> None:
    old_list = client.get("/departments.xlsx").content
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2027, 3, 31))
    DepartmentSuccession.objects.create(
        before=welfare,
        after=planning,
        effective_from=date(2027, 4, 1),
        reason="統合",
        recorded_at=datetime(2026, 10, 1, tzinfo=UTC),
        recorded_by=secretariat,
    )

    faults = sent(client, old_list).context["check"].faults

    assert [fault.address for fault in faults] == ["G2"]
    assert "廃止日（2027-03-31）は変えられません。" in faults[0].message
    assert sent(client, client.get("/departments.xlsx").content).context["check"].faults == []


def test_g4_departments_changed_since_the_preview_are_shown_first(
    client: Client, welfare: Department
) -> None:
    page = sent(client, book(["welfare", "", "福祉課", 9]))
    Department.objects.filter(pk=welfare.pk).update(email="other@example.lg.jp")

    refused = applied(client, page)

    assert refused.status_code == 409
    assert "ほかの人が部署を変えました" in refused.content.decode()
    welfare.refresh_from_db()
    assert welfare.order == 1
    refused.redirect_chain.append((page.redirect_chain[-1][0], 302))
    assert applied(client, refused).status_code == 200
    welfare.refresh_from_db()
    assert (welfare.order, welfare.email) == (9, "")  # As the second preview showed it.


def test_a_list_is_applied_once(client: Client, welfare: Department) -> None:
    page = sent(client, book(["welfare", "", "福祉課", 9]))
    applied(client, page)
    Department.objects.filter(pk=welfare.pk).update(order=1)

    again = applied(client, page)

    assert again.status_code == 409
    assert "この一覧は反映済みです" in again.content.decode()
    assert Department.objects.get().order == 1


@pytest.mark.office
def test_the_list_survives_libreoffice(
    client: Client, welfare: Department, planning: Department, tmp_path: Path
) -> None:
    Department.objects.filter(pk=welfare.pk).update(
        valid_from=date(2020, 4, 1), email="fukushi@example.lg.jp"
    )

    list_now = client.get("/departments.xlsx").content

    check = sent(client, through_office(list_now, tmp_path)).context["check"]

    assert (len(check.unchanged), check.new, check.changed, check.faults) == (2, [], [], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ファイルが空です"),
        ("コード,名称\n".encode(), "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"PK\x03\x04broken", "壊れて"),
        (b"PK\x03\x04" + b"\0" * (5 * 1024 * 1024), "ファイルが大きすぎます（5.0MB）。5MBまで"),
    ],
)
def test_f2_a_hostile_file_is_refused_in_words(
    client: Client, content: bytes, message: str
) -> None:
    response = sent(client, content)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert DepartmentListUpload.objects.count() == 0


def test_f2_another_workbook_is_refused_in_words(client: Client) -> None:
    response = sent(client, book(["1-A-1", "福祉課"], head=["番号", "主担当課"]))

    assert "見出しの行（コード・名称など）が見つかりません。" in response.content.decode()


def test_no_file_is_told(client: Client) -> None:
    assert "ファイルを選んでください。" in client.post(IMPORT).content.decode()


def test_checking_costs_the_same_for_few_rows_and_many_and_writes_nothing(client: Client) -> None:
    few = sent(client, book(["a", "", "課", 1])).redirect_chain[-1][0]
    many = sent(client, book(*[[f"d{n}", "", f"第{n}課", n] for n in range(60)]))

    asked = asked_by_page(client, many.redirect_chain[-1][0])

    assert_as_many(asked_by_page(client, few), asked)
    assert writes_in(asked) == []


def test_others_are_refused_and_missing_lists_are_not_found(
    client: Client, staff: User, editor: User, client_of: Clients
) -> None:
    page = sent(client, book(["new", "", "課", 1]))
    address = page.redirect_chain[-1][0]

    for person in (staff, editor):
        assert client_of(person).get(IMPORT).status_code == 403
        assert client_of(person).post(address, {"seen_state": "x"}).status_code == 403
    assert client_of(None).get("/departments/").status_code == 302
    assert client.get(f"{IMPORT}{ABSENT}/").status_code == 404
    assert client.put(address).status_code == 405
    assert client.post("/departments/").status_code == 405
    assert not Department.objects.filter(code="new").exists()


def test_the_admin_explains_the_code_and_keeps_it(client: Client, welfare: Department) -> None:
    added = client.get("/admin/people/department/add/").content.decode()
    client.post(
        f"/admin/people/department/{welfare.pk}/change/",
        {"code": "changed", "name": "福祉課", "order": "5"},
    )

    assert "一度決めたら変えません" in added
    welfare.refresh_from_db()
    assert (welfare.code, welfare.order) == ("welfare", 5)
