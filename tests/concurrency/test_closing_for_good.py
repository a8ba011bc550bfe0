"""What was closed is in no file of the database either; two who close, and one who is killed (A3)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from closing_cast import TRACE
from django.db import connection

from . import closing_tasks
from .conftest import AtOnce, Start

TASKS = closing_tasks.TASKS

Result = Callable[..., str]
HELD = "initiatives_evidence.content initiatives_evidence.name initiatives_evidence.title initiatives_studynote.text"


def is_written(database: str, result: Result) -> bool:
    """Whether the person stands in the files of the database, the write-ahead log of SQLite among them."""
    if connection.vendor != "sqlite":
        return result("written") == "True"
    files = Path(database).parent.glob(f"{Path(database).name}*")
    return any(TRACE.encode() in file.read_bytes() for file in files)


def test_a3_what_is_closed_is_in_no_file_of_the_database(
    at_once: AtOnce, result: Result, own_database: str
) -> None:
    assert is_written(own_database, result)
    assert at_once(("close",)) == ["done"]

    assert result("erase") == "True"

    assert result("places") == ""
    assert not is_written(own_database, result)


@pytest.mark.postgres
def test_a3_the_rows_that_somebody_still_reads_are_not_called_erased(
    result: Result, own_database: str
) -> None:
    """Whoever reads since before the closing keeps the old rows alive: PostgreSQL copies them into the new table."""
    assert result("erase_beside") == "False True"

    assert not is_written(own_database, result)


def test_a3_of_two_who_close_one_does_and_the_other_is_told(
    at_once: AtOnce, result: Result
) -> None:
    assert sorted(at_once(("close",), ("close",))) == ["done", "told"]


def test_a3_who_is_killed_while_closing_has_closed_nothing_by_half(
    start: Start, result: Result
) -> None:
    closing = start("close_and_stop")
    closing.stands("closing")
    closing.kill()

    assert result("places") == HELD
