"""The body of a section with its changes marked, block by block, as it stands on a page.

Pure: takes paragraphs that were compared already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from kirishima_dx.text_diff import Run, diff, marks
from plans.comparison import ParagraphChange
from plans.section_text import Block, parse_blocks

TABLE, PLAIN = "table", "plain"
FIGURE = "［図］"
JOINED = ("<", "^")
"""Cells of a table that go with their neighbour; in a marked table they stand empty."""


@dataclass
class MarkedBlock:
    """Blocks that stayed (`plain`), one changed line of a kind of Block, or the rows of a table that changed."""

    kind: str
    plain: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    rows: list[list[list[Run]]] = field(default_factory=list)


def marked_blocks(paragraphs: Iterable[ParagraphChange]) -> list[MarkedBlock]:
    """Return a body with its changes; every word of both sides stands in it once."""
    marked: list[MarkedBlock] = []
    for in_table, stretch in groupby(paragraphs, key=_is_row):
        rows = list(stretch)
        if in_table and not all(row.is_same for row in rows):
            marked.append(MarkedBlock(TABLE, rows=[cells for row in rows for cells in _rows(row)]))
            continue
        for is_same, lines in groupby(rows, key=lambda row: row.is_same):
            if is_same:
                kept = parse_blocks("\n".join(line.new or "" for line in lines))
                marked += [MarkedBlock(PLAIN, plain=kept)] if kept else []
            else:
                marked += [block for line in lines for block in _changed(line)]
    return marked


def _is_row(paragraph: ParagraphChange) -> bool:
    return all(
        side.lstrip().startswith("|") for side in (paragraph.old, paragraph.new) if side is not None
    )


def _changed(paragraph: ParagraphChange) -> list[MarkedBlock]:
    (old_kind, old), (new_kind, new) = _line(paragraph.old), _line(paragraph.new)
    if old and new and old_kind == new_kind:
        return [MarkedBlock(new_kind, runs=diff(old, new))]
    sides = [(old_kind, marks(old, "")), (new_kind, marks("", new))]
    return [MarkedBlock(kind, runs=runs) for kind, runs in sides if runs]


def _line(text: str | None) -> tuple[str, str]:
    """Return of what kind a line is, and its words without the mark of that kind."""
    blocks = parse_blocks(text or "")
    if not blocks:
        return "paragraph", ""
    block = blocks[0]
    if block.kind == "lost_figure":
        return "paragraph", FIGURE
    if block.kind == TABLE:
        return "paragraph", (text or "").strip()
    return block.kind, block.items[0] if block.items else block.text


def _rows(paragraph: ParagraphChange) -> list[list[list[Run]]]:
    """Return a row of a table, or both where it has other columns now; the line below a head is none."""
    old, new = _cells(paragraph.old), _cells(paragraph.new)
    if len(old) == len(new):
        return [[marks(*cells) for cells in zip(old, new, strict=True)]] if new else []
    sides = [[marks(cell, "") for cell in old], [marks("", cell) for cell in new]]
    return [side for side in sides if side]


def _cells(line: str | None) -> list[str]:
    cells = [cell.strip() for cell in (line or "").strip().strip("|").split("|")]
    if line is None or all(cell and set(cell) <= {"-"} for cell in cells):
        return []
    return ["" if cell in JOINED else cell for cell in cells]
