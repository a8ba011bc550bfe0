#!/usr/bin/env python3
"""Refuse lock files that are out of step with pyproject.toml, lack a hash or name an address.

Needs no network: the header of each lock holds a digest of the dependencies it was made from.
"""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "dev.txt")
DIGEST_LABEL = "dependencies sha256:"

# A URL, a local path, or a pip option that would bring one in.
ADDRESS = re.compile(r"://|file:|^\s*-|\s@\s|(^|\s)\.{0,2}/")
HASH_LINE = re.compile(r"^\s+--hash=sha256:[0-9a-f]{64}( \\)?$")
PIN_LINE = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+( ; .+)? \\$")


def dependencies_digest() -> str:
    """A digest of what the locks follow from, blind to comments and layout of pyproject.toml."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    relevant = {
        "requires-python": data["project"]["requires-python"],
        "dependencies": sorted(data["project"]["dependencies"]),
        "groups": data["dependency-groups"],
    }
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def faults(lock: Path) -> list[str]:
    """What is wrong with one lock file, a line of text each."""
    name = lock.relative_to(ROOT)
    if not lock.is_file():
        return [f"{name}: ありません。make lock で作ってください。"]
    lines = lock.read_text(encoding="utf-8").splitlines()
    found = []
    if f"# {DIGEST_LABEL} {dependencies_digest()}" not in lines:
        found.append(f"{name}: pyproject.toml と合っていません。make lock をしてください。")
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            wrong = "://" in line
        else:
            is_hash = HASH_LINE.match(line) is not None
            wrong = not is_hash and (ADDRESS.search(line) is not None or not PIN_LINE.match(line))
        if wrong:
            found.append(f"{name}:{number}: 版とハッシュ以外のものがあります: {line[:80]}")
        if PIN_LINE.match(line) and not (number < len(lines) and HASH_LINE.match(lines[number])):
            found.append(f"{name}:{number}: ハッシュがありません: {line[:80]}")
    return found


def main() -> int:
    found = [fault for lock in LOCKS for fault in faults(lock)]
    print("\n".join(found) if found else "lock files: ok", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
