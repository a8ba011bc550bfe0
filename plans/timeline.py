"""Which plans run when, read from the table of periods in the plan's own text (計画の期間). Pure.

The words of the cells are what counts: `第2次基本構想（H30～R9）` and, beside a label such as `第1.0版`, `R5～R7`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kirishima_dx.fiscal_year import ERAS, fiscal_year_wareki
from plans.models import Section
from plans.section_text import Block, Cell

_YEAR = r"[RHS](?:\d{1,2}|元)"
_HEAD_YEAR = re.compile(rf"^{_YEAR}(?:年度)?$")
_PERIOD = re.compile(
    rf"(?P<name>.*?)\(?(?P<first>{_YEAR})(?:[~〜-](?P<last>{_YEAR}))?\)?(?P<note>.*)"
)
_BEGINS = {letter: start.year for start, _, letter in ERAS}


@dataclass(frozen=True)
class Span:
    """A plan, or a version of one, with its first and last fiscal year; `note` is a mark such as ※."""

    name: str
    first: int
    last: int
    note: str = ""

    @property
    def period(self) -> str:
        """Return 令和8年度～令和9年度."""
        return f"{fiscal_year_wareki(self.first)}～{fiscal_year_wareki(self.last)}"

    def overlaps(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass
class Lane:
    """One plan of the table with its spans, in the order of the table."""

    plan: str
    spans: list[Span] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Span]]:
        """Return the spans in as many rows as it takes for none to lie upon another."""
        rows: list[list[Span]] = []
        for span in self.spans:
            free = (row for row in rows if not any(span.overlaps(other) for other in row))
            row = next(free, None)
            if row is None:
                rows.append([span])
            else:
                row.append(span)
        return rows


@dataclass
class Timeline:
    """The plans of a table, the section that holds it, and the words in it that name no period."""

    section: Section
    lanes: list[Lane]
    unread: list[str]
    notes: list[str]

    @property
    def first(self) -> int:
        return min(span.first for lane in self.lanes for span in lane.spans)

    @property
    def last(self) -> int:
        return max(span.last for lane in self.lanes for span in lane.spans)


def timeline_of(sections: Iterable[Section]) -> Timeline | None:
    """Return what the first table of periods in these sections says; None where no section has one."""
    for section in sections:
        for block in section.blocks:
            if block.kind == "table" and _names_years(block):
                return _read(section, block)
    return None


def _names_years(table: Block) -> bool:
    """Whether the columns of a table are fiscal years and a cell below them names a period."""
    years = [cell for cell in table.head if _HEAD_YEAR.match(_plain(cell.text))]
    return len(years) > 1 and any(_span("", cell.text) for row in table.rows for cell in row)


def _read(section: Section, table: Block) -> Timeline:
    notes = [block.text for block in section.blocks if block.kind == "note"]
    timeline = Timeline(section, [], [], notes)
    labels = table.head[0].columns
    version = ""
    for row in table.rows:
        named = [cell.text for cell in row if cell.is_label]
        if len(named) == labels:
            timeline.lanes.append(Lane(named[0]))
        if named:
            version = named[-1] if labels > 1 else ""
        for cell in _said(row):
            span = _span(version, cell.text)
            if span is None or not timeline.lanes:
                timeline.unread.append(cell.text)
            else:
                timeline.lanes[-1].spans.append(span)
    timeline.lanes = [lane for lane in timeline.lanes if lane.spans]
    return timeline


def _said(row: Iterable[Cell]) -> Iterator[Cell]:
    return (cell for cell in row if not cell.is_label and cell.text)


def _span(label: str, words: str) -> Span | None:
    """Return the period that a cell names, called by its own words or else by the label beside it."""
    found = _PERIOD.fullmatch(_plain(words))
    if found is None:
        return None
    first, last = _fiscal_year(found["first"]), _fiscal_year(found["last"] or found["first"])
    name = found["name"].strip() or label
    return Span(name, first, last, found["note"].strip()) if last >= first else None


def _plain(words: str) -> str:
    """Return words with letters, digits and brackets of one width."""
    return unicodedata.normalize("NFKC", words).strip()


def _fiscal_year(short: str) -> int:
    """Return 2026 for R8."""
    number = 1 if short[1:] == "元" else int(short[1:])
    return _BEGINS[short[0]] + number - 1
