"""The page of one item: what is promised, where it stands, how it came there, and who sees what."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from query_counts import as_many_queries

from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import correct_entry, record_unchanged
from initiatives.models import Initiative
from initiatives.statement import Statement
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.enums import Fate
from plans.models import Edition, FocusItem, FocusItemText, ItemFate
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_end, amend_text
from rounds.actions.rounds import close_round
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
Record = Callable[..., Any]


def page_of(client: Client, address: str = "/items/1-A-1/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def revision(item: FocusItem) -> int:
    return Initiative.objects.get(focus_item=item).revision


def test_the_page_shows_promise_state_and_departments(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    record(responsible, by=editor)
    page = page_of(client_of(None))

    for shown in (
        "<title>1-A-1 申請のオンライン化 – 進捗一覧 – ためし町DX計画 進行管理</title>",
        "申請から決済までをスマホで完結させます。",
        "第1.0版（令和8年度～令和9年度）の文言",
        "試行中",
        "順調",
        '<li aria-current="step">③取組実行</li>',
        "予定どおり試行を始めたため。",
        '<time datetime="2026-09-30">令和8年9月30日</time>',
        "福祉課<span",
        "（<time",
        '"/items/1-A-2/" rel="next"',
    ):
        assert shown in page


def test_staff_find_the_answer_of_a_running_round(
    responsible: FocusItem,
    answer: Answer,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
    staff: User,
    client_of: Clients,
) -> None:
    closed = open_the_round(kind="ad_hoc", title="前の照会")
    close_round(round=closed, by=secretariat)

    page = page_of(client_of(staff))

    assert (
        f'<a href="{answer.get_absolute_url()}">令和8年度 上半期の照会への回答</a>：未回答' in page
    )
    assert "前の照会" not in page
    assert "への回答" not in page_of(client_of(None))


def test_silence_is_said(small_edition: Edition, client_of: Clients) -> None:
    page = page_of(client_of(None))

    assert "この項目の進捗は、まだ記録されていません。" in page
    assert "未設定" in page


def test_the_public_sees_departments_and_staff_sees_names(
    responsible: FocusItem, record: Record, editor: User, staff: User, client_of: Clients
) -> None:
    record(responsible, by=editor)
    public, internal = page_of(client_of(None)), page_of(client_of(staff))

    assert "福祉課、" in public
    assert "担当 太郎" not in public
    assert "担当の決定" not in public
    assert "福祉課 担当 太郎、" in internal
    assert "理由：担当の決定" in internal


def test_who_may_write_finds_the_buttons(
    responsible: FocusItem,
    record: Record,
    editor: User,
    staff: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    entry = record(responsible, by=editor)
    write, assign = '"/items/1-A-1/progress/"', '"/items/1-A-1/departments/"'
    correct = f'"/items/1-A-1/entries/{entry.pk}/correction/"'
    pages = {user: page_of(client_of(user)) for user in (None, staff, editor, secretariat)}

    assert [write in pages[user] for user in pages] == [False, False, True, True]
    assert [correct in pages[user] for user in pages] == [False, False, True, True]
    assert [assign in pages[user] for user in pages] == [False, False, False, True]


def test_the_history_shows_what_changed_and_why(
    responsible: FocusItem,
    record: Record,
    statement: Callable[..., Statement],
    editor: User,
    client_of: Clients,
) -> None:
    first = record(responsible, by=editor, as_of=date(2026, 6, 30), achievements="3団体を調べた。")
    record_unchanged(
        focus_item=responsible,
        as_of=date(2026, 7, 31),
        opened_revision=revision(responsible),
        by=editor,
    )
    correction = correct_entry(
        entry=first,
        statement=statement(achievements="4団体を調べた。"),
        as_of=date(2026, 6, 30),
        reason="団体の数の誤り。",
        opened_revision=revision(responsible),
        by=editor,
    )
    page = page_of(client_of(None))

    assert "変更なし" in page
    assert "<del>3</del><ins>4</ins>団体を調べた。" in page
    assert f'<a href="#entry-{first.pk}">' in page
    assert f'<a href="#entry-{correction.pk}">' in page
    assert page.count("理由：団体の数の誤り。") == 2
    assert "主担当課になった：福祉課" in page
    assert "第1.0版</a>の施行" in page


def test_a_choice_that_changed_is_marked_as_a_whole(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    record(responsible, by=editor, as_of=date(2026, 6, 30), rating="mostly_on_track")
    record(responsible, by=editor, as_of=date(2026, 9, 30), rating="on_track")

    assert "<del>概ね順調</del><ins>順調</ins>" in page_of(client_of(None))


def test_a_change_of_departments_stays_on_record(
    responsible: FocusItem, secretariat: User, planning: Department, client_of: Clients
) -> None:
    assign_departments(
        focus_item=responsible,
        lead=planning,
        supporting=[],
        from_date=date(2027, 4, 1),
        reason="機構改革",
        opened_revision=1,
        by=secretariat,
    )
    page = page_of(client_of(secretariat))

    assert "福祉課<span" in page
    assert "主担当課を終える：福祉課" in page
    assert '<time datetime="2027-04-01">令和9年4月1日</time>からの主担当課</dt><dd>企画課' in page


def next_edition(edition: Edition, **text: Any) -> Edition:
    """Put 1.1 beside 1.0 as a draft: 1-A-1 with the text given, or without it."""
    draft = Edition.objects.create(
        plan=edition.plan, major=1, minor=1, base=edition, first_fiscal_year=2026,
        last_fiscal_year=2027,
    )  # fmt: skip
    axis = draft.axes.create(key="1", number=1, name="便利なまち")
    policy = draft.policies.create(axis=axis, key="1-A", letter="A", name="行かない窓口")
    if text:
        item = FocusItem.objects.get(code="1-A-1")
        draft.item_texts.create(focus_item=item, policy=policy, number=1, **text)
    return draft


def adopt(draft: Edition, by: User) -> None:
    from django.utils import timezone

    Edition.objects.filter(status="in_force").update(status="superseded")
    Edition.objects.filter(pk=draft.pk).update(
        status="in_force",
        decided_on=date(2026, 9, 20),
        effective_from=date(2026, 10, 1),
        adopted_at=timezone.now(),
        adopted_by=by,
    )


def test_every_edition_keeps_its_wording(
    responsible: FocusItem, small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    draft = next_edition(small_edition, title="申請のオンライン化", overview="スマホで完結します。")
    ItemFate.objects.create(
        edition=draft, before=responsible, after=responsible, fate=Fate.REWORDED
    )
    adopt(draft, secretariat)
    page = page_of(client_of(None))

    assert "第1.1版（令和8年度～令和9年度）の文言" in page
    assert "文言変更" in page
    assert "<del>申請から決済までを</del>スマホで完結" in page
    assert "/editions/1.0/items/1-A-1/" in page


def test_an_item_that_ended_keeps_its_page(
    responsible: FocusItem,
    record: Record,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    record(responsible, by=editor)
    adopt(next_edition(small_edition), secretariat)
    page = page_of(client_of(None))

    assert "この重点項目は第1.1版で終了しました" in page
    assert "試行中" in page
    assert client_of(None).get("/items/").context["states"] == []


def test_a_draft_is_for_staff(
    responsible: FocusItem, small_edition: Edition, staff: User, client_of: Clients
) -> None:
    draft = next_edition(small_edition, title="申請のオンライン化", overview="秘密の案文。")
    fresh = FocusItem.objects.create(plan=small_edition.plan, code="1-A-9")
    FocusItemText.objects.create(
        edition=draft, focus_item=fresh, policy=draft.policies.get(), number=9, title="新しい項目"
    )

    assert "秘密の案文" not in page_of(client_of(None))
    assert "秘密の案文" in page_of(client_of(staff))
    assert client_of(None).get("/items/1-A-9/").status_code == 404
    assert "新しい項目" in page_of(client_of(staff), "/items/1-A-9/")


def test_nobody_writes_of_what_is_only_drafted(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    draft = next_edition(small_edition)
    fresh = FocusItem.objects.create(plan=small_edition.plan, code="1-A-9")
    FocusItemText.objects.create(
        edition=draft, focus_item=fresh, policy=draft.policies.get(), number=9, title="新しい項目"
    )

    assert client_of(secretariat).get("/items/1-A-9/progress/").status_code == 404


def test_missing_items_and_wrong_methods(small_edition: Edition, client_of: Clients) -> None:
    assert client_of(None).get("/items/9-Z-9/").status_code == 404
    assert client_of(None).post("/items/1-A-1/").status_code == 405


def test_a_long_history_costs_no_queries(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    record(responsible, by=editor, as_of=date(2026, 4, 1))
    with as_many_queries(client_of(None), "/items/1-A-1/", most=10):
        for day in range(1, 31):
            record(responsible, by=editor, as_of=date(2026, 5, day), achievements=f"{day}件目")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1"])
def test_words_are_shown_as_words(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients, text: str
) -> None:
    from django.utils.html import escape

    record(responsible, by=editor, achievements=text)
    page = page_of(client_of(None))

    assert escape(text) in page
    assert "<script>alert" not in page


def test_it_says_why_an_edition_words_it_so(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    texts = {
        text.focus_item.code: text
        for text in draft.item_texts.select_related("edition", "focus_item", "policy__axis")
    }
    reworded, ended = texts["1-A-1"], texts["1-B-1"]
    amend_text(
        text=reworded,
        title="申請と届出のオンライン化",
        overview=reworded.overview,
        is_study=False,
        opened_version=reworded.version,
        reason="届出も対象としたため",
        by=secretariat,
    )
    amend_end(text=ended, opened_version=1, reason="役目を終えたため", by=secretariat)
    adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 1),
        basis="",
        by=secretariat,
    )

    reworded_page = page_of(client_of(None))
    ended_page = page_of(client_of(None), "/items/1-B-1/")

    assert "理由：届出も対象としたため" in reworded_page
    assert "理由：役目を終えたため" in ended_page
    assert secretariat.name not in reworded_page + ended_page
