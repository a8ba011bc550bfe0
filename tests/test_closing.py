"""What was closed is nowhere in the database any more, and the database empties nothing else (A3)."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from answering import STATED
from closing_cast import PERSON, TRACE, close_all, places_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, models, transaction
from django.test import Client
from raw_sql import refused
from row_world import NOW, World
from valid_rows import VALID

from initiatives.actions.studying import ask_question, keep_evidence
from initiatives.models import Evidence, Initiative, ProgressEntry
from kirishima_dx.closing import (
    BYTES,
    MARK,
    OBJECT,
    closable_columns,
    closable_models,
    digest_of,
    history_of,
)
from kirishima_dx.spreadsheets.list_upload import keep_list
from people.actions.closing import close_cells
from people.actions.closing_again import close_again
from people.closing_places import plan_of_words
from people.models import ClosedCell, Closing, DepartmentListUpload, User
from people.workbooks.department_list import department_list_workbook
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import abandon_draft
from plans.actions.recalling import take_out_of_force
from plans.models import Edition, Erratum, FocusItem, RecalledAdoption
from reviews.models import AgendaItem, AnnualReport, Decision, Meeting
from revisions.models import Amendment, DraftComment
from rounds.models import AnswerChange

MODELS = [model for model in closable_models() if not hasattr(model, "instance_type")]
ALSO: dict[type[models.Model], Any] = {
    DraftComment: lambda w: {"is_question": True, "settled_at": NOW, "settled_by": w.by},
    ProgressEntry: lambda w: {"kind": "correction", "corrects": w.entry},
    Edition: lambda w: {"status": "abandoned", "abandoned_at": NOW, "abandoned_by": w.by},
    AnnualReport: lambda w: {
        "number": 2,
        "abandoned_at": NOW,
        "abandoned_by": w.by,
    },
    Meeting: lambda w: {"called_off_at": NOW, "called_off_by": w.by},
}
"""What else a row needs so that all of its columns may be filled."""
FIXED = (AnnualReport, Meeting)
"""Of these `ALSO` makes rows that were given up, and nobody saves them again."""
MOVING = {"version", "revision", "updated_at", "updated_by_name"}
"""What tells open forms that something changed."""


def taken_back(world: World, person: str) -> RecalledAdoption:
    """Adopt the draft upon what names a person, and take that back: such a row repeats what was adopted."""
    put_in_force(
        edition=world.draft,
        fates=[],
        decided_on=NOW.date(),
        effective_from=date(2027, 4, 1),
        basis=person,
        by=world.by,
    )
    return take_out_of_force(edition=world.draft, reason=person, by=world.by)


def written(model: type[models.Model], world: World, person: str) -> models.Model:
    """Return a row in which a person stands in every column that can be closed, once more in each history."""
    if model is RecalledAdoption:
        return taken_back(world, person)
    kinds = {BYTES.sql: person.encode(), OBJECT.sql: {"problem": person, "kind": "update"}}
    said = {name: kinds.get(one.sql, person) for name, one in closable_columns(model).items()}
    also = ALSO.get(model, lambda _: {})(world)
    row = model._base_manager.create(**{**VALID[model](world), **said, **also})
    if history_of(model) is not None and model not in FIXED:
        row.save()
    return row


def test_a3_what_is_closed_is_nowhere_any_more(world: World) -> None:
    """Whatever can be closed: all tables have it first, none has it afterwards, and all else stays as it was."""
    for model in MODELS:
        trace = f"PERSON-{model.__name__}-"
        row = written(model, world, f"{trace}甲野太郎")
        told = model._base_manager.filter(pk=row.pk)
        before = told.values().get()
        assert places_of(trace), model

        closing = close_all(row, world.by)

        assert places_of(trace) == [], model
        now, closable = told.values().get(), closable_columns(model)
        assert all(one.is_in(now[name]) for name, one in closable.items()), model
        others = before.keys() - closable.keys() - MOVING
        assert {name: now[name] for name in others} == {name: before[name] for name in others}
        kept = closing.cells.filter(table_name=model._meta.db_table, row_id=row.pk)
        assert {cell.column_name: cell.digest for cell in kept} == {
            name: digest_of(before[name]) for name in closable
        }


def test_a3_what_is_fixed_for_good_is_closed_all_the_same(world: World) -> None:
    """The record of a meeting that was closed, and a draft that was given up."""
    fixed = (AgendaItem, Decision, Amendment, DraftComment, Erratum)
    rows = []
    for model in fixed:
        values = {**VALID[model](world), **dict.fromkeys(closable_columns(model), PERSON)}
        if model is DraftComment:
            values["settlement"] = ""
        rows.append(model._base_manager.create(**values))
    Meeting.objects.filter(pk=world.meeting.pk).update(closed_at=NOW, closed_by=world.by)
    abandon_draft(draft=world.draft, reason="作り直すため", by=world.by)
    for model, row in zip(fixed, rows, strict=True):
        assert refused(f"UPDATE {model._meta.db_table} SET id = id WHERE id = {row.pk}")

    cells = [cell for one in plan_of_words(PERSON).choices for cell in one.cells.values()]
    close_cells(cells=cells, subject="試し", reason="氏名のため", by=world.by)

    assert places_of() == []


def test_the_database_empties_only_what_a_closing_names(world: World) -> None:
    row = Evidence.objects.create(**{**VALID[Evidence](world), "title": PERSON})
    other = Evidence.objects.create(**{**VALID[Evidence](world), "digest": "e"})
    empty = f"UPDATE initiatives_evidence SET title = '{MARK}'"
    assert refused(f"{empty} WHERE id = {row.pk}")

    cell = VALID[ClosedCell](world)
    cell.update(table_name="initiatives_evidence", row_id=row.pk, column_name="title")
    ClosedCell.objects.create(**cell)

    assert refused(f"{empty}, size = 7 WHERE id = {row.pk}")
    assert refused(f"{empty}, name = '{MARK}' WHERE id = {row.pk}")
    assert refused(f"UPDATE initiatives_evidence SET title = '別' WHERE id = {row.pk}")
    assert refused(f"UPDATE initiatives_evidence SET title = title WHERE id = {row.pk}")
    assert refused(f"{empty} WHERE id = {other.pk}")
    assert not refused(f"{empty} WHERE id = {row.pk}")
    assert refused(f"UPDATE initiatives_evidence SET title = '{TRACE}' WHERE id = {row.pk}")
    assert refused("DELETE FROM people_closedcell")
    assert refused("UPDATE people_closing SET closed_by_name = '別'")


def test_the_database_takes_no_file_again_that_was_closed(world: World) -> None:
    values = {**VALID[Evidence](world), "digest": digest_of(b"c")}
    close_all(Evidence.objects.create(**values), world.by)

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(**{**values, "study": world.study, "name": "g.pdf"})


def test_what_was_closed_is_closed_again_after_a_back_up_came_back(
    world: World, tmp_path: Path
) -> None:
    row = Evidence.objects.create(
        **{**VALID[Evidence](world), "title": PERSON, "content": PERSON.encode()}
    )
    file = tmp_path / "closings.json"
    with transaction.atomic():
        close_all(row, world.by)
        call_command("close_again", file, write=True, stdout=StringIO())
        transaction.set_rollback(True)
    assert places_of() == ["initiatives_evidence.content", "initiatives_evidence.title"]
    assert TRACE not in file.read_text()

    again = close_again(told=json.loads(file.read_text()), by=world.by)

    assert (places_of(), again.cells) == ([], 3)
    assert Closing.objects.get().reason.startswith("氏名が入っていたため（2026-10-15に")
    assert close_again(told=json.loads(file.read_text()), by=world.by).cells == 0
    with pytest.raises(CommandError, match="事務局の利用者はいません"):
        call_command("close_again", file, by="nobody")


def test_words_are_found_wherever_they_stand_and_closed_on_one_page(
    world: World, desk: Client, settings: Any
) -> None:
    """Also what no page leads to: a history, a step, a file; nobody else comes to know the words."""
    settings.PLAN_CODE = world.edition.plan.code
    world.agenda_item.discussion = f"相談者は{PERSON}さん。"
    world.agenda_item.save()
    world.agenda_item.discussion = "相談があった。"
    world.agenda_item.save()
    AnswerChange.objects.create(**{**VALID[AnswerChange](world), "content": {"problem": PERSON}})
    Evidence.objects.create(**{**VALID[Evidence](world), "content": f"名簿 {PERSON}".encode()})

    found = desk.post("/closings/search/", {"words": PERSON})
    plan = found.context["found"]
    form = {"words": PERSON, "choice": [one.key for one in plan.choices], "stamp": plan.stamp}
    told = desk.post("/closings/search/", form)
    assert "閉じる理由を書いてください。" in told.text
    missing = desk.post("/closings/search/", {**form, "choice": [], "reason": "x", "is_sure": "on"})
    assert "閉じるところを一つ以上選んでください。" in missing.text
    old = desk.post(
        "/closings/search/", {**form, "stamp": "old", "reason": "氏名のため", "is_sure": "on"}
    )
    assert (old.status_code, places_of() != []) == (409, True)

    done = desk.post("/closings/search/", {**form, "reason": "氏名のため", "is_sure": "on"})

    assert done.headers["Location"] == "/closings/"
    assert places_of() == []
    assert (
        world.agenda_item.__class__.objects.get(pk=world.agenda_item.pk).discussion
        == "相談があった。"
    )
    assert "氏名のため" in desk.get("/closings/").text


def test_what_stands_in_the_place_of_a_closed_entry(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    client_of: Callable[..., Client],
    secretariat: User,
    editor: User,
) -> None:
    """The public reads that it was closed, staff also when and why; nobody else than the 事務局 is led to close."""
    entry = record(responsible, by=editor, achievements=PERSON)
    close_all(entry, secretariat)
    told = "令和8年10月15日に事務局が閉じました（理由：氏名が入っていたため）"

    for reader in (None, editor, secretariat):
        page = client_of(reader).get("/items/1-A-1/").text
        assert (MARK in page, TRACE in page) == (True, False)
        assert (told in page) == (reader is not None)
        assert ("個人情報を含むため閉じる" in page) == (reader == secretariat)

    again = client_of(editor).post(
        "/items/1-A-1/progress/",
        {
            "opened_revision": Initiative.objects.get(focus_item=responsible).revision,
            "as_of": "2026-10-10",
            **{**STATED, "achievements": PERSON},
        },
    )
    assert "この文は、個人情報を含むため令和8年10月15日に事務局が閉じたものと同じです" in again.text
    assert ProgressEntry.objects.count() == 1


def test_a_closed_file_is_handed_out_and_taken_in_no_more(
    small_edition: Edition, secretariat: User, desk: Client
) -> None:
    """Evidence and a list: their pages say so (410), and the same file is refused with the day of the closing."""
    listed = department_list_workbook(made_at=NOW)
    study = ask_question(
        focus_item=FocusItem.objects.get(code="1-A-2"),
        question="問い",
        review_by=None,
        opened_version=0,
        by=secretariat,
    )
    kept = keep_evidence(study=study, name="名簿.txt", title="名簿", content=b"x", by=secretariat)
    upload = keep_list(DepartmentListUpload, file_name="f.xlsx", content=listed, by=secretariat)
    for row in (kept, upload):
        close_all(row, secretariat)

    for gone in (f"/items/1-A-2/study/files/{kept.pk}/", f"/departments/import/{upload.pk}/"):
        told = desk.get(gone)
        assert (told.status_code, "に事務局が閉じました（理由：氏名が" in told.text) == (410, True)
    again = {
        "/items/1-A-2/study/files/": {"title": "名簿", "file": SimpleUploadedFile("別.txt", b"x")},
        "/departments/import/": {"workbook": SimpleUploadedFile("別.xlsx", listed)},
    }
    for door, form in again.items():
        assert "個人情報を含むため令和8年10月15日に事務局が閉じた" in desk.post(door, form).text
    page = desk.get("/items/1-A-2/study/").text
    assert (MARK in page, "名簿" in page) == (True, False)
