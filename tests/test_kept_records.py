"""Histories and the log of the admin stay as they were written, on both databases (A2)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, models
from raw_sql import refused
from row_world import World
from valid_rows import VALID

from kirishima_dx.history import is_history
from people.models import ClosedCell, Department, Shortening, User

HISTORIES = [model for model in apps.get_models() if is_history(model)]
TAKEN_AWAY = {
    "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    "postgresql": "TRUNCATE {0}",
}
NOW = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)


def log(by: User) -> LogEntry:
    return LogEntry.objects.create(user=by, object_repr="課", action_flag=2, change_message="[]")


def test_a2_no_history_and_no_log_is_rewritten(world: World, subtests: pytest.Subtests) -> None:
    log(world.by)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    kept: list[type[models.Model]] = [*HISTORIES, LogEntry]
    for model in kept:
        table, number = model._meta.db_table, model._meta.pk.column
        with subtests.test(table):
            if not model._base_manager.exists():
                _save_again(model)
            assert refused(f"UPDATE {table} SET {number} = {number}")
            assert refused(f"DELETE FROM {table}")
            assert refused(TAKEN_AWAY[connection.vendor].format(table))


def _save_again(history: type[models.Model]) -> None:
    told_of: type[models.Model] = history.instance_type  # type: ignore[attr-defined]  # Histories have it.
    told_of._base_manager.order_by("-pk")[0].save()


def shorten(by: User, table: str, until: datetime) -> None:
    told = {"reason": "保存期間の経過", "shortened_by": by, "shortened_by_name": by.name}
    Shortening.objects.create(table_name=table, until=until, shortened_at=NOW, **told)


def test_a2_what_is_old_goes_by_a_record_of_it(secretariat: User, welfare: Department) -> None:
    table = secretariat.history.model._meta.db_table
    until = NOW - timedelta(days=400)
    old, younger = (secretariat.history.latest() for _ in range(2))
    old.pk, old.history_date = None, until - timedelta(microseconds=1)
    younger.pk, younger.history_date = None, until
    old.save()
    younger.save()
    shorten(secretariat, "django_admin_log", until + timedelta(days=1))
    assert refused(f"DELETE FROM {table} WHERE history_id = {old.pk}")

    shorten(secretariat, table, until)

    assert not refused(f"DELETE FROM {table} WHERE history_id = {old.pk}")
    assert refused(f"DELETE FROM {table} WHERE history_id = {younger.pk}")
    departments = welfare.history.model._meta.db_table
    shorten(secretariat, departments, NOW - timedelta(days=366))
    welfare.history.model.objects.bulk_create([_older(welfare)])
    assert refused(f"DELETE FROM {departments}"), "pages of any day rest on them"


def _older(department: Department) -> models.Model:
    record: models.Model = department.history.latest()
    record.pk, record.history_date = None, NOW - timedelta(days=400)  # type: ignore[attr-defined]  # Histories have it.
    return record


@pytest.mark.postgres
def test_a2_a_table_of_a_session_lets_nothing_go(secretariat: User, welfare: Department) -> None:
    """A temporary table stands before ours; it could call a record old, or a cell closed."""
    table = welfare.history.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE people_shortening (table_name text, until timestamptz)")
        cursor.execute("INSERT INTO people_shortening VALUES (%s, '9999-12-31')", [table])

    assert refused(f"DELETE FROM {table}")


@pytest.mark.postgres
def test_a2_postgresql_has_no_other_way_to_write_over_a_row(world: World) -> None:
    ClosedCell.objects.create(**VALID[ClosedCell](world))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, key, column in (
        ("plans_focusitem", "id", "code"),
        ("people_closedcell", "id", "digest"),
        ("people_historicaldepartment", "history_id", "name"),
    ):
        end = f"UPDATE SET {column} = 'x'"
        assert refused(f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO {end}")
        merged = (
            f"MERGE INTO {table} AS t USING {table} AS s ON t.{key} = s.{key} WHEN MATCHED THEN"
        )
        assert refused(f"{merged} {end}")
    assert refused(f"{merged} DELETE")
    for table in ("plans_plan", "people_department", "people_closing"):
        assert refused(f"TRUNCATE {table} CASCADE"), table
