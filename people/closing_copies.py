"""What the people app adds to a closing (A3): the name of a file also stands where it was taken out."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from kirishima_dx.closing import BYTES, WORDS, closable_columns
from kirishima_dx.spreadsheets.writing import file_name
from people.models import Download


def names_taken(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return the downloads under the name of a file that is closed."""
    columns = closable_columns(type(row))
    if columns[column] is WORDS and BYTES in columns.values():
        for one in Download.objects.filter(file_name__in={value, file_name(value)}):
            yield one, "file_name"
