"""/: the plan whole, with today's state of each item."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from query_counts import as_many_queries

from initiatives.models import ProgressEntry
from initiatives.queries.states import living_plan
from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.items import add_item
from plans.actions.drafting.opening import open_draft
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem, Plan
from plans.plan_file.reader import parse_plan, read_plan_file
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
TODAY = date(2026, 10, 15)
LATE = {
    "rating": "late",
    "delay_cause": "部品の遅れ。",
    "countermeasure": "順を入れ替える。",
    "new_due_date": date(2027, 3, 31),
}


def html(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def row(page: str, place: str) -> str:
    """Return the part of the page that speaks of one item."""
    found = re.search(rf'<li class="item-row" id="item-{place}">.*?</li>', page, re.DOTALL)
    assert found is not None, place
    return found[0]


def test_an_empty_database_says_what_to_do(db: None, client_of: ClientOf) -> None:
    page = html(client_of(None))

    assert "計画がまだ読み込まれていません" in page
    assert "make run" in page
    assert "load_plan" in page


def test_the_whole_plan_is_there_in_the_order_of_the_document(
    client_of: ClientOf, small_draft: Edition
) -> None:
    page = html(client_of(None))

    assert "<title>未来図 – 第1.0版（案） – ためし町DX計画 進行管理</title>" in page
    ids = re.findall(r'<(?:section|li)[^>]* id="([^"]+)"', page)
    assert ids == [
        "purpose",
        "items",
        "axis-1",
        "policy-1-A",
        "item-1-A-1",
        "item-1-A-2",
        "policy-1-B",
        "item-1-B-1",
        "axis-2",
        "policy-2-A",
        "item-2-A-1",
        "results",
        "results-desk",
    ]
    for words in (
        "便利なまち",
        "Service",
        "手続きを変える",
        "毎年度、見直します。",
        "来庁が要らない。",
    ):
        assert words in page


def test_no_id_stands_twice(client_of: ClientOf, db: None) -> None:
    load_plan(read_plan_file(Path(settings.PLAN_FILE)))

    ids = re.findall(r' id="([^"]+)"', html(client_of(None), "/?q=DX"))

    assert len(ids) == len(set(ids))


def test_the_cover_tells_what_edition_it_is(client_of: ClientOf, small_draft: Edition) -> None:
    page = html(client_of(None))

    assert "ためし町企画課" in page
    assert "計画期間 令和8年度～令和9年度" in page
    assert '最終更新 <time datetime="2026-03-01">令和8年3月1日</time>' in page
    assert "（案）は、まだ決定されていない版です。" in page


def test_an_adopted_edition_is_no_longer_called_a_draft(
    client_of: ClientOf, small_edition: Edition
) -> None:
    page = html(client_of(None))

    assert "第1.0版" in page
    assert "（案）" not in page
    assert '決定 <time datetime="2026-03-25">令和8年3月25日</time>' in page
    assert '施行 <time datetime="2026-04-01">令和8年4月1日</time>' in page


def test_an_item_shows_where_it_stands_and_since_when(
    client_of: ClientOf, responsible: FocusItem, editor: User, record: Record
) -> None:
    record(responsible, by=editor, as_of=date(2026, 9, 30))

    item = row(html(client_of(None)), "1-A-1")

    assert 'class="chip status status--piloting"' in item
    assert "試行中" in item
    assert "順調" in item
    assert "令和8年9月30日" in item
    assert "福祉課" in item
    assert 'href="/items/1-A-1/"' in item


def test_g2_silence_is_shown_as_silence(client_of: ClientOf, small_edition: Edition) -> None:
    item = row(html(client_of(None)), "1-A-2")

    assert item.count("未回答") == 2
    assert "未設定" in item
    assert "★" in item


def test_an_entry_of_a_coming_day_is_not_shown_yet(
    client_of: ClientOf, responsible: FocusItem, editor: User, record: Record
) -> None:
    entry = record(responsible, by=editor, as_of=date(2026, 10, 15))
    assert entry.as_of == TODAY

    living = living_plan(responsible.plan, date(2026, 10, 14))

    assert living is not None
    assert [state.entry for state in living.items if state.text.place == "1-A-1"] == [None]


def test_after_the_bump_the_new_text_is_shown_with_the_old_record(
    client_of: ClientOf, responsible: FocusItem, editor: User, record: Record, secretariat: User
) -> None:
    record(responsible, by=editor)
    base = Edition.objects.get()
    draft = open_draft(base=base, major=1, minor=1, by=secretariat)
    text = draft.item_texts.get(focus_item=responsible)
    amend_text(
        text=text,
        title="申請の電子化",
        overview=text.overview,
        is_study=text.is_study,
        opened_version=text.version,
        by=secretariat,
        reason="名称の変更",
    )
    first = html(client_of(None))
    assert "申請のオンライン化" in first
    assert "版から変わったこと" not in first

    adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部決定",
        by=secretariat,
    )

    page = html(client_of(None))
    assert "第1.1版" in page
    assert "申請の電子化" in row(page, "1-A-1")
    assert "試行中" in row(page, "1-A-1")
    assert "申請のオンライン化" not in page
    assert 'href="/editions/compare/1.0/1.1/summary/">第1.0版から変わったこと' in page


def test_a_corrected_transcription_leads_to_its_erratum(
    client_of: ClientOf, small_draft: Edition
) -> None:
    page = html(client_of(None))

    assert '<a class="erratum-note__mark" href="/editions/errata/#erratum-1.0-1">正誤1</a>' in page


@pytest.mark.parametrize(
    ("words", "title", "links"),
    [
        ("RPA", "「RPA」は 1か所にあります", ["item-2-A-1"]),
        ("手続き 判定", "「手続き 判定」は 1か所にあります", ["item-1-B-1"]),
        ("見当たらない語", "「見当たらない語」は見つかりません", []),
        ("<b>", "「&lt;b&gt;」は見つかりません", []),
    ],
)
def test_search_shows_hits_above_the_text(
    client_of: ClientOf, small_draft: Edition, words: str, title: str, links: list[str]
) -> None:
    response = client_of(None).get("/", {"q": words})
    page = response.content.decode()

    assert title in page
    results = page[page.index('id="q-hits"') : page.index("検索の条件を消す")]
    assert re.findall(r'<a href="#([^"]+)">', results) == links
    assert "支所から本庁の職員に相談できるようにします。" in page


def test_words_too_long_to_search_are_told_and_kept(
    client_of: ClientOf, small_draft: Edition
) -> None:
    page = html(client_of(None), "/?q=" + "あ" * 101)

    assert "語句は100文字までにしてください。" in page
    assert "あ" * 101 in page
    assert "申請のオンライン化" in page


def test_an_empty_search_shows_no_results(client_of: ClientOf, small_draft: Edition) -> None:
    assert 'id="q-hits"' not in html(client_of(None), "/?q=")
    assert 'id="q-hits"' not in html(client_of(None), "/?q=%E3%80%80")


def test_a_plan_without_a_place_for_items_shows_them_last(db: None, client_of: ClientOf) -> None:
    load_plan(
        parse_plan(
            "plan: {code: a, name: 小計画, municipality: ためし村}\n"
            "edition: {number: '1.0', first_fiscal_year: 2026, last_fiscal_year: 2026}\n"
            "axes: [{number: 1, name: 軸名, policies: [{letter: A, name: 方針名, items: "
            "[{number: 1, title: 項目名, overview: 概要}]}]}]\n"
            "sections: [{key: purpose, title: 趣旨, body: 本文}]\n"
        )
    )

    page = html(client_of(None))

    assert page.index('id="purpose"') < page.index('id="item-1-A-1"')


def test_the_page_is_for_reading(client_of: ClientOf, small_draft: Edition) -> None:
    assert client_of(None).post("/").status_code == 405
    assert client_of(None).head("/").status_code == 200


def test_reading_may_be_closed(
    client_of: ClientOf, small_draft: Edition, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PUBLIC_READING", False)

    assert client_of(None).get("/")["Location"] == "/login/?next=/"
    assert "申請のオンライン化" in html(client_of(staff))


@pytest.mark.parametrize("person", ["editor", "certifier", "headquarters", "staff", "secretariat"])
def test_every_role_reads_it(
    request: pytest.FixtureRequest, client_of: ClientOf, small_edition: Edition, person: str
) -> None:
    assert "申請のオンライン化" in html(client_of(request.getfixturevalue(person)))


def test_queries_are_eleven_whatever_the_size(
    client_of: ClientOf, small_draft: Edition, secretariat: User, record: Record
) -> None:
    """Eight for the plan, one each for late items, the month and the rounds under way."""
    client = client_of(None)
    record(FocusItem.objects.all()[0], by=secretariat, **LATE)
    with as_many_queries(client, "/", "/?q=項目", most=11):
        for policy in small_draft.policies.all():
            for number in range(10):
                text = add_item(
                    policy=policy,
                    title=f"項目{number}",
                    overview="概要",
                    is_study=False,
                    by=secretariat,
                    reason="試し",
                )
                record(text.focus_item, by=secretariat, **LATE)
    assert Plan.objects.get().focus_items.count() == 34


def test_the_text_of_another_day_serves_where_both_know_the_edition_as_it_is(
    small_edition: Edition,
) -> None:
    plan, today = small_edition.plan, clock.today()
    living = living_plan(plan, today)
    assert living is not None
    again = living_plan(plan, today, beside=living)
    assert again is not None
    assert again.outline is living.outline

    planned = copy(living.outline.edition)
    planned.is_now = (
        small_edition  # As a day knows it that came before its adoption was taken back.
    )
    other = replace(living, outline=replace(living.outline, edition=planned))
    apart = living_plan(plan, today, beside=other)
    assert apart is not None
    assert apart.outline is not other.outline
    assert apart.outline.edition.is_now is None
