"""Sending reminders (督促) by e-mail: each is recorded once it is out, and none because another failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from people.models import Department, User
from rounds.actions.rounds import record_reminder
from rounds.models import ReportingRound


@dataclass(frozen=True)
class Letter:
    """A reminder for one department."""

    department: Department
    subject: str
    text: str


@dataclass(frozen=True)
class Delivery:
    """What became of a letter: `failure` says in words why it did not go out, empty where it did."""

    letter: Letter
    failure: str = ""


def mail_reminders(*, round: ReportingRound, letters: Iterable[Letter], by: User) -> list[Delivery]:
    """Send letters over one connection; return what became of each.

    A letter that went out is recorded at once, in a transaction of its own: the next failure undoes nothing. No
    transaction stays open while the mail server is spoken to.
    """
    letters = list(letters)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException):
        return [Delivery(letter, "メールサーバーにつながりません。") for letter in letters]
    try:
        return [_deliver(round, letter, connection, by) for letter in letters]
    finally:
        _close(connection)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, SMTPException):
        return


def _deliver(
    round: ReportingRound, letter: Letter, connection: BaseEmailBackend, by: User
) -> Delivery:
    address = letter.department.email
    if not address:
        return Delivery(letter, "メールアドレスが登録されていません。")
    message = EmailMessage(
        subject=letter.subject,
        body=letter.text,
        to=[address],
        connection=connection,
    )
    try:
        sent = message.send()
    except (OSError, SMTPException, ValueError) as error:
        return Delivery(letter, _in_words(error))
    if not sent:
        return Delivery(letter, "メールサーバーが受け付けませんでした。")
    record_reminder(
        round=round, department=letter.department, text=letter.text, mailed_to=address, by=by
    )
    return Delivery(letter)


def _in_words(error: Exception) -> str:
    if isinstance(error, ValueError):
        return "宛先のメールアドレスか件名に、メールに使えない文字があります。部署の登録を確かめてください。"
    if isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected):
        return "メールサーバーが受け付けませんでした。宛先のメールアドレスを確かめてください。"
    return "メールサーバーとの通信が途切れました。届いたかどうかを確かめてください。"
