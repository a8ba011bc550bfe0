"""What stands in the way before anything is done with a database, told in words (Django's system checks)."""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model, Q

from kirishima_dx.day_guards import asked_days, day_columns
from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY, day_fault

MIGRATIONS_OF_BEFORE = {
    ("people", "0002_mailbox_and_succession"),
    ("plans", "0002_lasting_keys"),
    ("plans", "0003_revise_any_text"),
    ("initiatives", "0002_ask_departments"),
    ("initiatives", "0003_study_items"),
    ("reviews", "0002_meetings_and_decisions"),
    ("reviews", "0003_publish_sealed_reports"),
    ("reviews", "0004_explain_revisions"),
}
"""Steps that version 0.1 took and no later version takes: these names are never used again."""
FIRST = ("people", "0001_initial")
MADE_BY_FIRST = "people_departmentsuccession"
"""A table that the first step makes since 0.2. In 0.1 the step had the same name and did not make it."""


@register(Tags.database)
def not_of_an_earlier_version(
    *, databases: Collection[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse a database of version 0.1, whose steps bear names of ours but made other tables."""
    return [
        _refusal(connections[alias])
        for alias in databases or ()
        if _is_of_before(connections[alias])
    ]


def _is_of_before(connection: BaseDatabaseWrapper) -> bool:
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied & MIGRATIONS_OF_BEFORE:
        return True
    return FIRST in applied and MADE_BY_FIRST not in connection.introspection.table_names()


def _refusal(connection: BaseDatabaseWrapper) -> Error:
    return Error(
        f"データベース「{connection.settings_dict['NAME']}」は、前の版（0.1）で作られたものです。"
        "この版は前の版のデータを引き継げないため、使えません。データベースには何も変更を加えていません。",
        hint="今のデータベースは、そのまま保管してください。そのうえで、新しい空のデータベースで始めてください。"
        "SQLite では、ファイルの名前を変えるか、ほかの場所へ移すと、次に起動したときに新しいファイルができます。"
        "別のデータベースを使うときは、環境変数 DATABASE_URL にそのアドレスを書きます（docs/operations.md）。",
        id="kirishima_dx.E001",
    )


MOST_NAMED = 20
"""Days of one database that are named."""


@register(Tags.database)
def days_of_before(*, databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name the days that were taken before there were bounds. They stay, and are shown as they are."""
    found = ((alias, list(_odd_days(connections[alias]))) for alias in databases or ())
    return [_days_told(connections[alias], odd) for alias, odd in found if odd]


def _days_told(connection: BaseDatabaseWrapper, odd: list[str]) -> Warning:
    more = f"、ほか{len(odd) - MOST_NAMED}件" if len(odd) > MOST_NAMED else ""
    return Warning(
        f"データベース「{connection.settings_dict['NAME']}」に、{DAYS_THERE_ARE}の外の日付があります："
        f"{'、'.join(odd[:MOST_NAMED])}{more}。",
        hint="このまま使えます。画面には、その日付のまま表示します。部署と役割の日付は、管理画面で直してください。"
        "これから来る施行、引継ぎ、担当の予定は、その画面で取りやめるか日を変えてください。"
        "回答の日付は入力し直し、提出されたものは差し戻してください。進捗の記録は書き換えず、「訂正」で直してください。",
        id="kirishima_dx.W002",
    )


def _odd_days(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield 部署（id 3）の設置日 1900-01-01; a table that an early state lacks, or has otherwise, is passed over."""
    for model, days_of_model in day_columns(apps.get_models()):
        fields = asked_days(model, days_of_model)
        names = [field.name for field in fields]
        asked = {model._meta.pk.column, *(field.column for field in fields)}
        if not asked <= _columns(connection, model):
            continue
        odd = Q()
        for name in names:
            odd |= Q(**{f"{name}__lt": EARLIEST_DAY}) | Q(**{f"{name}__gt": LATEST_DAY})
        rows = model._base_manager.using(connection.alias).filter(odd).order_by("pk")
        for key, *days in rows.values_list("pk", *names) if names else ():
            for field, day in zip(fields, days, strict=True):
                if day and day_fault(day):
                    yield f"{model._meta.verbose_name}（id {key}）の{field.verbose_name} {day}"


def _columns(connection: BaseDatabaseWrapper, model: type[Model]) -> set[str]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        described = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in described}
