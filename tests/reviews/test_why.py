"""/editions/<number>/why/…: the story of one text through the editions, and where each change came from."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from draft_cast import adopted, reword, text_of
from meeting_cast import closed, decided, held, put
from report_cast import publish, sealed

from initiatives.actions import AnswerContent, accept_answer, send_answer
from initiatives.models import Answer, Initiative
from people.models import User
from plans.actions import open_draft
from plans.models import Edition, FocusItem
from reviews.actions import (
    Verdict,
    adopt_edition,
    amend_end,
    amend_merge,
    amend_move_axis,
    amend_move_policy,
    amend_move_section,
    amend_policy,
    amend_section,
    amend_split,
    record_decision,
)
from reviews.enums import DecisionKind, OriginKind
from reviews.models import Decision, Origin

Clients = Callable[[User | None], Client]
ITEM = "/editions/1.1/why/items/1-A-1/"
SECTION = "/editions/1.1/why/sections/purpose/"


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def turns(page: str) -> list[str]:
    """Return the words of each turn of the story, newest first."""
    story = page[page.index('<ol class="timeline">') :]
    return [plain(part) for part in story.split('<li class="timeline__entry')[1:]]


@pytest.fixture
def decision(
    answer: Answer,
    content: Callable[..., AnswerContent],
    small_edition: Edition,
    editor: User,
    secretariat: User,
) -> Decision:
    """What the 本部 decided on the 課題 of an answer, with the sealed report before it."""
    said = content(problem="窓口の名が古い。", for_headquarters=True)
    send_answer(answer=answer, content=said, opened_revision=0, by=editor)
    sent = Answer.objects.get(pk=answer.pk)
    accept_answer(
        answer=sent,
        opened_revision=sent.revision,
        initiative_revision=Initiative.objects.get(pk=sent.initiative_id).revision,
        by=secretariat,
    )
    entry = Answer.objects.get(pk=answer.pk).entry
    item = FocusItem.objects.get(code="1-A-1")
    meeting = held(small_edition, secretariat, report=sealed(small_edition, secretariat))
    agenda = put(meeting, secretariat, "窓口の名", kind="problem", focus_item=item, entry=entry)
    verdict = Verdict(kind=DecisionKind.AMENDMENT, text="名を改める。", focus_items=[item])
    return record_decision(agenda_item=agenda, verdict=verdict, by=secretariat)


@pytest.fixture
def revised(decision: Decision, draft: Edition, secretariat: User) -> Edition:
    """第1.1版 in force: 1-A-1 reworded upon the decision."""
    reword(
        draft,
        "1-A-1",
        title="届出のオンライン化",
        reason="名が変わったため。",
        by=secretariat,
        origin=Origin(OriginKind.DECISION, decision),
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


def test_staff_walk_back_from_the_words_to_the_answer_link_by_link(
    revised: Edition, decision: Decision, answer: Answer, secretariat: User, client_of: Clients
) -> None:
    page = shown(client_of(secretariat), ITEM)

    steps = page[page.index('<ol class="why-steps">') :]
    links = re.findall(r'href="([^"]+)"', steps[: steps.index("</ol>")])
    report = decision.meeting.report
    entry = decision.agenda_item.entry
    assert report is not None
    assert entry is not None
    assert links == [
        decision.get_absolute_url(),
        decision.agenda_item.get_absolute_url(),
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
    revised: Edition, decision: Decision, answer: Answer, secretariat: User, client_of: Clients
) -> None:
    before = shown(client_of(None), ITEM)
    report = decision.meeting.report
    assert report is not None
    publish(report, secretariat)

    page = shown(client_of(None), ITEM)

    assert "名が変わったため。" in page
    assert f"{decision.code} 改定" in page
    assert decision.meeting.title in page
    assert report.get_absolute_url() not in before
    assert f"{report.get_absolute_url()}#item-1-A-1" in page
    for hidden in (
        decision.get_absolute_url(),
        decision.agenda_item.title,
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
    text = text_of(second)
    split = amend_split(
        text=text,
        policy=text.policy,
        title="決済のオンライン化",
        overview="決済を別に進めます。",
        is_study=False,
        opened_version=text.version,
        reason="別に進めるため。",
        by=secretariat,
    )
    adopt_edition(
        edition=second,
        decided_on=date(2026, 10, 11),
        effective_from=date(2026, 10, 12),
        basis="本部会議",
        by=secretariat,
    )

    page = shown(client_of(None), f"/editions/1.2/why/items/{split.focus_item.code}/")

    newest, middle, oldest = turns(page)
    assert "第1.2版 施行中 分割" in newest
    assert "1-A-1 申請のオンライン化 （第1.1版）から分かれました。" in newest
    assert "理由：別に進めるため。" in newest
    assert "1-A-1 のとき" in middle
    assert "理由：広げるため。" in middle
    assert "1-A-1 のとき" in oldest
    back = turns(shown(client_of(None), "/editions/1.2/why/items/1-A-1/"))[0]
    assert f"{split.focus_item.code} 決済のオンライン化 を分けました。" in back


def test_the_story_of_a_merged_item_says_where_it_went(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    text = text_of(draft, "1-A-2")
    amend_merge(
        text=text,
        into=text_of(draft),
        opened_version=text.version,
        reason="一つにするため。",
        by=secretariat,
    )
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


def test_a_section_tells_since_when_each_paragraph_stands_so(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    section = draft.sections.get(key="purpose")
    amend_section(
        section=section,
        number=section.number,
        title=section.title,
        body=section.body.replace("毎年度、見直します。", "毎年度、必ず見直します。"),
        opened_version=section.version,
        reason="必ず見直すため。",
        by=secretariat,
    )
    adopted(draft, secretariat)

    page = shown(client_of(None), SECTION)

    passages = page[page.index("why-passages") :].split("</ul>\n    <p")[0]
    rows = [plain(row) for row in passages.split("why-passages__since")]
    assert "生きた計画です。" in rows[0]
    assert "第1.0版 から" in rows[1]
    assert "毎年度、必ず見直します。" in rows[1]
    assert "第1.1版 から" in rows[2]
    newest, oldest = turns(page)
    assert "毎年度、 必ず 見直します。" in newest
    assert "生きた計画です。" not in newest
    assert "理由：必ず見直すため。" in newest
    assert "はじめから" in oldest


def test_a_policy_has_a_story_too(draft: Edition, secretariat: User, client_of: Clients) -> None:
    policy = draft.policies.get(key="1-A")
    amend_policy(
        policy=policy,
        name="行かなくてよい窓口",
        opened_version=policy.version,
        reason="言い方を改めるため。",
        by=secretariat,
    )
    adopted(draft, secretariat)

    page = shown(client_of(None), "/editions/1.1/why/policies/1-A/")

    newest, _ = turns(page)
    assert "第1.1版 施行中 文言変更" in newest
    assert "名称" in newest
    assert "<ins>くてよ</ins>" in page
    assert "理由：言い方を改めるため。" in newest


def test_a_number_that_changed_along_with_its_policy_leads_to_that_story(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    policy = draft.policies.select_related("edition", "axis").get(key="1-B")
    amend_move_policy(
        policy=policy,
        axis=policy.axis,
        after=None,
        opened_version=policy.version,
        reason="先に進めるため。",
        by=secretariat,
    )
    adopted(draft, secretariat)
    client = client_of(None)

    item = shown(client, "/editions/1.1/why/items/1-B-1/")
    story = shown(client, "/editions/1.1/why/policies/1-B/")

    assert "1-A-1（番号 1-B-1）" in plain(item).replace(" （番号", "（番号")
    assert 'href="/editions/1.1/why/policies/1-B/"' in item
    assert "に合わせて、番号が変わりました。" in turns(item)[0]
    assert "番号が変わりました（取組方針 1-B 迷わない窓口→取組方針 1-A 迷わない窓口）。" in story
    assert "理由：先に進めるため。" in story


def test_an_axis_that_got_another_number_says_so_and_its_items_point_there(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    axis = draft.axes.select_related("edition").get(key="2")
    amend_move_axis(
        axis=axis,
        after=None,
        opened_version=axis.version,
        reason="先に示すため。",
        by=secretariat,
    )
    adopted(draft, secretariat)

    item = shown(client_of(None), "/editions/1.1/why/items/2-A-1/")

    assert 'href="/editions/1.1/why/axes/2/"' in item
    assert "理由：先に示すため。" in shown(client_of(None), "/editions/1.1/why/axes/2/")


def test_a_section_that_moved_says_from_where_to_where(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    sections = {s.key: s for s in draft.sections.select_related("edition", "parent")}
    moved = sections["results-desk"]
    amend_move_section(
        section=moved,
        parent=sections["purpose"],
        after=None,
        opened_version=moved.version,
        reason="趣旨の中で述べるため。",
        by=secretariat,
    )
    adopted(draft, secretariat)

    newest, _ = turns(shown(client_of(None), "/editions/1.1/why/sections/results-desk/"))

    assert "「③ 成果と課題」の中から「① 趣旨」の中へ" in newest
    assert "理由：趣旨の中で述べるため。" in newest


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


@pytest.mark.parametrize("place", ["items/1-A-1", "sections/purpose", "axes/1"])
def test_ten_editions_take_as_many_queries_as_two(
    revised: Edition, secretariat: User, client_of: Clients, place: str
) -> None:
    client = client_of(secretariat)

    def queries(number: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            shown(client, f"/editions/{number}/why/{place}/")
        return len(caught)

    few = queries("1.1")
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
        section = draft.sections.get(key="purpose")
        amend_section(
            section=section,
            number=section.number,
            title=section.title,
            body=f"{section.body}\n\n{minor}回目の段落。",
            opened_version=section.version,
            reason="加えるため。",
            by=secretariat,
        )
        edition = adopt_edition(
            edition=draft,
            decided_on=date(2026, 10, 11),
            effective_from=date(2026, 10, 10) + timedelta(days=minor),
            basis="本部会議",
            by=secretariat,
        )
    closed(meeting, secretariat)

    assert queries("1.10") == few
