"""Moving a deadline, closing a round, reopening an answer, and the story of it all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from query_counts import as_many_queries

from initiatives.models import Initiative
from people.models import Department, User
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import accept_answer, return_answer
from rounds.actions.rounds import close_round, extend_deadline, record_reminder
from rounds.answer_content import AnswerContent
from rounds.models import Answer, Extension, ReportingRound

DAY = 24 * 3600
Content = Callable[..., AnswerContent]


def now(answer: Answer) -> Answer:
    return Answer.objects.with_names().get(pk=answer.pk)


@pytest.fixture
def sent(answer: Answer, content: Content, editor: User) -> Answer:
    """The answer of 1-A-1, sent in time."""
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return now(answer)


@pytest.fixture
def accepted(sent: Answer, secretariat: User) -> Answer:
    accept_answer(
        answer=sent,
        opened_revision=1,
        initiative_revision=Initiative.objects.revision_of(sent.initiative.focus_item),
        by=secretariat,
    )
    return now(sent)


def test_a_deadline_is_moved_for_one_department(
    reporting_round: ReportingRound,
    welfare: Department,
    secretariat: User,
    client_of: Callable[..., Client],
) -> None:
    typed = {"department": "welfare", "due_on": "2026-10-30", "reason": "議会対応"}
    response = client_of(secretariat).post(
        f"/rounds/{reporting_round.pk}/extension/", typed, follow=True
    )

    extension = Extension.objects.get()
    assert (extension.department, extension.due_on) == (welfare, date(2026, 10, 30))
    assert "福祉課の期限を、令和8年10月30日まで延ばしました。" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"due_on": "2026-10-20", "reason": "議会"}, "いまの期限（令和8年10月20日）より後"),
        ({"due_on": "2026-10-14", "reason": "議会"}, "きょう以後"),
        ({"due_on": "2062-10-30", "reason": "議会"}, "年を確かめて"),
        ({"due_on": "2026-10-30", "reason": " "}, "延長する理由を書いてください"),
        ({"due_on": "2026-10-30", "reason": "議会", "department": "library"}, "選べません"),
    ],
)
def test_a_deadline_that_makes_no_sense_is_told(
    reporting_round: ReportingRound,
    secretariat: User,
    client_of: Callable[..., Client],
    typed: dict[str, str],
    expected: str,
) -> None:
    page = client_of(secretariat).post(f"/rounds/{reporting_round.pk}/extension/", typed)

    assert expected in page.content.decode()
    assert typed["reason"].strip() in page.content.decode()
    assert not Extension.objects.exists()


def test_before_closing_it_says_what_will_be_final(
    sent: Answer, secretariat: User, client_of: Callable[..., Client]
) -> None:
    page = client_of(secretariat).get(f"/rounds/{sent.round_id}/close/").content.decode()

    assert "3件の回答が提出されていません" in page
    assert "1件が、事務局の確認を待っています" in page
    assert "主担当課が未設定：1-A-2（未回答）" in page


def test_closing_needs_to_have_looked(
    sent: Answer, secretariat: User, client_of: Callable[..., Client]
) -> None:
    client, url = client_of(secretariat), f"/rounds/{sent.round_id}/close/"

    assert client.post(url).status_code == 200
    changed = client.post(url, {"seen": "4-0-0-0-0"})
    assert changed.status_code == 409
    assert "確かめている間に回答が変わりました" in changed.content.decode()
    assert not ReportingRound.objects.get(pk=sent.round_id).is_closed

    response = client.post(url, {"seen": "3-0-0-1-0"}, follow=True)
    assert "締め切りました" in response.content.decode()
    assert ReportingRound.objects.get(pk=sent.round_id).closed_by == secretariat
    again = client.get(url, follow=True)
    assert "すでに締め切られています" in again.content.decode()


def test_a_closed_round_has_no_deadline_to_move(
    reporting_round: ReportingRound, secretariat: User, client_of: Callable[..., Client]
) -> None:
    close_round(round=reporting_round, by=secretariat)
    client, url = client_of(secretariat), f"/rounds/{reporting_round.pk}/extension/"

    assert "期限は延ばせません" in client.get(url).content.decode()
    typed = {"due_on": "2026-10-30", "reason": "議会"}
    assert "延ばせません" in client.post(url, typed).content.decode()
    assert not Extension.objects.exists()
    board = client.get(reporting_round.get_absolute_url()).content.decode()
    assert "締切済" in board
    assert "督促する" not in board


def test_reopening_says_what_is_kept_and_lets_the_department_write(
    accepted: Answer, secretariat: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(secretariat)
    url = f"/rounds/{accepted.round_id}/answers/1-A-1/reopen/"

    page = client.get(url).content.decode()
    assert "「訂正」として重なります" in page
    assert "三つの手続きで試行した。" in page

    typed = {"opened_revision": 2, "due_on": "2026-10-30", "reason": "数の誤り"}
    client.post(url, typed)
    answer = now(accepted)
    assert (answer.state, answer.own_due_on) == ("writing", date(2026, 10, 30))
    assert answer.changes.get(revision=3).reason == "数の誤り"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"due_on": "2026-10-14", "reason": "数"}, "きょう以後"),
        ({"due_on": "2026-10-30", "reason": ""}, "再開する理由を書いてください"),
    ],
)
def test_reopening_needs_a_day_to_come_and_a_reason(
    accepted: Answer,
    secretariat: User,
    client_of: Callable[..., Client],
    typed: dict[str, Any],
    expected: str,
) -> None:
    url = f"/rounds/{accepted.round_id}/answers/1-A-1/reopen/"
    page = client_of(secretariat).post(url, {"opened_revision": 2, **typed}).content.decode()

    assert expected in page
    assert now(accepted).state == "accepted"


def test_reopening_what_changed_meanwhile_keeps_the_reason(
    answer: Answer, editor: User, secretariat: User, client_of: Callable[..., Client]
) -> None:
    save_answer(answer=answer, content=AnswerContent(problem="x"), opened_revision=0, by=editor)
    url = f"/rounds/{answer.round_id}/answers/1-A-1/reopen/"

    typed = {"opened_revision": 0, "due_on": "2026-10-30", "reason": "書いた理由"}
    response = client_of(secretariat).post(url, typed)

    assert response.status_code == 409
    assert "書いた理由" in response.content.decode()
    assert response.context["form"]["opened_revision"].value() == "1"
    assert now(answer).own_due_on is None


def test_an_item_that_was_not_asked_about(
    reporting_round: ReportingRound, secretariat: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(secretariat)

    assert client.get(f"/rounds/{reporting_round.pk}/answers/9-Z-9/reopen/").status_code == 404
    assert client.get(f"/rounds/{reporting_round.pk}/review/9-Z-9/").status_code == 404


def test_the_story_counts_by_the_deadline_of_the_moment(
    answer: Answer,
    reporting_round: ReportingRound,
    content: Content,
    welfare: Department,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
    frozen_clock: time_machine.Traveller,
) -> None:
    frozen_clock.shift(3600)
    record_reminder(round=reporting_round, department=welfare, text="催促", by=secretariat)
    frozen_clock.shift(6 * DAY)
    extend_deadline(
        round=reporting_round,
        department=welfare,
        due_on=date(2026, 10, 22),
        reason="議会",
        by=secretariat,
    )
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return_answer(answer=now(answer), reason="数", opened_revision=1, by=secretariat)
    frozen_clock.shift(3 * DAY)
    send_answer(answer=now(answer), content=content(), opened_revision=2, by=editor)
    late = reporting_round.answers.get(initiative__focus_item__code="2-A-1")
    send_answer(answer=late, content=content(), opened_revision=0, by=secretariat)

    response = client_of(staff).get(f"/rounds/{reporting_round.pk}/story/")
    story, page = response.context["story"], response.content.decode()

    assert (story.in_time, story.late, story.silent, story.returned) == (1, 1, 2, 1)
    assert story.took == "9日1時間"
    told = {row.name: (row.in_time, row.late, row.silent, row.took) for row in story.departments}
    assert told == {"福祉課": (1, 0, 0, "9日1時間"), "未設定": (0, 1, 2, "")}
    for event in (
        "照会を始めた",
        "督促した（1件、うちメール0件）",
        "差し戻した（1件）",
        "理由：議会",
    ):
        assert event in page


def test_an_empty_story(
    reporting_round: ReportingRound, staff: User, client_of: Callable[..., Client]
) -> None:
    page = client_of(staff).get(f"/rounds/{reporting_round.pk}/story/").content.decode()

    assert "まだ一つも届いていません" in page


def test_a_long_story_costs_no_more_queries(
    answer: Answer,
    reporting_round: ReportingRound,
    content: Content,
    welfare: Department,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
) -> None:
    client, url = client_of(staff), f"/rounds/{reporting_round.pk}/story/"
    with as_many_queries(client, url):
        for other in reporting_round.answers.all():
            send_answer(answer=other, content=content(), opened_revision=0, by=secretariat)
            return_answer(answer=now(other), reason="数", opened_revision=1, by=secretariat)
            record_reminder(round=reporting_round, department=welfare, text="催促", by=secretariat)
