"""Checking answers: the queue, what is marked, accepting, returning, and two people at one answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.actions import (
    AnswerContent,
    Statement,
    accept_answer,
    answer_unchanged,
    close_round,
    correct_entry,
    reopen_answer,
    return_answer,
    send_answer,
    withdraw_answer,
)
from initiatives.models import Answer, Initiative, ProgressEntry, ReportingRound
from people.models import User
from plans.models import FocusItem

Content = Callable[..., AnswerContent]
Record = Callable[..., ProgressEntry]


def now(answer: Answer) -> Answer:
    return Answer.objects.with_names().get(pk=answer.pk)


def url_of(answer: Answer) -> str:
    return f"/rounds/{answer.round_id}/review/{answer.initiative.focus_item.code}/"


def typed(answer: Answer, step: str, **more: Any) -> dict[str, Any]:
    item = answer.initiative.focus_item
    opened = {
        "opened_revision": now(answer).revision,
        "initiative_revision": Initiative.objects.revision_of(item),
    }
    return {"step": step, "reason": "", **opened, **more}


@pytest.fixture
def sent(answer: Answer, content: Content, editor: User) -> Answer:
    """The answer of 1-A-1, sent."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return now(answer)


@pytest.fixture
def three_sent(sent: Answer, content: Content, secretariat: User) -> list[Answer]:
    """1-A-1, 1-B-1 and 2-A-1 wait for the 事務局."""
    found = [sent]
    for code in ("1-B-1", "2-A-1"):
        other = sent.round.answers.get(initiative__focus_item__code=code)
        send_answer(answer=other, content=content(), opened_revision=0, by=secretariat)
        found.append(now(other))
    return found


@pytest.fixture
def desk(secretariat: User, client_of: Callable[..., Client]) -> Client:
    return client_of(secretariat)


def flags(response: Any) -> list[str]:
    return [flag.kind for flag in response.context["page"].flags]


def test_the_queue_begins_with_the_first_and_goes_on(
    three_sent: list[Answer], desk: Client
) -> None:
    first, second, third = three_sent

    start = desk.get(f"/rounds/{first.round_id}/review/")
    assert start.headers["Location"] == url_of(first)
    assert "確認待ち <strong>1／3</strong>" in desk.get(url_of(first)).content.decode()
    page = desk.get(url_of(second)).context["page"]
    assert (page.place, page.previous, page.following) == (2, "1-A-1", "2-A-1")

    response = desk.post(url_of(second), typed(second, "accept"))
    assert response.headers["Location"] == url_of(third)
    response = desk.post(url_of(third), typed(third, "return", reason="数を書いてください。"))
    assert response.headers["Location"] == url_of(first)
    response = desk.post(url_of(first), typed(first, "accept"), follow=True)
    assert response.redirect_chain[-1][0] == f"/rounds/{first.round_id}/"
    assert "これですべて見終わりました" in response.content.decode()
    assert [now(one).state for one in three_sent] == ["accepted", "accepted", "returned"]


def test_an_empty_queue_leads_to_the_board(answer: Answer, desk: Client) -> None:
    response = desk.get(f"/rounds/{answer.round_id}/review/", follow=True)

    assert "確認を待っている回答はありません" in response.content.decode()


def test_changed_words_are_marked_beside_the_last_entry(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Record,
    content: Content,
    editor: User,
    desk: Client,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="二つの手続きで試行した。")
    answer = now(open_the_round().answers.get(initiative__focus_item=responsible))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    page = desk.get(url_of(answer)).content.decode()

    assert "<del>二</del><ins>三</ins>つの" in page
    assert page.count('<span class="label label--draft">変更</span>') == 1
    assert "令和8年3月31日" in page


@pytest.mark.parametrize(
    ("before", "last", "said", "expected"),
    [
        ({}, {}, {}, ["repeated"]),
        ({}, {"rating_reason": "別"}, {"achievements": "別", "next_steps": "別"}, []),
        (
            {"next_steps": "古"},
            {"rating": "mostly_on_track", "achievements": "前"},
            {"next_steps": "新"},
            ["rating", "repeated"],
        ),
        (
            {"next_steps": "古"},
            {"rating": "mostly_on_track", "rating_reason": "前", "achievements": "前"},
            {},
            [],
        ),
        (
            {"next_steps": "古", "achievements": "古"},
            {"status": "operating", "rating_reason": "前"},
            {},
            ["status"],
        ),
        (
            {"next_steps": "古", "achievements": "古"},
            {"rating_reason": "前"},
            {"status": "paused"},
            ["status"],
        ),
        (
            {"next_steps": "古", "achievements": "古"},
            {
                "rating": "late",
                "rating_reason": "前",
                "delay_cause": "因",
                "countermeasure": "策",
                "new_due_date": date(2026, 12, 31),
            },
            {
                "rating": "late",
                "delay_cause": "因",
                "countermeasure": "策",
                "new_due_date": date(2027, 3, 31),
            },
            ["slipped"],
        ),
        (
            {"next_steps": "古", "achievements": "古"},
            {"rating_reason": "前"},
            {"for_headquarters": True, "problem": "予算"},
            ["headquarters"],
        ),
    ],
)
def test_what_deserves_a_second_look(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Record,
    content: Content,
    editor: User,
    desk: Client,
    before: dict[str, Any],
    last: dict[str, Any],
    said: dict[str, Any],
    expected: list[str],
) -> None:
    record(responsible, by=editor, as_of=date(2025, 9, 30), **before)
    record(responsible, by=editor, as_of=date(2026, 3, 31), **last)
    answer = now(open_the_round().answers.get(initiative__focus_item=responsible))
    send_answer(answer=answer, content=content(**said), opened_revision=0, by=editor)

    assert flags(desk.get(url_of(answer))) == expected


def test_unchanged_shows_what_it_says_again(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    record: Record,
    editor: User,
    desk: Client,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="昨年度の実績")
    answer = now(open_the_round().answers.get(initiative__focus_item=responsible))
    answer_unchanged(answer=answer, opened_revision=0, by=editor)

    response = desk.get(url_of(answer))

    assert flags(response) == ["unchanged"]
    assert response.content.decode().count("昨年度の実績") == 2


def test_a_late_answer_and_one_overtaken_by_a_record_are_flagged(
    answer: Answer,
    content: Content,
    record: Record,
    editor: User,
    desk: Client,
    secretariat: User,
    client_of: Callable[..., Client],
    frozen_clock: time_machine.Traveller,
) -> None:
    frozen_clock.shift(6 * 24 * 3600)
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    record(answer.initiative.focus_item, by=editor, as_of=date(2026, 9, 1), rating_reason="別")

    response = client_of(secretariat).get(url_of(answer))

    assert flags(response) == ["late", "overtaken"]
    assert "期限は令和8年10月20日でした。" in response.content.decode()


def test_an_answer_behind_a_later_record_is_flagged(
    answer: Answer, content: Content, record: Record, editor: User, desk: Client
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    record(answer.initiative.focus_item, by=editor, as_of=date(2026, 10, 10))

    response = desk.get(url_of(answer))

    assert flags(response) == ["outdated"]
    assert "令和8年10月10日の記録がある" in response.content.decode()


def test_a_correction_that_would_be_replaced_is_flagged(
    answer: Answer,
    content: Content,
    statement: Callable[..., Statement],
    editor: User,
    secretariat: User,
    desk: Client,
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    accepted = accept_answer(
        answer=answer, opened_revision=1, initiative_revision=1, by=secretariat
    )
    assert accepted.entry is not None
    correct_entry(
        entry=accepted.entry,
        statement=statement(problem="人手"),
        as_of=date(2026, 9, 30),
        reason="課題の書き漏れ",
        opened_revision=2,
        by=editor,
    )
    reopen_answer(
        answer=answer, due_on=date(2026, 10, 20), reason="数", opened_revision=2, by=secretariat
    )
    send_answer(answer=answer, content=content(outcome="数"), opened_revision=3, by=editor)

    response = desk.get(url_of(answer))

    assert flags(response) == ["corrected"]
    assert "その訂正（課題の書き漏れ）に代わる記録" in response.content.decode()


def test_accepting_makes_the_entry(sent: Answer, desk: Client, editor: User) -> None:
    response = desk.post(url_of(sent), typed(sent, "accept"), follow=True)

    answer = now(sent)
    assert answer.entry is not None
    assert answer.entry.recorded_by == editor
    assert "受け付けて、進捗の記録にしました。" in response.content.decode()
    read = desk.get(url_of(sent)).content.decode()
    assert f"#entry-{answer.entry_id}" in read
    assert 'value="accept"' not in read
    assert "事務局の確認" in read


def test_returning_needs_a_reason(sent: Answer, desk: Client) -> None:
    page = desk.post(url_of(sent), typed(sent, "return", reason=" ")).content.decode()

    assert "差し戻す理由を書いてください。" in page
    assert now(sent).state == "sent"


def test_a_reason_is_not_lost_by_the_wrong_button(sent: Answer, desk: Client) -> None:
    page = desk.post(url_of(sent), typed(sent, "accept", reason="数が違う")).content.decode()

    assert "差し戻す理由が書かれています" in page
    assert "数が違う" in page
    assert now(sent).state == "sent"


@pytest.mark.parametrize("data", [{}, {"step": "burn", "opened_revision": 1}])
def test_a_form_that_says_nothing_changes_nothing(
    sent: Answer, desk: Client, data: dict[str, Any]
) -> None:
    assert desk.post(url_of(sent), data).status_code == 200
    assert now(sent).state == "sent"


def test_an_answer_taken_back_meanwhile_is_a_clash_that_keeps_the_reason(
    sent: Answer, desk: Client, editor: User
) -> None:
    data = typed(sent, "return", reason="書いていた理由")
    withdraw_answer(answer=sent, opened_revision=1, by=editor)

    response = desk.post(url_of(sent), data)
    page = response.content.decode()

    assert response.status_code == 409
    assert "提出の取下げ" in page
    assert "書いていた理由" in page
    assert now(sent).state == "writing"


def test_an_answer_sent_anew_meanwhile_is_shown_and_then_accepted(
    sent: Answer, desk: Client, content: Content, editor: User
) -> None:
    data = typed(sent, "accept")
    withdrawn = withdraw_answer(answer=sent, opened_revision=1, by=editor)
    mended = content(achievements="四つの手続きで試行した。")
    send_answer(answer=withdrawn, content=mended, opened_revision=2, by=editor)

    response = desk.post(url_of(sent), data)

    assert response.status_code == 409
    assert "四つの手続きで試行した。" in response.content.decode()
    form = response.context["form"]
    assert form["opened_revision"].value() == "3"
    assert desk.post(url_of(sent), typed(sent, "accept")).status_code == 302


def test_a_record_written_meanwhile_is_a_clash(
    sent: Answer, desk: Client, record: Record, editor: User
) -> None:
    data = typed(sent, "accept")
    record(sent.initiative.focus_item, by=editor, as_of=date(2026, 9, 1))

    response = desk.post(url_of(sent), data)

    assert response.status_code == 409
    assert "この項目の進捗か担当を記録しました" in response.content.decode()
    assert now(sent).entry is None


@pytest.mark.parametrize(("step", "reason"), [("accept", ""), ("return", "数を書く。")])
def test_a_double_click_goes_on_quietly(
    three_sent: list[Answer], desk: Client, step: str, reason: str
) -> None:
    first, second, _ = three_sent
    data = typed(first, step, reason=reason)

    for _ in range(2):
        response = desk.post(url_of(first), data)
        assert response.headers["Location"] == url_of(second)
    assert now(first).revision == 2


def test_what_another_person_returned_is_no_double_click(
    sent: Answer, desk: Client, certifier: User
) -> None:
    data = typed(sent, "return", reason="数")
    return_answer(answer=sent, reason="数", opened_revision=1, by=certifier)

    assert desk.post(url_of(sent), data).status_code == 409


def test_of_a_closed_round_answers_are_accepted_but_not_returned(
    sent: Answer, desk: Client, secretariat: User
) -> None:
    close_round(round=sent.round, by=secretariat)

    page = desk.get(url_of(sent)).content.decode()
    assert "締め切った照会の回答は差し戻せません" in page
    refused = desk.post(url_of(sent), typed(sent, "return", reason="数"))
    assert "再開" in refused.content.decode()
    assert "数" in refused.context["form"]["reason"].value()
    desk.post(url_of(sent), typed(sent, "accept"))
    assert now(sent).state == "accepted"


def test_what_the_certifier_has_not_seen_is_not_accepted(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    desk: Client,
) -> None:
    asked = open_the_round(asks_certification=True)
    answer = now(asked.answers.get(initiative__focus_item=responsible))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    page = desk.get(url_of(answer)).content.decode()
    assert "確認されるまで受け付けられません" in page
    assert 'value="accept"' not in page
    refused = desk.post(url_of(answer), typed(answer, "accept")).content.decode()
    assert "課内の確認（確認者）がまだ" in refused
    assert now(answer).state == "sent"


def test_a_rehearsed_answer_becomes_no_entry(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    desk: Client,
) -> None:
    asked = open_the_round(is_rehearsal=True)
    answer = now(asked.answers.get(initiative__focus_item=responsible))
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    assert "<strong>練習</strong>" in desk.get(url_of(answer)).content.decode()
    desk.post(url_of(answer), typed(answer, "accept"))
    assert not ProgressEntry.objects.exists()


def test_any_answer_can_be_read_with_its_history(answer: Answer, desk: Client) -> None:
    page = desk.get(url_of(answer)).content.decode()

    assert "まだ何も書かれていません" in page
    assert "この回答の経過" in page
    assert 'value="accept"' not in page


def test_the_review_costs_the_same_for_a_long_queue(
    sent: Answer, content: Content, secretariat: User, desk: Client
) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(url_of(sent))
    for other in sent.round.answers.exclude(pk=sent.pk):
        send_answer(answer=other, content=content(), opened_revision=0, by=secretariat)
    with CaptureQueriesContext(connection) as many:
        desk.get(url_of(sent))

    assert len(many) == len(few)


def test_only_the_secretariat_checks(
    sent: Answer, certifier: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(certifier)

    assert client.get(url_of(sent)).status_code == 403
    assert client.post(url_of(sent), typed(sent, "accept")).status_code == 403
    assert now(sent).state == "sent"


def test_an_answer_accepted_by_somebody_else_is_a_clash(
    sent: Answer, desk: Client, secretariat: User
) -> None:
    other = User.objects.create_superuser(username="kanri", name="管理 者", password="x")
    data = typed(sent, "accept")
    accept_answer(
        answer=sent,
        opened_revision=1,
        initiative_revision=data["initiative_revision"],
        by=other,
    )

    response = desk.post(url_of(sent), data)

    assert response.status_code == 409
    assert "管理 者" in response.content.decode()
