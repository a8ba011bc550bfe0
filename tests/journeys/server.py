"""The product as people start it: its own database, the commands of the handbook, waitress on a free port."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "tameshi-no-aikotoba"
SECRETARIAT = "kanri"
"""The 事務局 of a fresh database; the demo's is called jimukyoku."""
PATIENCE = 60
"""Seconds until a server must answer, also on a machine that is busy."""
OURS = (
    "DEBUG PUBLIC_READING TRUSTED_PROXY SCRIPT_NAME CSRF_TRUSTED_ORIGINS PLAN_CODE PLAN_FILE "
    "KEPT_PAGES_MB HSTS_SECONDS DISK_FREE_MB BACKUP_MAX_HOURS SIGN_IN_ADDRESS_LIMIT "
    "SESSION_IDLE_SECONDS LOG_LEVEL STATICFILES_BACKEND DJANGO_SETTINGS_MODULE PYTHONWARNINGS "
    "ACCESS_LOG SERVE_CONNECTIONS SERVE_PROCESSES SERVE_HEAD_SECONDS SERVE_PACE_SECONDS SERVE_IDLE_SECONDS"
)


def environment(database: Path, **more: str) -> dict[str, str]:
    """Return what the server's processes know: hashed static files, plain HTTP, one database."""
    known = {name: value for name, value in os.environ.items() if name not in OURS.split()}
    return {
        **known,
        "KIRISHIMA_ENV_FILE": "none",
        "SECRET_KEY": "only-for-journeys-only-for-journeys-only-for-journeys-0123456789",
        "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{database}",
        **more,
    }


def manage(database: Path, *arguments: str, typed: str = "") -> str:
    """Run a command of manage.py as a person would and return what it says."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(database),
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def copy_database(origin: Path, folder: Path) -> Path:
    """Copy a database that nobody has open, so that each module may write into its own."""
    return Path(shutil.copy(origin, folder / "journey.sqlite3"))


class Server:
    """One process of `manage.py serve`; `url` is its first page, `origin` what every request must begin with."""

    def __init__(self, database: Path, *, prefix: str = "", **more: str) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.address = f"127.0.0.1:{port}"
        self.origin = f"http://{self.address}"
        self.url = f"{self.origin}{prefix}/"
        self._log = database.with_suffix(".log")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", port],
                cwd=ROOT,
                env=environment(database, SCRIPT_NAME=prefix, **more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}healthz", timeout=5) as answer:  # noqa: S310
                    assert answer.read() == b"ok\n"
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server does not answer:\n{self.log}")

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it as an operator does; whatever it could not handle stands in its log."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert " ERROR " not in self.log, self.log
