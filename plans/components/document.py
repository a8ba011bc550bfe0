"""The document of an edition: its contents list, and its sections with all that stands in them."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from kirishima_dx.safe_html import NOTHING, fill, joined
from plans.components.bodies import before_after, text_blocks
from plans.components.marks import here_link
from plans.components.notes import Notes, errata_at, story
from plans.enums import SectionKind
from plans.models import Section
from plans.queries import AxisOutline, EditionOutline, SectionOutline

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
<section class="{look}{axis}" id="{key}">
  <h{level} class="{look}__title">{number}<span{supplied}>{title}{here}{story}</span></h{level}>
  {errata}
  {body}
  {below}
</section>
"""
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
    section = node.section
    look = "plan-section" if node.depth == 1 else "plan-subsection"
    number = fill('<span class="{}__number">{}</span>', look, section.number)
    below = sections(node.children, notes, measures) if node.children else ""
    return fill(
        SECTION,
        look=look,
        axis=f" axis-{node.axis.number}" if node.axis else "",
        key=section.key,
        level=node.depth + 1,
        number=number if section.number else "",
        supplied=SUPPLIED if section.is_supplied else "",
        title=f"［{section.title}］" if section.is_supplied else section.title,
        here=here_link(section.key, f"「{section.title}」"),
        story=story(section, section.title, notes),
        errata=errata_at(section.key, notes),
        body=_body(section, node.depth + 2, measures),
        below=fill('<div class="plan-children">{}</div>', below) if below else "",
    )


def _body(section: Section, level: int, measures: SafeString) -> SafeString:
    if section.kind == SectionKind.ITEMS:
        return measures
    blocks = section.blocks
    if section.kind == SectionKind.BEFORE_AFTER:
        return before_after(blocks, level=level)
    if not blocks:
        return NOTHING
    prose = text_blocks(blocks, level=level, name=section.title)
    return fill('<div class="prose">{}</div>', prose)
