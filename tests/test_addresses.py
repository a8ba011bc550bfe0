"""No path is matched by two patterns: the order of the patterns, and of the apps, decides nothing."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

PART = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
LIKELY = ("7", "1-A-1", "1-A", "2.0", "purpose", "welfare", "items/1-A-1", "sections/purpose")
"""What stands in addresses where a pattern leaves it open."""
Patterns = list[URLPattern | URLResolver]


def routes(patterns: Patterns, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Return every pattern with its whole route; the admin keeps its own order."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        elif pattern.namespace != "admin":
            yield from routes(pattern.url_patterns, route)


def words(found: list[str]) -> list[str]:
    """Return what may stand in an open part: the likely, and every word that stands fixed in some route."""
    fixed = {part for route in found for part in route.split("/") if part and not PART.search(part)}
    return sorted({*LIKELY, *fixed})


def paths(route: str, pattern: URLPattern, offered: list[str]) -> Iterator[str]:
    """Return the paths that a route matches with the words that are offered for its open parts."""
    converters: dict[str, Any] = pattern.pattern.converters
    names = [found["name"] for found in PART.finditer(route)]
    fitting = [
        [word for word in offered if re.fullmatch(converters[name].regex, word)] for name in names
    ]
    for chosen in product(*fitting):
        values = dict(zip(names, chosen, strict=True))
        path = PART.sub(lambda found, values=values: values[found["name"]], route)
        if pattern.pattern.match(path):
            yield path


def matching(path: str, patterns: Patterns) -> Iterator[str]:
    """Return the name of every pattern that matches a path, be another one before it or not."""
    for pattern in patterns:
        found = pattern.pattern.match(path)
        if not found:
            continue
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace != "admin":
            yield from matching(found[0], pattern.url_patterns)


def test_every_path_is_matched_by_one_pattern() -> None:
    everywhere = get_resolver().url_patterns
    found = list(routes(everywhere))
    offered = words([route for route, _ in found])
    tried = 0
    wrong: dict[str, list[str]] = {}
    for route, pattern in found:
        some = list(paths(route, pattern, offered))
        assert some, f"no path for {route}: say in LIKELY what may stand in it"
        tried += len(some)
        wrong |= {
            path: names for path in some if len(names := list(matching(path, everywhere))) > 1
        }

    assert wrong == {}
    assert tried > 1000


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/editions/draft/", "draft"),
        ("/editions/2.1/", "edition_detail"),
        ("/editions/第2版/", "edition_detail"),
        ("/editions/draft/items/1-A-1/", "draft_item_edit"),
        ("/editions/2.0/items/1-A-1/", "edition_item"),
        ("/editions/draft/axes/add/", "draft_axis_add"),
        ("/editions/draft/axes/additional/", "draft_axis_edit"),
        ("/editions/compare/2.0/2.1/", "edition_compare"),
        ("/editions/compare/2.0/2.1.xlsx", "edition_compare_workbook"),
        ("/editions/2.1/why/sections/purpose/", "edition_why"),
    ],
)
def test_what_lay_close_together_leads_apart(path: str, name: str) -> None:
    assert resolve(path).url_name == name
