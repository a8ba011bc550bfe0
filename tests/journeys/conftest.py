"""Real servers on databases of their own, and Debian's Chromium to visit them.

Nothing here asks Django's ORM: what a journey wants to know, it reads from the pages. A server lasts for a module, the
browser for this folder: Playwright's loop must be gone before other tests use the ORM.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from once import folder_of_run, one_at_a_time
from playwright.sync_api import Browser, sync_playwright

from journeys.browser import ARGUMENTS, Visitor, visiting
from journeys.server import PASSWORD, SECRETARIAT, Server, copy_database, manage

Visit = Callable[..., Visitor]


def program(variable: str, what: str, script: str) -> str:
    """Return a program that the environment names; without it a test is skipped, in CI it fails."""
    path = os.environ.get(variable, "")
    if not path and os.environ.get("CI") == "true":
        pytest.fail(f"{variable} がありません。CI では{what}の試験を飛ばせません。")
    if not path:
        pytest.skip(f"{variable} がありません。make test か scripts/{script} が用意します。")
    return path


@pytest.fixture(scope="session")
def chromium() -> str:
    return program("CHROMIUM", "ブラウザー", "install_browser.sh")


@pytest.fixture(scope="session")
def nginx() -> str:
    return program("NGINX", "プロキシ", "install_nginx.sh")


@pytest.fixture(scope="session")
def made_once(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a database that begins as a copy of another one or with nothing, once in a run."""
    folder = folder_of_run(tmp_path_factory)

    def made(name: str, make: Callable[[Path], None], origin: Path | None = None) -> Path:
        ready = folder / name / "journey.sqlite3"
        with one_at_a_time(folder):
            if not ready.exists():
                begun = folder / f"{name}-begun"
                begun.mkdir()
                database = copy_database(origin, begun) if origin else begun / ready.name
                make(database)
                begun.rename(ready.parent)
        return ready

    return made


@pytest.fixture(scope="session")
def plan_database(made_once: Callable[..., Path]) -> Path:
    """The plan as loaded for the first time; the static files are gathered too."""

    def make(database: Path) -> None:
        manage(database, "collectstatic", "--noinput", "--verbosity", "0")
        manage(database, "migrate", "--verbosity", "0")
        assert "3軸 9方針 52項目（★ 12）" in manage(database, "load_plan")

    return made_once("plan", make)


@pytest.fixture(scope="session")
def fresh_database(made_once: Callable[..., Path], plan_database: Path) -> Path:
    """The plan, and the first account of the 事務局."""

    def make(database: Path) -> None:
        manage(
            database,
            "create_secretariat",
            SECRETARIAT,
            "--name",
            "試験 事務局",
            "--password-stdin",
            typed=f"{PASSWORD}\n",
        )

    return made_once("fresh", make, plan_database)


@pytest.fixture(scope="session")
def demo_database(made_once: Callable[..., Path], plan_database: Path) -> Path:
    def make(database: Path) -> None:
        manage(database, "load_demo", "--password", PASSWORD)

    return made_once("demo", make, plan_database)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a server on a copy of a database, under a sub-path if one is given."""
    with ExitStack() as started:

        def make(database: Path, *, prefix: str = "", **more: str) -> Server:
            copy = copy_database(database, tmp_path_factory.mktemp("journey"))
            server = Server(copy, prefix=prefix, **more)
            started.callback(server.stop)
            server.wait_until_it_answers()
            return server

        yield make


@pytest.fixture(scope="module")
def fresh_server(start: Callable[..., Server], fresh_database: Path) -> Server:
    return start(fresh_database)


@pytest.fixture(scope="module")
def demo_server(start: Callable[..., Server], demo_database: Path) -> Server:
    return start(demo_database)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Come to a server as a visitor of one's own; at the end no visitor may have met a fault."""
    with ExitStack() as visitors:

        def make(server: Server, **options: Any) -> Visitor:
            return visitors.enter_context(visiting(browser, server, **options))

        yield make
