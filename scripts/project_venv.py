#!/usr/bin/env python3
"""Keep .venv in step with the lock files: `project_venv.py runtime` or `project_venv.py dev`.

Guarantees: an environment without its stamp is never used, so an interrupted installation is made
anew; two runs at once take turns; with unchanged locks nothing is done. Standard library only,
since it runs before anything is installed.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


@contextlib.contextmanager
def only_one(name: str, waiting: str) -> Iterator[int]:
    """Hold the lock file var/<name>.lock, telling the person once if somebody else holds it.

    Yields its descriptor. Hand it to child processes: the lock then lasts until the last of them
    has ended, even where the parent was killed.
    """
    VAR.mkdir(exist_ok=True)
    with (VAR / f"{name}.lock").open("a+b") as file:
        _acquire(file.fileno(), waiting)
        yield file.fileno()


def _acquire(descriptor: int, waiting: str) -> None:
    if sys.platform == "win32":
        import msvcrt

        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return
        print(waiting, flush=True)
        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(waiting, flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)


class ProjectVenv:
    """One virtual environment and the stamp that says what it was made of."""

    def __init__(self, folder: Path = ROOT / ".venv") -> None:
        self.folder = folder
        self.stamp = folder / "made-of.json"
        self.python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def ensure(self, kind: str) -> Path:
        """Make what is missing of `kind` ("runtime" or "dev") and return the path of its Python."""
        wanted = self._wanted(kind)
        if not self._has(wanted):
            waiting = "別の準備が進んでいます。終わるのを待ちます…"
            with only_one("venv", waiting) as lock:
                if not self._has(wanted):
                    self._make(kind, wanted, lock)
        return self.python

    def _wanted(self, kind: str) -> dict[str, str]:
        # The path counts: a moved or copied environment has scripts that point to the old place.
        wanted = {"place": str(self.folder), "runtime": _digest("runtime")}
        if kind == "dev":
            wanted["dev"] = _digest("dev")
        return wanted

    def _made_of(self) -> dict[str, str]:
        try:
            made_of: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return made_of

    def _has(self, wanted: dict[str, str]) -> bool:
        made_of = self._made_of()
        if any(made_of.get(key) != value for key, value in wanted.items()):
            return False
        probe = [str(self.python), "-c", "import django"]
        try:
            return subprocess.run(probe, capture_output=True, check=False).returncode == 0
        except OSError:  # the Python it was made from is gone
            return False

    def _make(self, kind: str, wanted: dict[str, str], lock: int) -> None:
        runtime = {key: wanted[key] for key in ("place", "runtime")}
        if not self._has(runtime):
            print(f"Python の部品を {self.folder.name} に用意します（初回は1分ほど）…", flush=True)
            self._remove()
            _run([sys.executable, "-m", "venv", str(self.folder)], lock)
        else:
            print("試験用の部品を加えます…", flush=True)
            self.stamp.unlink()
        lock_file = ROOT / "requirements" / f"{kind}.txt"
        install = [str(self.python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        # Wheels only: a source package would fetch its build tools without a hash.
        install += [
            "--no-input",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(lock_file),
        ]
        _run(install, lock)
        draft = self.stamp.with_suffix(".tmp")
        draft.write_text(json.dumps(wanted), encoding="utf-8")
        draft.replace(self.stamp)

    def _remove(self) -> None:
        """Take the folder away at once, then delete it; leftovers of earlier runs go too."""
        if self.folder.is_symlink():
            self.folder.unlink()
        elif self.folder.exists():
            self.folder.rename(self.folder.with_name(f"{self.folder.name}.old-{os.getpid()}"))
        for old in self.folder.parent.glob(f"{self.folder.name}.old-*"):
            shutil.rmtree(old, ignore_errors=True)


def _digest(kind: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()


def _run(command: list[str], lock: int) -> None:
    inherited = () if sys.platform == "win32" else (lock,)
    done = subprocess.run(command, check=False, pass_fds=inherited)
    if done.returncode:
        sys.exit(
            "部品を用意できませんでした。上の表示を確かめて、もう一度実行してください"
            "（途中からではなく、初めから作り直します）。\n"
            "インターネットにつながらない所では、配布された wheel の置き場所を"
            " PIP_NO_INDEX=1 PIP_FIND_LINKS=置き場所 で指定できます。"
        )


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    if kind not in {"runtime", "dev"}:
        sys.exit("使い方: project_venv.py runtime | dev  [フォルダー]")
    venv = ProjectVenv(Path(sys.argv[2]).resolve()) if len(sys.argv) > 2 else ProjectVenv()
    try:
        venv.ensure(kind)
    except KeyboardInterrupt:
        sys.exit("\n中断しました。もう一度実行すると、初めから用意し直します。")


if __name__ == "__main__":
    main()
