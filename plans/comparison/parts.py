"""What became of everything in an edition but its focus items: cover, axes, policies, sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kirishima_dx.text_diff import Run, diff
from plans.comparison.paragraphs import ParagraphChange, compare_paragraphs
from plans.enums import Fate
from plans.models import Axis, Edition, Policy, Section
from plans.places import lasting_place
from plans.queries import EditionOutline

Part = Axis | Policy | Section | Edition


@dataclass(frozen=True)
class LineChange:
    """A short text of a part that differs: 名称, 標語, 見出し …"""

    label: str
    old: str
    new: str

    @cached_property
    def runs(self) -> list[Run]:
        return diff(self.old, self.new)


@dataclass(frozen=True)
class PartChange:
    """A part of an edition that differs; a side is None where it does not stand.

    `place` names it by its lasting key: edition, axes/1, policies/1-A, sections/purpose. `lines` are the short texts
    that differ, `paragraphs` all of a body that does. `behind` is the key of the section that stands before it in the
    new edition, in reading order, for sections that came or moved.
    """

    place: str
    old: Part | None
    new: Part | None
    lines: list[LineChange] = field(default_factory=list)
    paragraphs: list[ParagraphChange] = field(default_factory=list)
    moves: bool = False
    is_renumbered: bool = False
    behind: str = ""

    @property
    def fate(self) -> Fate:
        if self.old is None:
            return Fate.NEW
        if self.new is None:
            return Fate.ENDED
        return Fate.REWORDED if self.rewords else Fate.MOVED

    @property
    def fate_label(self) -> str:
        return self.fate.told(moves=self.moves)

    @property
    def rewords(self) -> bool:
        return bool(self.old and self.new and (self.lines or self.paragraphs))

    @property
    def either(self) -> Part:
        """Return the new side, the old one where there is none."""
        part = self.new or self.old
        if part is None:
            raise ValueError("a part stands in neither edition")
        return part

    @property
    def group(self) -> str:
        """Return edition, axes, policies or sections."""
        return self.place.partition("/")[0]

    @property
    def label(self) -> str:
        return part_label(self.either)


def part_label(part: Part) -> str:
    """Return what people call a part, with its number in its own edition."""
    match part:
        case Axis():
            return f"軸{part.number} {part.name}"
        case Policy():
            return f"取組方針 {part}"
        case Section():
            return part.heading
        case _:
            return "計画期間・策定者"


def part_changes(old: EditionOutline, new: EditionOutline) -> list[PartChange]:
    """Return the parts that differ: the cover, axes, policies, and sections, each in the order of the new edition,
    and those that ended after the others of their kind."""
    return [
        *_differing([old.edition], [new.edition]),
        *_differing(_axes(old), _axes(new)),
        *_differing(_policies(old), _policies(new)),
        *_section_changes(_sections(old), _sections(new)),
    ]


def _axes(outline: EditionOutline) -> list[Axis]:
    return [axis.axis for axis in outline.axes]


def _policies(outline: EditionOutline) -> list[Policy]:
    return [policy.policy for axis in outline.axes for policy in axis.policies]


def _sections(outline: EditionOutline) -> list[Section]:
    return [node.section for node in outline.walk_sections()]


def _differing(old: Iterable[Part], new: Iterable[Part]) -> Iterator[PartChange]:
    before = {lasting_place(part): part for part in old}
    after = {lasting_place(part): part for part in new}
    for place in [*after, *(place for place in before if place not in after)]:
        change = _change(place, before.get(place), after.get(place))
        if change is not None:
            yield change


def _change(place: str, old: Part | None, new: Part | None) -> PartChange | None:
    """Return what became of one part, None where it is the same on both sides."""
    before, after = _lines(old), _lines(new)
    labels = [*after, *(label for label in before if label not in after)]
    lines = [
        LineChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]
    bodies = tuple(part.body if isinstance(part, Section) else "" for part in (old, new))
    paragraphs = compare_paragraphs(*bodies) if bodies[0] != bodies[1] else []
    moves = bool(old and new and _parent(old) != _parent(new))
    renumbered = bool(old and new and not moves and _number(old) != _number(new))
    if old and new and not (lines or paragraphs or moves or renumbered):
        return None
    return PartChange(place, old, new, lines, paragraphs, moves, renumbered)


def _lines(part: Part | None) -> dict[str, str]:
    """Return the short texts of a part by their name."""
    match part:
        case Axis():
            return {"名称": part.name, "英語の語": part.english, "標語": part.tagline}
        case Policy():
            return {"名称": part.name}
        case Section():
            return {"見出し": part.heading}
        case Edition():
            return {"計画期間": part.period, "策定者": part.issuer}
        case _:
            return {}


def _parent(part: Part) -> str:
    """Return the lasting key of what a part stands in."""
    match part:
        case Policy():
            return part.axis.key
        case Section() if part.parent_id is not None and part.parent is not None:
            return part.parent.key
        case _:
            return ""


def _number(part: Part) -> str:
    """Return the number or letter that a part has by its place; the one of a section is words of its heading."""
    match part:
        case Axis():
            return str(part.number)
        case Policy():
            return part.letter
        case _:
            return ""


def _section_changes(old: list[Section], new: list[Section]) -> Iterator[PartChange]:
    changes = {change.place: change for change in _differing(old, new)}
    stayed = in_order([section.key for section in old], [section.key for section in new])
    behind = ""
    before = {section.key: section for section in old}
    for section in new:
        place = lasting_place(section)
        found = changes.pop(place, None)
        has_moved = section.key not in stayed or bool(found and found.moves)
        if section.key in before and has_moved:
            found = found or PartChange(place, before[section.key], section)
            yield PartChange(
                place, found.old, section, found.lines, found.paragraphs, moves=True, behind=behind
            )
        elif found is not None:
            yield PartChange(
                place, found.old, found.new, found.lines, found.paragraphs, behind=behind
            )
        behind = section.key
    yield from changes.values()


def in_order(old: list[str], new: list[str]) -> set[str]:
    """Return the most keys of both lists that stand in the same order in both: the others have moved."""
    place = {key: index for index, key in enumerate(old)}
    common = [key for key in new if key in place]
    best: list[tuple[int, str | None]] = []
    previous: dict[str, str | None] = {}
    for key in common:
        fitting = [
            (length, other) for (length, other) in best if other and place[other] < place[key]
        ]
        length, before = max(fitting, default=(0, None), key=lambda found: found[0])
        previous[key] = before
        best.append((length + 1, key))
    last = max(best, default=(0, None), key=lambda found: found[0])[1]
    stayed: set[str] = set()
    while last is not None:
        stayed.add(last)
        last = previous[last]
    return stayed
