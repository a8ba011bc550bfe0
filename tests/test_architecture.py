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
    "words",  # closed sets, registries, what is told by plain values; no table
    "rows",  # tables and the questions to them
    "values",  # documents and value types over rows, and what actions raise
    "rules",  # who may do what
    "queries",  # page-shaped reads
    "actions",  # changes
    "forms",  # what comes in and goes out: forms, lists, files
    "edge",  # HTTP, templates, commands, the start
)
"""The lowest first: a module imports from its own layer and from those below it."""
ROLES = {
    **dict.fromkeys(("enums", "guards", "converters", "closable"), "words"),
    **dict.fromkeys(("models", "querysets"), "rows"),
    "errors": "values",
    "rules": "rules",
    "queries": "queries",
    "actions": "actions",
    **dict.fromkeys(("forms", "filters", "clash", "exports", "workbooks"), "forms"),
    **dict.fromkeys(("views", "urls", "templatetags", "components", "admin"), "edge"),
    "management": "edge",
    **dict.fromkeys(("apps", "checks", "middleware", "context_processors"), "edge"),
}
"""Names that mean the same in every app, each with its layer (docs/architecture.md)."""
NAMED = {
    "people": {
        "access": "edge",
        "admin_config": "edge",
        "admin_site": "edge",
        "downloads": "edge",
        "kept_records": "values",
        "kept_text": "edge",
        "reasoned_forms": "forms",
        "known_browser": "edge",
        "lock_out": "values",
        "counted_tries": "queries",
        "closed": "queries",
        "closing_copies": "queries",
        "closing_places": "queries",
    },
    "plans": {
        "plan_file": "words",
        "section_text": "words",
        "timeline": "values",
        "timeline_picture": "values",
        "places": "values",
        "ancestry": "values",
        "shelf": "values",
        "recalls": "queries",
        "served": "values",
        "printed": "queries",
        "search": "queries",
        "comparison": "queries",
        "changed_places": "queries",
        "draft_changes": "queries",
    },
    "initiatives": {
        "stated_column": "words",
        "stated_cell": "words",
        "statement": "words",
        "evidence_file": "values",
        "signs": "words",
        "late_items": "values",
        "silence": "values",
        "closing_copies": "queries",
    },
    "rounds": {
        "deadlines": "values",
        "answer_content": "values",
        "answer_sheet": "values",
        "import_check": "forms",
        "closing_copies": "queries",
        "closing_of_handovers": "queries",
    },
    "reviews": {
        "papers": "words",
        "report": "values",
        "verifying": "forms",
        "closing_fixed": "queries",
    },
    "revisions": {"obstacles": "values", "papers": "values", "closing_copies": "queries"},
    "portal": {"closings_file": "actions"},
}
"""Things with a name of their own: which layer each stands in."""
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


def parts_of(app: str) -> set[str]:
    """Return the modules and folders right below an app."""
    found = {path.relative_to(ROOT / app).parts[0] for path in python_files(app)}
    return {name.removesuffix(".py") for name in found} - {"__init__"}


def layer_of(app: str, part: str) -> int:
    layer = {**ROLES, **NAMED[app]}.get(part)
    return LAYERS.index(layer) if layer else len(LAYERS)


def imports_inside(app: str) -> Iterator[tuple[Path, str, str]]:
    """Return each import within an app: the file, its part of the app, the part that it imports from."""
    for path in python_files(app):
        own = path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        for module in imports_of(path):
            top, _, rest = module.partition(".")
            if top == app and rest and rest.split(".")[0] != own:
                yield path.relative_to(ROOT), own, rest.split(".")[0]


@pytest.mark.parametrize("app", APPS)
def test_every_module_has_a_layer_and_is_explained(app: str) -> None:
    explained = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = parts_of(app) - ROLES.keys()

    assert named == NAMED[app].keys()
    assert {name for name in named if f"`{app}/{name}" not in explained} == set()


@pytest.mark.parametrize("app", APPS)
def test_imports_inside_an_app_run_from_the_edge_inwards(app: str) -> None:
    wrong = [
        f"{path} imports {app}.{other}"
        for path, own, other in imports_inside(app)
        if layer_of(app, other) > layer_of(app, own)
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_no_two_folders_of_an_app_import_each_other(app: str) -> None:
    """Tables and the questions to them know each other; anything else runs one way, in however many steps."""
    one_room = {"querysets": "models"}
    below: dict[str, set[str]] = {}
    for _, own, other in imports_inside(app):
        below.setdefault(one_room.get(own, own), set()).add(one_room.get(other, other))
    below = {own: others - {own} for own, others in below.items()}
    circle = {own: others & below.keys() for own, others in below.items()}
    while free := {own for own, others in circle.items() if not others}:
        circle = {own: others - free for own, others in circle.items() if own not in free}

    assert circle == {}


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
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
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
