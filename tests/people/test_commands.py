"""create_secretariat, first_steps and serve: what the first person at the machine meets."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from serving_process import Answer, fetch, free_port, serve

from kirishima_dx.management.commands.serve import address
from people.enums import Role
from people.management.commands import create_secretariat
from people.models import RoleAssignment, User

PASSWORD = "nagai-aikotoba-desu"
ROOT = Path(__file__).parent.parent.parent


def create(*args: str, typed: str = PASSWORD + "\n") -> str:
    out, stdin = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        call_command("create_secretariat", *args, stdout=out)
    finally:
        sys.stdin = stdin
    return out.getvalue()


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed, in turn, where the command asks on a terminal."""
    typed: list[str] = []
    monkeypatch.setattr(create_secretariat, "getpass", lambda prompt: typed.pop(0))
    monkeypatch.setattr(create_secretariat.sys, "stdin", TerminalStandIn())
    yield typed
    assert typed == []


class TerminalStandIn(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_an_account_of_the_secretariat_is_made(db: None) -> None:
    said = create("jimu", "--name", "事務 局子", "--password-stdin")

    assert said == (
        "事務局のアカウント「jimu」を作りました。画面の「職員ログイン」から入れます。\n"
    )
    user = User.objects.get()
    assert (user.username, user.name, user.is_secretariat) == ("jimu", "事務 局子", True)
    assert user.check_password(PASSWORD)
    assert not user.is_superuser


def test_the_name_defaults_to_the_account(db: None) -> None:
    create("jimu", "--password-stdin")

    assert User.objects.get().name == "jimu"


def test_a_taken_name_is_told(secretariat: User) -> None:
    with pytest.raises(CommandError, match="ユーザー名「jimukyoku」のアカウントはすでにあります"):
        create("jimukyoku", "--password-stdin")
    assert User.objects.count() == 1


def test_a_name_taken_in_narrow_letters_is_taken_in_wide_ones(secretariat: User) -> None:
    with pytest.raises(CommandError, match="ユーザー名「jimukyoku」のアカウントはすでにあります"):
        create("ｊｉｍｕｋｙｏｋｕ", "--password-stdin")


@pytest.mark.parametrize("name", [" \n ", ""])
def test_a_name_of_nothing_is_the_account(db: None, name: str) -> None:
    create("jimu", "--name", name, "--password-stdin")

    assert User.objects.get().name == "jimu"


@pytest.mark.parametrize(
    ("username", "name", "password"),
    [("a\udcff", "", PASSWORD), ("jimu", "\udcff", PASSWORD), ("jimu", "", "\udcff" * 12)],
)
def test_bytes_that_are_no_text_make_no_account(
    db: None, username: str, name: str, password: str
) -> None:
    with pytest.raises(CommandError, match="文字として読めない符号"):
        create(username, "--name", name, "--password-stdin", typed=password + "\n")


@pytest.mark.parametrize(
    ("username", "password", "message"),
    [
        ("jimu", "mijikai", "最低 10 文字以上必要です"),
        ("jimu", "", "このパスワードは使えません"),
        ("jimu", "12345678901", "数字しか使われていません"),
        ("jimu kyoku", PASSWORD, "アカウントを作れません"),
        ("", PASSWORD, "アカウントを作れません"),
    ],
)
def test_bad_input_makes_no_account(db: None, username: str, password: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        create(username, "--password-stdin", typed=password + "\n")
    assert not User.objects.exists()


def test_on_a_terminal_the_password_is_asked_twice(db: None, prompts: list[str]) -> None:
    prompts += [PASSWORD, PASSWORD]

    call_command("create_secretariat", "jimu", stdout=io.StringIO())

    assert User.objects.get().check_password(PASSWORD)


def test_a_slip_is_asked_again(db: None, prompts: list[str]) -> None:
    prompts += ["mijikai", PASSWORD, "chigau-aikotoba", PASSWORD, PASSWORD]
    errors = io.StringIO()

    call_command("create_secretariat", "jimu", stdout=io.StringIO(), stderr=errors)

    assert "短すぎます" in errors.getvalue()
    assert "2回の入力が一致しません。" in errors.getvalue()
    assert User.objects.count() == 1


def test_after_three_slips_no_account_is_made(db: None, prompts: list[str]) -> None:
    prompts += ["mijikai"] * 3

    with pytest.raises(CommandError, match="アカウントは作っていません"):
        call_command("create_secretariat", "jimu", stderr=io.StringIO())
    assert not User.objects.exists()


def test_without_a_terminal_the_other_way_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="--password-stdin"):
        create("jimu")


def first_steps() -> str:
    out = io.StringIO()
    call_command("first_steps", stdout=out)
    return out.getvalue()


def test_the_first_start_tells_how_to_begin(db: None, staff: User) -> None:
    said = first_steps()

    assert "make account USER=名前" in said
    assert "create_secretariat 名前" in said
    assert "make demo" in said


def test_later_starts_only_say_where_to_sign_in(secretariat: User) -> None:
    assert "make account" not in first_steps()
    assert "職員ログイン" in first_steps()


def test_the_operators_account_counts(db: None) -> None:
    User.objects.create_superuser(username="root", password=PASSWORD, name="運用")

    assert "make account" not in first_steps()


@pytest.mark.parametrize("gone", ["account", "role"])
def test_nobody_left_is_as_at_the_beginning(secretariat: User, gone: str) -> None:
    if gone == "account":
        User.objects.update(is_active=False)
    else:
        RoleAssignment.objects.filter(role=Role.SECRETARIAT).update(valid_until="2026-10-14")

    assert "make account" in first_steps()


@pytest.mark.parametrize(
    ("host", "prefix", "expected"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:8000/"),
        ("0.0.0.0", None, "http://127.0.0.1:8000/"),  # noqa: S104
        ("::1", None, "http://[::1]:8000/"),
        ("localhost", "/dx", "http://localhost:8000/dx/"),
    ],
)
def test_the_address_can_be_opened(
    settings: Any, host: str, prefix: str | None, expected: str
) -> None:
    settings.FORCE_SCRIPT_NAME = prefix

    assert address(host, 8000) == expected


def kept_open(server: "subprocess.Popen[str]", database: Path) -> int:
    """Return how often the server has a file open, beyond what tells others that it is there."""
    held = (os.readlink(one) for one in Path(f"/proc/{server.pid}/fd").iterdir())
    return sum(1 for one in held if one == str(database)) - 1


@pytest.mark.sqlite
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serving_begins_and_ends_cleanly(stop: signal.Signals, ready_database: Path) -> None:
    port = free_port()
    server = serve(port, ready_database)
    try:
        assert fetch(port, "/healthz").body == b"ok\n"
        for _ in range(3):  # Each worker keeps the connection that it opens.
            assert fetch(port, "/login/").status == 200
        assert kept_open(server, ready_database) >= 1
    finally:
        server.send_signal(stop)
        out, errors = server.communicate(timeout=60)

    assert (server.returncode, errors) == (0, "")
    assert not [*ready_database.parent.glob("ready.sqlite3-*")], "the last one put no journal away"
    assert out == (
        f"起動しました: http://127.0.0.1:{port}/\n"
        "同時に受ける接続は 2000 までです。\n"
        "終わるときは Ctrl-C を押してください。\n"
        "終了しました。\n"
    )


@pytest.mark.sqlite
def test_serving_under_a_sub_path(ready_database: Path) -> None:
    """With and without the proxy cutting the path off."""
    port = free_port()
    server = serve(port, ready_database, SCRIPT_NAME="/dx")
    try:
        assert fetch(port, "/dx/healthz").body == b"ok\n"
        assert fetch(port, "/healthz").body == b"ok\n"
        redirect = fetch(port, "/dx/account/password/")
        assert redirect.status == 302
        assert redirect.location == "/dx/login/?next=/dx/account/password/"
    finally:
        server.terminate()
        server.communicate(timeout=60)


@pytest.mark.sqlite
def test_a_probe_is_answered_in_a_word_while_the_database_is_away(
    ready_database: Path,
) -> None:
    database = ready_database
    port = free_port()
    server = serve(port, database, HTTPS="on", ALLOWED_HOSTS="dx.example.lg.jp")
    try:
        assert fetch(port, "/healthz").body == b"ok\n"
        whole = database.read_bytes()
        database.write_bytes(b"no database " * 1000)
        assert fetch(port, "/healthz") == Answer(503, "", b"not ready: database\n")
        full = fetch(port, "/healthz?full")
        assert (full.status, json.loads(full.body)["database"]["answers"]) == (503, False)
        database.write_bytes(whole)
        assert fetch(port, "/healthz").status == 200, "noticed only after a minute"
    finally:
        server.terminate()
        server.communicate(timeout=60)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "x", "９"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(CommandError, match=f"「{port}」は 1～65535 の整数ではありません"):
        call_command("serve", f"--port={port}")


@pytest.mark.sqlite
def test_a_taken_port_is_told(ready_database: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = serve(port, ready_database)
        _, errors = server.communicate(timeout=60)

    assert server.returncode == 1
    assert errors.startswith(
        f"CommandError: 127.0.0.1 の {port} 番ポートは、ほかのプログラムが使っています。"
    )
