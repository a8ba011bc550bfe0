"""Which build of the product draws the pages, and with which settings."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage


@cache
def build() -> str:
    """Return a digest of all that pages are made of but for the rows, asked when the server starts.

    All settings count: which of them a page reads is a question that nobody has to answer.
    """
    told = blake2b(_files().encode(), digest_size=16)
    for name in sorted(filter(str.isupper, dir(settings))):
        told.update(repr((name, _in_order(getattr(settings, name)))).encode())
    return told.hexdigest()


@cache
def _files() -> str:
    """Return a digest of code, templates, the versions of other packages, and the names of the static files."""
    told = blake2b(digest_size=16)
    for file in sorted(_made_of()):
        content = file.read_bytes()
        told.update(repr((file.relative_to(settings.BASE_DIR).as_posix(), len(content))).encode())
        told.update(content)
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        told.update((staticfiles_storage.read_manifest() or "").encode())
    return told.hexdigest()


def _made_of() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for app in apps.get_app_configs():
        if Path(app.path).parent == base:
            yield from Path(app.path).rglob("*.py")
    yield from (base / "templates").rglob("*.*")
    yield from (base / "requirements").glob("*.txt")


def _in_order(value: object) -> object:
    """Return a set in an order that is the same in each process."""
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else value
