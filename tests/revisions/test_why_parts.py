"""/editions/<number>/why/…: the story of a section, a policy and an axis."""

from collections.abc import Callable

from django.test import Client
from draft_cast import adopted, section_of, write_section
from why_cast import plain, shown, turns

from people.models import User
from plans.models import Edition
from revisions.actions.amending_axes import amend_move_axis, amend_move_policy, amend_policy
from revisions.actions.amending_sections import amend_move_section

Clients = Callable[[User | None], Client]
SECTION = "/editions/1.1/why/sections/purpose/"


def test_a_section_tells_since_when_each_paragraph_stands_so(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    body = section_of(draft).body.replace("毎年度、見直します。", "毎年度、必ず見直します。")
    write_section(draft, "purpose", body, by=secretariat, reason="必ず見直すため。")
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
