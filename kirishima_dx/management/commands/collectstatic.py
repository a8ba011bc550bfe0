"""Gather the static files, also those that differ from what was gathered without being newer."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.storage import Storage


class Command(collectstatic.Command):
    """Django goes by the times of files. An archive keeps those of its files: an update would leave the old ones."""

    def delete_file(self, path: str, prefixed_path: str, source_storage: Storage) -> Any:
        if not self.dry_run and self.storage.exists(prefixed_path):
            with source_storage.open(path) as source, self.storage.open(prefixed_path) as gathered:
                differs = source.read() != gathered.read()
            if differs:
                self.storage.delete(prefixed_path)
                return True
        return super().delete_file(path, prefixed_path, source_storage)
