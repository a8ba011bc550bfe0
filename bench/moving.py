"""What a back-up, a restore and a move take: `scripts/with_postgres.sh .venv/bin/python -m bench.moving …`.

After it TIMES and YEARS: as often the items of the real plan, and years of half-yearly entries; or FILE, such a
database that is there already. Each command is a process of its own: seconds on the clock, of the processor, and the
most memory it held. Prints a Markdown table for docs/performance.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
import django, sys
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bench import data
from people.models import User
data.prepare(times=int(sys.argv[1]), years=int(sys.argv[2]))
data.open_rounds(User.objects.get())
"""
EMPTY = "import django, sys; django.setup(); from django.db import connection as c; c.cursor().execute(sys.argv[1])"


def run(url: str, *command: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "kirishima_dx.settings",
    }
    subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
    )


def measured(what: str, url: str, *command: str) -> None:
    """Run a command of manage.py and print its row: the process is waited for alone, so the figures are its own."""
    environment = {**os.environ, "DATABASE_URL": url}
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=sys.stderr
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, what
    took = time.monotonic() - begun
    print(
        f"| {what} | {took:,.1f} s | {used.ru_utime + used.ru_stime:,.1f} s | "
        f"{used.ru_maxrss / 1024:,.0f} MB |",
        flush=True,
    )


def main(times: str, years: str = "10") -> None:
    server = os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.sqlite3"
        url, second = f"sqlite:///{file}", f"{server.rpartition('/')[0]}/second"
        os.environ["BACKUP_DIR"] = folder
        if Path(times).is_file():
            shutil.copy(times, file)
            run(url, "manage.py", "migrate", "--verbosity", "0")
        else:
            run(url, "-c", PREPARE, times, years)
        run(server, "-c", EMPTY, "CREATE DATABASE second")
        print("| 測ったもの | 時間 | CPU | 最大のメモリー |")
        print("|---|--:|--:|--:|")
        measured("何もしない命令（`manage.py check`）", url, "check")
        measured("`backup`（SQLite）", url, "backup", f"{folder}/a.zip")
        measured("`restore`（SQLite）", url, "restore", f"{folder}/a.zip")
        measured("`copy_database` SQLite → PostgreSQL", url, "copy_database", url, server)
        measured("`backup`（PostgreSQL）", server, "backup", f"{folder}/b.zip")
        measured("`restore`（PostgreSQL）", second, "restore", f"{folder}/b.zip")
        back = f"{folder}/back.sqlite3"
        measured("`copy_database` PostgreSQL → SQLite", url, "copy_database", server, back)
        measured("`verify_all`（PostgreSQL）", server, "verify_all")
        sizes = [
            Path(folder, name).stat().st_size / 1e6 for name in ("one.sqlite3", "a.zip", "b.zip")
        ]
        print("\nMB (SQLite, its back-up, that of PostgreSQL):", sizes)


if __name__ == "__main__":
    main(*(sys.argv[1:3] or ("100", "10")))
