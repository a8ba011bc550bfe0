"""A2: 利用の記録 tells who signed in, took files out, changed accounts and rights, closed, unlocked."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from query_counts import as_many_queries
from row_world import World
from valid_rows import VALID

from initiatives.models import Evidence as File
from initiatives.models import EvidenceDownload
from kirishima_dx import clock
from kirishima_dx.history import explain
from people.actions.shortening import let_go, say_shortened
from people.enums import Role
from people.kept_records import kept
from people.models import (
    Closing,
    Department,
    Download,
    PasswordSetting,
    RoleAssignment,
    Shortening,
    SignIn,
    Unlock,
    User,
)
from portal.enums import RecordKind
from portal.exports.records import HEAD
from portal.forms import RecordFilterForm
from portal.queries.records.listing import PAGE, SOURCES, all_records, record_page
from portal.queries.records.record import Record, Wish
from reviews.models import Withholding

BEGIN = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)
"""令和8年10月1日 00:00 in Tokyo."""
Kept = tuple[type[Any], str, dict[str, Any]]
KEPT: tuple[Kept, ...] = (
    (SignIn, "tried_at", {"outcome": "failed"}),
    (SignIn, "tried_at", {"outcome": "succeeded", "username": "jimukyoku"}),
    (Download, "taken_at", {}),
    (PasswordSetting, "set_at", {}),
    (Unlock, "unlocked_at", {}),
    (Closing, "closed_at", {"reason": "氏名が入っていた"}),
    (Shortening, "shortened_at", {"until": datetime(2023, 3, 31, 15, tzinfo=UTC)}),
    (Withholding, "withheld_at", {}),
)
"""A row of each table that has one, two minutes apart; histories and files of studies are written by `everything`."""


@pytest.fixture
def everything(world: World, settings: Any) -> list[Record]:
    settings.PLAN_CODE = world.edition.plan.code
    for n, (model, at, values) in enumerate(KEPT):
        row = {**VALID[model](world), **values, at: BEGIN + timedelta(minutes=2 * n)}
        if row.get("outcome") == "succeeded":
            row["user"] = world.by
        model._default_manager.bulk_create([model(**row)])
    file = File.objects.create(**{**VALID[File](world), "name": "聞き取り.txt"})
    EvidenceDownload.objects.create(evidence=file, taken_at=BEGIN, taken_by=world.by)
    return list(all_records(Wish()))


def chain(wish: Wish, size: int) -> Iterator[Record]:
    """Follow the pages to the last one."""
    page = record_page(wish, None, size)
    yield from page.records
    while page.older:
        page = record_page(wish, page.older, size)
        yield from page.records


def wish(**asked: str) -> Wish:
    form = RecordFilterForm(asked)
    assert form.is_valid(), form.errors
    return form.wish


def test_each_kind_of_record_stands_in_one_list_by_time(everything: list[Record]) -> None:
    assert {one.kind for one in everything} == set(RecordKind)
    assert {one.source for one in everything} == {source.number for source in SOURCES}
    assert [one.place for one in everything] == sorted(
        (one.place for one in everything), reverse=True
    )
    for size in (2, PAGE):
        assert list(chain(Wish(), size)) == everything
    assert all(one.said and one.name for one in everything)


def test_a3_whatever_somebody_typed_leads_to_where_it_is_closed(
    everything: list[Record], secretariat: User, client_of: Callable[..., Client]
) -> None:
    """Every reason, names of files, and names of nobody, which stand in an unlocking too: a password may be one."""
    typed = [one for one in everything if one.reason or one.username == "new"]
    typed += [one for one in everything if one.kind is RecordKind.UNLOCK]
    client = client_of(secretariat)
    assert all(one.closing_url for one in typed)
    assert all(client.get(one.closing_url).status_code == 200 for one in typed)


NARROWED: dict[str, tuple[dict[str, str], Callable[[Record], bool]]] = {
    **{kind: ({"kind": kind}, lambda one, kind=kind: one.kind == kind) for kind in RecordKind},
    "days": (
        {"since": "令和8年10月1日", "until": "2026-10-01"},
        lambda one: one.at < BEGIN + timedelta(days=1),
    ),
    "address": ({"address": "::ffff:192.0.2.1"}, lambda one: one.address == "192.0.2.1"),
    "net": ({"address": "192.0."}, lambda one: one.address.startswith("192.0.")),
    "none": ({"address": "192.0.2.10"}, lambda one: False),
    "typed": ({"account": "new"}, lambda one: "new" in (one.username, one.subject)),
    "words": ({"words": "氏名が　入って"}, lambda one: one.reason == "氏名が入っていた"),
    "both": ({"kind": "download", "words": "聞き取り"}, lambda one: one.subject == "聞き取り.txt"),
}


def test_the_list_is_narrowed(everything: list[Record], subtests: pytest.Subtests) -> None:
    for case, (asked, fits) in NARROWED.items():
        with subtests.test(str(case)):
            wanted = [one for one in everything if fits(one)]
            assert list(all_records(wish(**asked))) == wanted
            assert list(chain(wish(**asked), 2)) == wanted
            assert wanted or case == "none"


def test_an_account_has_what_it_did_and_what_was_done_to_it(
    secretariat: User, staff: User, editor: User
) -> None:
    explain(staff, by=secretariat, reason="退職のため")
    staff.is_active = False
    staff.save()
    User.objects.create_user(username="shokuin2", name="職員 二郎")

    def subjects(text: str) -> set[str]:
        return {one.subject for one in all_records(wish(account=text))}

    assert subjects("shokuin") == {"職員 一郎（shokuin）"}
    assert subjects("職員") == {"職員 一郎（shokuin）", "職員 二郎（shokuin2）"}
    assert "職員 一郎（shokuin）" in subjects("jimukyoku")
    assert subjects("いない人") == set()


def told(kind: RecordKind) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = all_records(Wish(kind=kind))
    return [(one.name, one.subject, one.said, one.reason) for one in found]


def test_changes_of_accounts_are_told_as_old_and_new(secretariat: User, staff: User) -> None:
    staff.save()  # As each sign-in did in earlier versions.
    explain(staff, by=secretariat, reason="改姓と退職のため")
    staff.name, staff.is_active, staff.must_change_password = "山田 一郎", False, True
    staff.save()

    changed, made = told(RecordKind.ACCOUNT)[:2]
    said = ("氏名：職員 一郎 → 山田 一郎", "有効：はい → いいえ")
    assert changed == ("事務 局子", "山田 一郎（shokuin）", said, "改姓と退職のため")
    assert made[:2] == ("運用担当（コマンド）", "職員 一郎（shokuin）")
    assert made[2][:3] == ("アカウントを作った。", "ユーザー名：shokuin", "氏名：職員 一郎")


def test_changes_of_roles_are_told_as_old_and_new(
    secretariat: User, staff: User, welfare: Department, planning: Department
) -> None:
    role = RoleAssignment(user=staff, role=Role.EDITOR, department=welfare)
    role.valid_from = date(2026, 10, 1)
    explain(role, by=secretariat, reason="着任")
    role.save()
    role.save()
    explain(role, by=secretariat, reason="課の誤り")
    role.department, role.valid_until = planning, date(2027, 3, 31)
    role.save()
    explain(role, by=secretariat, reason="取りやめ")
    role.role, role.department = Role.SECRETARIAT, None
    role.save()
    role.delete()

    gone, city, moved, begun = told(RecordKind.ROLE)[:4]
    assert begun[1:] == (
        "職員 一郎　担当課・入力者（福祉課）",
        (
            "役割を付けた。",
            "利用者：職員 一郎",
            "役割：担当課・入力者",
            "部署：福祉課",
            "開始日：令和8年10月1日",
        ),
        "着任",
    )
    until = "終了日（最終日）：なし → 令和9年3月31日"
    assert moved[2:] == (("部署：福祉課 → 企画課", until), "課の誤り")
    assert city[2] == ("役割：担当課・入力者 → 事務局", "部署：企画課 → なし")
    assert gone[2][0] == "役割の行を取り消した。"


def test_a_change_whose_former_row_was_let_go_says_so(secretariat: User) -> None:
    with clock.standing_at(BEGIN - timedelta(days=2000)):
        old = User.objects.create_user(username="furui", name="古井 一郎")
    old.name = "新井 一郎"
    old.save()
    assert told(RecordKind.ACCOUNT)[0][2] == ("氏名：古井 一郎 → 新井 一郎",)
    accounts = kept("people_historicaluser")
    assert accounts is not None
    say_shortened(tables=[accounts], until=date(2025, 10, 1), reason="経過", by=secretariat)
    assert let_go() == 1

    said = told(RecordKind.ACCOUNT)[0][2]
    assert said[0].startswith("前の値は残っていません。")
    assert "氏名：新井 一郎" in said


def rows_of(response: Any) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_holds_what_the_list_is_narrowed_to(
    everything: list[Record], desk: Client
) -> None:
    SignIn.objects.create(
        username="=1+1", tried_at=BEGIN, address="192.0.2.7", outcome="failed", door="login"
    )
    page = desk.get("/records/?kind=refused").content.decode()
    head, *rows = rows_of(desk.get("/records.csv?kind=refused&since=2026-10-01"))

    assert tuple(head) == HEAD
    assert [row[2] for row in rows] == ["'=1+1", "new"]
    assert rows[0][:2] == ["2026-10-01 00:00:00", "ログインの失敗"]
    assert b"".join(desk.head("/records.csv").streaming_content) == b""
    assert [words in page for words in ("192.0.2.7", "=1+1")] == [True, True]
    assert Download.objects.get(url_name="record_list_csv").file_name == "利用の記録_20261015.csv"
    assert len(rows_of(desk.get("/records.csv"))) == 1 + len(list(all_records(Wish())))


def test_a_condition_that_makes_no_sense_is_told_and_left_out(
    everything: list[Record], desk: Client
) -> None:
    for below in (
        "x",
        "0001-01-01T00:00:00%2B14:00_0_1",
        "2026-10-15_0_1",
        f"2026-10-15T00:00:00Z_0_{9**30}",
    ):
        assert desk.get(f"/records/?below={below}").status_code == 200, below
    for asked in ("since=x", "since=2026-09-01&until=2026-08-01", "address=x", "kind=x"):
        page = desk.get(f"/records/?{asked}&below=x").content.decode()

        assert "使えない条件があったので、外して表示しています" in page, asked
        assert "氏名が入っていた" in page, asked
        assert desk.get(f"/records.csv?{asked}")["Location"] == f"/records/?{asked}"


@pytest.mark.sqlite
def test_the_list_costs_no_queries_a_row(
    world: World, desk: Client, staff: User, settings: Any
) -> None:
    settings.PLAN_CODE = world.edition.plan.code

    def make(numbers: range) -> None:
        for n in numbers:
            for model in (SignIn, Download, Unlock, Closing, PasswordSetting):
                model._default_manager.create(**VALID[model](world))
            user = User.objects.create_user(username=f"u{n}", name=f"職員{n}")
            user.name = "改名"
            user.save()
            RoleAssignment.objects.create(user=user, role="editor", department=world.welfare)

    make(range(1))
    with as_many_queries(desk, "/records/", most=40):
        make(range(1, 8))
