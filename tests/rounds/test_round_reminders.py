"""督促: the texts, sent by e-mail where there is a server, handed on where there is none."""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from assigning import assign
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import send_answer
from rounds.answer_content import AnswerContent
from rounds.models import Answer, Reminder, ReportingRound


class Refusing(EmailBackend):
    """A mail server that does not know 企画課."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if "planning@example.lg.jp" in message.to:
                raise SMTPRecipientsRefused({"planning@example.lg.jp": (550, b"unknown")})
        return super().send_messages(messages)


class Absent(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool:
        raise ConnectionRefusedError


@pytest.fixture
def two_owing(reporting_round: ReportingRound, secretariat: User, planning: Department) -> None:
    """企画課 leads 2-A-1 as well, so that two departments owe an answer."""
    assign(
        FocusItem.objects.get(code="2-A-1"),
        planning,
        by=secretariat,
        since=reporting_round.opens_on,
    )
    for code in ("welfare", "planning"):
        Department.objects.filter(code=code).update(email=f"{code}@example.lg.jp")


@pytest.fixture
def url(reporting_round: ReportingRound) -> str:
    return f"/rounds/{reporting_round.pk}/reminders/"


@pytest.fixture
def mails(settings: Any) -> Any:
    """The settings of a place that has a mail server."""
    settings.SENDS_MAIL = True
    return settings


def typed(act: str, *chosen: str, seen: int = 0, **texts: str) -> dict[str, Any]:
    values = {"act": act, "seen": seen}
    for code in ("welfare", "planning"):
        values[f"{code}-text"] = texts.get(code, f"{code}への督促")
        if code in chosen:
            values[f"{code}-chosen"] = "on"
    return values


def test_the_text_says_what_is_owed_until_when_and_where(
    reporting_round: ReportingRound, desk: Client, url: str
) -> None:
    page = desk.get(url).content.decode()

    for said in (
        "福祉課 御中",
        "「令和8年度 上半期」",
        "回答の期限：令和8年10月20日（あと5日）",
        "1-A-1 申請のオンライン化（未回答）",
        f"http://testserver/rounds/{reporting_round.pk}/answers/1-A-1/",
        "「変更なし」を押すだけ",
        "事務局　事務 局子",
    ):
        assert said in page
    assert "1-A-2" not in page
    assert "メールで送る" not in page
    assert "渡したと記録する" in page


def test_without_a_server_it_is_recorded_as_handed_on(
    reporting_round: ReportingRound, desk: Client, url: str
) -> None:
    response = desk.post(url, typed("hand", "welfare"), follow=True)

    reminder = Reminder.objects.get()
    assert (reminder.department.code, reminder.text, reminder.mailed_to) == (
        "welfare",
        "welfareへの督促",
        "",
    )
    assert "文面を渡した" in response.content.decode()
    assert mail.outbox == []


def test_mail_is_not_offered_where_no_server_is_set(
    reporting_round: ReportingRound, desk: Client, url: str
) -> None:
    page = desk.post(url, typed("mail", "welfare", welfare="書き直した文"))

    assert "メールサーバーが設定されていない" in page.content.decode()
    assert "書き直した文" in page.content.decode()
    assert not Reminder.objects.exists()


def test_the_chosen_ones_are_mailed_and_recorded(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    desk.post(url, typed("mail", "welfare"))

    assert [(m.to, m.body) for m in mail.outbox] == [(["welfare@example.lg.jp"], "welfareへの督促")]
    assert mail.outbox[0].subject == "【回答のお願い】令和8年度 上半期 進捗の照会"
    assert [r.mailed_to for r in Reminder.objects.all()] == ["welfare@example.lg.jp"]


def test_one_failure_loses_neither_the_others_nor_the_text(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    mails.EMAIL_BACKEND = "tests.rounds.test_round_reminders.Refusing"

    response = desk.post(url, typed("mail", "welfare", "planning", planning="企画課に書いた文"))
    page = response.content.decode()

    assert [r.department.code for r in Reminder.objects.all()] == ["welfare"]
    assert "1件の督促をメールで送りました" in page
    assert "企画課には送れませんでした" in page
    assert "企画課に書いた文" in page
    assert f'name="seen" value="{Reminder.objects.get().pk}"' in page


def test_a_mailbox_that_would_write_headers_of_its_own_gets_nothing(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    Department.objects.filter(code="welfare").update(email="a@example.lg.jp\nBcc: b@example.lg.jp")

    page = desk.post(url, typed("mail", "welfare", "planning")).content.decode()

    assert [m.to for m in mail.outbox] == [["planning@example.lg.jp"]]
    assert "福祉課には送れませんでした。宛先のメールアドレスか件名に" in page


class Dropping(EmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise SMTPServerDisconnected("gone")


def test_a_connection_that_breaks_is_not_put_down_to_the_mailbox(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    mails.EMAIL_BACKEND = "tests.rounds.test_round_reminders.Dropping"

    page = desk.post(url, typed("mail", "welfare", "planning")).content.decode()

    assert page.count("通信が途切れました。届いたかどうかを確かめてください。") == 2
    assert not Reminder.objects.exists()


def test_a_server_that_is_away_records_nothing(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    mails.EMAIL_BACKEND = "tests.rounds.test_round_reminders.Absent"

    page = desk.post(url, typed("mail", "welfare", "planning")).content.decode()

    assert page.count("メールサーバーにつながりません") == 2
    assert not Reminder.objects.exists()


def test_a_department_without_a_mailbox_is_told(
    two_owing: None, desk: Client, url: str, mails: Any
) -> None:
    Department.objects.filter(code="planning").update(email="")

    page = desk.post(url, typed("mail", "planning")).content.decode()

    assert "企画課には送れませんでした。メールアドレスが登録されていません。" in page
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (typed("hand"), "督促する部署を選んでください"),
        (typed("hand", "welfare", welfare=" "), "督促文を書いてください"),
        ({}, "を押してください"),
        ({**typed("hand", "welfare"), "act": "pigeon"}, "確かめてください"),
    ],
)
def test_what_is_missing_is_told(
    reporting_round: ReportingRound,
    desk: Client,
    url: str,
    sent: dict[str, Any],
    expected: str,
) -> None:
    response = desk.post(url, sent)

    assert (response.status_code, expected in response.content.decode()) == (200, True)
    assert not Reminder.objects.exists()


def test_a_double_click_reminds_once(
    reporting_round: ReportingRound, desk: Client, url: str
) -> None:
    desk.post(url, typed("hand", "welfare"))

    response = desk.post(url, typed("hand", "welfare", welfare="もう一度の文"))

    assert response.status_code == 409
    assert "この画面を開いた後に" in response.content.decode()
    assert "もう一度の文" in response.content.decode()
    assert Reminder.objects.count() == 1
    desk.post(url, typed("hand", "welfare", seen=Reminder.objects.get().pk))
    assert Reminder.objects.count() == 2


def test_who_has_answered_meanwhile_is_not_reminded(
    answer: Answer,
    content: Callable[..., AnswerContent],
    editor: User,
    desk: Client,
    url: str,
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)

    page = desk.post(url, typed("hand", "welfare")).content.decode()

    assert "福祉課は回答がそろったので、督促していません。" in page
    assert "督促する課はありません" in page
    assert not Reminder.objects.exists()


def test_all_can_be_chosen_at_once(two_owing: None, desk: Client, url: str) -> None:
    assert desk.get(f"{url}?all=1").content.decode().count("checked") == 2
    assert desk.get(url).content.decode().count("checked") == 0


def test_only_the_secretariat_reminds(
    reporting_round: ReportingRound, editor: User, client_of: Callable[..., Client], url: str
) -> None:
    assert client_of(editor).post(url, typed("hand", "welfare")).status_code == 403
    assert not Reminder.objects.exists()


def test_a_department_that_no_database_can_hold_is_none(
    answer: Answer, desk: Client, url: str
) -> None:
    data = {**typed("hand", "welfare"), "\0-chosen": "on"}

    assert desk.post(url, data).status_code == 302
    assert Reminder.objects.count() == 1
