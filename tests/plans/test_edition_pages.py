"""/editions/, /editions/2.0/ and /editions/2.0/items/1-A-3/."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from query_counts import as_many_queries, asked_by_page

from people.models import User
from plans.actions.drafting.items import add_item
from plans.actions.drafting.opening import open_draft
from plans.actions.errata import record_misprint
from plans.models import Edition
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text

ClientOf = Callable[[User | None], Client]
PAGES = ("/editions/", "/editions/1.0/", "/editions/1.0/items/1-A-2/")
DRAFT_PAGES = ("/editions/1.1/", "/editions/1.1/items/1-A-2/")


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


@pytest.fixture
def next_draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）, in which 1-A-2 is worded anew."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    text = draft.item_texts.get(focus_item__code="1-A-2")
    amend_text(
        text=text,
        title="遠隔窓口",
        overview=text.overview,
        is_study=text.is_study,
        opened_version=text.version,
        by=secretariat,
        reason="名称の変更",
    )
    return draft


def test_the_list_names_each_edition_with_its_state(
    client_of: ClientOf, small_edition: Edition
) -> None:
    page = html(client_of(None), "/editions/")

    assert "<title>版と改定 – ためし町DX計画 進行管理</title>" in page
    assert "第1.0版" in page
    assert "施行中" in page
    assert "令和8年3月25日" in page
    assert "令和8年4月1日" in page
    assert 'href="/editions/1.0/"' in page
    assert 'href="/editions/timeline/">計画の年表</a>' in page
    assert "<h1>計画の年表</h1>" in html(client_of(None), "/editions/timeline/")


def test_the_list_of_an_empty_database_says_what_to_do(db: None, client_of: ClientOf) -> None:
    assert "load_plan" in html(client_of(None), "/editions/")
    assert client_of(None).get("/editions/1.0/").status_code == 404


def test_a_draft_beside_an_edition_in_force_is_for_staff(
    client_of: ClientOf, next_draft: Edition, staff: User
) -> None:
    assert "第1.1版（案）" in html(client_of(staff), "/editions/")
    assert "第1.1版" not in html(client_of(None), "/editions/")
    for url in DRAFT_PAGES:
        assert "遠隔窓口" in html(client_of(staff), url)
        response = client_of(None).get(url)
        assert (response.status_code, response["Location"]) == (302, f"/login/?next={url}")


def test_the_living_draft_is_for_everyone(client_of: ClientOf, small_draft: Edition) -> None:
    for url in PAGES:
        assert "第1.0版（案）" in html(client_of(None), url)
    assert "まだ決定されていない版です" in html(client_of(None), "/editions/1.0/")


def test_only_the_secretariat_is_led_to_drafting(
    client_of: ClientOf, small_edition: Edition, secretariat: User, editor: User
) -> None:
    assert "次の版の案を作る" in html(client_of(secretariat), "/editions/")
    assert "次の版の案を作る" not in html(client_of(editor), "/editions/")
    assert "次の版の案を作る" not in html(client_of(None), "/editions/")


def test_an_edition_shows_its_text_alone(client_of: ClientOf, small_edition: Edition) -> None:
    page = html(client_of(None), "/editions/1.0/")

    assert "<title>第1.0版 – 版と改定 – ためし町DX計画 進行管理</title>" in page
    for anchor in ("purpose", "results-desk", "axis-1", "policy-1-A", "item-1-A-2"):
        assert page.count(f'id="{anchor}"') == 1
    assert "支所から本庁の職員に相談できるようにします。" in page
    assert "item-row__status" not in page
    assert 'href="/editions/1.0/items/1-A-2/"' in page


def test_a_superseded_edition_stays_and_leads_to_the_one_in_force(
    client_of: ClientOf, next_draft: Edition, secretariat: User
) -> None:
    before = html(client_of(None), "/editions/1.0/")
    adopt_edition(
        edition=next_draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部決定",
        by=secretariat,
    )

    page = html(client_of(None), "/editions/1.0/")

    assert "この版は、いまは効力がありません。" not in before
    assert "この版は、いまは効力がありません。" in page
    assert "第1.1版" in page
    assert "遠隔相談" in page
    assert "遠隔窓口" not in page
    new = html(client_of(None), "/editions/1.1/")
    assert "遠隔窓口" in new
    assert 'href="/editions/compare/1.0/1.1/">第1.0版との新旧対照表' in new
    assert "/editions/compare/" not in page


def test_an_edition_can_be_searched(client_of: ClientOf, small_edition: Edition) -> None:
    page = html(client_of(None), "/editions/1.0/?q=RPA")

    assert "「RPA」は 1か所にあります" in page
    assert '<a href="#item-2-A-1">2-A-1 定型業務の自動化</a>' in page
    assert "<mark>RPA</mark>" in page


def test_an_item_of_an_edition_leads_to_the_others(
    client_of: ClientOf, next_draft: Edition, staff: User
) -> None:
    old = html(client_of(staff), "/editions/1.0/items/1-A-2/")
    new = html(client_of(staff), "/editions/1.1/items/1-A-2/")

    assert "<title>1-A-2 遠隔相談 – 第1.0版 – ためし町DX計画 進行管理</title>" in old
    assert "検討項目" in old
    assert '後の版：<a href="/editions/1.1/items/1-A-2/">' in old
    assert "前の版：" not in old
    assert '前の版：<a href="/editions/1.0/items/1-A-2/">' in new
    assert 'href="/items/1-A-2/"' in old
    assert "/editions/1.1/" not in html(client_of(None), "/editions/1.0/items/1-A-2/")


def test_a_misprint_is_shown_with_the_text(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    record_misprint(
        edition=small_edition,
        place="items/1-A-1/overview",
        wrong="スマホ",
        right="スマートフォン",
        reason="用語の誤り",
        by=secretariat,
    )

    for url in ("/editions/1.0/", "/editions/1.0/items/1-A-1/", "/"):
        page = html(client_of(None), url)
        assert "「スマホ」は「スマートフォン」の誤りです。" in page
        assert "申請から決済までをスマホで完結させます。" in page


@pytest.mark.parametrize(
    "url",
    [
        "/editions/9.9/",
        "/editions/01.0/",
        "/editions/abc/",
        "/editions/1.0/items/9-Z-9/",
        "/editions/9.9/items/1-A-1/",
    ],
)
def test_what_does_not_exist_is_not_found(
    client_of: ClientOf, small_edition: Edition, url: str
) -> None:
    assert client_of(None).get(url).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_for_reading(client_of: ClientOf, small_edition: Edition, url: str) -> None:
    assert client_of(None).post(url).status_code == 405


def test_queries_do_not_grow_with_the_plan(
    client_of: ClientOf, next_draft: Edition, secretariat: User
) -> None:
    with as_many_queries(client_of(secretariat), *PAGES, *DRAFT_PAGES):
        for policy in next_draft.policies.all():
            for number in range(10):
                add_item(
                    policy=policy,
                    title=f"新しい項目{number}",
                    overview="概要",
                    is_study=False,
                    by=secretariat,
                    reason="試し",
                )

    assert [len(asked_by_page(client_of(None), url)) for url in PAGES] == [3, 7, 5]
