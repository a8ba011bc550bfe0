"""前年度との比較, laid out for reading: what moved which way, which dates slipped, which words are new.

Both years' words stand in the document itself; nothing is looked up (rule R1).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kirishima_dx.text_diff import Run, diff
from reviews.report.bars import Kind, Segment, in_words, kinds, segments
from reviews.report.cells import Part, Record, records_of
from reviews.report.document import ReportDocument, Table
from reviews.report.looks import CHANGE_LOOKS, CHANGE_MARKS

RATING_CHANGES = ("改善", "変わらない", "悪化", "比べられない", "今年度から", "回答なし")
STATUS_CHANGES = ("前進", "再開", "変わらない", "後退", "休止・中止", "今年度から", "回答なし")
_NEWLY = "今年度から"
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
    change: str

    @property
    def mark(self) -> str:
        return CHANGE_MARKS.get(self.change, "")

    @property
    def look(self) -> str:
        return CHANGE_LOOKS.get(self.change, "other")


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
    slips: str
    rewordings: list[Rewording]
    repeated: str
    others: list[Part]

    @property
    def has_slipped(self) -> bool:
        return self.slips not in ("", "0")


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
        return bool(self.rows) and all(row.rating.change == _NEWLY for row in self.rows)

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
    records, labels = records_of(table), {column.key: column.label for column in table.columns}
    tallies = [
        _tally(labels[key], [record[key] for record in records], words)
        for key, words in (("rating_change", RATING_CHANGES), ("status_change", STATUS_CHANGES))
        if key in labels
    ]
    reworded = _rewordings(document)
    rows = [_row(record, labels, reworded.get(record.get("code", ""), [])) for record in records]
    return Comparison(table.key, table.title, tallies, rows)


def _tally(label: str, found: list[str], words: tuple[str, ...]) -> ChangeTally:
    """Count words; one that is not known stands after the others."""
    counts = Counter(found)
    shown = [word for word in dict.fromkeys((*words, *counts)) if counts[word]]
    numbers = [counts[word] for word in shown]
    return ChangeTally(label, kinds(shown, numbers), list(segments(shown, numbers)))


def _row(record: Record, labels: dict[str, str], rewordings: list[Rewording]) -> ChangeRow:
    return ChangeRow(
        code=record.get("code", ""),
        title=record.get("title", ""),
        department=record.get("department", ""),
        rating=_move(record, labels, "rating"),
        status=_move(record, labels, "status"),
        dates=list(_dates(record, labels)),
        slips=record.get("slips", ""),
        rewordings=rewordings,
        repeated=record.get("repeated_texts", ""),
        others=[Part(key, labels[key], text) for key, text in record.items() if key not in _SHOWN],
    )


def _move(record: Record, labels: dict[str, str], key: str) -> Move:
    before, now = (
        Part(name, labels.get(name, ""), record.get(name, "")) for name in (f"previous_{key}", key)
    )
    return Move(before, now, record.get(f"{key}_change", ""))


def _dates(record: Record, labels: dict[str, str]) -> Iterator[Part]:
    told = ""
    for key in _DATES:
        text = record.get(key, "")
        if text and text != told:
            yield Part(key, labels[key], text)
            told = text


def _rewordings(document: ReportDocument) -> dict[str, list[Rewording]]:
    """Return, by the number of an item, the texts that differ from last year's."""
    before, now = document.table("previous_texts"), document.table("progress")
    if before is None or now is None:
        return {}
    texts = {record["code"]: record for record in records_of(now)}
    return {
        old["code"]: list(_differences(before, old, texts[old["code"]]))
        for old in records_of(before)
        if old["code"] in texts
    }


def _differences(table: Table, old: Record, new: Record) -> Iterator[Rewording]:
    for column in table.columns:
        was, now = old[column.key], new.get(column.key)
        if now is not None and was != now:
            yield Rewording(column.key, column.label, diff(was, now))
