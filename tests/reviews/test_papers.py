"""The papers of a sitting as pages to print: what stands on them, and in the head of each page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from meeting_cast import INSTRUCTION, PAST, decide, decided, held, planned, put
from paper_cast import CAUSE, OPINION, PROBLEM, Record, decided_before, late, reported, think
from query_counts import as_many_queries
from report_cast import seal
from row_numbers import ABSENT

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.following_up import follow_up
from reviews.enums import FollowUpStep
from reviews.models import Decision, Meeting
from reviews.queries.papers import meeting_papers
from reviews.views.papers import css_string

Clients = Callable[[User | None], Client]


def papers(meeting: Meeting) -> str:
    return reverse("meeting_papers", args=[meeting.pk])


def style(meeting: Meeting) -> str:
    return reverse("meeting_papers_style", args=[meeting.pk])


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def sections(page: str) -> dict[str, str]:
    """Return each paper by its title, the words without tags."""
    found = re.findall(
        r'<section class="paper paper--\d.*?(?=<section class="paper |</article>)', page, re.S
    )
    return {re.search(r"paper__title.*?</span>(.*?)</h2>", one, re.S)[1]: one for one in found}  # type: ignore[index]  # Each has a title.


@pytest.fixture
@lasting
def meeting(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    editor: User,
    record: Record,
) -> Meeting:
    late(record, responsible, editor)
    decided_before(small_edition, secretariat, welfare, responsible)
    return reported(small_edition, secretariat)


def test_each_paper_bears_its_number_and_its_day(
    meeting: Meeting, client_of: Clients, staff: User
) -> None:
    page = read(client_of(staff), papers(meeting))

    numbers = re.findall(r'paper__number">(.*?)<', page)
    days = re.findall(r'paper__as-of">(.*?)<', page)
    assert list(zip(numbers, sections(page), days, strict=True)) == [
        ("資料0", "遅れと決定", "令和8年9月30日現在　作成中"),
        ("資料1", "総括表", "令和8年9月30日現在　作成中"),
        ("資料2", "進捗一覧", "令和8年9月30日現在　作成中"),
        ("資料3", "課題・協議事項", "令和8年9月30日現在　作成中"),
        ("資料4", "前回決定事項の対応状況", "令和8年10月15日現在"),
        ("資料5", "検討項目（★）", "令和8年9月30日現在　作成中"),
    ]


def test_each_paper_tells_its_own(meeting: Meeting, client_of: Clients, staff: User) -> None:
    page = read(client_of(staff), papers(meeting))
    told = sections(page)

    assert "次第" in page
    assert "副野 町夫" in page.split('id="paper-1"', maxsplit=1)[0]
    assert "picture-bar__part" in told["総括表"]
    assert CAUSE in told["進捗一覧"]
    assert PROBLEM in told["課題・協議事項"]
    assert INSTRUCTION in told["前回決定事項の対応状況"]
    assert "報告はまだありません。" in told["前回決定事項の対応状況"]


def test_a_late_answer_is_marked(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    decided_before(small_edition, secretariat, welfare, responsible, due_on=date(2026, 10, 14))
    meeting = planned(small_edition, secretariat, number=2)

    assert "▲期限を過ぎている" in read(client_of(secretariat), papers(meeting))


def test_what_is_not_late_is_not_marked(meeting: Meeting, client_of: Clients, staff: User) -> None:
    page = read(client_of(staff), papers(meeting))

    assert INSTRUCTION in page
    assert "▲期限を過ぎている" not in page


def test_what_was_asked_again_is_told(
    meeting: Meeting, secretariat: User, client_of: Clients
) -> None:
    decision = Decision.objects.get()
    for number, (taken, text) in enumerate(
        ((FollowUpStep.ANSWERED, "試した。"), (FollowUpStep.RETURNED, "数で示してください。"))
    ):
        follow_up(decision=decision, step=taken, text=text, opened_number=number, by=secretariat)

    for name in ("meeting_papers", "meeting_present"):
        page = read(client_of(secretariat), reverse(name, args=[meeting.pk]))
        assert "試した。" in page
        assert "数で示してください。" in page


def test_a_sealed_report_is_no_draft(
    meeting: Meeting, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    assert "作成中" in read(client, style(meeting))
    assert meeting.report is not None
    seal(meeting.report, secretariat)

    assert "作成中" not in read(client, papers(meeting))
    assert "作成中" not in read(client, style(meeting))


def test_numbers_go_on_as_the_sitting_counts(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = reported(small_edition, secretariat, paper_prefix="別紙", first_paper=3)
    page = read(client_of(secretariat), papers(meeting))

    assert re.findall(r'paper__number">(.*?)<', page) == [f"別紙{n}" for n in (0, *range(3, 8))]
    assert '@page paper-1 { @top-left { content: "令和8年度第2回DX推進本部会議"; }' in read(
        client_of(secretariat), style(meeting)
    )
    assert 'content: "別紙3\\3000 令和8年9月30日現在"' in read(
        client_of(secretariat), style(meeting)
    )


def test_without_a_report_there_are_what_is_to_decide_and_the_past_decisions(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = planned(small_edition, secretariat)
    page = read(client_of(secretariat), papers(meeting))

    assert list(sections(page)) == ["遅れと決定", "前回決定事項の対応状況"]
    assert "対応を見るものはありません" in page
    assert "paper-2" not in read(client_of(secretariat), style(meeting))


def test_a_name_cannot_break_out_of_the_style_sheet(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = reported(small_edition, secretariat, paper_prefix='"}*{all:a', name='会議\\\n"; }')
    sheet = read(client_of(secretariat), style(meeting))

    assert "\\22 \\7d \\2a \\7b all\\3a a1" in sheet
    assert sheet.count("}") == 4 * sheet.count("@page") + sheet.count(".paper--")


def test_a_style_sheet_is_one(meeting: Meeting, client_of: Clients, staff: User) -> None:
    assert client_of(staff).get(style(meeting)).headers["Content-Type"] == "text/css; charset=utf-8"
    assert css_string("資料 1") == '"資料\\20 1"'


@pytest.mark.parametrize("reader", ["headquarters", "secretariat", "staff"])
def test_opinions_are_on_no_paper(
    meeting: Meeting,
    headquarters: User,
    client_of: Clients,
    request: pytest.FixtureRequest,
    reader: str,
) -> None:
    item = meeting.agenda.get()
    think(item, headquarters)
    client = client_of(request.getfixturevalue(reader))
    if reader != "staff":
        assert OPINION in read(client, meeting.get_absolute_url())

    assert OPINION not in read(client, papers(meeting))


def test_papers_are_for_staff(meeting: Meeting, client_of: Clients) -> None:
    for url in (papers(meeting), style(meeting)):
        assert client_of(None).get(url).headers["Location"].startswith("/login/")


def test_papers_of_no_sitting(small_edition: Edition, client_of: Clients, staff: User) -> None:
    for name in ("meeting_papers", "meeting_papers_style"):
        assert client_of(staff).get(reverse(name, args=[ABSENT])).status_code == 404


def test_papers_are_only_read(meeting: Meeting, client_of: Clients, secretariat: User) -> None:
    for url in (papers(meeting), style(meeting)):
        assert client_of(secretariat).post(url).status_code == 405


def test_many_rows_take_as_many_queries_as_few(
    meeting: Meeting,
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    client = client_of(secretariat)
    with as_many_queries(client, papers(meeting)):
        other = held(small_edition, secretariat, number=3)
        for place in range(12):
            put(meeting, secretariat, f"議題その{place}")
            decide(other, secretariat, welfare, text=f"{INSTRUCTION}{place}")

    assert read(client, papers(meeting)).count(INSTRUCTION) == 13


def test_what_another_sitting_of_the_same_day_decides_is_past_for_the_later_one_alone(
    small_edition: Edition, secretariat: User, welfare: Department
) -> None:
    first = decided(small_edition, secretariat, welfare, text="先の会議の指示")
    second = held(small_edition, secretariat, number=2)
    decide(second, secretariat, welfare, text="後の会議の指示")

    told = [
        [row.decision.text for row in meeting_papers(meeting, PAST).past]
        for meeting in (first.meeting, second)
    ]

    assert told == [[], ["先の会議の指示"]]
