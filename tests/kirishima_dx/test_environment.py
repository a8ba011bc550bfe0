"""What is misspelt in the environment stops the start with a message; nothing is turned off unseen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kirishima_dx.environment import database, mail_server, switch, whole_number

ROOT = Path(__file__).parent.parent.parent
NAME = "KIRISHIMA_TAMESHI"


@pytest.mark.parametrize(
    ("value", "expected"), [("on", True), ("TRUE", True), ("off", False), ("0", False), ("", True)]
)
def test_a_switch_is_on_or_off(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv(NAME, value)

    assert switch(NAME, default=True) is expected


@pytest.mark.parametrize("value", ["enabled", "onn", "はい"])
def test_a_switch_that_cannot_be_read_is_not_off(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=f"{NAME} は on か off"):
        switch(NAME, default=True)


def test_a_number_is_a_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert whole_number(NAME, default=5) == 5
    monkeypatch.setenv(NAME, "60")
    assert whole_number(NAME, default=5) == 60
    for value in ("x", "-1", "0", "1.5", "٣", "9" * 5000):
        monkeypatch.setenv(NAME, value)
        with pytest.raises(ImproperlyConfigured, match="1 以上の整数"):
            whole_number(NAME, default=5)


def test_a_database_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert database(NAME) is None
    monkeypatch.setenv(NAME, "sqlite:////var/lib/x.sqlite3")
    found = database(NAME)
    assert found is not None
    assert found["NAME"] == "/var/lib/x.sqlite3"


@pytest.mark.parametrize(
    "address",
    [
        "garbage",
        "postgres://",
        "postgres://u:himitsu@h:99999/x",
        "mysql://u:himitsu@h/x",
        "http://x",
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(NAME, address)

    with pytest.raises(ImproperlyConfigured, match="アドレスとして読めません") as refusal:
        database(NAME)
    assert "himitsu" not in str(refusal.value)


def test_a_mail_server_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_server(NAME) is None
    monkeypatch.setenv(NAME, "smtp+tls://u:p%40@mail.example.lg.jp:587")
    found = mail_server(NAME)
    assert found is not None
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.lg.jp",
        587,
        True,
    )
    assert found["EMAIL_HOST_PASSWORD"] == "p@"
    monkeypatch.setenv(NAME, "consolemail://")
    assert mail_server(NAME) is not None


@pytest.mark.parametrize(
    "address", ["mail.example.lg.jp", "smtp://", "smtp://u:himitsu@h:99999", "http://u:himitsu@h"]
)
def test_a_mail_address_that_is_none_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(NAME, address)

    with pytest.raises(ImproperlyConfigured, match="メールサーバーのアドレスとして") as refusal:
        mail_server(NAME)
    assert "himitsu" not in str(refusal.value)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("SECRET_KEY", "", "設定の誤り: 環境変数 SECRET_KEY がありません。"),
        ("HTTPS", "enabled", "設定の誤り: 環境変数 HTTPS は on か off にしてください"),
        ("DATABASE_URL", "postgres://127.0.0.1:1/x", "データベースを使えません: "),
        ("DATABASE_URL", "sqlite:////nonexistent/x", "データベースを使えません: "),
    ],
)
def test_a_command_tells_the_operator_in_words(variable: str, value: str, message: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate"],
        cwd=ROOT,
        env={**os.environ, variable: value, "KIRISHIMA_ENV_FILE": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith(message)
    assert "Traceback" not in ran.stderr
