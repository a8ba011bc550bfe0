"""新旧対照表 in the order of the document: cover, sections and, where they stand, axes, policies and items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kirishima_dx.quoting import quoted
from plans.enums import SectionKind
from plans.models import Section
from plans.places import COVER
from plans.queries import EditionOutline
from revisions.papers.explained import AmendedPart
from revisions.papers.ordering import with_ended
from revisions.papers.plan_rows import Explaining, PlanRows
from revisions.papers.revision import Revision
from revisions.papers.rows import cover_rows, omitted_row, section_rows
from revisions.papers.table import Column, ComparisonTable, Row, TableWords


def comparison_table(revision: Revision, words: TableWords) -> ComparisonTable:
    """Return all rows of what changed from one edition to another; none where nothing did."""
    old, new = revision.old.edition, revision.new.edition
    editions = {"new": new.name, "old": old.name}
    columns = [Column(key, getattr(words, key), editions.get(key, "")) for key in words.columns]
    rows = [] if revision.comparison.is_empty else list(_Document(revision, words).rows())
    return ComparisonTable(columns, rows, words)


@dataclass
class _Node:
    """A section as both editions have it, with those below; `holds_items`: axes, policies and items stand in it."""

    old: Section | None
    new: Section | None
    part: AmendedPart | None
    children: "list[_Node]" = field(default_factory=list)
    holds_items: bool = False

    @property
    def heading(self) -> str:
        either = self.new or self.old
        return either.heading if either else ""

    def walk(self) -> "Iterator[_Node]":
        yield self
        for child in self.children:
            yield from child.walk()


class _Document:
    """The rows of a revision, section by section."""

    def __init__(self, revision: Revision, words: TableWords) -> None:
        self.words = words
        self.explaining = Explaining(revision)
        self.plan = PlanRows(revision, words, self.explaining)
        self.old = _by_key(revision.old)
        self.new = _by_key(revision.new)
        self.holder = next(
            (key for key, section in self.new.items() if section.kind == SectionKind.ITEMS), None
        )

    def rows(self) -> Iterator[Row]:
        cover = self.explaining.part(COVER)
        if cover is not None:
            lines = [(line.label, line.runs) for line in cover.change.lines]
            yield from cover_rows(lines, self.explaining.remarks(cover))
        yield from self._level(self._nodes(None))
        if self.holder is None:
            yield from self.plan.rows()

    def _nodes(self, parent: str | None) -> list[_Node]:
        """Return the sections below one, those that ended where they stood."""
        new = [key for key, section in self.new.items() if _parent(section) == parent]
        old = [key for key, section in self.old.items() if _parent(section) == parent]
        return [
            _Node(
                self.old.get(key),
                self.new.get(key),
                self.explaining.part(f"sections/{key}"),
                self._nodes(key),
                holds_items=key == self.holder,
            )
            for key in with_ended(old, new, stays=self.new)
        ]

    def _level(self, nodes: Sequence[_Node]) -> Iterator[Row]:
        for differs, group in groupby(nodes, key=self._differs):
            if differs:
                for node in group:
                    yield from self._rows_of(node)
            else:
                yield self._left_out(list(group))

    def _differs(self, node: _Node) -> bool:
        return any(
            one.part is not None or (one.holds_items and self.plan.differs) for one in node.walk()
        )

    def _left_out(self, nodes: Sequence[_Node]) -> Row:
        first, last = nodes[0].heading, nodes[-1].heading
        label = first if len(nodes) == 1 else f"{first}　～　{last}"
        return omitted_row(label, self.words)

    def _rows_of(self, node: _Node) -> Iterator[Row]:
        remarks = self.explaining.remarks(node.part, self._notes(node))
        yield from section_rows(node.old, node.new, remarks, self.words)
        if node.holds_items:
            yield from self.plan.rows()
        yield from self._level(node.children)

    def _notes(self, node: _Node) -> list[str]:
        """Return from where to where a section moved."""
        part = node.part
        if part is None or not part.change.moves or node.old is None or node.new is None:
            return []
        above = [self._heading_of(_parent(section)) for section in (node.old, node.new)]
        if above[0] != above[1]:
            return [f"{above[0]}から{above[1]}へ移動"]
        behind = part.change.behind
        return [f"{self._heading_of(behind)}の次へ移動" if behind else "最初へ移動"]

    def _heading_of(self, key: str | None) -> str:
        section = (self.new.get(key) or self.old.get(key)) if key else None
        return quoted(section.heading) if section else "最上位"


def _by_key(outline: EditionOutline) -> dict[str, Section]:
    return {node.section.key: node.section for node in outline.walk_sections()}


def _parent(section: Section) -> str | None:
    parent = section.parent if section.parent_id is not None else None
    return parent.key if parent is not None else None
