"""The body of a section with its changes marked, block by block, as it stands on a page.

Pure: takes paragraphs that were compared already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from kirishima_dx.text_diff import Run, diff, marks
from plans.comparison.paragraphs import ParagraphChange
from plans.section_text import Block, is_rule, parse_blocks, table_cells

TABLE, PLAIN = "table", "plain"
FIGURE = "［図］"
LEFT, ABOVE = "<", "^"
"""Cells of a table that are one with their neighbour."""


@dataclass
class MarkedCell:
    """A cell of a table with the number of columns and rows it covers."""

    runs: list[Run]
    columns: int = 1
    rows: int = 1


@dataclass
class MarkedBlock:
    """Blocks that stayed (`plain`), one changed line of a kind of Block, or the rows of a table that changed."""

    kind: str
    plain: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    rows: list[list[MarkedCell]] = field(default_factory=list)


def marked_blocks(paragraphs: Iterable[ParagraphChange]) -> list[MarkedBlock]:
    """Return a body with its changes; every word of both sides stands in it once."""
    marked: list[MarkedBlock] = []
    for in_table, stretch in groupby(paragraphs, key=_is_row):
        rows = list(stretch)
        if in_table and not all(row.is_same for row in rows):
            marked.append(MarkedBlock(TABLE, rows=_table(rows)))
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


def _table(paragraphs: list[ParagraphChange]) -> list[list[MarkedCell]]:
    above: dict[int, MarkedCell] = {}
    return [_row(pairs, above) for paragraph in paragraphs for pairs in _pairs(paragraph)]


def _row(pairs: list[tuple[str, str]], above: dict[int, MarkedCell]) -> list[MarkedCell]:
    """Return the cells of a row; `above` are the last ones of each column, which it may lengthen."""
    row: list[MarkedCell] = []
    last: MarkedCell | None = None
    for column, (old, new) in enumerate(pairs):
        stands = new or old
        if stands == LEFT and last is not None:
            last.columns += 1
        elif stands == ABOVE and column in above:
            above[column].rows += 1
            last = None
        else:
            last = above[column] = MarkedCell(marks(_words(old), _words(new)))
            row.append(last)
    return row


def _words(cell: str) -> str:
    return "" if cell in (LEFT, ABOVE) else cell


def _pairs(paragraph: ParagraphChange) -> list[list[tuple[str, str]]]:
    """Return a row of a table as cells before and after, or as two rows where it has other columns or joins now; the
    line below a head is no row."""
    old, new = (
        table_cells(side) if side is not None and not is_rule(side) else []
        for side in (paragraph.old, paragraph.new)
    )
    if _joins(old) == _joins(new):
        return [list(zip(old, new, strict=True))] if new else []
    sides = [[(cell, "") for cell in old], [("", cell) for cell in new]]
    return [side for side in sides if side]


def _joins(cells: list[str]) -> list[str]:
    return [cell if cell in (LEFT, ABOVE) else "" for cell in cells]
