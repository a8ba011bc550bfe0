"""make bench: what people wait for, beside floors measured in the same run: `python -m bench.run [--beside CHECKOUT]`.

Each size is measured by a process of its own on a database of its own. `--beside` measures another checkout too, with
these measurements and in the same sitting: part by part the two take turns. Prints Markdown for docs/performance.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.aims import aims_told
from bench.tables import Found, table

ROOT = Path(__file__).resolve().parent.parent
Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((1, 1), (1, 10), (100, 10))
"""Times the real plan's 52 items, and years of half-yearly entries."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--beside", type=Path, help="a checkout of the code of before")
    asked.add_argument("--small", action="store_true", help="measure 52 items of one year only")
    asked.add_argument("--parts", nargs="+", default=[], help="of bench/measure.py, by name")
    asked.add_argument("--rows", type=Path, help="a database that bench/prepare.py filled")
    given = asked.parse_args()
    codes = [ROOT] if given.beside is None else [given.beside.resolve(), ROOT]
    found: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        sitting = Sitting(codes, Path(folder), given.parts, given.rows)
        for size in SIZES[:1] if given.small else SIZES:
            of_size = [row for part in sitting.measured(size) for row in part]
            print(table(of_size), flush=True)
            found += of_size
    print(aims_told(found), flush=True)


class Sitting:
    """Codes that are measured together, each on a copy of the same rows, which the first of them writes."""

    def __init__(
        self, codes: list[Path], folder: Path, parts: list[str], rows: Path | None
    ) -> None:
        self.codes, self.folder, self.parts = codes, folder, parts
        (folder / "bench").symlink_to(ROOT / "bench")
        self._begun = folder / "begun.sqlite3"
        if rows:
            shutil.copy(rows, self._begun)
        _done(self._run(codes[0], self._begun, "manage.py", "migrate", "--verbosity", "0"))

    def measured(self, size: Size) -> Iterator[list[Found]]:
        """Let the codes measure part after part in turn, and yield what each part has found, row beside row."""
        told = [str(number) for number in size]
        # A folder each: beside a file that was in use lies a journal, which is not that of another file there.
        folder = self.folder / "-".join(told)
        folder.mkdir()
        filled = Path(shutil.copy(self._begun, folder / "filled.sqlite3"))
        _done(self._run(self.codes[0], filled, "-m", "bench.prepare", *told))
        with ExitStack() as stack:
            begun = []
            for number, code in enumerate(self.codes):
                own = Path(shutil.copy(filled, folder / f"{number}.sqlite3"))
                process = self._run(code, own, "-m", "bench.measure", *told, *self.parts)
                begun.append(stack.enter_context(_ended_with_us(process)))
            for part in range(max([int(_line_of(process)) for process in begun])):
                since = time.monotonic()
                rows = [_part_of(process) for process in begun]
                names = dict.fromkeys(name for found in rows for name in found)
                yield [Found(size, name, [found.get(name) for found in rows]) for name in names]
                took = time.monotonic() - since
                print(f"{size} {part + 1}: {took:,.0f} s", file=sys.stderr, flush=True)

    def _run(self, code: Path, database: Path, *command: str) -> "subprocess.Popen[str]":
        """Start something of a checkout on a database; the measurements are those of this one, whatever its own are."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kirishima_dx.settings",
            "DATABASE_URL": f"sqlite:///{database}",
            "PYTHONPATH": f"{self.folder}{os.pathsep}{code}",
            "PYTHONWARNINGS": "ignore",
        }
        # -P: else the folder in which it runs would come first, and with it that code's own measurements.
        return subprocess.Popen(
            [sys.executable, "-P", *command],
            cwd=code,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def _done(process: "subprocess.Popen[str]") -> None:
    process.communicate()
    if process.returncode:
        raise SystemExit(f"測定の準備に失敗しました（{process.args!r}）。")


@contextmanager
def _ended_with_us(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    with process:
        try:
            yield process
        finally:
            process.kill()


def _part_of(process: "subprocess.Popen[str]") -> dict[str, dict[str, Any]]:
    """Let one code measure its next part, and return its rows by name."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    rows: dict[str, dict[str, Any]] = {}
    while line := _line_of(process):
        one = json.loads(line)
        rows[one["name"]] = one
    return rows


def _line_of(process: "subprocess.Popen[str]") -> str:
    """Return the next line; raise where the process has ended before it."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"測定が途中で終わりました（{process.wait()}）。")
    return line.strip()


if __name__ == "__main__":
    main()
