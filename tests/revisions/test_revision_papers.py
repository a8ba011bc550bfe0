"""The papers of a revision among those of the sitting that deliberates of it: on paper, on screen, in the workbook."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from beginnings import lasting
from compare_cast import add, adopt, change
from django.test import Client
from django.urls import reverse
from meeting_cast import planned, put
from query_counts import as_many_queries
from report_cast import sealed, workbook

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.models import Edition
from reviews.enums import AgendaKind
from reviews.models import Meeting
from reviews.queries.papers import meeting_papers
from reviews.queries.slide import Slide
from reviews.queries.slides import meeting_slides
from revisions.queries.slide_revision import revision_words

Clients = Callable[[User | None], Client]
NAMES = ("meeting_papers", "meeting_papers_style", "meeting_present", "meeting_workbook")
LATE, PAST = "遅れと決定", "前回決定事項の対応状況"
SUMMARY, COMPARISON = "改定の概要", "新旧対照表"
COMPARED = "/editions/compare/1.0/1.1"


@pytest.fixture
@lasting
def changed(draft: Edition, secretariat: User) -> Edition:
    return change(draft, secretariat)


@pytest.fixture
@lasting
def sitting(changed: Edition, secretariat: User) -> Meeting:
    """A sitting without a report that has the draft of 第1.1版 before it."""
    meeting = planned(changed, secretariat, number=2)
    put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=changed)
    return meeting


def read(client: Client, name: str, meeting: Meeting) -> str:
    answer = client.get(reverse(name, args=[meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def listed(page: str) -> list[str]:
    """Return the lines of 配布資料."""
    lines = re.search(r'<ul class="paper__list">(.*?)</ul>', page, re.S)
    assert lines is not None
    found = re.findall(r"<li>(.*?)</li>", lines[1])
    return [re.sub("<[^>]+>", " ", line).strip() for line in found]


def slide_of(meeting: Meeting) -> list[Slide]:
    current = Meeting.objects.select_related("plan").get(pk=meeting.pk)
    found = meeting_slides(meeting_papers(current, clock.today()), revision_words)
    return [slide for slide in found if slide.section == "議題"]


def agenda_sheet(client: Client, meeting: Meeting) -> list[Any]:
    content = client.get(reverse("meeting_workbook", args=[meeting.pk])).content
    rows = workbook(content)["次第"].iter_rows(values_only=True)
    return [cell for row in rows for cell in row if cell is not None]


# On paper


def test_a_draft_brings_its_two_papers(sitting: Meeting, client_of: Clients, staff: User) -> None:
    page = read(client_of(staff), "meeting_papers", sitting)

    assert listed(page) == [
        f"資料0  {LATE} （令和8年10月15日現在）",
        f"資料1  {PAST} （令和8年10月15日現在）",
        f"資料2  {SUMMARY} （第1.1版（案）　作成中）",
        f"資料3  {COMPARISON} （第1.1版（案）　作成中）",
    ]
    assert re.findall(r'paper__number">(.*?)<', page) == [f"資料{place}" for place in range(4)]
    assert "改定の概要と新旧対照表は変わります" in page
    assert f'href="{COMPARED}/summary/"' in page
    assert f'href="{COMPARED}/"' in page
    assert f'href="{COMPARED}.xlsx"' in page


@pytest.mark.parametrize(
    ("leaf", "start"), [("/summary/", "項目の数"), ("/", '<ul class="kinds">')]
)
def test_a_paper_is_what_its_own_page_shows(
    sitting: Meeting, client_of: Clients, staff: User, leaf: str, start: str
) -> None:
    client = client_of(staff)
    page = client.get(f"{COMPARED}{leaf}").content.decode()
    own = page[page.index(start) : page.index("</main>")].strip().removesuffix("</div>").strip()
    assert "窓口が変わったため。" in own

    assert own in read(client, "meeting_papers", sitting)


def test_one_is_printed_upright_and_the_other_sideways(
    sitting: Meeting, client_of: Clients, staff: User
) -> None:
    _, past, summary, comparison = re.findall(
        r"@page paper-\d .*", read(client_of(staff), "meeting_papers_style", sitting)
    )

    assert "landscape" in past
    assert "size: A4 !important" in summary
    assert "size: A4 landscape !important" in comparison
    drawn = '@top-center { content: "作成中"; }'
    assert [drawn in one for one in (past, summary, comparison)] == [False, True, True]


def test_after_adoption_the_papers_bear_its_day(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    adopt(changed, secretariat)
    client = client_of(secretariat)
    page = read(client, "meeting_papers", sitting)

    assert listed(page)[2:] == [
        f"資料2  {SUMMARY} （第1.1版　令和8年10月10日施行）",
        f"資料3  {COMPARISON} （第1.1版　令和8年10月10日施行）",
    ]
    assert "窓口が変わったため。" in page
    assert "作成中" not in page
    assert "作成中" not in read(client, "meeting_papers_style", sitting)


def test_a_draft_that_was_given_up_has_no_papers(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    client = client_of(secretariat)
    assert "窓口が変わったため。" in read(client, "meeting_papers", sitting)
    abandon_draft(draft=changed, reason="やり直すため。", by=secretariat)

    page = read(client, "meeting_papers", sitting)
    assert [line[:3] for line in listed(page)] == ["資料0", "資料1"]
    assert "窓口が変わったため。" not in page
    (slide,) = slide_of(sitting)
    assert [words.text for words in slide.words] == ["第1.1版（取りやめた案）"]
    assert COMPARISON not in " ".join(map(str, agenda_sheet(client, sitting)))


def test_an_edition_made_from_no_other_has_no_papers(
    small_edition: Edition, client_of: Clients, secretariat: User
) -> None:
    meeting = planned(small_edition, secretariat)
    put(meeting, secretariat, kind=AgendaKind.AMENDMENT, edition=small_edition)

    assert len(listed(read(client_of(secretariat), "meeting_papers", meeting))) == 2
    assert [words.text for words in slide_of(meeting)[0].words] == ["第1.0版"]


def test_two_editions_of_one_sitting_have_two_papers_each(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    adopted = adopt(changed, secretariat)
    later = open_draft(base=adopted, major=1, minor=2, by=secretariat)
    put(sitting, secretariat, "次の案", kind=AgendaKind.AMENDMENT, edition=later)
    page = read(client_of(secretariat), "meeting_papers", sitting)

    assert [line[:3] for line in listed(page)] == [f"資料{place}" for place in range(6)]
    assert listed(page)[-1] == f"資料5  {COMPARISON} （第1.2版（案）　作成中）"
    assert page.count("第1.1版と第1.2版（案）の文言に、違いはありません。") == 2
    assert agenda_sheet(client_of(secretariat), sitting).count("資料4・資料5") == 1


def test_an_opened_draft_says_that_it_changes_nothing(
    draft: Edition, client_of: Clients, secretariat: User
) -> None:
    meeting = planned(draft, secretariat)
    put(meeting, secretariat, kind=AgendaKind.AMENDMENT, edition=draft)
    told = "第1.0版と第1.1版（案）の文言に、違いはありません。"

    assert read(client_of(secretariat), "meeting_papers", meeting).count(told) == 2
    assert [words.text for words in slide_of(meeting)[0].words] == [told]


def test_a_sealed_report_keeps_its_numbers_beside_a_draft(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    report = sealed(changed, secretariat)
    Meeting.objects.filter(pk=sitting.pk).update(report=report)
    page = read(client_of(secretariat), "meeting_papers", sitting)

    assert [line.split()[1] for line in listed(page)][4:] == [
        *(PAST, "検討項目（★）"),
        *(SUMMARY, COMPARISON),
    ]
    assert [line for line in listed(page) if "作成中" in line] == listed(page)[6:]


# On the screen


def test_a_slide_tells_counts_and_changes_and_leads_to_the_papers(sitting: Meeting) -> None:
    slides = slide_of(sitting)
    page = reverse("meeting_papers", args=[sitting.pk])

    for slide in slides:
        assert [(fact.label, fact.text, fact.url) for fact in slide.facts] == [
            ("区分", "改定案", ""),
            ("扱い", "報告", ""),
            ("資料2", SUMMARY, f"{page}#paper-2"),
            ("資料3", COMPARISON, f"{page}#paper-3"),
        ]
    counts, *told = (one for slide in slides for one in slide.words)
    items, changes = counts.text.split("\n")
    assert counts.label == "項目の数"
    assert items == "重点項目 4 → 4（±0）、うち検討項目 ★ 1 → 1（±0）"
    assert {"新設 1", "終了 1"} <= set(changes.split("、"))
    assert "同一" not in changes
    assert [(words.label, words.lead, words.text) for words in told] == [
        ("新設", "1-A-3 書かない窓口", "理由：始めるため。"),
        ("終了", "1-B-1 手続きの案内", "理由：終えるため。"),
        ("具体化（★解除）", "1-A-2 遠隔相談", "理由：実施を決めたため。"),
        (
            "文言変更",
            "1-A-1 申請のオンライン化",
            "「スマホ」を「スマートフォン」に 理由：窓口が変わったため。",
        ),
    ]


def test_a_slide_leaves_the_rest_to_the_paper(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    for number in range(6):
        add(changed, title=f"項目{number}", reason="長い理由。" * 100, by=secretariat)
    words = [one for slide in slide_of(sitting) for one in slide.words]

    assert "主な変更5件を示します。ほかの5件は資料3にあります。" in words[0].text
    assert len(words) == 6
    assert {words[place].text[-1] for place in range(2, 6)} == {"…"}
    page = read(client_of(secretariat), "meeting_present", sitting)
    assert f'<a href="/meetings/{sitting.pk}/papers/#paper-3">{COMPARISON}</a>' in page


# In the workbook


def test_the_workbook_names_the_papers_by_their_numbers(
    sitting: Meeting, client_of: Clients, staff: User
) -> None:
    said = agenda_sheet(client_of(staff), sitting)

    assert "資料2・資料3" in said
    assert said[said.index("資料2") + 1] == f"{SUMMARY}（第1.1版（案）　作成中、別紙）"
    assert said[said.index("資料3") + 1] == f"{COMPARISON}（第1.1版（案）　作成中、別ファイル）"


# Whose it is, and what it costs


def test_the_pages_of_a_revision_lead_staff_to_the_sitting(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User, staff: User
) -> None:
    link = f'href="{sitting.agenda.get().get_absolute_url()}"'
    for leaf in ("/", "/summary/"):
        assert link in client_of(staff).get(f"{COMPARED}{leaf}").content.decode()
    adopt(changed, secretariat)

    for leaf in ("/", "/summary/"):
        assert link in client_of(staff).get(f"{COMPARED}{leaf}").content.decode()
        assert link not in client_of(None).get(f"{COMPARED}{leaf}").content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_draft_reaches_who_has_not_signed_in(
    sitting: Meeting, client_of: Clients, name: str
) -> None:
    answer = client_of(None).get(reverse(name, args=[sitting.pk]))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")
    assert answer.content == b""


def test_many_changes_take_as_many_queries_as_few(
    sitting: Meeting, changed: Edition, client_of: Clients, secretariat: User
) -> None:
    client = client_of(secretariat)
    with as_many_queries(client, *(reverse(name, args=[sitting.pk]) for name in NAMES)):
        for number in range(30):
            add(changed, title=f"項目{number}", reason="増やす。", by=secretariat)

    assert "項目29" in read(client, "meeting_papers", sitting)
