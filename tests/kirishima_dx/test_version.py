"""One version of the product, told alike by its pages, its command line and its papers."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import django
import pytest
from django.test import Client

from kirishima_dx.version import VERSION

ROOT = Path(__file__).parent.parent.parent


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_project_and_the_changelog_name_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert (project["version"], re.findall(r"^## (.+)$", changes, re.M)[0]) == (VERSION, VERSION)


def test_every_page_tells_it_at_its_foot(db: None) -> None:
    page = Client().get("/login/").content.decode()

    assert f"バージョン {VERSION}</span>" in page.partition("<footer")[2]


@pytest.mark.parametrize("words", [("version",), ("--version",)])
def test_the_command_line_tells_the_product_and_django(words: tuple[str, ...]) -> None:
    done = manage(*words)

    told = f"きりしまDX未来図 進行管理 {VERSION}（Django {django.get_version()}、"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(told)


def test_it_is_told_while_the_settings_are_wrong() -> None:
    done = manage("version", SECRET_KEY="", DATABASE_URL="garbage")

    assert (done.returncode, VERSION in done.stdout) == (0, True)


def test_an_option_of_a_command_is_the_commands_own() -> None:
    """Only `--version` by itself is ours."""
    assert manage("version", "--version").stdout == f"{VERSION}\n"
    assert manage("serve", "--version").stdout == f"{django.get_version()}\n"
