"""本部会議の会議資料 as a workbook: papers under their numbers, who may have it, what a draft says."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from meeting_cast import (
    COMING,
    DISCUSSION,
    INSTRUCTION,
    closed,
    decided,
    held,
    planned,
    put,
    put_report,
)
from query_counts import as_many_queries
from report_cast import opened, sealed, workbook
from row_numbers import ABSENT

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.minutes import add_to_record, write_opinion
from reviews.models import Meeting

FOLLOW_UP, STUDIES = "前回決定事項の対応状況", "検討項目（★）"
PAPERS = ["遅れと決定", "次第", "総括表", "進捗一覧", "課題・協議事項", FOLLOW_UP, STUDIES]
MACHINES = ["進捗一覧（表）", "データ", "コード表", "定義"]
Clients = Callable[[User | None], Client]


def url_of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/workbook.xlsx"


def book_of(client: Client, meeting: Meeting) -> Any:
    response = client.get(url_of(meeting))
    assert response.status_code == 200
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    return workbook(response.content)


def words(sheet: Any) -> list[Any]:
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_the_papers_stand_in_their_order_under_their_numbers(
    small_edition: Edition, secretariat: User, welfare: Department, staff: User, client_of: Clients
) -> None:
    decided(small_edition, secretariat, welfare)
    report = sealed(small_edition, secretariat)
    meeting = planned(
        small_edition, secretariat, report=report, number=2, paper_prefix="資料", first_paper=3
    )
    put_report(meeting, report, secretariat)
    book = book_of(client_of(staff), meeting)
    assert book.sheetnames == [*PAPERS, *MACHINES]
    assert [book[name].oddHeader.right.text for name in PAPERS] == [
        *("資料0", ""),
        *("資料3", "資料4", "資料5", "資料6", "資料7"),
    ]
    said = words(book["次第"])
    assert said[0] == f"{meeting.title}　次第"
    assert "令和8年10月29日（木）　13時30分から" in said
    assert [w for w in said if w in ("資料3・資料4・資料7", "資料3", "資料6")] == [
        "資料3・資料4・資料7",
        "資料3",
        "資料6",
    ]
    assert "町長　町野 長子" in said
    past = book["前回決定事項の対応状況"]
    assert INSTRUCTION in words(past)
    assert "▷ 対応中" in words(past)
    assert past.oddFooter.left.text == "基準日 令和8年10月15日"
    for name in PAPERS:
        assert book[name].oddHeader.center.text in (None, "")
        assert (book[name].page_setup.paperSize, book[name].page_setup.orientation) == (
            8,
            "landscape",
        )
        assert book[name].oddFooter.right.text == f"SHA-256 {report.digest}"
    assert book.properties.identifier == f"sha256:{report.digest}"


def test_a_draft_report_makes_drafts_of_the_papers(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    report = opened(small_edition, secretariat)
    meeting = planned(small_edition, secretariat, report=report)
    book = book_of(client_of(secretariat), meeting)
    for name in PAPERS:
        assert book[name].oddHeader.center.text == "作成中（確定前）"
        assert book[name].oddFooter.right.text == "作成中"


def test_without_a_report_there_are_the_agenda_and_the_past_decisions(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = planned(small_edition, secretariat)
    book = book_of(client_of(secretariat), meeting)
    assert book.sheetnames == ["遅れと決定", "次第", "前回決定事項の対応状況"]
    assert book["前回決定事項の対応状況"].oddHeader.right.text == "資料1"
    assert "議題はまだありません。" in words(book["次第"])


def test_what_was_said_and_decided_stands_in_the_minutes(
    small_edition: Edition,
    secretariat: User,
    welfare: Department,
    responsible: FocusItem,
    client_of: Clients,
) -> None:
    decision = decided(small_edition, secretariat, welfare, responsible)
    client = client_of(secretariat)
    sheet = book_of(client, decision.meeting)["議事要旨"]
    said = words(sheet)
    assert DISCUSSION in said
    assert [decision.code, "指示", INSTRUCTION, "1-A-1", "福祉課", "令和8年12月25日"] == said[
        said.index(decision.code) : said.index(decision.code) + 6
    ]
    assert "町長　町野 長子、副町長　副野 町夫" in said
    assert "総務部長　総野 務" in said
    assert sheet.oddHeader.center.text == "記録中（確定前）"


def test_additions_to_a_closed_record_stand_in_the_minutes(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = closed(held(small_edition, secretariat), secretariat)
    add_to_record(
        meeting=meeting,
        agenda_item=None,
        text="開会の時刻を直す。",
        reason="書き誤り",
        by=secretariat,
    )
    sheet = book_of(client_of(secretariat), meeting)["議事要旨"]
    assert "開会の時刻を直す。\n（令和8年10月15日追記　理由：書き誤り）" in words(sheet)
    assert sheet.oddHeader.center.text in (None, "")


def test_nothing_of_the_opinions_is_in_it(
    small_edition: Edition, secretariat: User, headquarters: User, client_of: Clients
) -> None:
    meeting = planned(small_edition, secretariat)
    item = put(meeting, secretariat)
    write_opinion(agenda_item=item, text="まだ内緒の意見", by=headquarters)
    book = book_of(client_of(headquarters), meeting)
    assert item.title in words(book["次第"])
    assert not [w for sheet in book.worksheets for w in words(sheet) if "内緒" in str(w)]


def test_hostile_words_neither_run_nor_break_the_file(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = planned(small_edition, secretariat, place="=cmd|'/c calc'!A1")
    put(meeting, secretariat, "\x0b=1+1" + "長い議題" * 40, explanation="_x000D_ & <b>\n" * 300)
    book = book_of(client_of(secretariat), meeting)
    found = [c for row in book["次第"].iter_rows() for c in row if "cmd" in str(c.value)]
    assert [cell.data_type for cell in found] == ["s"]


def test_anonymous_people_sign_in_first_and_an_unknown_sitting_is_missing(
    small_edition: Edition, secretariat: User, staff: User, client_of: Clients
) -> None:
    meeting = planned(small_edition, secretariat)
    response = client_of(None).get(url_of(meeting))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")
    assert client_of(staff).get(f"/meetings/{ABSENT}/workbook.xlsx").status_code == 404
    assert client_of(staff).post(url_of(meeting)).status_code == 405


def test_the_queries_do_not_grow_with_the_sitting(
    small_edition: Edition,
    secretariat: User,
    welfare: Department,
    staff: User,
    client_of: Clients,
) -> None:
    report = sealed(small_edition, secretariat)
    decided(small_edition, secretariat, welfare)
    meeting = planned(small_edition, secretariat, number=2, report=report)
    put(meeting, secretariat)
    client = client_of(staff)
    with as_many_queries(client, url_of(meeting)):
        for number in range(5):
            put(meeting, secretariat, f"議題{number}")
            decided(small_edition, secretariat, welfare, text=f"指示{number}")


def test_a_past_decision_says_its_day(
    small_edition: Edition, secretariat: User, welfare: Department, client_of: Clients
) -> None:
    decided(small_edition, secretariat, welfare)
    meeting = planned(small_edition, secretariat, number=2, held_on=COMING)
    sheet = book_of(client_of(secretariat), meeting)["前回決定事項の対応状況"]
    assert "福祉課\n期限　令和8年12月25日" in words(sheet)
