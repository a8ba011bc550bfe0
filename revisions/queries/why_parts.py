"""The story of an axis, a policy or a section through the editions; of a section also paragraph by paragraph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from plans.comparison.paragraphs import compare_paragraphs
from plans.comparison.parts import Part, PartChange
from plans.comparison.whole import compare
from plans.models import Axis, Edition, Policy, Section
from plans.places import lasting_place
from plans.queries import AxisOutline, EditionOutline, PolicyOutline, SectionOutline
from plans.section_text import Block, parse_blocks
from plans.shelf import ShelvedEdition
from revisions.queries.why_steps import TextStep, before_each

Line = tuple[str, Edition]
"""A line of a body, and since which edition it stands so."""


@dataclass(frozen=True)
class Passage:
    """Neighbouring paragraphs of a section that stand as they are since the same edition."""

    blocks: list[Block]
    since: Edition


def part_steps(
    place: str, readable: Sequence[ShelvedEdition], asked: Edition
) -> tuple[list[TextStep], list[Passage]]:
    """Return what the editions, newest first, say of a part, and the age of its paragraphs in the one asked about.

    In at most two queries. Empty where none of the editions has the part.
    """
    editions = [shelved.edition for shelved in readable]
    outlines = _outlines(place, editions)
    parts = {pk: _part(outline, place) for pk, outline in outlines.items()}
    steps = list(_steps(place, readable, outlines, parts))
    bodies = [
        (edition, part.body)
        for edition in sorted(editions)
        if edition <= asked and isinstance(part := parts[edition.pk], Section)
    ]
    stands = isinstance(parts.get(asked.pk), Section)
    return steps, passages(bodies) if stands else []


def _steps(
    place: str,
    readable: Sequence[ShelvedEdition],
    outlines: dict[int, EditionOutline],
    parts: dict[int, Part | None],
) -> Iterator[TextStep]:
    before = before_each(readable)
    for shelved in readable:
        edition, older = shelved.edition, before.get(shelved.edition.pk)
        part = parts[edition.pk] or (parts[older.pk] if older else None)
        if part is None:
            continue
        change = _change(place, outlines[older.pk], outlines[edition.pk]) if older else None
        stands = parts[edition.pk] is not None
        yield TextStep(shelved, part, change, stands, is_first=older is None)


def _change(place: str, old: EditionOutline, new: EditionOutline) -> PartChange | None:
    return next((part for part in compare(old, new).parts if part.place == place), None)


def _part(outline: EditionOutline, place: str) -> Part | None:
    axes = [axis.axis for axis in outline.axes]
    policies = [policy.policy for axis in outline.axes for policy in axis.policies]
    every: list[Part] = [*axes, *policies, *(node.section for node in outline.walk_sections())]
    return next((part for part in every if lasting_place(part) == place), None)


def _outlines(place: str, editions: Sequence[Edition]) -> dict[int, EditionOutline]:
    """Return of each edition what is needed to tell of one part: axes and policies or, for a section, all sections
    with the body of that one alone."""
    group, _, key = place.partition("/")
    outlines = {edition.pk: EditionOutline(edition, [], []) for edition in editions}
    if group == "sections":
        _add_sections(outlines, key)
    else:
        _add_axes(outlines)
    return outlines


def _add_axes(outlines: dict[int, EditionOutline]) -> None:
    found = Axis.objects.filter(edition__in=outlines).order_by("number")
    axes = {axis.pk: AxisOutline(axis) for axis in found}
    for outline in axes.values():
        outlines[outline.axis.edition_id].axes.append(outline)
    for policy in Policy.objects.filter(edition__in=outlines).order_by("axis__number", "letter"):
        axis = axes[policy.axis_id]
        policy.axis = axis.axis
        axis.policies.append(PolicyOutline(policy))


def _add_sections(outlines: dict[int, EditionOutline], key: str) -> None:
    found = Section.objects.filter(edition__in=outlines).order_by("order")
    bodies = dict(found.filter(key=key).values_list("pk", "body"))
    sections = {section.pk: section for section in found.defer("body")}
    for section in sections.values():
        section.body = bodies.get(section.pk, "")
        if section.parent_id is not None:
            section.parent = sections[section.parent_id]
        outlines[section.edition_id].sections.append(SectionOutline(section))


def passages(bodies: Iterable[tuple[Edition, str]]) -> list[Passage]:
    """Return the paragraphs of the last body with since which edition each stands so; `bodies` come oldest first."""
    lines: list[Line] = []
    for edition, body in bodies:
        lines = _aged(lines, edition, body)
    stretches = groupby(_together(lines), key=lambda line: line[1])
    told = [
        Passage(parse_blocks("\n".join(line for line, _ in stretch)), since)
        for since, stretch in stretches
    ]
    return [passage for passage in told if passage.blocks]


def _aged(before: list[Line], edition: Edition, body: str) -> list[Line]:
    """Return the lines of a body, those of an older one keeping their age."""
    ages = iter(before)
    lines: list[Line] = []
    for change in compare_paragraphs("\n".join(line for line, _ in before), body):
        since = next(ages)[1] if change.old is not None and before else edition
        if change.new is not None:
            lines.append((change.new, since if change.is_same else edition))
    return lines


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Give all lines of a table the age of its newest one, and empty lines that of the line before them."""
    last: Edition | None = None
    for is_table, stretch in groupby(lines, key=lambda line: line[0].startswith("|")):
        table = list(stretch)
        newest = max(since for _, since in table)
        for line, since in table:
            if line.strip() or last is None:
                last = newest if is_table else since
            yield line, last
