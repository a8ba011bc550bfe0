"""Commands that work with the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection

from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.notes import database_name
from kirishima_dx.backups.private_database import file_of


class DatabaseCommand(BaseCommand):
    """A command that has the database looked at before it begins, as migrate does (kirishima_dx/checks.py)."""

    only_reads = False
    """Then a file that is not there is refused: SQLite would make one, empty."""

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    def check(self, *args: Any, **options: Any) -> None:
        """Raise CommandError, in words, where the database is damaged or does not answer."""
        file = file_of(connection)
        if self.only_reads and file is not None and not file.exists():
            raise CommandError(
                f"データベースのファイル「{file}」がありません。DATABASE_URL を確かめてください。"
            )
        try:
            with told_in_words(database_name(connection.settings_dict)):
                super().check(*args, **options)
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
