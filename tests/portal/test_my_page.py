"""マイページ: what waits for whom, and that nobody is shown what is not theirs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import time_machine
from answering import address, now
from assigning import assign
from django.test import Client
from query_counts import as_many_queries

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import answer_unchanged, save_answer, send_answer
from rounds.actions.checking import reopen_answer, return_answer
from rounds.actions.rounds import close_round
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind, AnswerState
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]
PAGE = "/my/"


def shown(client: Client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return str(response.content.decode())


def lead_all(welfare: Department, by: User) -> None:
    """Let 福祉課 lead every item."""
    for item in FocusItem.objects.exclude(code="1-A-1"):
        assign(item, welfare, by=by)


def test_a_department_sees_what_it_owes_until_when(
    answer: Answer, editor: User, client_of: Clients
) -> None:
    page = shown(client_of(editor))

    assert "令和8年度 上半期の照会" in page
    assert "福祉課：あと1件" in page
    assert "（あと5日）" in page
    assert f'href="/rounds/{answer.round_id}/answers/1-A-1/"' in page
    assert "1-A-2" not in page
    assert "前回の記録がないので「変更なし」では回答できません。" in page
    assert f"/rounds/{answer.round_id}/answers/1-A-1/unchanged/" not in page


def test_the_deadline_is_told_when_it_has_passed(
    answer: Answer, editor: User, client_of: Clients
) -> None:
    with time_machine.travel("2026-10-22T10:00:00+09:00", tick=False):
        page = shown(client_of(editor))

    assert "（2日過ぎ）" in page
    assert 'class="overdue"' in page


def test_unchanged_is_one_click_where_there_is_something_to_repeat(
    after_last_year: Answer, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    page = shown(client)
    assert "前回（" in page
    assert "試行中・順調）のまま提出します" in page

    response = client.post(
        address(after_last_year, "unchanged/"),
        {"opened_revision": 0, "back": "on"},
        follow=True,
    )

    assert response.redirect_chain == [(PAGE, 302)]
    assert "1-A-1 を「変更なし」で提出しました。" in response.content.decode()
    assert "福祉課：1件すべて回答しました" in response.content.decode()
    answer = now(after_last_year)
    assert (answer.state, answer.kind) == (AnswerState.SENT, AnswerKind.UNCHANGED)

    # The message carries the way back.
    back = address(answer, "withdraw/")
    assert f'action="{back}"' in response.content.decode()
    assert ">取り消す</button>" in response.content.decode()
    client.post(back, {"opened_revision": answer.revision})
    assert now(answer).state == AnswerState.WRITING


def test_what_was_returned_comes_first_with_its_reason(
    reporting_round: ReportingRound,
    welfare: Department,
    editor: User,
    secretariat: User,
    content: Content,
    client_of: Clients,
) -> None:
    lead_all(welfare, secretariat)
    last = Answer.objects.with_names().get(initiative__focus_item__code="2-A-1")
    sent = send_answer(answer=last, content=content(), opened_revision=0, by=editor)
    return_answer(answer=sent, reason="数を入れてください。", opened_revision=1, by=secretariat)

    response = client_of(editor).get(PAGE)
    share = response.context["page"].tasks[0].shares[0]

    assert [own.code for own in share.owed] == ["2-A-1", "1-A-1", "1-A-2", "1-B-1"]
    assert "数を入れてください。" in response.content.decode()


def test_a_draft_is_not_thrown_away_by_one_click(
    after_last_year: Answer, editor: User, client_of: Clients
) -> None:
    draft = AnswerContent(problem="人手")
    save_answer(answer=after_last_year, content=draft, opened_revision=0, by=editor)

    page = shown(client_of(editor))

    assert "続きを書く" in page
    assert "書いた内容がある" in page
    assert "answers/1-A-1/unchanged/" not in page


def test_supporting_departments_are_told_apart(
    answer: Answer, other_editor: User, client_of: Clients
) -> None:
    page = shown(client_of(other_editor))

    assert "関係課として関わる項目（1件）" in page
    assert "主担当課 福祉課" in page
    assert "あと1件" not in page


def test_without_a_role_nothing_waits(answer: Answer, staff: User, client_of: Clients) -> None:
    page = shown(client_of(staff))

    assert "あなた宛ての用件はありません" in page
    assert "1-A-1" not in page


def test_a_department_without_items_is_told_so(
    answer: Answer, outsider: User, client_of: Clients
) -> None:
    page = shown(client_of(outsider))

    assert "いま回答をお願いしているものはありません" in page
    assert "1-A-1" not in page


def test_the_certifier_sees_what_awaits_them(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    certifier: User,
    client_of: Clients,
) -> None:
    round = open_the_round(asks_certification=True)
    answer = Answer.objects.with_names().get(initiative__focus_item=responsible)
    assert "確認を待っている回答" not in shown(client_of(certifier))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    assert f"/rounds/{round.pk}/certify/" in shown(client_of(certifier))
    page = shown(client_of(editor))
    assert "提出済（課内確認待ち）" in page
    assert f"/rounds/{round.pk}/certify/" not in page


def test_the_secretariat_sees_what_there_is_to_check(
    answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    response = client_of(secretariat).get(PAGE)
    task = response.context["page"].reviews[0]

    assert (task.asked, task.owed, task.inside, task.awaiting, task.unled) == (4, 3, 0, 1, 3)
    assert "届いた回答を確認する（1件）" in response.content.decode()
    assert "主担当課が決まっていない項目が 3件あります" in response.content.decode()


def test_reopened_answers_of_a_closed_round_appear(
    answer: Answer, editor: User, secretariat: User, client_of: Clients
) -> None:
    close_round(round=answer.round, by=secretariat)
    assert "いま回答をお願いしているものはありません" in shown(client_of(editor))
    reopen_answer(
        answer=answer,
        due_on=date(2026, 10, 30),
        reason="数の誤り",
        opened_revision=0,
        by=secretariat,
    )

    page = shown(client_of(editor))

    assert "締切り済み（再開した回答）" in page
    assert "この項目の期限" in page
    assert "/answers/1-A-1/" in page


def test_before_it_opens_a_round_is_announced_without_a_way_in(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    editor: User,
    client_of: Clients,
) -> None:
    open_the_round(opens_on=date(2026, 10, 20), due_on=date(2026, 10, 30))

    page = shown(client_of(editor))

    assert "から受け付けます" in page
    assert "回答する<" not in page


def test_a_rehearsal_says_so(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    editor: User,
    client_of: Clients,
) -> None:
    open_the_round(is_rehearsal=True)

    assert "操作を試すための照会です" in shown(client_of(editor))


def test_as_many_queries_with_one_item_as_with_all(
    reporting_round: ReportingRound,
    welfare: Department,
    editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    with (
        as_many_queries(client_of(editor), PAGE, most=21),
        as_many_queries(client_of(secretariat), PAGE, most=21),
    ):
        lead_all(welfare, secretariat)


def test_anonymous_people_sign_in_and_other_methods_are_refused(
    small_edition: Any, editor: User, client_of: Clients
) -> None:
    assert client_of(None).get(PAGE)["Location"] == f"/login/?next={PAGE}"
    assert client_of(editor).post(PAGE).status_code == 405


def test_the_guide_tells_every_word(small_edition: Any, staff: User, client_of: Clients) -> None:
    page = client_of(staff).get("/my/guide/").content.decode()

    for word in (
        "調査・検討中",
        "⑤改善&amp;最適化",
        "概ね順調",
        "見直し",
        "遅れの対応策",
        "事務局",
    ):
        assert word in page


def test_nobody_writes_unchanged_twice(
    after_last_year: Answer, editor: User, client_of: Clients
) -> None:
    answer_unchanged(answer=after_last_year, opened_revision=0, by=editor)

    response = client_of(editor).post(
        address(after_last_year, "unchanged/"), {"opened_revision": 0}, follow=True
    )

    assert "すでに「変更なし」で提出されています" in response.content.decode()
    assert after_last_year.changes.count() == 2
