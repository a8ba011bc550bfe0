"""What was closed is nowhere in the database any more, and the database empties nothing else (A3)."""

from typing import Any

import pytest
from closing_cast import PERSON, TRACE, close_all, places_of
from django.db import IntegrityError, models, transaction
from raw_sql import refused
from valid_rows import NOW, VALID, World

from initiatives.models import Evidence, ProgressEntry
from kirishima_dx.closing import (
    BYTES,
    MARK,
    OBJECT,
    closable_columns,
    closable_models,
    digest_of,
    history_of,
)
from people.models import ClosedCell
from plans.models import Edition
from reviews.models import AnnualReport
from revisions.models import DraftComment

MODELS = [model for model in closable_models() if not hasattr(model, "instance_type")]
ALSO: dict[type[models.Model], Any] = {
    DraftComment: lambda w: {"is_question": True, "settled_at": NOW, "settled_by": w.by},
    ProgressEntry: lambda w: {"kind": "correction", "corrects": w.entry},
    Edition: lambda w: {"status": "abandoned", "abandoned_at": NOW, "abandoned_by": w.by},
    AnnualReport: lambda w: {"number": 2, "corrects": w.sealed},
}
"""What else a row needs so that all of its columns may be filled."""
MOVING = {"version", "revision", "updated_at", "updated_by_name"}
"""What tells open forms that something changed."""


def written(model: type[models.Model], world: World, person: str) -> models.Model:
    """Return a row in which a person stands in every column that can be closed, once more in each history."""
    kinds = {BYTES.sql: person.encode(), OBJECT.sql: {"problem": person, "kind": "update"}}
    said = {name: kinds.get(one.sql, person) for name, one in closable_columns(model).items()}
    also = ALSO.get(model, lambda _: {})(world)
    row = model._base_manager.create(**{**VALID[model](world), **said, **also})
    if history_of(model) is not None:
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
