"""What it costs that a commit waits for the disk: `.venv/bin/python -m bench.syncing`. Needs no database of its own.

One row is written and committed in a file of SQLite with `synchronous=NORMAL` and with `FULL`, in turn; medians. Any
action is one transaction, so saving an entry, sealing and adopting cost one such commit more each.
"""

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 60


def main() -> None:
    took: dict[str, list[float]] = {"NORMAL": [], "FULL": []}
    with (
        tempfile.TemporaryDirectory(dir=ROOT / "var") as folder,
        closing(sqlite3.connect(Path(folder) / "x", isolation_level=None)) as opened,
    ):
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE one (number)")
        for number in range(RUNS):
            for mode, milliseconds in took.items():
                opened.execute(f"PRAGMA synchronous={mode}")
                begun = time.perf_counter()
                opened.execute("INSERT INTO one VALUES (?)", (number,))
                milliseconds.append((time.perf_counter() - begun) * 1000)
    for mode, milliseconds in took.items():
        print(f"| {mode} | {statistics.median(milliseconds):.2f} ms | {max(milliseconds):.1f} ms |")


if __name__ == "__main__":
    main()
