"""Commands that work with the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS


class DatabaseCommand(BaseCommand):
    """A command that has the database looked at before it begins, as migrate does (kirishima_dx/checks.py)."""

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}
