"""Django's server for development, which here also checks what needs the database (as `serve` does)."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from whitenoise.runserver_nostatic.management.commands import runserver


class Command(runserver.Command):
    def check(self, *args: Any, **options: Any) -> None:
        super().check(*args, **{"databases": [DEFAULT_DB_ALIAS], **options})
