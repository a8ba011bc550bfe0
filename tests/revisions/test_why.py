"""/editions/<number>/why/…: the story of one text through the editions, and where each change came from."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import adopted, merge, reword, section_of, split_off, text_of, write_section
from meeting_cast import closed, decided
from query_counts import asked_by_page, assert_as_many
from report_cast import publish
from why_cast import shown, turns

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from reviews.enums import DecisionKind
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_end
from revisions.enums import OriginKind
from revisions.models import Origin
from rounds.models import Answer

Clients = Callable[[User | None], Client]
ITEM = "/editions/1.1/why/items/1-A-1/"
SECTION = "/editions/1.1/why/sections/purpose/"


@pytest.fixture
@lasting
def revised(upon_problem: Decision, draft: Edition, secretariat: User) -> Edition:
    """第1.1版 in force: 1-A-1 reworded upon the decision."""
    reword(
        draft,
        "1-A-1",
        title="届出のオンライン化",
        reason="名が変わったため。",
        by=secretariat,
        origin=Origin(OriginKind.DECISION, upon_problem),
    )
    return adopted(draft, secretariat)


# It works


def test_each_edition_tells_what_it_changed_and_why(
    revised: Edition, secretariat: User, client_of: Clients
) -> None:
    page = shown(client_of(secretariat), ITEM)

    newest, oldest = turns(page)
    assert "第1.1版 施行中 文言変更" in newest
    assert "重点項目 申請 届出 のオンライン化" in newest
    assert "理由：名が変わったため。 （ 令和8年10月15日 事務 局子）" in newest
    assert "第1.0版 旧版 はじめから" in oldest
    assert "<del>申請</del><ins>届出</ins>" in page
    assert "第1.0版から計画にあります。版の改定で変わったのは1回です。" in page


def test_a_lost_star_is_called_so_and_not_a_change_of_words(
    upon_problem: Decision, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    origin = Origin(OriginKind.DECISION, upon_problem)
    reword(draft, "1-A-2", is_study=False, by=secretariat, origin=origin)
    adopted(draft, secretariat)

    newest = turns(shown(client_of(None), "/editions/1.1/why/items/1-A-2/"))[0]

    assert "第1.1版 施行中 具体化（★解除）" in newest
    assert "文言変更" not in newest


def test_staff_walk_back_from_the_words_to_the_answer_link_by_link(
    revised: Edition, upon_problem: Decision, answer: Answer, secretariat: User, client_of: Clients
) -> None:
    page = shown(client_of(secretariat), ITEM)

    steps = page[page.index('<ol class="why-steps">') :]
    links = re.findall(r'href="([^"]+)"', steps[: steps.index("</ol>")])
    report = upon_problem.meeting.report
    entry = upon_problem.agenda_item.entry
    assert report is not None
    assert entry is not None
    assert links == [
        upon_problem.get_absolute_url(),
        upon_problem.agenda_item.get_absolute_url(),
        f"{report.get_absolute_url()}#item-1-A-1",
        f"/items/1-A-1/#entry-{entry.pk}",
        answer.get_absolute_url(),
    ]
    client = client_of(secretariat)
    for link in links:
        target = shown(client, link)
        _, _, anchor = link.partition("#")
        assert not anchor or f'id="{anchor}"' in target


def test_the_public_reads_the_reason_and_what_was_published(
    revised: Edition, upon_problem: Decision, answer: Answer, secretariat: User, client_of: Clients
) -> None:
    before = shown(client_of(None), ITEM)
    report = upon_problem.meeting.report
    assert report is not None
    publish(report, secretariat)

    page = shown(client_of(None), ITEM)

    assert "名が変わったため。" in page
    assert f"{upon_problem.code} 改定" in page
    assert upon_problem.meeting.title in page
    assert report.get_absolute_url() not in before
    assert f"{report.get_absolute_url()}#item-1-A-1" in page
    for hidden in (
        upon_problem.get_absolute_url(),
        upon_problem.agenda_item.title,
        answer.get_absolute_url(),
        secretariat.name,
        "照会への回答",
    ):
        assert hidden not in page


def test_a_draft_is_a_turn_for_staff_alone(
    revised: Edition, secretariat: User, staff: User, client_of: Clients
) -> None:
    draft = open_draft(base=revised, major=1, minor=2, by=secretariat)
    reword(draft, "1-A-1", overview="まだ案です。", reason="内輪の理由。", by=secretariat)

    assert "内輪の理由。" in shown(client_of(staff), ITEM)
    page = shown(client_of(None), ITEM)

    assert "内輪の理由。" not in page
    assert "第1.2版" not in page


def test_the_story_goes_on_with_the_item_that_another_was_split_from(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    reword(draft, "1-A-1", overview="申請を広げます。", reason="広げるため。", by=secretariat)
    first = adopted(draft, secretariat)
    second = open_draft(base=first, major=1, minor=2, by=secretariat)
    split = split_off(second, by=secretariat)
    adopt_edition(
        edition=second,
        decided_on=date(2026, 10, 11),
        effective_from=date(2026, 10, 12),
        basis="本部会議",
        by=secretariat,
    )

    page = shown(client_of(None), f"/editions/1.2/why/items/{split.code}/")

    newest, middle, oldest = turns(page)
    assert "第1.2版 施行中 分割" in newest
    assert "1-A-1 申請のオンライン化 （第1.1版）から分かれました。" in newest
    assert "理由：別に進めるため。" in newest
    assert "1-A-1 のとき" in middle
    assert "理由：広げるため。" in middle
    assert "1-A-1 のとき" in oldest
    back = turns(shown(client_of(None), "/editions/1.2/why/items/1-A-1/"))[0]
    assert f"{split.code} 決済のオンライン化 を分けました。" in back


def test_the_story_of_a_merged_item_says_where_it_went(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    merge(draft, "1-A-2", by=secretariat)
    adopted(draft, secretariat)

    page = shown(client_of(None), "/editions/1.1/why/items/1-A-2/")
    into = turns(shown(client_of(None), ITEM))

    assert "第1.1版には、この箇所はありません。" in page
    assert "1-A-1 申請のオンライン化 に統合しました。" in turns(page)[0]
    assert "1-A-2 遠隔相談 （第1.0版）を統合しました。" in into[0]
    assert "1-A-2 のとき" in into[2]


def test_an_item_that_ended_says_so(draft: Edition, secretariat: User, client_of: Clients) -> None:
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終えるため。", by=secretariat)
    adopted(draft, secretariat)

    newest, _ = turns(shown(client_of(None), "/editions/1.0/why/items/1-B-1/"))

    assert "第1.1版 施行中 終了" in newest
    assert "理由：終えるため。" in newest


def test_what_never_changed_says_so(revised: Edition, client_of: Clients) -> None:
    page = shown(client_of(None), "/editions/1.1/why/axes/1/")

    assert "それから変わっていません。" in page
    assert "前の版と同じです。" in turns(page)[0]


# It is refused


@pytest.mark.parametrize(
    "place", ["items/9-Z-9", "sections/nowhere", "axes/9", "policies/9-Z", "edition/1", "items/"]
)
def test_what_no_edition_has_is_missing(
    small_edition: Edition, place: str, client_of: Clients
) -> None:
    assert client_of(None).get(f"/editions/1.0/why/{place}/").status_code == 404


def test_an_unknown_edition_is_missing(small_edition: Edition, client_of: Clients) -> None:
    assert client_of(None).get("/editions/9.9/why/items/1-A-1/").status_code == 404


def test_what_only_a_draft_has_is_missing_for_the_public(
    amended: Edition, staff: User, client_of: Clients
) -> None:
    code = amended.item_texts.get(title="業務の見直し").focus_item.code
    address = f"/editions/1.0/why/items/{code}/"

    assert client_of(staff).get(address).status_code == 200
    assert client_of(None).get(address).status_code == 404


def test_nothing_is_written_here(small_edition: Edition, client_of: Clients) -> None:
    assert client_of(None).post(ITEM.replace("1.1", "1.0")).status_code == 405


# It stays as quick


def test_ten_editions_take_as_many_queries_as_two(
    revised: Edition, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)

    places = ("items/1-A-1", "sections/purpose", "axes/1")
    of_two = [asked_by_page(client, f"/editions/1.1/why/{place}/") for place in places]
    edition, meeting = revised, Decision.objects.get().meeting
    for minor in range(2, 11):
        draft = open_draft(base=edition, major=1, minor=minor, by=secretariat)
        decision = decided(
            draft, secretariat, None, kind=DecisionKind.AMENDMENT, text=f"{minor}回目。"
        )
        reword(
            draft,
            "1-A-1",
            overview=f"{minor}回目の概要です。",
            by=secretariat,
            origin=Origin(OriginKind.DECISION, decision),
        )
        body = f"{section_of(draft).body}\n\n{minor}回目の段落。"
        write_section(draft, "purpose", body, by=secretariat)
        edition = adopt_edition(
            edition=draft,
            decided_on=date(2026, 10, 11),
            effective_from=date(2026, 10, 10) + timedelta(days=minor),
            basis="本部会議",
            by=secretariat,
        )
    closed(meeting, secretariat)

    for few, place in zip(of_two, places, strict=True):
        many = asked_by_page(client, f"/editions/1.10/why/{place}/")
        assert_as_many(few, many, of=place)
