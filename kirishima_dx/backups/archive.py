"""The file of a back-up: a zip that one person can carry, whole or nothing.

It holds what a database held (`database.sqlite3`, or one file a table) and `manifest.json`: which version and which
migrations, and of each table how many rows and which digest. Its comment is the SHA-256 of all bytes before it, so that
not one of them changes unnoticed.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils.timezone import localtime

from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.private_files import whole_file

FORMAT = "kirishima-dx-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
BLOCK = 1 << 20
_DIGITS = 64
_MOST_OF_MANIFEST = 16 << 20


@dataclass(frozen=True)
class TableNote:
    """A table as it was backed up: its columns in their order, its rows, a digest over what they hold."""

    columns: list[str]
    rows: int
    digest: str


@dataclass
class Manifest:
    """What a back-up says of itself. `kind` is the vendor: sqlite or postgresql."""

    kind: str
    database: str
    product: str
    made_at: str
    migrations: list[tuple[str, str]]
    tables: dict[str, TableNote] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of what lies in the zip, by name."""

    @property
    def made_when(self) -> str:
        """Return when it was made, as the clock on the wall showed it."""
        return f"{localtime(datetime.fromisoformat(self.made_at)):%Y-%m-%d %H:%M}"


class BackupWriter:
    """Writes parts one after the other, in blocks, and remembers their digests."""

    def __init__(self, file: IO[bytes], manifest: Manifest) -> None:
        self.manifest = manifest
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def write(self, name: str, blocks: Iterator[bytes]) -> str:
        """Write a part and return its digest."""
        digest = hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as part:
            for block in blocks:
                digest.update(block)
                part.write(block)
        self.manifest.digests[name] = digest.hexdigest()
        return digest.hexdigest()

    def give_up(self) -> None:
        """Let go of the file, which is thrown away."""
        with suppress(OSError, ValueError):
            self._zip.close()

    def finish(self) -> None:
        told = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self.manifest)}
        self._zip.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        self._zip.comment = b"0" * _DIGITS
        self._zip.close()


@contextmanager
def new_backup(target: Path, manifest: Manifest) -> Iterator[BackupWriter]:
    """Give a writer; the file gets its name when all of it is on the disk and reads back as it was written."""
    with told_in_words(target), whole_file(target) as file:
        writer = BackupWriter(file, manifest)
        try:
            yield writer
        except BaseException:
            writer.give_up()
            raise
        writer.finish()
        sealed = _digest_before_comment(file)
        file.seek(-_DIGITS, 2)
        file.write(sealed.encode())
        file.flush()
        with zipfile.ZipFile(file) as written:
            _compare_parts(written, manifest)


def _digest_before_comment(file: IO[bytes]) -> str:
    left = file.seek(0, 2) - _DIGITS
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (block := file.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def _compare_parts(written: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part; its digest must be the one in the manifest."""
    for name, expected in manifest.digests.items():
        digest = hashlib.sha256()
        for block in _blocks(written, name):
            digest.update(block)
        if digest.hexdigest() != expected:
            raise MoveRefused(
                f"控えの「{name}」が、書いたものと違います。ディスクを確かめてください。"
            )


def _blocks(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with file.open(name) as part:
        while block := part.read(BLOCK):
            yield block


class Backup:
    """A back-up that was read and found whole."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = file
        self.manifest = manifest

    def blocks(self, name: str) -> Iterator[bytes]:
        """Return a part in blocks. Raises MoveRefused where it is not what the manifest says."""
        digest = hashlib.sha256()
        for block in _blocks(self._zip, name):
            digest.update(block)
            yield block
        if digest.hexdigest() != self.manifest.digests[name]:
            raise MoveRefused(f"控えの「{name}」が、目録と違います。")


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """Open a back-up. Raises MoveRefused where it is none, is damaged, or of a later format."""
    with told_in_words(path):
        if path.is_dir():
            raise MoveRefused(f"「{path}」はフォルダーです。控えのファイルを指定してください。")
        with path.open("rb") as file, _whole_zip(file, path) as found:
            yield Backup(found, _manifest(found, path))


def _whole_zip(file: IO[bytes], path: Path) -> zipfile.ZipFile:
    try:
        found = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, EOFError) as fault:
        raise MoveRefused(
            f"「{path}」は、manage.py backup が作った控えとして読めません。別の種類のファイルか、途中で切れています。"
        ) from fault
    if len(found.comment) != _DIGITS or MANIFEST not in found.namelist():
        raise MoveRefused(f"「{path}」は、manage.py backup が作った控えではありません。")
    if _digest_before_comment(file) != found.comment.decode("ascii", "replace"):
        raise MoveRefused(
            f"「{path}」は壊れています（全体のダイジェストが合いません）。別の控えを使ってください。"
        )
    return found


def _manifest(found: zipfile.ZipFile, path: Path) -> Manifest:
    if found.getinfo(MANIFEST).file_size > _MOST_OF_MANIFEST:
        raise MoveRefused(f"「{path}」の目録が大きすぎます。")
    told: dict[str, Any] = json.loads(found.read(MANIFEST))
    if told.pop("format", "") != FORMAT:
        raise MoveRefused(f"「{path}」は、manage.py backup が作った控えではありません。")
    if told.pop("format_version") > FORMAT_VERSION:
        raise MoveRefused(
            f"「{path}」は、新しいバージョン（{told['product']}）の形で書かれた控えです。"
            "そのバージョン以後の製品で復元してください。"
        )
    tables = {name: TableNote(**note) for name, note in told.pop("tables").items()}
    migrations = [(app, name) for app, name in told.pop("migrations")]
    return Manifest(**told, tables=tables, migrations=migrations)
