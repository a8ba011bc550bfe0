"""The body of a section, as the text conventions of plans/section_text.py mean it."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kirishima_dx.safe_html import joined
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
        format_html(
            SIDE,
            look=heading.lower(),
            head=format_html(SIDE_HEAD, level=level, text=heading) if heading else "",
            texts=joined((_side_text(one) for one in texts), "\n"),
        )
        for heading, texts in under_headings(list(blocks))
    )
    return format_html('<div class="before-after">{}</div>', joined(sides, "\n"))


def _side_text(block: Block) -> SafeString:
    if block.kind == "bullets":
        return format_html('<ul class="bullets">{}</ul>', _bullets(block))
    return format_html("<p>{}</p>", block.text)


def _block(block: Block, level: int, name: str) -> SafeString:
    match block.kind:
        case "paragraph":
            return format_html("<p>{}</p>", block.text)
        case "bullets":
            return format_html("<ul>{}</ul>", _bullets(block))
        case "heading":
            return format_html(HEADING, level=level, text=block.text)
        case "quotation":
            return format_html("<blockquote><p>{}</p></blockquote>", block.text)
        case "note":
            return format_html('<p class="note">{}</p>', block.text)
        case "lost_figure":
            return LOST_FIGURE
        case "table":
            return _table(block, name)


def _bullets(block: Block) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((item,) for item in block.items))


def _table(block: Block, name: str) -> SafeString:
    heads = ((_covered(cell, of_rows=False), cell.text) for cell in block.head)
    rows = ((joined(_cell(cell) for cell in row),) for row in block.rows)
    return format_html(
        TABLE,
        name=name,
        head=format_html_join("", '<th scope="col"{}>{}</th>', heads),
        rows=format_html_join("", "<tr>{}</tr>", rows),
    )


def _cell(cell: Cell) -> SafeString:
    if cell.is_label and cell.text:
        scope = "rowgroup" if cell.rows > 1 else "row"
        return format_html('<th scope="{}"{}>{}</th>', scope, _covered(cell), cell.text)
    label = SafeString(' class="is-label"' if cell.is_label else "")
    return format_html("<td{}{}>{}</td>", label, _covered(cell), cell.text)


def _covered(cell: Cell, *, of_rows: bool = True) -> SafeString:
    """Return the attributes of a cell that covers several columns or rows."""
    columns = format_html(' colspan="{}"', cell.columns) if cell.columns > 1 else SafeString()
    rows = format_html(' rowspan="{}"', cell.rows) if of_rows and cell.rows > 1 else SafeString()
    return columns + rows
