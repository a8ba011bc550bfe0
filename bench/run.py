"""make bench: the time of what people wait for, as ratios to floors measured in the same run.

Each size is measured in a process and a database of its own. What is measured and its floor take turns; the medians
are compared. Prints a Markdown table for docs/performance.md.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((1, 1), (100, 10))
"""Times the real plan's 52 items, and years of half-yearly entries."""


def measured(times: int, years: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kirishima_dx.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        # As a module: beside a script of this folder, bench/rounds.py would stand for the app.
        command = [sys.executable, "-m", "bench.measure", str(times), str(years)]
        output = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    return [json.loads(line) for line in output.splitlines() if line]


def main() -> None:
    print("| 測ったもの | 項目 | 年 | 問合せ | CPU | 時間 | 下限（同じ実行の中） | CPU | 比 |")
    print("|---|--:|--:|--:|--:|--:|---|--:|--:|")
    for times, years in SIZES:
        for row in measured(times, years):
            spent, floor = row["spent"], row["floor_spent"]
            print(
                f"| {row['what']} | {52 * times:,} | {years} | {row['queries']} | "
                f"{spent['cpu_least'] * 1000:,.1f} ms | {spent['wall_median'] * 1000:,.1f} ms | "
                f"{row['floor']} | {floor['cpu_least'] * 1000:,.1f} ms | "
                f"{spent['cpu_least'] / floor['cpu_least']:,.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
