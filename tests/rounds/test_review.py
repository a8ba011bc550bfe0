"""The page on which answers are checked: the queue, what is marked, what deserves a second look."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from answering import now
from django.test import Client
from query_counts import as_many_queries
from reviewing import typed, url_of

from initiatives.actions.progress import correct_entry
from initiatives.models import ProgressEntry
from initiatives.statement import Statement
from people.models import User
from plans.models import FocusItem
from rounds.actions.answers import answer_unchanged, send_answer
from rounds.actions.checking import accept_answer, reopen_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

Content = Callable[..., AnswerContent]
Record = Callable[..., ProgressEntry]


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


def test_any_answer_can_be_read_with_its_history(answer: Answer, desk: Client) -> None:
    page = desk.get(url_of(answer)).content.decode()

    assert "まだ何も書かれていません" in page
    assert "この回答の経過" in page
    assert 'value="accept"' not in page


def test_the_review_costs_the_same_for_a_long_queue(
    sent: Answer, content: Content, secretariat: User, desk: Client
) -> None:
    with as_many_queries(desk, url_of(sent)):
        for other in sent.round.answers.exclude(pk=sent.pk):
            send_answer(answer=other, content=content(), opened_revision=0, by=secretariat)
