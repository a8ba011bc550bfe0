"""Whether the static files were gathered, by this version, and are still whole."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import md5
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage

REWRITTEN = (b"url(", b"@import", b"sourcemappingurl")
"""What Django writes anew in a file, whose name then tells the digest of what came out."""


def _storage() -> ManifestStaticFilesStorage | None:
    """Return where they are gathered; None where pages need none, as while developing."""
    storage: Any = staticfiles_storage
    asked = not settings.DEBUG and isinstance(storage, ManifestStaticFilesStorage)
    return storage if asked else None


def static_files_are_asked() -> bool:
    """Whether anything is missing where they are not gathered."""
    return _storage() is not None


def faults_of_static_files() -> list[str]:
    """Return what is wrong with the files that `collectstatic` left, by the name of each, nothing if they are whole.

    A file counts as gathered by this version when its copy has the bytes of the source and the file that pages ask
    for has the digest that its name tells. The bundle of styles is told by its parts, each of which is gathered too.
    """
    storage: Any = _storage()
    if storage is None:
        return []
    try:
        manifest = storage.load_manifest()[0]
    except (OSError, ValueError):
        return [f"{storage.manifest_name} が読めません"]
    if not manifest:
        return [f"{storage.manifest_name} がありません"]
    try:
        return list(_faults(manifest, Path(storage.location)))
    except OSError as fault:  # A folder of sources that cannot be entered.
        return [f"{fault.filename} が読めません"]


def _faults(manifest: dict[str, str], folder: Path) -> Iterator[str]:
    sources = dict(_sources())
    for name in sorted({*manifest, *sources}):
        if name not in manifest:
            yield f"{name} がありません"
            continue
        asked = manifest[name]
        served = _digest(folder / asked)
        if served is None:
            yield f"{asked} がありません"
        elif served.digest not in asked:
            yield f"{asked} が壊れています"
        elif name in sources and not _is_of(sources[name], folder / name, asked):
            yield f"{name} が古いままです"


def _is_of(source: Path, copy: Path, asked: str) -> bool:
    """Whether what was gathered was made from this source."""
    here, there = _digest(source), _digest(copy)
    if here is None or there is None or here.digest != there.digest:
        return False
    return here.is_rewritten or here.digest in asked


def _sources() -> Iterator[tuple[str, Path]]:
    """Yield what `collectstatic` would gather; where two have one name, the first counts."""
    seen = set()
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]  # Its own.
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            prefix = getattr(storage, "prefix", None)
            name = (Path(prefix) / path if prefix else Path(path)).as_posix()
            if name not in seen:
                seen.add(name)
                yield name, Path(storage.path(path))


class Digest:
    """What the bytes of a file say."""

    def __init__(self, data: bytes) -> None:
        self.digest = md5(data, usedforsecurity=False).hexdigest()[:12]
        """As Django writes it into names."""
        self.is_rewritten = any(word in data.lower() for word in REWRITTEN)


def _digest(file: Path) -> Digest | None:
    """Return the digest of a file, None where it is missing; read again only when the file was touched."""
    try:
        stat = file.stat()
        return _read(file, stat.st_mtime_ns, stat.st_size, stat.st_ino)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _read(file: Path, *touched: int) -> Digest:
    return Digest(file.read_bytes())
