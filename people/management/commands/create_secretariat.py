"""Make an account of the 事務局."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from kirishima_dx.management.database_command import DatabaseCommand
from people.actions.accounts import create_account
from people.enums import Role
from people.models import User

ATTEMPTS = 3


class Command(DatabaseCommand):
    help = "事務局のアカウントを作る。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="ログインに使うユーザー名")
        parser.add_argument("--name", default="", help="画面に出る氏名（省略するとユーザー名）")
        parser.add_argument(
            "--password-stdin", action="store_true", help="パスワードを標準入力の1行目から読む"
        )

    def handle(
        self, *args: Any, username: str, name: str, password_stdin: bool, **options: Any
    ) -> None:
        username = User.normalize_username(_readable(username))
        user = User(username=username, name=" ".join(_readable(name).split()) or username)
        _check_account(user)
        password = self._read_password(user) if password_stdin else self._ask_password(user)
        create_account(
            username=user.username,
            name=user.name,
            password=password,
            roles={Role.SECRETARIAT: None},
            reason="コマンド create_secretariat で作った。",
        )
        self.stdout.write(
            f"事務局のアカウント「{username}」を作りました。画面の「職員ログイン」から入れます。"
        )

    def _read_password(self, user: User) -> str:
        password = _readable(sys.stdin.readline().rstrip("\r\n"))
        faults = _faults_of(password, user)
        if faults:
            raise CommandError(_refusal(faults))
        return password

    def _ask_password(self, user: User) -> str:
        if not sys.stdin.isatty():
            raise CommandError(
                "パスワードを尋ねる端末がありません。"
                "--password-stdin を付けて、標準入力から渡してください。"
            )
        for _ in range(ATTEMPTS):
            password = getpass("パスワード（10文字以上。画面には出ません）: ")
            faults = _faults_of(password, user)
            if not faults and getpass("もう一度同じパスワード: ") != password:
                faults = ["2回の入力が一致しません。"]
            if not faults:
                return password
            self.stderr.write(_refusal(faults))
        raise CommandError(
            "アカウントは作っていません。パスワードを決めてから、もう一度実行してください。"
        )


def _readable(text: str) -> str:
    """Return text of the command line. Raises CommandError for bytes that were no text in its encoding."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise CommandError("文字として読めない符号があります。端末の文字コードを確かめてください。")
    return text


def _check_account(user: User) -> None:
    if User.objects.filter(username=user.username).exists():
        raise CommandError(
            f"ユーザー名「{user.username}」のアカウントはすでにあります。別の名前にするか、"
            "管理画面でそのアカウントの役割を変えてください。"
        )
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise CommandError("アカウントを作れません。" + " ".join(error.messages)) from error


def _faults_of(password: str, user: User) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def _refusal(faults: list[str]) -> str:
    return "このパスワードは使えません。" + " ".join(faults)
