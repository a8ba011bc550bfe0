"""Accepting and returning answers, and two people at one of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from answering import now
from django.test import Client
from reviewing import typed, url_of

from initiatives.models import ProgressEntry
from people.models import User
from rounds.actions.answers import send_answer, withdraw_answer
from rounds.actions.checking import accept_answer, return_answer
from rounds.actions.rounds import close_round
from rounds.answer_content import AnswerContent
from rounds.models import Answer

Content = Callable[..., AnswerContent]
Record = Callable[..., ProgressEntry]


def test_accepting_makes_the_entry(sent: Answer, desk: Client, editor: User) -> None:
    response = desk.post(url_of(sent), typed(sent, "accept"), follow=True)

    answer = now(sent)
    assert answer.entry is not None
    assert answer.entry.recorded_by == editor
    assert "確認済にして、進捗の記録にしました。" in response.content.decode()
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
    sent_in: Callable[..., Answer], desk: Client
) -> None:
    answer = sent_in(asks_certification=True)

    page = desk.get(url_of(answer)).content.decode()
    assert "済むまで確認済にできません" in page
    assert 'value="accept"' not in page
    refused = desk.post(url_of(answer), typed(answer, "accept")).content.decode()
    assert "課内の確認（確認者）がまだ" in refused
    assert now(answer).state == "sent"


def test_a_rehearsed_answer_becomes_no_entry(sent_in: Callable[..., Answer], desk: Client) -> None:
    answer = sent_in(is_rehearsal=True)

    assert "<strong>練習</strong>" in desk.get(url_of(answer)).content.decode()
    desk.post(url_of(answer), typed(answer, "accept"))
    assert not ProgressEntry.objects.exists()


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
