"""The file of a back-up: read back as it was written, or refused in words."""

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirishima_dx.backups.archive import Manifest, TableNote, new_backup, opened_backup
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.private_files import whole_file

PART = b"row\n" * 3000


def written(place: Path) -> Path:
    manifest = Manifest(
        "postgresql", "postgres://db/city", "0.4.0", "2026-10-15T10:00:00+09:00", []
    )
    with new_backup(place, manifest) as writer:
        digest = writer.write("tables/one", iter([PART[:100], PART[100:]]))
        manifest.tables["one"] = TableNote(["id", "name"], 3000, digest)
    return place


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("backups") / "one.zip")


def read(place: Path) -> bytes:
    with opened_backup(place) as found:
        return b"".join(found.blocks("tables/one"))


def test_it_reads_back_as_it_was_written(backup: Path) -> None:
    with opened_backup(backup) as found:
        assert found.manifest.tables["one"].rows == 3000
        assert b"".join(found.blocks("tables/one")) == PART
    with ZipFile(backup) as opened:
        assert opened.testzip() is None


@settings(max_examples=30)
@given(data=st.data())
def test_one_flipped_bit_anywhere_is_told(backup: Path, data: st.DataObject) -> None:
    content = bytearray(backup.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    damaged = backup.with_name("damaged.zip")
    damaged.write_bytes(content)

    with pytest.raises(MoveRefused, match=r"壊れています|として読めません|ではありません"):
        read(damaged)


@settings(max_examples=15)
@given(share=st.floats(0, 0.999))
def test_half_a_file_is_told(backup: Path, share: float) -> None:
    content = backup.read_bytes()
    half = backup.with_name("half.zip")
    half.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(MoveRefused, match=r"途中で切れています|ではありません"):
        read(half)


def test_what_is_no_backup_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with ZipFile(other, "w") as opened:
        opened.writestr("a.txt", "a")
    (tmp_path / "words.txt").write_text("控えではない")

    for place, words in (
        (other, "作った控えではありません"),
        (tmp_path / "words.txt", "読めません"),
        (tmp_path, "フォルダー"),
        (tmp_path / "nothing.zip", "がありません"),
    ):
        with pytest.raises(MoveRefused, match=words):
            read(place)


def test_it_is_its_owners_alone_and_is_never_written_over(backup: Path) -> None:
    before = backup.read_bytes()

    with pytest.raises(MoveRefused, match="すでにあります"):
        written(backup)

    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.read_bytes() == before
    assert not list(backup.parent.glob(".*"))


def test_what_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[bytes]:
        yield PART
        raise RuntimeError("die")

    with (
        pytest.raises(RuntimeError, match="die"),
        new_backup(tmp_path / "one.zip", Manifest("sqlite", "a", "0", "m", [])) as writer,
    ):
        writer.write("tables/one", rows())

    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    place = tmp_path / "note.json"
    place.write_bytes(b"before")

    with whole_file(place, replaces=True) as file:
        file.write(b"after")
        assert place.read_bytes() == b"before"

    assert place.read_bytes() == b"after"


def test_what_a_killed_process_left_is_removed_by_a_later_one(tmp_path: Path) -> None:
    old, new = tmp_path / ".one.zip.0123abcd.unfinished", tmp_path / ".one.zip.89abcdef.unfinished"
    for place in (old, new, tmp_path / ".my.unfinished", tmp_path / "kept.zip"):
        place.touch()
        os.utime(place, (0, 0))
    os.utime(new)

    with whole_file(tmp_path / "two") as file:
        file.write(b"x")

    found = {path.name for path in tmp_path.iterdir()}
    assert found == {new.name, ".my.unfinished", "kept.zip", "two"}
