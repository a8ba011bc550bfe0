"""What the processes of a run make once and share."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the processes of this run share."""
    folder = factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process of the run go in; the others wait."""
    with (folder / "one-at-a-time").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
