#!/usr/bin/env python3
"""Write requirements/*.txt from pyproject.toml, hashes and all, naming no package index.

Run by `make lock`; `make lock UPGRADE=1` also moves every package to its newest allowed version.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from check_locks import DIGEST_LABEL, LOCKS, ROOT, dependencies_digest

HEADER = f"""\
# Written by `make lock` from pyproject.toml; do not edit by hand.
# {DIGEST_LABEL} {{digest}}
"""


def find_uv(scratch: Path) -> Path:
    """The uv of the development environment, any other, or one installed for this run alone."""
    beside_python = ROOT / ".venv" / "bin" / "uv"
    if beside_python.is_file():
        return beside_python
    elsewhere = shutil.which("uv")
    if elsewhere:
        return Path(elsewhere)
    subprocess.run([sys.executable, "-m", "venv", scratch / "uv"], check=True)
    python = scratch / "uv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
    return scratch / "uv" / "bin" / "uv"


def compile_lock(uv: Path, target: Path, extra: list[str], scratch: Path) -> None:
    """Resolve into a scratch copy first, so that a failed run leaves the old lock as it was."""
    draft = scratch / target.name
    if target.exists():
        draft.write_bytes(target.read_bytes())  # uv keeps the versions it finds here
    command = [str(uv), "pip", "compile", "pyproject.toml", *extra]
    command += ["--no-config", "--generate-hashes", "--universal", "--python-version", "3.11"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
    command += ["--quiet", "--output-file", str(draft)]
    if os.environ.get("UPGRADE"):
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True)
    header = HEADER.format(digest=dependencies_digest())
    draft.write_text(header + draft.read_text(encoding="utf-8"), encoding="utf-8")
    target.parent.mkdir(exist_ok=True)
    shutil.move(draft, target)


def main() -> None:
    runtime, dev = LOCKS
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        uv = find_uv(scratch)
        compile_lock(uv, runtime, [], scratch)
        # The same versions in both, so that adding the tools never moves what the product runs on.
        compile_lock(uv, dev, ["--group", "dev", "--constraint", str(runtime)], scratch)
    print("requirements/runtime.txt と requirements/dev.txt を書きました。")


if __name__ == "__main__":
    main()
