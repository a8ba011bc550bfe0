"""The document of an edition: its contents list, and its sections with all that stands in them."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import NOTHING, fill, joined
from plans.components.bodies import before_after, text_blocks
from plans.components.marks import here_link
from plans.components.notes import Notes, errata_at, story
from plans.enums import SectionKind
from plans.queries import AxisOutline, EditionOutline, SectionOutline
from plans.section_text import parse_blocks

CONTENTS = """\
<nav class="contents" aria-label="{label}">
  <ol>
    {entries}
  </ol>
</nav>"""
ENTRY = """\
<li><a href="#{anchor}"><span class="contents__number">{number}</span><span>{name}</span></a>{below}</li>
"""
AXIS_ENTRY = """\
<li class="axis-{number}"><a class="contents__axis" href="#axis-{number}">{name}</a>
  <ol>{policies}</ol>
</li>
"""
SECTION = """\
{text}{measures}
  {below}
</section>
"""
TEXT = """\
<section class="{look}{axis}" id="{key}">
  <h{level} class="{look}__title">{number}<span{supplied}>{title}{here}{story}</span></h{level}>
  {errata}
  {body}"""
SUPPLIED = SafeString(' class="is-supplied" title="元の文書にない見出し"')


def contents(outline: EditionOutline, label: str) -> SafeString:
    """Draw the contents list of an edition; the `label` is for those who cannot see it."""
    axes = fill("<ol>{}</ol>", joined(_axis_entry(axis) for axis in outline.axes))
    entries = joined(
        _entry(node.section.key, node.section.number, node.section.title, _of(node, axes))
        for node in outline.sections
    )
    if not outline.has_place_for_items:
        entries += fill("<li>{}</li>", axes)
    return fill(CONTENTS, label=label, entries=entries)


def _of(node: SectionOutline, axes: SafeString) -> SafeString:
    return axes if node.section.kind == SectionKind.ITEMS else NOTHING


def _axis_entry(axis: AxisOutline) -> SafeString:
    policies = (one.policy for one in axis.policies)
    return fill(
        AXIS_ENTRY,
        number=axis.axis.number,
        name=axis.axis.name,
        policies=joined(_entry(f"policy-{p.code}", p.letter, p.name, "") for p in policies),
    )


def _entry(anchor: str, number: str, name: str, below: str) -> SafeString:
    return fill(ENTRY, anchor=anchor, number=number, name=name, below=below)


def sections(nodes: Iterable[SectionOutline], notes: Notes, measures: SafeString) -> SafeString:
    """Draw sections with those below them. `measures` are the axes, policies and items, drawn already, which stand
    where a section says so."""
    return joined(_section(node, notes, measures) for node in nodes)


def _section(node: SectionOutline, notes: Notes, measures: SafeString) -> SafeString:
    section, holds_items = node.section, node.section.kind == SectionKind.ITEMS
    below = sections(node.children, notes, measures) if node.children else ""
    text = _text(
        section.key,
        section.number,
        section.title,
        section.kind,
        "" if holds_items else section.body,
        is_supplied=section.is_supplied,
        depth=node.depth,
        axis=node.axis.number if node.axis else None,
        story=story(section, section.title, notes),
        errata=errata_at(section.key, notes),
    )
    return fill(
        SECTION,
        text=text,
        measures=measures if holds_items else "",
        below=fill('<div class="plan-children">{}</div>', below) if below else "",
    )


@lru_cache(maxsize=1024, typed=True)
def _text(
    key: str,
    number: str,
    title: str,
    kind: str,
    body: str,
    *,
    is_supplied: bool,
    depth: int,
    axis: int | None,
    story: SafeString,
    errata: SafeString,
) -> SafeString:
    """Draw a section but for those below it. It is made of these words alone and kept under them, so that a text which
    is changed, or of which something else is told, is another piece."""
    look = "plan-section" if depth == 1 else "plan-subsection"
    mark = fill('<span class="{}__number">{}</span>', look, number)
    return fill(
        TEXT,
        look=look,
        axis=f" axis-{axis}" if axis is not None else "",
        key=key,
        level=depth + 1,
        number=mark if number else "",
        supplied=SUPPLIED if is_supplied else "",
        title=f"［{title}］" if is_supplied else title,
        here=here_link(key, f"「{title}」"),
        story=story,
        errata=errata,
        body=_body(kind, body, title, depth + 2),
    )


def _body(kind: str, body: str, title: str, level: int) -> SafeString:
    blocks = parse_blocks(body)
    if kind == SectionKind.BEFORE_AFTER:
        return before_after(blocks, level=level)
    if not blocks:
        return NOTHING
    prose = text_blocks(blocks, level=level, name=title)
    return fill('<div class="prose">{}</div>', prose)
