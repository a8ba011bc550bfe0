"""The screen of the meeting room: which slides there are, in what order, and that nothing is lost or shown too much."""

import re
from collections.abc import Callable
from datetime import date
from itertools import groupby

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from meeting_cast import INSTRUCTION, decide, held, planned, put, put_item
from paper_cast import (
    CAUSE,
    MEASURE,
    OPINION,
    PROBLEM,
    Record,
    decided_before,
    late,
    put_problem,
    reported,
    think,
)
from query_counts import as_many_queries
from row_numbers import ABSENT

from kirishima_dx import clock
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.enums import AgendaKind
from reviews.models import Meeting
from reviews.queries.papers import meeting_papers
from reviews.queries.slide import Slide
from reviews.queries.slides import meeting_slides
from revisions.actions.amending import amend_text
from revisions.queries.slide_revision import revision_words

Clients = Callable[[User | None], Client]


def present(meeting: Meeting) -> str:
    return reverse("meeting_present", args=[meeting.pk])


def slides(meeting: Meeting) -> list[Slide]:
    current = Meeting.objects.select_related("plan").get(pk=meeting.pk)
    return meeting_slides(meeting_papers(current, clock.today()), revision_words)


def told(slide: Slide) -> dict[str, str]:
    return {words.label: words.text for words in slide.words}


def of_section(found: list[Slide], section: str) -> list[Slide]:
    return [slide for slide in found if slide.section.startswith(section)]


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
    """A sitting on a draft report with one late item, its problem, and one past decision."""
    record(responsible, by=editor, as_of=date(2026, 3, 31))
    entry = late(record, responsible, editor)
    decided_before(small_edition, secretariat, welfare, responsible)
    meeting = reported(small_edition, secretariat)
    put_problem(meeting, entry, secretariat)
    return meeting


def test_what_is_late_comes_first_and_decisions_last(meeting: Meeting) -> None:
    found = slides(meeting)

    assert [section for section, _ in groupby(slide.section for slide in found)] == [
        "次第",
        "遅れている取組（資料0）",
        "お諮りすること（資料0）",
        "遅れている取組（資料0）",
        "総括表（資料1）",
        "前年度との比較（資料2）",
        "課題・協議事項（資料3）",
        "検討項目（★）（資料5）",
        "議題",
        "前回までの決定・指示事項（資料4）",
        "決定の確認",
    ]


def test_a_late_item_says_why_and_since_when(meeting: Meeting) -> None:
    counts, slide = of_section(slides(meeting), "遅れている")

    assert counts.title == "遅れている取組は1件です（令和8年9月30日現在）"
    assert [fact.text for fact in counts.facts] == ["1件", "0件", "3件", "0件"]
    assert slide.title == "1-A-1　申請のオンライン化"
    assert told(slide) == {"遅れの原因": CAUSE, "遅れの対応策": MEASURE}
    assert [(fact.label, fact.text, fact.mark) for fact in slide.facts] == [
        ("進捗評価", "遅れている", "▲"),
        ("遅れ", "令和8年9月30日から", ""),
        ("期限", "R9.1末", ""),
        ("担当", "福祉課", ""),
    ]


def test_a_date_that_slipped_is_told_beside_the_first(
    meeting: Meeting, responsible: FocusItem, editor: User, record: Record
) -> None:
    late(record, responsible, editor, new_due_date=date(2027, 2, 28))
    slide = of_section(slides(meeting), "遅れている")[1]

    facts = {fact.label: fact.text for fact in slide.facts}
    assert facts["遅れ"] == "令和8年9月30日から"
    assert facts["期限"] == "R9.1末 → R9.2末"
    assert "期限を延ばした項目" in [slide.title for slide in slides(meeting)]


def test_the_worst_comes_before_the_bad(
    meeting: Meeting, small_edition: Edition, secretariat: User, record: Record
) -> None:
    first, other = (
        FocusItem.objects.get(plan=small_edition.plan, code=code) for code in ("1-A-2", "1-B-1")
    )
    late(record, first, secretariat, rating="slightly_late")
    late(record, other, secretariat)

    titles = [slide.title for slide in of_section(slides(meeting), "遅れている")][1:]
    assert [title[:5] for title in titles] == ["1-A-1", "1-B-1", "1-A-2"]


def test_changes_and_problems_are_told(meeting: Meeting) -> None:
    found = slides(meeting)
    worse = next(slide for slide in found if slide.title == "評価が下がった項目")
    (problem,) = of_section(found, "課題・協議事項")

    assert told(worse) == {"1-A-1": "順調 → 遅れている"}
    assert told(problem)["課題"] == PROBLEM


def test_agenda_items_bring_their_matter(
    meeting: Meeting, draft: Edition, secretariat: User, responsible: FocusItem
) -> None:
    text = draft.item_texts.get(focus_item=responsible)
    amend_text(
        text=text,
        title="改めた題",
        overview=text.overview,
        is_study=False,
        opened_version=text.version,
        reason="分かりやすくするため",
        by=secretariat,
    )
    put_item(meeting, responsible, secretariat, title="一つの項目", explanation="説明の文。")
    put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=draft)

    by_title = {slide.title: told(slide) for slide in of_section(slides(meeting), "議題")}
    assert by_title == {
        "議題1　令和8年度 年次報告": {"資料": "令和8年度 年次報告（令和8年9月30日現在）"},
        "議題2　端末の不足": {
            "重点項目": "1-A-1　申請のオンライン化",
            "課題": PROBLEM,
            "今後の取組": "対象を広げる。",
        },
        "議題3　一つの項目": {"説明・案": "説明の文。", "重点項目": "1-A-1　申請のオンライン化"},
        "議題4　改定案": {
            "項目の数": "重点項目 4 → 4（±0）、うち検討項目 ★ 1 → 1（±0）\n文言変更 1",
            "文言変更": "「申請のオンライン化」を「改めた題」に 理由：分かりやすくするため",
        },
    }


def test_overdue_decisions_come_first(
    meeting: Meeting, small_edition: Edition, welfare: Department, secretariat: User
) -> None:
    other = held(small_edition, secretariat, number=3)
    decide(other, secretariat, welfare, text="期限が先の指示", due_on=date(2027, 3, 1))
    decide(other, secretariat, welfare, text="期限が過ぎた指示", due_on=date(2026, 10, 14))

    (slide,) = of_section(slides(meeting), "前回まで")
    assert "期限が過ぎた指示" in slide.words[0].text
    assert slide.words[0].lead == "対応中　▲期限を過ぎている"
    assert [words.lead for words in slide.words[1:]] == ["対応中", "対応中"]


def test_decisions_of_the_sitting_are_confirmed_at_the_end(
    small_edition: Edition, welfare: Department, secretariat: User, responsible: FocusItem
) -> None:
    meeting = held(small_edition, secretariat)
    assert "まだ記録されていません" in slides(meeting)[-1].words[0].text
    decide(meeting, secretariat, welfare, focus_items=[responsible])

    (words,) = slides(meeting)[-1].words
    assert words.label == "R8-1-1"
    assert words.text == f"{INSTRUCTION}\n担当 福祉課　令和8年12月25日まで　重点項目 1-A-1"


def test_without_a_report_the_screen_says_so(small_edition: Edition, secretariat: User) -> None:
    titles = [slide.title for slide in slides(planned(small_edition, secretariat))]

    assert "年次報告は、この会議に付けられていません。" in titles


def test_a_long_text_goes_on_without_a_gap(
    meeting: Meeting, responsible: FocusItem, editor: User, record: Record
) -> None:
    cause = "".join(f"原因その{place}は、調整に時間がかかったことである。" for place in range(50))[
        :1000
    ]
    late(record, responsible, editor, delay_cause=cause, as_of=date(2026, 9, 30))

    found = of_section(slides(meeting), "遅れている")[1:]
    causes = [words for slide in found for words in slide.words if words.label == "遅れの原因"]
    assert len(found) > 1
    assert {slide.size for slide in found} == {"small"}
    assert "".join(words.text for words in causes) == cause
    assert [words.is_continued for words in causes] == [False] + [True] * (len(causes) - 1)
    assert [(slide.part, slide.parts) for slide in found] == [
        (place, len(found)) for place in range(1, len(found) + 1)
    ]


def test_the_page_shows_every_slide(meeting: Meeting, client_of: Clients, staff: User) -> None:
    page = client_of(staff).get(present(meeting)).content.decode()
    found = slides(meeting)

    assert page.count("data-slide") == len(found)
    assert re.findall(r'href="#(slide-\d+)"', page) == [
        f"slide-{place}" for place, slide in enumerate(found, start=1) if slide.part == 1
    ]
    for words in (CAUSE, MEASURE, INSTRUCTION, "作成中"):
        assert words in page


@pytest.mark.parametrize("reader", ["headquarters", "secretariat"])
def test_opinions_are_never_on_the_screen(
    meeting: Meeting,
    headquarters: User,
    client_of: Clients,
    request: pytest.FixtureRequest,
    reader: str,
) -> None:
    for item in meeting.agenda.all():
        think(item, headquarters)
    client = client_of(request.getfixturevalue(reader))
    assert OPINION in client.get(meeting.get_absolute_url()).content.decode()

    assert OPINION not in client.get(present(meeting)).content.decode()


def test_the_screen_is_for_staff(meeting: Meeting, client_of: Clients) -> None:
    assert client_of(None).get(present(meeting)).headers["Location"].startswith("/login/")


def test_the_screen_of_no_sitting(small_edition: Edition, client_of: Clients, staff: User) -> None:
    assert client_of(staff).get(reverse("meeting_present", args=[ABSENT])).status_code == 404


def test_the_screen_is_only_read(meeting: Meeting, client_of: Clients, secretariat: User) -> None:
    assert client_of(secretariat).post(present(meeting)).status_code == 405


def test_many_rows_take_as_many_queries_as_few(
    meeting: Meeting,
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    record: Record,
    client_of: Clients,
) -> None:
    client = client_of(secretariat)
    with as_many_queries(client, present(meeting)):
        other = held(small_edition, secretariat, number=3)
        for item in FocusItem.objects.filter(plan=small_edition.plan).exclude(code="1-A-1"):
            put_problem(meeting, late(record, item, secretariat), secretariat)
            put_item(meeting, item, secretariat)
            decide(other, secretariat, welfare, text=f"{INSTRUCTION}{item.code}")

    assert client.get(present(meeting)).content.decode().count(CAUSE) == 4
