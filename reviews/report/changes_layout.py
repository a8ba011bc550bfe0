"""前年度との比較, laid out for reading: what moved which way, which dates slipped, which words are new.

Both years' words stand in the document itself; nothing is looked up (rule R1).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kirishima_dx.pictures.bars import Kind, Segment, in_words, kinds, segments
from kirishima_dx.text_diff import Run, diff
from reviews.enums import RatingChange
from reviews.report.cells import Part, words_of
from reviews.report.document import NOTHING, Cell, Column, Record, ReportDocument, Table
from reviews.report.looks import SCALES, sign_of

CHANGES = ("rating_change", "status_change")
_DATES = ("first_due", "previous_due", "due")
_SHOWN = (
    *("code", "title", "department", "previous_rating", "rating", "rating_change"),
    *("previous_status", "status", "status_change", *_DATES, "slips"),
    *("changed_texts", "repeated_texts"),
)


@dataclass(frozen=True)
class Move:
    """A value of last year, the one of this year, and which way that is, in words and by a sign."""

    before: Part
    now: Part
    way: Part

    @property
    def change(self) -> str:
        return self.way.text

    @property
    def mark(self) -> str:
        return self.way.mark

    @property
    def look(self) -> str:
        return self.way.look


@dataclass(frozen=True)
class Rewording:
    """A text that is not last year's, with the changed words marked."""

    key: str
    label: str
    runs: list[Run]


@dataclass(frozen=True)
class ChangeRow:
    """One item beside last year. `dates` leaves out what says the same day as the one before."""

    code: str
    title: str
    department: str
    rating: Move
    status: Move
    dates: list[Part]
    slips: Cell
    rewordings: list[Rewording]
    repeated: str
    others: list[Part]

    @property
    def has_slipped(self) -> bool:
        return bool(self.slips.value)


@dataclass(frozen=True)
class ChangeTally:
    """How many items moved which way, as words and a bar."""

    label: str
    kinds: list[Kind]
    segments: list[Segment]

    @property
    def summary(self) -> str:
        return in_words(self.segments)


@dataclass(frozen=True)
class Comparison:
    """The section 前年度との比較."""

    key: str
    title: str
    tallies: list[ChangeTally]
    rows: list[ChangeRow]

    @property
    def is_first(self) -> bool:
        """Whether nothing was said of the year before."""
        return bool(self.rows) and all(
            row.rating.way.cell.value == RatingChange.NEW for row in self.rows
        )

    @property
    def slipped(self) -> int:
        """Return how many items were put off at least once."""
        return sum(row.has_slipped for row in self.rows)

    @property
    def repeated(self) -> int:
        """Return how many items say something again word for word."""
        return sum(bool(row.repeated) for row in self.rows)


def comparison(document: ReportDocument) -> Comparison | None:
    """Lay out what changed since last year; None where the report does not tell."""
    table = document.table("changes")
    if table is None:
        return None
    columns = {column.key: column for column in table.columns}
    tallies = [_tally(columns[key], table.column(key)) for key in CHANGES if key in columns]
    reworded = _rewordings(document)
    rows = [
        _row(record, columns, reworded.get(words_of(record, "code"), []))
        for record in table.records
    ]
    return Comparison(table.key, table.title, tallies, rows)


def _tally(column: Column, found: list[Cell]) -> ChangeTally:
    """Count what changed how, the best first; what is not known stands after the others."""
    counts = Counter(found)
    known = [member.code for member in reversed(SCALES[column.key].upwards())]
    place = {code: number for number, code in enumerate(known)}
    shown = sorted(counts, key=lambda cell: place.get(str(cell.value), len(place)))
    signs = [sign_of(column.scale, cell.value, cell.words) for cell in shown]
    numbers = [counts[cell] for cell in shown]
    return ChangeTally(column.label, kinds(signs, numbers), list(segments(signs, numbers)))


def _row(record: Record, columns: dict[str, Column], rewordings: list[Rewording]) -> ChangeRow:
    return ChangeRow(
        code=words_of(record, "code"),
        title=words_of(record, "title"),
        department=words_of(record, "department"),
        rating=_move(record, columns, "rating"),
        status=_move(record, columns, "status"),
        dates=list(_dates(record, columns)),
        slips=record.get("slips", NOTHING),
        rewordings=rewordings,
        repeated=words_of(record, "repeated_texts"),
        others=[Part(columns[key], cell) for key, cell in record.items() if key not in _SHOWN],
    )


def _move(record: Record, columns: dict[str, Column], key: str) -> Move:
    before, now, way = (
        Part(columns.get(name, Column(name, "")), record.get(name, NOTHING))
        for name in (f"previous_{key}", key, f"{key}_change")
    )
    return Move(before, now, way)


def _dates(record: Record, columns: dict[str, Column]) -> Iterator[Part]:
    told = NOTHING
    for key in _DATES:
        cell = record.get(key, NOTHING)
        if not cell.is_empty and cell != told:
            yield Part(columns[key], cell)
            told = cell


def _rewordings(document: ReportDocument) -> dict[str, list[Rewording]]:
    """Return, by the number of an item, the texts that differ from last year's."""
    before, now = document.table("previous_texts"), document.table("progress")
    if before is None or now is None:
        return {}
    texts = {words_of(record, "code"): record for record in now.records}
    return {
        code: list(_differences(before, old, texts[code]))
        for old in before.records
        if (code := words_of(old, "code")) in texts
    }


def _differences(table: Table, old: Record, new: Record) -> Iterator[Rewording]:
    for column in table.columns:
        was, now = old[column.key], new.get(column.key)
        if now is not None and was != now:
            yield Rewording(column.key, column.label, diff(was.words, now.words))
