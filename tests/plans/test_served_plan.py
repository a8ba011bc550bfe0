"""Which plan is served: PLAN_CODE names it, or nothing is served. Another plan is never shown in its place."""

import os
import socket
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from kirishima_dx.errors import SettingRefused
from people.models import User
from plans.actions.loading import load_plan
from plans.models import Edition, Plan
from plans.plan_file.source import PlanFile
from plans.querysets import plan_code_fault

ROOT = Path(__file__).parent.parent.parent
ONE = {"tameshi-dx": "ためし町DX計画"}
TWO = {**ONE, "other": "別の計画"}
UNKNOWN = (
    "環境変数 PLAN_CODE の「tamesi」という計画は、読み込まれていません。読み込まれているのは "
    "tameshi-dx（ためし町DX計画） です。PLAN_CODE をこの中の一つに直すか、"
    "manage.py load_plan でその計画を読み込んでください。"
)
UNCHOSEN = (
    "計画が2件読み込まれています: tameshi-dx（ためし町DX計画）、other（別の計画）。"
    "見せる計画の符号を、環境変数 PLAN_CODE に設定してください。"
)


@pytest.fixture
def two_plans(small_draft: Edition, small_plan: PlanFile) -> Plan:
    """The small plan and, with the same words, another one; the other one is returned."""
    return load_plan(replace(small_plan, code="other", name="別の計画")).edition.plan


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("", {}), ("whatever", {}), ("", ONE), ("tameshi-dx", ONE), ("other", TWO)],
)
def test_a_setting_that_tells_a_plan(wanted: str, names: dict[str, str]) -> None:
    assert plan_code_fault(wanted, names) == ""


def test_a_setting_that_tells_none_is_told_with_what_there_is() -> None:
    assert plan_code_fault("tamesi", ONE) == UNKNOWN
    assert plan_code_fault("", TWO) == UNCHOSEN
    assert "tameshi-dx（ためし町DX計画）、other（別の計画） です" in plan_code_fault("x", TWO)


def test_the_plan_that_is_named_is_served(two_plans: Plan, settings: Any) -> None:
    settings.PLAN_CODE = "other"

    assert Plan.objects.served() == two_plans
    assert "別の計画" in Client().get("/").content.decode()


def test_the_only_plan_need_not_be_named(small_draft: Edition, settings: Any) -> None:
    assert settings.PLAN_CODE == ""
    assert Plan.objects.served() == small_draft.plan


def test_before_a_plan_is_loaded_every_setting_will_do(db: None, settings: Any) -> None:
    settings.PLAN_CODE = "tamesi"

    call_command("check", databases=["default"])
    assert Plan.objects.served() is None
    assert Client().get("/").status_code == 200


@pytest.mark.parametrize("url", ["/", "/items/", "/items.csv", "/editions/", "/login/"])
def test_no_page_shows_another_plan(small_draft: Edition, settings: Any, url: str) -> None:
    assert Client().get(url).status_code == 200
    settings.PLAN_CODE = "tamesi"

    response = Client().get(url)

    page = response.content.decode()
    assert (response.status_code, UNKNOWN in page) == (503, True)
    assert small_draft.plan.name not in page.replace(UNKNOWN, "")


def test_neither_does_a_page_before_one_of_two_is_chosen(two_plans: Plan) -> None:
    response = Client().get("/")

    assert (response.status_code, UNCHOSEN in response.content.decode()) == (503, True)


def test_nothing_is_written_either(small_draft: Edition, secretariat: User, settings: Any) -> None:
    client = Client()
    client.force_login(secretariat, backend="django.contrib.auth.backends.ModelBackend")
    settings.PLAN_CODE = "tamesi"

    assert client.post("/editions/considerations/add/", {"reason": "x"}).status_code == 503
    with pytest.raises(SettingRefused, match="tamesi"):
        call_command("load_demo", "--password", "tameshi-no-aikotoba")
    assert User.objects.count() == 1


def test_the_check_refuses_it(two_plans: Plan, settings: Any) -> None:
    with pytest.raises(SystemCheckError, match=r"plans\.E001") as refused:
        call_command("check", databases=["default"])
    assert UNCHOSEN in str(refused.value)
    call_command("check")  # Asks no database.
    settings.PLAN_CODE = "other"
    call_command("check", databases=["default"])


def test_loading_a_second_plan_tells_that_the_setting_lacks(
    small_draft: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_plan")

    told = capsys.readouterr().err
    assert told.startswith("このままではサーバーを起動できません。計画が2件読み込まれています: ")


def test_loading_the_only_plan_tells_nothing(
    db: None, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_plan", str(plan_file))

    assert capsys.readouterr().err == ""


# ---- the start, as the operator sees it


def manage(database: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PLAN_CODE": "tamesi"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def older_database(tmp_path: Path) -> Path:
    """A database with a plan in it whose tables an upgrade has still to change."""
    path = tmp_path / "older.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE plans_plan (id INTEGER PRIMARY KEY, code TEXT, name TEXT)")
        connection.execute("INSERT INTO plans_plan VALUES (1, 'tameshi-dx', 'ためし町DX計画')")
    connection.close()
    return path


@pytest.mark.parametrize(
    "words",
    [("serve",), ("runserver", "--noreload"), ("migrate",)],
)
def test_nothing_starts_on_a_wrong_setting(older_database: Path, words: tuple[str, ...]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    by_command = {"serve": ["--port", port], "runserver": [f"127.0.0.1:{port}"]}

    done = manage(older_database, *words, *by_command.get(words[0], []))

    assert (done.returncode, UNKNOWN in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
    assert "起動しました" not in done.stdout


def test_the_first_start_asks_for_no_plan(tmp_path: Path) -> None:
    """Nothing is in the database yet, not even a table."""
    assert manage(tmp_path / "new.sqlite3", "check", "--database", "default").returncode == 0
