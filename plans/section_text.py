"""The small text conventions of a section's body, and the blocks they mean.

A blank line separates blocks. `- ` begins a bullet, `## ` a small heading, `> ` a quotation, `※` a note; lines
between bars are a table whose first row is the head (`<` joins a cell to its left neighbour, `^` to the one above);
`!図` stands where the source had a figure whose contents its transcription lost.
"""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["paragraph", "bullets", "heading", "quotation", "note", "table", "lost_figure"]
FIGURE_MARK = "!図"


@dataclass
class Cell:
    """A table cell with the number of columns and rows it covers; `is_label` where it names its row."""

    text: str
    is_label: bool = False
    columns: int = 1
    rows: int = 1


@dataclass
class Block:
    """One block of a body: `text` for single texts, `items` for bullets, `head` and `rows` for a table."""

    kind: BlockKind
    text: str = ""
    items: list[str] = field(default_factory=list)
    head: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def parse_blocks(body: str) -> list[Block]:
    """Return the blocks of a body in order; every character of text lands in exactly one block."""
    blocks: list[Block] = []
    table: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        text = line.strip()
        if text.startswith("|"):
            table.append(table_cells(text))
            continue
        if table:
            blocks.append(_table_block(table))
            table = []
        if not text:
            blocks.append(Block("paragraph"))  # A break: keeps neighbouring bullet lists apart.
        elif text.startswith("- "):
            if not (blocks and blocks[-1].kind == "bullets"):
                blocks.append(Block("bullets"))
            blocks[-1].items.append(text[2:].strip())
        else:
            blocks.append(_line_block(text))
    return [block for block in blocks if block.kind != "paragraph" or block.text]


def table_cells(line: str) -> list[str]:
    """Return the cells of a line between bars."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the head of a table, which says nothing."""
    return line.strip().startswith("|") and _are_rules(table_cells(line))


def _are_rules(cells: list[str]) -> bool:
    return all(cell and set(cell) <= {"-"} for cell in cells)


def under_headings(blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    """Return each small heading with the blocks below it; what stands before the first one has an empty heading."""
    parts: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if block.kind == "heading":
            parts.append((block.text, []))
        elif parts:
            parts[-1][1].append(block)
        else:
            parts.append(("", [block]))
    return parts


def _line_block(text: str) -> Block:
    if text == FIGURE_MARK:
        return Block("lost_figure")
    if text.startswith("## "):
        return Block("heading", text[3:].strip())
    if text.startswith("> "):
        return Block("quotation", text[2:].strip())
    return Block("note" if text.startswith("※") else "paragraph", text)


def _table_block(lines: list[list[str]]) -> Block:
    told = [line for line in lines if not _are_rules(line)]
    lines = told or lines  # Of a table that is all rules, the rules are the text.
    labels = 1
    # A head cell over several columns: all of them name the row.
    while lines[0][labels : labels + 1] == ["<"]:
        labels += 1
    rows: list[list[Cell]] = []
    above: dict[int, Cell] = {}
    for line in lines:
        row: list[Cell] = []
        last: Cell | None = None
        for column, text in enumerate(line):
            if text == "<" and last is not None:
                last.columns += 1
                continue
            if text == "^" and column in above:
                above[column].rows += 1
                last = None
                continue
            last = Cell(text, is_label=column < labels)
            above[column] = last
            row.append(last)
        rows.append(row)
    return Block("table", head=rows[0], rows=rows[1:])


def search_text(body: str) -> str:
    """Return the words of a body without its marks, for searching."""
    words: list[str] = []
    for block in parse_blocks(body):
        words += [block.text, *block.items]
        words += [cell.text for row in [block.head, *block.rows] for cell in row]
    return "\n".join(word for word in words if word)
