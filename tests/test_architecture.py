"""The house keeps its order: imports run one way, names tell what a file is for (design.md §3, style.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("people", "plans", "initiatives", "rounds", "reviews", "revisions", "portal")
MAY_IMPORT: dict[str, set[str]] = {
    "kirishima_dx": set(),
    "people": {"kirishima_dx"},
    "plans": {"kirishima_dx"},
    "initiatives": {"kirishima_dx", "people", "plans"},
    "rounds": {"kirishima_dx", "people", "plans", "initiatives"},
    "reviews": {"kirishima_dx", "people", "plans", "initiatives", "rounds"},
    "revisions": {"kirishima_dx", "people", "plans", "initiatives", "rounds", "reviews"},
    "portal": {"kirishima_dx", "people", "plans", "initiatives", "rounds", "reviews", "revisions"},
    "demo": {"kirishima_dx", "people", "plans", "initiatives", "rounds", "reviews", "revisions"},
}
EDGES = ("views", "admin.py", "management")
"""Where plans/ may ask people/ who comes in (people.access, people.admin_site); nothing deeper does."""
LAYERS = (
    ("enums",),
    ("models", "querysets"),
    ("rules", "validators"),
    ("queries", "actions"),
    ("forms", "filters", "clash", "exports", "workbooks"),
    ("views", "admin", "management"),
)
ROLES = {
    *(role for layer in LAYERS for role in layer),
    *(
        "__init__",
        "apps",
        "checks",
        "converters",
        "errors",
        "guards",
        "middleware",
        "templatetags",
        "urls",
    ),
}
"""Names that mean the same in every app (docs/architecture.md)."""
NO_DRAWER = {"utils", "helpers", "common", "services", "misc"}


def python_files(package: str) -> Iterator[Path]:
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def is_edge(path: Path) -> bool:
    return any(part in EDGES for part in path.relative_to(ROOT).parts)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_between_apps_run_one_way(package: str) -> None:
    ours = set(MAY_IMPORT)
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in python_files(package)
        for module in imports_of(path)
        if (top := module.partition(".")[0]) in ours - {package} - MAY_IMPORT[package]
        and not (package == "kirishima_dx" and path.name == "urls.py")
        and not (package == "plans" and top == "people" and is_edge(path))
    ]

    assert wrong == []


def layer_of(module: str) -> int | None:
    role = module.split(".")[1] if "." in module else ""
    return next((n for n, roles in enumerate(LAYERS) if role in roles), None)


@pytest.mark.parametrize("app", APPS)
def test_imports_inside_an_app_run_from_the_edge_inwards(app: str) -> None:
    wrong = []
    for path in python_files(app):
        relative = path.relative_to(ROOT).with_suffix("")
        own = layer_of(".".join(relative.parts))
        for module in imports_of(path):
            other = layer_of(module)
            if (
                module.startswith(f"{app}.")
                and own is not None
                and other is not None
                and other > own
            ):
                wrong.append(f"{relative} imports {module}")

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_a_module_bears_the_name_of_a_role_or_is_explained(app: str) -> None:
    explained = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.relative_to(ROOT / app).parts[0] for path in python_files(app)}
    names = {name.removesuffix(".py") for name in modules} - ROLES

    assert {name for name in names if f"`{app}/{name}" not in explained} == set()


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_name_is_imported_from_where_it_stands(package: str) -> None:
    """A package says what it is about and offers no second way to its names; Django asks models and urls for one."""
    faces = [
        str(path.relative_to(ROOT))
        for path in python_files(package)
        if path.name == "__init__.py" and path.parent.name not in ("models", "urls")
        if len(ast.parse(path.read_text(encoding="utf-8")).body) > 1
    ]

    assert faces == []


def test_no_drawer_of_odds_and_ends() -> None:
    drawers = [
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in python_files(package)
        if path.stem in NO_DRAWER
    ]

    assert drawers == []


def test_modules_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in MAY_IMPORT
        for path in python_files(package)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}


def test_templates_hold_no_inline_script_or_style() -> None:
    """A strict Content-Security-Policy would refuse them (design.md §8)."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for mark in (
            ' style="',
            "<style",
            " onclick=",
            " onchange=",
            " onsubmit=",
            "javascript:",
            "//cdn",
        ):
            if mark in text:
                wrong.append(f"{path.relative_to(ROOT)}: {mark}")
        if "<script" in text.replace("<script src=", "").replace('<script type="module" src=', ""):
            wrong.append(f"{path.relative_to(ROOT)}: inline script")

    assert wrong == []
