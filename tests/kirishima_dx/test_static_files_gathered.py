"""Static files count as gathered when every file that pages ask for is there, whole, and made from this version."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kirishima_dx.readiness.static_files import faults_of_static_files


class Folders:
    """Where static files come from and where they are gathered."""

    def __init__(self, root: Path) -> None:
        self.sources, self.gathered = root / "sources", root / "gathered"
        self.sources.mkdir()
        self.write("look.css", "@import url('base.css'); p { background: url(dot.svg) }")
        self.write("base.css", "p { color: black }")
        self.write("dot.svg", "<svg/>")

    def write(self, name: str, text: str) -> None:
        (self.sources / name).write_text(text, encoding="utf-8")

    def hashed(self, name: str) -> Path:
        stem, _, ending = name.partition(".")
        found = self.gathered.glob(f"{stem}.*.{ending}")
        return max(found, key=lambda file: file.stat().st_mtime_ns)


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Folders:
    made = Folders(tmp_path)
    settings.STATICFILES_DIRS = [made.sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = made.gathered
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    return made


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lambda at: (at.gathered / "staticfiles.json").unlink(), "staticfiles.json がありません"),
        (lambda at: (at.gathered / "staticfiles.json").write_text("{"), "staticfiles.json が読めません"),
        (lambda at: at.hashed("dot.svg").unlink(), "dot.* がありません"),
        (lambda at: at.hashed("dot.svg").write_text(""), "dot.* が壊れています"),
        (lambda at: at.write("base.css", "p { color: white }"), "base.css が古いままです"),
        (lambda at: at.write("look.css", "b { background: url(dot.svg) }"), "look.css が古いままです"),
        (lambda at: at.write("new.js", "1;"), "new.js がありません"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    folders: Folders, harm: Callable[[Folders], Any], fault: str
) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    assert faults_of_static_files() == []
    harm(folders)

    (told,) = faults_of_static_files()
    assert told.split(".")[0] == fault.split(".")[0]
    assert told.split(" ")[-1] == fault.split(" ")[-1]

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    assert faults_of_static_files() == []


def test_an_update_is_gathered_although_its_files_are_older(folders: Folders) -> None:
    """An archive keeps the times of its files, and Django goes by them."""
    call_command("collectstatic", interactive=False, verbosity=0)
    folders.write("base.css", "p { color: white }")
    os.utime(folders.sources / "base.css", (0, 0))

    call_command("collectstatic", interactive=False, verbosity=0)

    assert faults_of_static_files() == []
    assert "white" in folders.hashed("base.css").read_text(encoding="utf-8")


def test_nothing_is_asked_while_developing(folders: Folders, settings: Any) -> None:
    assert faults_of_static_files() == ["staticfiles.json がありません"]
    settings.DEBUG = True
    assert faults_of_static_files() == []
