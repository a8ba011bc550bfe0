"""Whoever puts an older back-up back is told what was closed since (A3)."""

from pathlib import Path

import pytest
from closing_cast import PERSON, close_all

from initiatives.actions.studying import ask_question, note_finding
from people.models import User
from plans.models import FocusItem
from portal.closings_file import CLOSINGS, add_closings, closed_since


def test_a3_what_was_closed_stands_beside_the_backups_and_is_missed_later(
    responsible: FocusItem, secretariat: User, tmp_path: Path
) -> None:
    study = ask_question(
        focus_item=responsible, question="問い", review_by=None, opened_version=0, by=secretariat
    )
    note = note_finding(study=study, text=f"聞き取り：{PERSON}", by=secretariat)
    assert add_closings(tmp_path) == 0
    assert not (tmp_path / CLOSINGS).exists()

    closing = close_all(note, secretariat)

    assert [add_closings(tmp_path), add_closings(tmp_path)] == [1, 1]
    assert closed_since(tmp_path) == (tmp_path / CLOSINGS, 0)
    assert PERSON not in (tmp_path / CLOSINGS).read_text(encoding="utf-8")
    # As in a database of before the closing: its cells are named in the list alone.
    listed = (tmp_path / CLOSINGS).read_text(encoding="utf-8")
    digest = closing.cells.all()[0].digest
    (tmp_path / CLOSINGS).write_text(listed.replace(digest, "0" * 64), encoding="utf-8")
    assert closed_since(tmp_path)[1] == 1
    assert add_closings(tmp_path) == 2
    # Half a list would be taken for none, and written over.
    (tmp_path / CLOSINGS).write_text(listed[:-9], encoding="utf-8")
    with pytest.raises(OSError, match="壊れています"):
        add_closings(tmp_path)
    assert (tmp_path / CLOSINGS).read_text(encoding="utf-8") == listed[:-9]
