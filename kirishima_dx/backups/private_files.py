"""Files that only their owner may read, and that are whole or not there."""

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

OWNER_ONLY = 0o600
LONG_IDLE = 12 * 3600
_DRAFT = re.compile(r"\..+\.[0-9a-f]{8}\.unfinished(-wal|-shm|-journal)?")


@contextmanager
def whole_file(target: Path, *, replaces: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write; it gets its name once all of it is on the disk, and none where the block fails.

    Raises FileExistsError where something of that name stands by then, unless it `replaces` that.
    """
    make_folder(target.parent)
    clear_left_over(target.parent)
    draft = draft_of(target)
    try:
        with new_file(draft) as file:
            yield file
        if replaces:
            draft.replace(target)
        else:
            _name(draft, target)
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def draft_of(target: Path) -> Path:
    """Return a name beside a file for what is to become it."""
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.unfinished")


def clear_left_over(folder: Path, *, idle: float = LONG_IDLE) -> None:
    """Remove the drafts of processes that were killed, known by that nobody has written to them for `idle` seconds.

    They hold what a database holds: neither the disk nor a closing (A3) should wait for somebody who notices them.
    """
    for path in folder.glob(".*.unfinished*"):
        with suppress(OSError):
            if _DRAFT.fullmatch(path.name) and time.time() - path.stat().st_mtime >= idle:
                path.unlink()


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that was not there; at the end all of it is on the disk."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
    with os.fdopen(os.open(path, flags, OWNER_ONLY), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


_BINARY = getattr(os, "O_BINARY", 0)
"""Windows turns line ends otherwise."""


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner enters, where there is none."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _name(draft: Path, target: Path) -> None:
    """Give a file its name without taking that of another, which a rename would on Linux."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # A file system without links.
        if target.exists():
            raise FileExistsError(target) from None
        draft.replace(target)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
