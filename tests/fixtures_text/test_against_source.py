"""The fixture says what the source says, and nothing else.

Every line of the source is used by exactly one piece of the fixture (with the errata undone), or
stands in one of the short lists of exceptions below with its reason. Only white space and layout
marks are ignored.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FIXTURE = FIXTURES / "kirishima-dx-miraizu-2.0.yaml"
SOURCE = FIXTURES / "source" / "kirishima-dx-miraizu-2.0-draft.txt"

# Source lines that no text of the fixture repeats, each with the reason.
UNUSED_SOURCE_LINES = {
    "⑩組織全体でDXを推進するデジタル人材育成の強化": "contents list; its own heading differs",
}

# Sections whose text starts further up in the source than the text before them, with the reason.
OUT_OF_SOURCE_ORDER = {
    "formulation-national-trends": "steps stand as 1, 4, 2, 3 in the source",
    "management-improvement": "steps stand as ①, ⑤, ②, ③, ④ in the source",
    "hr-issue-5": "the headings of 課題04 and 課題05 stand together, then the text of each",
}

# Headings that are ours: the source has the text but no heading over it (or only in a lost figure).
SUPPLIED_TITLES = {
    "policy-phrases": "図中の語句",
    "points": "4つのPoint",
    "structure-axes": "3つの軸と9つの取組方針",
    "structure-tree": "軸・取組方針・重点項目の一覧",
    "organization-five-tiers": "5階層の推進体制",
    "management": "進行管理",
    "hr-issues": "課題",
    "hr-measures": "課題と取組",
    "hr-selection": "DX推進メンバーの選出方式",
    "hr-candidacy": "立候補から選出まで",
    "hr-candidacy-interview": "面談",
    "hr-closing": "むすび",
}

POLICY_SIZES = [6, 5, 6, 6, 6, 6, 6, 5, 6]
STUDY_ITEMS = [
    "1-A-3",
    "1-B-1",
    "1-B-4",
    "1-B-5",
    "2-A-2",
    "2-A-4",
    "2-C-2",
    "2-C-6",
    "3-A-2",
    "3-A-3",
    "3-B-1",
    "3-B-4",
]

FIGURE = "!図"
LAYOUT_MARK = re.compile(r"^(#{1,4} |> |- (?:・ )?)")


class Piece(NamedTuple):
    """A run of text that has to be in the source, without its white space."""

    section: str
    text: str


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def load() -> dict[str, Any]:
    data = yaml.load(FIXTURE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (makes only strings)
    assert isinstance(data, dict)
    return data


def source_lines() -> list[str]:
    """The source as squeezed lines and table cells, without layout marks, blank lines and rules."""
    lines = []
    for raw in SOURCE.read_text(encoding="utf-8").split("\n"):
        for cell in LAYOUT_MARK.sub("", raw).split("\t"):
            text = squeeze(cell)
            if text and text != "---":
                lines.append(text)
    return lines


def policies(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for axis in data["axes"]:
        for policy in axis["policies"]:
            yield axis, policy


def items(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{axis['number']}-{policy['letter']}-{item['number']}": item
        for axis, policy in policies(data)
        for item in policy["items"]
    }


def sections(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    waiting = list(reversed(data["sections"]))
    while waiting:
        section = waiting.pop()
        found.append(section)
        waiting.extend(reversed(section.get("sections", [])))
    return found


def place(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The mapping and the field that an erratum's place names."""
    kind, *rest = path.split("/")
    if kind == "edition":
        (field,) = rest
        return data["edition"], field
    key, field = rest
    if kind == "axes":
        return next(axis for axis in data["axes"] if axis["number"] == key), field
    if kind == "policies":
        found = {f"{axis['number']}-{policy['letter']}": policy for axis, policy in policies(data)}
        return found[key], field
    if kind == "items":
        return items(data)[key], field
    assert kind == "sections", path
    return next(section for section in sections(data) if section["key"] == key), field


def as_transcribed(data: dict[str, Any]) -> dict[str, Any]:
    """The fixture with every erratum undone."""
    undone = copy.deepcopy(data)
    for erratum in data["errata"]:
        target, field = place(undone, erratum["place"])
        assert target[field].count(erratum["corrected"]) == 1, erratum
        target[field] = target[field].replace(erratum["corrected"], erratum["transcribed"])
    return undone


def body_pieces(body: str) -> Iterator[str]:
    for line in body.split("\n"):
        if line.startswith("|"):
            cells = [squeeze(cell) for cell in line.strip("|").split("|")]
            yield from (cell for cell in cells if cell not in {"", "<", "^", "---"})
        elif line and line != FIGURE:
            yield squeeze(LAYOUT_MARK.sub("", line))


def section_pieces(data: dict[str, Any]) -> list[Piece]:
    pieces = []
    for section in sections(data):
        if "is_supplied" not in section:
            # The contents list gives chapter 2 the number ⑩, its own heading does not.
            number = "" if section["key"] == "human-resources" else section.get("number", "")
            pieces.append(Piece(section["key"], squeeze(number + section["title"])))
        pieces.extend(Piece(section["key"], text) for text in body_pieces(section.get("body", "")))
    return pieces


def cover(data: dict[str, Any]) -> list[str]:
    year, month, day = data["edition"]["last_updated"].split("-")
    return [
        f"{data['plan']['name']}（第{data['edition']['number']}版）（案）",
        data["edition"]["issuer"],
        f"LastUpdated{year}.{int(month)}.{int(day)}",
    ]


def item_pages(data: dict[str, Any]) -> list[str]:
    """What the nine pages of ⑧ print: for each policy the titles, then the overviews as a list."""
    lines = []
    for axis, policy in policies(data):
        lines += [axis["name"], "重点項目"]
        for item in policy["items"]:
            lines.append(f"Point0{item['number']}")
            lines.append(item["title"] + ("★" if "is_study" in item else ""))
        lines.append("取組の概要")
        lines += [item["overview"] for item in policy["items"]]
    return [squeeze(line) for line in lines]


def find_run(lines: list[str], used: list[bool], text: str) -> range | None:
    """The first run of whole, still unused lines that together read as the text."""
    for start in range(len(lines)):
        end, joined = start, ""
        while end < len(lines) and not used[end] and text.startswith(joined + lines[end]):
            joined += lines[end]
            end += 1
            if joined == text:
                return range(start, end)
    return None


def account(data: dict[str, Any]) -> tuple[dict[int, range], list[Piece], list[str]]:
    """Give each piece of the fixture its own lines of the source.

    Returns where each piece was found, the pieces found nowhere, and the source lines left over.
    """
    transcribed = as_transcribed(data)
    lines = source_lines()
    used = [False] * len(lines)

    pages = item_pages(transcribed)
    starts = [n for n in range(len(lines)) if lines[n : n + len(pages)] == pages]
    assert len(starts) == 1, "the nine pages of ⑧ are not in the source as the fixture has them"
    for n in range(starts[0], starts[0] + len(pages)):
        used[n] = True

    pieces = [Piece("cover", text) for text in cover(data)] + section_pieces(transcribed)
    found: dict[int, range] = {}
    # Longest first, so that a short piece never takes a line out of the middle of a longer one.
    for n in sorted(range(len(pieces)), key=lambda n: (-len(pieces[n].text), n)):
        run = find_run(lines, used, pieces[n].text)
        if run is not None:
            found[n] = run
            for line in run:
                used[line] = True
    missing = [piece for n, piece in enumerate(pieces) if n not in found]
    left = [line for line, is_used in zip(lines, used, strict=True) if not is_used]
    return found, missing, left


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return load()


def test_counts_are_those_of_the_plan(data: dict[str, Any]) -> None:
    assert len(data["axes"]) == 3
    assert [len(policy["items"]) for _, policy in policies(data)] == POLICY_SIZES
    assert len(items(data)) == 52
    assert [code for code, item in items(data).items() if "is_study" in item] == STUDY_ITEMS


def test_numbers_run_without_a_gap(data: dict[str, Any]) -> None:
    assert [axis["number"] for axis in data["axes"]] == ["1", "2", "3"]
    for axis in data["axes"]:
        assert [policy["letter"] for policy in axis["policies"]] == ["A", "B", "C"]
        for policy in axis["policies"]:
            expected = [str(n) for n in range(1, len(policy["items"]) + 1)]
            assert [item["number"] for item in policy["items"]] == expected
    assert [section["number"] for section in data["sections"]] == list("①②③④⑤⑥⑦⑧⑨⑩")


def test_every_text_of_the_fixture_is_in_the_source(data: dict[str, Any]) -> None:
    _, missing, _ = account(data)
    assert missing == []


def test_every_line_of_the_source_is_in_the_fixture(data: dict[str, Any]) -> None:
    _, _, left = account(data)
    assert left == list(UNUSED_SOURCE_LINES)


def test_text_stands_in_the_order_of_the_source(data: dict[str, Any]) -> None:
    """Within a section too, but for the tree of ⑦: the source has it by column, we by row."""
    found, _, _ = account(data)
    pieces = [Piece("cover", text) for text in cover(data)] + section_pieces(as_transcribed(data))
    chapters = {section["key"] for section in data["sections"]} - {"human-resources"}
    chapter_titles = {squeeze(s["number"] + s["title"]) for s in data["sections"]}
    last = -1
    moved: list[str] = []
    for n, piece in enumerate(pieces):
        is_from_contents_list = piece.section in chapters and piece.text in chapter_titles
        if is_from_contents_list or piece.section == "structure-tree":
            continue
        if found[n].start < last and piece.section not in moved:
            moved.append(piece.section)
        last = found[n].start
    assert moved == list(OUT_OF_SOURCE_ORDER)


def test_axes_and_policies_read_as_in_the_overview_of_the_plan(data: dict[str, Any]) -> None:
    """⑦ has them twice: with English words and taglines, and as a tree with the first items."""
    by_key = {section["key"]: section for section in sections(data)}
    expected = []
    for axis in data["axes"]:
        expected += [axis["name"], axis["english"], axis["tagline"]]
        expected += [f"{n}.{policy['name']}" for n, policy in enumerate(axis["policies"], start=1)]
    axes_body = by_key["structure-axes"]["body"]
    figure = [text for text in body_pieces(axes_body) if text not in {"×", "="}]
    assert figure[: len(expected)] == expected

    tree = ["軸(3)", "取組方針(9)", "重点項目(52)"]
    for axis in data["axes"]:
        tree.append(axis["name"])
        for policy in axis["policies"]:
            tree.append(policy["letter"] + policy["name"])
            tree.append("／".join(item["title"] for item in policy["items"][:3]) + "等")
    assert list(body_pieces(by_key["structure-tree"]["body"])) == tree


def test_each_erratum_is_corrected_at_its_place(data: dict[str, Any]) -> None:
    for erratum in data["errata"]:
        assert set(erratum) == {"place", "transcribed", "corrected", "reason"}
        target, field = place(data, erratum["place"])
        assert target[field].count(erratum["corrected"]) == 1, erratum
        # A restored bracket leaves the faulty words inside the right ones: look beside those.
        rest = target[field].replace(erratum["corrected"], "")
        assert erratum["transcribed"] not in rest, erratum
        assert erratum["transcribed"] in SOURCE.read_text(encoding="utf-8"), erratum


def test_errata_are_all_that_differs_from_the_source(data: dict[str, Any]) -> None:
    """Left corrected, exactly the sections with an erratum are not found in the source."""
    without = copy.deepcopy(data)
    without["errata"] = [e for e in data["errata"] if e["place"].startswith("items/")]
    _, missing, _ = account(without)
    others = [e for e in data["errata"] if e not in without["errata"]]
    corrected = {erratum["place"].split("/")[1] for erratum in others}
    # The note on the leaders stands twice in the plan; without its page number both read alike.
    same_note = {"hr-leader", "organization-five-tiers"}
    assert {piece.section for piece in missing} | same_note == corrected | same_note


def test_section_keys_are_unique_anchors(data: dict[str, Any]) -> None:
    keys = [section["key"] for section in sections(data)]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key)] == []


def test_sections_have_the_shape_of_their_kind(data: dict[str, Any]) -> None:
    kinds: dict[str, list[str]] = {"text": [], "items": [], "before_after": []}
    for section in sections(data):
        assert set(section) <= {"key", "number", "title", "is_supplied", "kind", "body", "sections"}
        kind = section.get("kind", "text")
        kinds[kind].append(section["key"])
        if kind == "items":
            assert "body" not in section
        if kind == "before_after":
            heads = [line for line in section["body"].split("\n") if line.startswith("## ")]
            assert heads == ["## Before", "## After"], section["key"]
            assert section["body"].startswith("## Before\n")
    assert kinds["items"] == ["measures"]
    assert len(kinds["before_after"]) == 9


def test_supplied_headings_are_the_known_ones(data: dict[str, Any]) -> None:
    supplied = [section for section in sections(data) if "is_supplied" in section]
    assert {section["key"]: section["title"] for section in supplied} == SUPPLIED_TITLES


def test_tables_are_rectangular(data: dict[str, Any]) -> None:
    for section in sections(data):
        rows = [line for line in section.get("body", "").split("\n") if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1, section["key"]
        if rows:
            assert set(rows[1]) == {"|", "-"}, section["key"]


def test_file_is_plain_utf8_with_unix_line_ends() -> None:
    raw = FIXTURE.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert raw.endswith(b"\n")
