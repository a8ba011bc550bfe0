"""The body of a section, as the text conventions of plans/section_text.py mean it."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import NOTHING, fill, joined
from plans.section_text import Block, Cell, under_headings

HEADING = '<h{level} class="prose__heading">{text}</h{level}>'
LOST_FIGURE = SafeString(
    '<p class="figure-lost">［図］図の内容は文字起こしに含まれていません。</p>'
)
TABLE = """\
<div class="table-region" role="region" aria-label="{name}の表" tabindex="0">
<table class="table table--lines table--plan">
<thead><tr>{head}</tr></thead>
<tbody>{rows}</tbody>
</table>
</div>"""
HEAD = '<th scope="col"{}>{}</th>'
SIDE = """\
<div class="before-after__side before-after__side--{look}">
{head}
{texts}
</div>"""
SIDE_HEAD = '<h{level} class="before-after__head" lang="en">{text}</h{level}>'


def text_blocks(blocks: Sequence[Block], *, level: int, name: str) -> SafeString:
    """Draw the blocks of a body; its small headings are of a `level` (3 to 6). A table is called after `name`, usually
    the heading of the section, for those who cannot see it."""
    return joined((_block(one, level, name) for one in blocks), "\n")


def before_after(blocks: Sequence[Block], *, level: int) -> SafeString:
    """Draw a body of two sides beside one another: the heading Before, its texts, the heading After, its texts."""
    sides = (
        fill(
            SIDE,
            look=heading.lower(),
            head=fill(SIDE_HEAD, level=level, text=heading) if heading else "",
            texts=joined((_side_text(one) for one in texts), "\n"),
        )
        for heading, texts in under_headings(list(blocks))
    )
    return fill('<div class="before-after">{}</div>', joined(sides, "\n"))


def _side_text(block: Block) -> SafeString:
    if block.kind == "bullets":
        return fill('<ul class="bullets">{}</ul>', _bullets(block))
    return fill("<p>{}</p>", block.text)


def _block(block: Block, level: int, name: str) -> SafeString:
    match block.kind:
        case "paragraph":
            return fill("<p>{}</p>", block.text)
        case "bullets":
            return fill("<ul>{}</ul>", _bullets(block))
        case "heading":
            return fill(HEADING, level=level, text=block.text)
        case "quotation":
            return fill("<blockquote><p>{}</p></blockquote>", block.text)
        case "note":
            return fill('<p class="note">{}</p>', block.text)
        case "lost_figure":
            return LOST_FIGURE
        case "table":
            return _table(block, name)


def _bullets(block: Block) -> SafeString:
    return joined(fill("<li>{}</li>", item) for item in block.items)


def _table(block: Block, name: str) -> SafeString:
    heads = (fill(HEAD, _covered(cell, of_rows=False), cell.text) for cell in block.head)
    rows = (fill("<tr>{}</tr>", joined(map(_cell, row))) for row in block.rows)
    return fill(
        TABLE,
        name=name,
        head=joined(heads),
        rows=joined(rows),
    )


def _cell(cell: Cell) -> SafeString:
    if cell.is_label and cell.text:
        scope = "rowgroup" if cell.rows > 1 else "row"
        return fill('<th scope="{}"{}>{}</th>', scope, _covered(cell), cell.text)
    label = SafeString(' class="is-label"' if cell.is_label else "")
    return fill("<td{}{}>{}</td>", label, _covered(cell), cell.text)


def _covered(cell: Cell, *, of_rows: bool = True) -> SafeString:
    """Return the attributes of a cell that covers several columns or rows."""
    columns = fill(' colspan="{}"', cell.columns) if cell.columns > 1 else NOTHING
    rows = fill(' rowspan="{}"', cell.rows) if of_rows and cell.rows > 1 else NOTHING
    return columns + rows
