"""The page of an item tells one story, also when it moved, was renumbered, split off or merged."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from draft_cast import merge, split_off, text_of
from query_counts import as_many_queries

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_move
from revisions.actions.amending_axes import (
    amend_add_axis,
    amend_add_policy,
    amend_end_axis,
    amend_end_policy,
)

Clients = Callable[[User | None], Client]
Record = Callable[..., Any]
ITEM = "/items/1-A-1/"


def page_of(client: Client, address: str = ITEM) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def history(page: str) -> list[str]:
    """Return the words of each point in the history, newest first."""
    story = page[page.index('<ol class="timeline">') : page.index("<aside")]
    return [plain(part) for part in story.split('<li class="timeline__entry')[1:]]


def adopt(draft: Edition, by: User, day: date = date(2026, 10, 1)) -> Edition:
    return adopt_edition(edition=draft, decided_on=day, effective_from=day, basis="本部会議", by=by)


@pytest.fixture
def draft(small_edition: Edition, secretariat: User) -> Edition:
    return open_draft(base=small_edition, major=1, minor=1, by=secretariat)


def test_an_item_that_moved_shows_both_numbers_and_its_whole_history(
    responsible: FocusItem,
    draft: Edition,
    record: Record,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 9, 1), achievements="移る前の実績。")
    text = text_of(draft)
    amend_move(
        text=text,
        policy=draft.policies.get(key="1-B"),
        after=text_of(draft, "1-B-1"),
        opened_version=text.version,
        reason="窓口をまとめるため。",
        by=secretariat,
    )
    adopt(draft, secretariat)
    record(responsible, by=editor, as_of=date(2026, 10, 5), achievements="移った後の実績。")

    page = page_of(client_of(None))

    assert "1-B-2（固有の番号 1-A-1）" in plain(page).replace(" （固有", "（固有")
    assert "番号 1-A-1 は、計画の中の場所が変わっても変わりません。" in page
    told = "".join(history(page))
    assert told.index("移った後の実績。") < told.index("第1.1版") < told.index("移る前の実績。")
    assert "<del>1-A-1</del><ins>1-B-2</ins>" in page
    row = client_of(None).get("/items/").content.decode()
    assert 'href="/items/1-A-1/"' in row


def test_what_was_split_off_begins_with_the_history_of_where_it_came_from(
    responsible: FocusItem,
    draft: Edition,
    record: Record,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    early = record(responsible, by=editor, as_of=date(2026, 9, 1), achievements="分かれる前。")
    item = split_off(draft, by=secretariat)
    adopt(draft, secretariat)
    late = record(responsible, by=editor, as_of=date(2026, 10, 5), achievements="分かれた後。")

    page = page_of(client_of(None), item.get_absolute_url())
    parent = page_of(client_of(None))

    told = history(page)
    of_before = next(one for one in told if "分かれる前。" in one)
    assert "1-A-1 のとき" in of_before
    assert f'id="entry-{early.pk}"' in page
    assert f'id="entry-{late.pk}"' not in page
    new = next(one for one in told if "第1.1版 の施行" in one)
    assert "1-A-1 申請のオンライン化 から分かれました。" in new
    assert "1-A-1 のとき" in next(one for one in told if "第1.0版 の施行" in one)
    assert "進捗の記録 0件" in page
    assert "分かれた後。" in parent
    assert f"{item.code} 決済のオンライン化 を分けました。" in plain(parent)


def test_an_item_that_others_merged_into_tells_theirs_and_they_say_where_they_went(
    responsible: FocusItem,
    draft: Edition,
    record: Record,
    secretariat: User,
    client_of: Clients,
) -> None:
    other = FocusItem.objects.get(code="1-A-2")
    record(other, by=secretariat, as_of=date(2026, 9, 1), achievements="統合の前の実績。")
    merge(draft, "1-A-2", by=secretariat)
    adopt(draft, secretariat)

    told = history(page_of(client_of(None)))
    gone = page_of(client_of(None), "/items/1-A-2/")

    assert "1-A-2 のとき" in next(one for one in told if "統合の前の実績。" in one)
    assert "1-A-2 遠隔相談 を統合しました。" in next(one for one in told if "第1.1版" in one)
    assert "この重点項目は第1.1版でほかの項目に統合されました" in gone
    assert any("統合 第1.1版の施行により統合 → 1-A-1" in one for one in history(gone))
    assert '引き継いだ項目：<a href="/items/1-A-1/">1-A-1 申請のオンライン化</a>' in gone
    assert "統合の前の実績。" in gone


def test_what_was_split_off_first_has_nothing_of_what_was_merged_in_afterwards(
    responsible: FocusItem,
    draft: Edition,
    record: Record,
    secretariat: User,
    client_of: Clients,
) -> None:
    other = FocusItem.objects.get(code="1-A-2")
    record(other, by=secretariat, as_of=date(2026, 9, 1), achievements="統合の前の実績。")
    item = split_off(draft, by=secretariat)
    merge(draft, "1-A-2", by=secretariat)
    adopt(draft, secretariat)

    page = page_of(client_of(None), item.get_absolute_url())

    assert "1-A-1 のとき" in plain(page)
    assert "統合の前の実績。" not in page


def test_what_a_draft_splits_is_no_history_yet(
    responsible: FocusItem, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    item = split_off(draft, by=secretariat)

    assert "を分けました。" not in page_of(client_of(secretariat))
    assert client_of(None).get(item.get_absolute_url()).status_code == 404


def test_an_ancestor_costs_as_many_queries_whatever_it_said(
    responsible: FocusItem,
    draft: Edition,
    record: Record,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    item = split_off(draft, by=secretariat)
    adopt(draft, secretariat)
    record(responsible, by=editor, as_of=date(2026, 8, 1))
    with as_many_queries(client_of(None), item.get_absolute_url()):
        for day in range(1, 20):
            record(responsible, by=editor, as_of=date(2026, 9, day), achievements=f"{day}件目")


# A major edition with other axes


def new_axis(draft: Edition, by: User, name: str) -> Any:
    axis = amend_add_axis(
        draft=draft, name=name, english="", tagline="", reason="組み替えるため。", by=by
    )
    return amend_add_policy(axis=axis, name=f"{name}の方針", reason="組み替えるため。", by=by)


@pytest.fixture
def rebuilt(small_edition: Edition, secretariat: User) -> Edition:
    """第2.0版: two new axes take all items, one of them goes on by a split as well; the old axes are gone."""
    draft = open_draft(base=small_edition, major=2, minor=0, by=secretariat)
    town = new_axis(draft, secretariat, "暮らし")
    work = new_axis(draft, secretariat, "仕事")
    for code, policy in (("1-A-1", town), ("1-A-2", town), ("1-B-1", town), ("2-A-1", work)):
        text = text_of(draft, code)
        last = policy.item_texts.order_by("-number").first()
        amend_move(
            text=text,
            policy=policy,
            after=text_of(draft, last.focus_item.code) if last else None,
            opened_version=text.version,
            reason="軸を組み替えるため。",
            by=secretariat,
        )
    split_off(draft, by=secretariat)
    for key in ("1-A", "1-B", "2-A"):
        policy = draft.policies.select_related("edition", "axis").get(key=key)
        amend_end_policy(
            policy=policy, opened_version=policy.version, reason="組み替えるため。", by=secretariat
        )
    for key in ("1", "2"):
        axis = draft.axes.select_related("edition").get(key=key)
        amend_end_axis(
            axis=axis, opened_version=axis.version, reason="組み替えるため。", by=secretariat
        )
    return adopt(draft, secretariat)


def test_a_major_edition_with_other_axes_goes_on_with_its_items(
    responsible: FocusItem,
    record: Record,
    editor: User,
    rebuilt: Edition,
    client_of: Clients,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 9, 1), achievements="旧い軸での実績。")
    client = client_of(None)

    plan, items, item = page_of(client, "/"), page_of(client, "/items/"), page_of(client)

    text = text_of(rebuilt)
    assert "第2.0版" in plan
    assert "暮らし" in plan
    assert "便利なまち" not in plan
    assert items.count('class="items-table__code"') == 5
    assert f'<td class="items-table__code">{text.place}</td>' in items
    assert f"{text.place}（固有の番号 1-A-1）" in plain(item).replace(" （固有", "（固有")
    assert "旧い軸での実績。" in item
    assert "軸を組み替えるため。" in item
    why = page_of(client, "/editions/2.0/why/items/1-A-1/")
    assert "理由：軸を組み替えるため。" in why
    assert "決済のオンライン化" in why
    axis = page_of(client, f"/editions/2.0/why/axes/{text.policy.axis.key}/")
    assert "新設" in axis
    assert client.get("/editions/2.0/why/axes/1/").status_code == 200


def test_the_item_split_off_in_the_major_edition_has_the_departments_and_the_story(
    responsible: FocusItem, rebuilt: Edition, client_of: Clients
) -> None:
    item = rebuilt.item_texts.get(title="決済のオンライン化").focus_item

    page = page_of(client_of(None), item.get_absolute_url())

    assert "福祉課" in page
    assert "1-A-1 のとき" in page
