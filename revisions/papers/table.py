"""新旧対照表 as such: its words, its columns, its rows, and which stretches of each side are marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kirishima_dx.text_diff import Run
from revisions.papers.remarks import Remarks

Side = Literal["new", "old"]
Level = Literal["section", "axis", "policy", "text"]


@dataclass(frozen=True)
class TableWords:
    """The words of the table and the order of its columns; settings.COMPARISON_TABLE holds those of a city."""

    columns: tuple[str, ...] = ("new", "old", "remarks")
    new: str = "改正後"
    old: str = "改正前"
    remarks: str = "備考"
    added: str = "（新設）"
    dropped: str = "（削る）"
    omitted: str = "（略）"
    legend: str = "備考　改正部分は、下線の部分である。"


@dataclass(frozen=True)
class Stretch:
    """Words of one side; `is_marked` where the other side has others, so that they are underlined."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Line:
    """A line of one side; a note is no text of the plan: （新設）, （削る）, （略）."""

    stretches: tuple[Stretch, ...]
    kind: Literal["title", "text", "note"] = "text"

    @property
    def text(self) -> str:
        return "".join(stretch.text for stretch in self.stretches)


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A row: what stands on both sides, and what is remarked.

    `span` is over how many rows its remarks reach: those that go on with the same text `continues`, and have none of
    their own. `axis` is the number of the axis that it begins.
    """

    new: Lines = ()
    old: Lines = ()
    remarks: Remarks = field(default_factory=Remarks)
    level: Level = "text"
    span: int = 1
    continues: bool = False
    axis: int = 0


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    edition: str = ""
    """The name of the edition that stands in it."""


@dataclass(frozen=True)
class ComparisonTable:
    """The whole table, in the words and the order of columns that were asked for."""

    columns: list[Column]
    rows: list[Row]
    words: TableWords


def plain_text(lines: Iterable[Line]) -> str:
    """Return what stands on a side without its marks."""
    return "\n".join(line.text for line in lines)


def side_of(runs: Iterable[Run], side: Side) -> list[Stretch]:
    """Return the words of one side of compared texts, those that the other side has not marked."""
    return [Stretch(run.text, run.kind == side) for run in runs if run.kind in ("same", side)]


def note(text: str) -> Line:
    return Line((Stretch(text),), "note")


def title(*parts: Sequence[Stretch]) -> Line:
    """Return a heading out of its parts, parted by a space that is marked where both its neighbours are."""
    stretches: list[Stretch] = []
    for part in parts:
        if part and stretches:
            both = stretches[-1].is_marked and part[0].is_marked
            stretches.append(Stretch("　", both))
        stretches += part
    return Line(tuple(joined(stretches)), "title")


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches with neighbours of one kind made one."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and found[-1].is_marked == stretch.is_marked:
            found[-1] = Stretch(found[-1].text + stretch.text, stretch.is_marked)
        elif stretch.text:
            found.append(stretch)
    return found
