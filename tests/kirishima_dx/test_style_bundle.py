"""Every style stands in the one bundle, in the order of the cascade, and means there what it means by itself."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import call_command

from kirishima_dx.readiness.static_files import faults_of_static_files
from kirishima_dx.style_bundle import IMPORT

STYLES = project.BASE_DIR / "static/css"
ELSEWHERE = {"site.css": "the bundle itself", "admin.css": "Django's admin has a look of its own"}
ORDER = (
    "tokens base layout components people plans initiatives rounds reviews revisions portal print"
)


def test_every_file_is_imported_once_in_the_order_of_the_cascade() -> None:
    imports = IMPORT.findall((STYLES / "site.css").read_text(encoding="utf-8"))
    names = [name for name, _ in imports]
    here = {file.relative_to(STYLES).as_posix() for file in STYLES.rglob("*.css")}

    assert sorted(names) == sorted(here - set(ELSEWHERE))
    stages = [key for key, _ in groupby(re.split(r"[/.]", name)[0] for name in names)]
    assert stages == ORDER.split()
    assert [name for name, medium in imports if medium] == ["print.css"]


def test_no_selector_stands_in_the_files_of_two_pages() -> None:
    """All are loaded together: what two pages share is a component, what they do not is named within its page."""
    pages: dict[str, str] = {}
    for file in sorted(STYLES.glob("*/*.css")):
        if file.parent.name == "components":
            continue
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert text.count("{") == text.count("}"), file
        for selectors in re.findall(r"([^{};]+)\{", text):
            for selector in selectors.split(",") if "(" not in selectors else [selectors]:
                name = " ".join(selector.split())
                if not name.startswith(("@", "from", "to")):
                    assert re.search(r"[.#\[]", name), f"{file}: {name} is for every page"
                    other = pages.setdefault(name, file.name)
                    assert other == file.name, f"{name}: {file.name}, {other}"


@pytest.fixture
def sources(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "gathered"
    tmp_path = tmp_path / "sources"
    (tmp_path / "css/page").mkdir(parents=True)
    (tmp_path / "img").mkdir()
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "kirishima_dx.style_bundle.StyleBundleStorage"},
    }
    write(
        tmp_path, "css/site.css", '@import url("page/one.css");\n@import url("print.css") print;\n'
    )
    write(
        tmp_path,
        "css/page/one.css",
        "a { background: url(../../img/dot.svg) }\nb { fill: url(#c) }",
    )
    write(tmp_path, "css/print.css", "a { color: black }")
    write(tmp_path, "img/dot.svg", "<svg/>")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_gathered_it_is_one_file(sources: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    (made,) = (sources.parent / "gathered/css").glob("site.*.css")
    (picture,) = (sources.parent / "gathered/img").glob("dot.*.svg")

    assert (
        made.read_text(encoding="utf-8").split()
        == (
            f'a {{ background: url("../img/{picture.name}") }} b {{ fill: url(#c) }} '
            "@media print { a { color: black }}"
        ).split()
    )
    assert faults_of_static_files() == []

    write(sources, "css/print.css", "a { color: white }")
    assert faults_of_static_files() == ["css/print.css が古いままです"]


def test_an_import_within_an_import_is_refused(sources: Path) -> None:
    write(sources, "css/print.css", '@import url("page/one.css");')
    with pytest.raises(ValueError, match="@import"):
        call_command("collectstatic", interactive=False, verbosity=0)
