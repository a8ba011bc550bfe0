"""One name for one act (docs/look.md): no page calls an act by another name than the others do."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ACT = re.compile(r"<(button|a)\b[^>]*>(.*?)</\1>", re.DOTALL)
ROW = re.compile(r"^\| (?P<act>[^|]+) \| (?P<name>[^|]+) \| (?P<others>[^|]+) \|$", re.MULTILINE)


def other_names() -> dict[str, str]:
    """Return what no button and no link may say, each with the name that the act has."""
    look = (ROOT / "docs" / "look.md").read_text(encoding="utf-8")
    table = look[look.index("## One name for one act") :]
    rows = [row for row in ROW.finditer(table) if "――" not in row["others"]]
    return {
        other: row["name"].strip()
        for row in rows
        for other in re.findall(r"「([^」]+)」", row["others"])
    }


def acts() -> Iterator[tuple[str, str]]:
    """Return the words of every button and link of the product, with the template that holds them."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for found in ACT.finditer(path.read_text(encoding="utf-8")):
            words = re.sub(r"{[%{].*?[%}]}|<[^>]*>", "|", found[2])
            for one in words.split("|"):
                if one.strip():
                    yield path.name, one.strip()


def test_no_act_has_two_names() -> None:
    names, told = other_names(), list(acts())
    assert len(names) > 20
    assert len(told) > 400

    assert [
        f"{template}: {words} → {names[other]}"
        for template, words in told
        for other in names
        if words == other or (len(other) > 2 and words.endswith(other))
    ] == []
