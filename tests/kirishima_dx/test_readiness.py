"""What is missing stops the start, is told to probe and operator, and never stops the `migrate` that mends it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client

from kirishima_dx.backups.notes import LastBackup, database_name, note_backup
from kirishima_dx.readiness.probe import SECONDS, missing_lately
from people.models import User

AFAR = {"REMOTE_ADDR": "192.0.2.7"}
FORWARDED = {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}
Clients = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def nothing_was_looked_up() -> Iterator[None]:
    """Let no test see what another one found."""
    missing_lately.forget()
    yield
    missing_lately.forget()


def take_a_guard_away(settings: Any, folder: Path) -> str:
    """As somebody with a database shell would."""
    name = "reviews_sealedrow_no_delete"
    of = "" if connection.vendor == "sqlite" else " ON reviews_sealedrow"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{of}")
    return name


def leave_migrations_out(settings: Any, folder: Path) -> str:
    """As after an update whose `migrate` was forgotten."""
    settings.MIGRATION_MODULES = {}
    if "django_migrations" in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'contenttypes'")
    return "contenttypes.0001_initial"


def gather_no_static_files(settings: Any, folder: Path) -> str:
    settings.STATIC_ROOT = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    return "staticfiles.json"


MISSING = {
    "guards": (take_a_guard_away, "migrate"),
    "migrations": (leave_migrations_out, "migrate"),
    "static_files": (gather_no_static_files, "collectstatic"),
}


def check(tag: str, **options: Any) -> str:
    """Return what the checks of a tag refuse, nothing if they are content."""
    try:
        call_command("check", databases=["default"], tags=[tag], **options)
    except SystemCheckError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("part", MISSING)
def test_what_is_missing_is_told_at_every_door(
    db: None, settings: Any, tmp_path: Path, part: str
) -> None:
    make, mend = MISSING[part]
    client = Client()
    assert client.get("/healthz").content == b"ok\n"
    assert check("kirishima_dx", deploy=True) == ""
    name = make(settings, tmp_path)
    missing_lately.forget()

    here, outside = client.get("/healthz"), client.get("/healthz", **AFAR)
    assert (here.status_code, here.content.decode()) == (503, f"not ready: {part}\n")
    assert (outside.status_code, outside.content) == (503, b"not ready\n")
    told = client.get("/healthz?full").json()
    assert (told["status"], told[part]["ok"]) == ("not ready", False)
    assert any(name in one for one in told[part]["missing"])
    assert mend in told[part]["mend"]

    refused = check("kirishima_dx", deploy=True)
    assert name in refused
    assert mend in refused
    assert check("database") == "", "the checks of `migrate` stop what mends it"

    with closing(socket.socket()) as taken:  # So that a server that did start would end at once.
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError) as stopped:
            call_command("serve", port=taken.getsockname()[1])
    assert str(stopped.value).startswith("このままでは起動しません。")
    assert name in str(stopped.value)
    assert mend in str(stopped.value)


def test_a_guard_that_goes_while_the_server_runs_is_noticed_within_a_minute(
    db: None, settings: Any, tmp_path: Path
) -> None:
    client = Client()
    assert client.get("/healthz").status_code == 200
    take_a_guard_away(settings, tmp_path)

    assert client.get("/healthz").status_code == 200, "looked up again within the minute"
    assert SECONDS <= 60
    missing_lately.forget()  # As after this time (test_lately.py).
    assert client.get("/healthz").status_code == 503


def test_a_probe_needs_neither_https_nor_a_host_name_nor_a_session(db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["dx.example.lg.jp"]
    settings.PUBLIC_READING = False
    client = Client(SERVER_NAME="10.0.0.5")
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32

    assert client.get("/items/").status_code == 400
    answer = client.get("/healthz", **AFAR)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert client.head("/healthz").content == b""


def test_the_whole_is_for_this_machine_and_for_the_secretariat(
    secretariat: User, staff: User, client_of: Clients
) -> None:
    def status(user: User | None, **request: Any) -> int:
        return client_of(user).get("/healthz?full", **request).status_code

    assert status(None) == 200
    assert [status(None, **one) for one in (AFAR, FORWARDED, {"HTTP_VIA": "1.1 x"})] == [403] * 3
    assert [status(staff, **AFAR), status(secretariat, **AFAR)] == [403, 200]
    assert client_of(None).get("/healthz", **FORWARDED).content == b"ok\n"


def test_the_whole_has_keys_that_stay(db: None) -> None:
    told = Client().get("/healthz?full").json()

    assert told["now"] == "2026-10-15T10:00:00+09:00"
    part = {"ok", "missing", "mend"}
    assert {key: set(one) for key, one in told.items() if isinstance(one, dict)} == {
        "database": {"vendor", "answers"},
        "migrations": part,
        "guards": part,
        "static_files": {*part, "asked"},
        "backup": {"made_at", "age_seconds", "limit_seconds", "size_bytes", "file", "ok"},
        "network": {"https", "hsts_seconds", "trusted_proxy", "allowed_hosts"},
    }
    assert set(told["disk"][0]) == {"of", "folder", "free_bytes", "limit_bytes", "ok"}
    assert set(told) - {"database", *MISSING, "backup", "network", "disk"} == {
        "status",
        "version",
        "now",
        "warnings",
    }


def test_a_full_disk_and_an_old_backup_are_warned_of_and_stop_nothing(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.BACKUP_DIR = tmp_path / "not" / "made" / "yet"
    settings.DISK_FREE_MB = 10**9

    def told() -> tuple[str, bool, bool, int]:
        answer = Client().get("/healthz?full")
        said = answer.json()
        full = all(one["ok"] for one in said["disk"])
        return said["status"], full, said["backup"]["ok"], answer.status_code

    def make_a_backup(made_at: datetime) -> None:
        of = database_name(connection.settings_dict)
        note_backup(LastBackup(made_at=made_at, size=7, file="x", database=of))

    assert told() == ("warning", False, False, 200)
    settings.DISK_FREE_MB = 1
    assert told() == ("warning", True, False, 200)
    make_a_backup(datetime(2026, 10, 13, 22, 59, tzinfo=UTC))
    assert told() == ("warning", True, False, 200)
    make_a_backup(datetime(2026, 10, 13, 23, 1, tzinfo=UTC))
    assert told() == ("ok", True, True, 200)
    settings.DISK_FREE_MB = 10**9
    assert "MB を下回っています" in "".join(Client().get("/healthz?full").json()["warnings"])


@pytest.mark.parametrize(("seconds", "said"), [(0, "max-age=0"), (3600, "max-age=3600")])
def test_how_long_browsers_insist_on_https_is_a_setting_that_can_be_taken_back(
    db: None, settings: Any, seconds: int, said: str
) -> None:
    settings.HSTS_SECONDS = settings.SECURE_HSTS_SECONDS = seconds

    assert Client().get("/nothing/", secure=True)["Strict-Transport-Security"] == said
    assert "Strict-Transport-Security" not in Client().get("/nothing/")
