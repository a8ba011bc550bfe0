"""What the processes of test_closing_for_good do: each says in a line what came of it."""

from collections.abc import Callable
from pathlib import Path

from closing_cast import PERSON, TRACE, places_of
from django.db import connection, transaction

from initiatives.actions.studying import ask_question, keep_evidence, note_finding
from kirishima_dx.erasing import erase_emptied
from people.actions.accounts import create_account
from people.actions.closing import close_cells
from people.closing_places import Cell, plan_of_words
from people.enums import Role
from people.errors import ClosingOutdated
from people.models import User
from plans.actions.loading import load_plan
from plans.models import FocusItem
from plans.plan_file.reader import read_plan_file

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"
SPREAD = "".join(f"{n} {PERSON}\n" for n in range(3000))
"""Over many pages of the database."""


def prepare() -> str:
    load_plan(read_plan_file(PLAN_FILE))
    by = create_account(
        username="jimukyoku", name="事務局", password="x", roles={Role.SECRETARIAT: None}
    )
    item = FocusItem.objects.order_by("code")[0]
    study = ask_question(focus_item=item, question="問い", review_by=None, opened_version=0, by=by)
    for number in range(20):
        note_finding(study=study, text=f"{number} 記録" * 40, by=by)
    note_finding(study=study, text=f"聞き取り：{PERSON}", by=by)
    keep_evidence(
        study=study,
        name=f"{PERSON}.txt",
        title=f"聞き取り {PERSON}",
        content=SPREAD.encode(),
        by=by,
    )
    return "ready"


def _cells() -> list[Cell]:
    return [cell for choice in plan_of_words(PERSON).choices for cell in choice.cells.values()]


def close() -> str:
    cells = _cells()
    wait("ready")
    try:
        close_cells(cells=cells, subject="資料", reason="氏名のため", by=User.objects.get())
    except ClosingOutdated:
        return "told"
    return "done"


def close_and_stop() -> str:
    with transaction.atomic():
        close_cells(cells=_cells(), subject="資料", reason="氏名のため", by=User.objects.get())
        wait("closing")
    return "done"


def erase() -> str:
    """Erase as the operator does: again, where a transaction that began before is in the way (the server's other
    databases count too)."""
    tables = ["initiatives_evidence", "initiatives_studynote"]
    return str(any(erase_emptied(tables) for _ in range(12)))


def erase_beside() -> str:
    """Erase while another session reads, and once more when it is done."""
    tables = ["initiatives_evidence", "initiatives_studynote"]
    beside = connection.copy()
    with beside.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT 1")
    close_cells(cells=_cells(), subject="資料", reason="氏名のため", by=User.objects.get())
    first = erase_emptied(tables)
    beside.close()
    return f"{first} {erase()}"


def places() -> str:
    return " ".join(places_of())


def written() -> str:
    """Say whether the person stands in the files of the server's tables, as a thief of the disk would read them."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(one)) FROM pg_class, "
            "LATERAL unnest(ARRAY[oid, reltoastrelid]) AS one "
            "WHERE relname IN ('initiatives_evidence', 'initiatives_studynote') AND one <> 0"
        )
        return str(any(TRACE.encode() in bytes(content) for (content,) in cursor.fetchall()))


TASKS: dict[str, Callable[..., str]] = {
    "prepare": prepare,
    "close": close,
    "close_and_stop": close_and_stop,
    "erase": erase,
    "erase_beside": erase_beside,
    "places": places,
    "written": written,
}
