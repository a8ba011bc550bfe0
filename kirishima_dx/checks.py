"""What stands in the way before anything is done with a database, told in words (Django's system checks)."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

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
