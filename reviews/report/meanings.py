"""What the words of a report mean, kept in the report itself: a word that means something else later does not reach
back (rule R1).

Issues that were sealed before the report had this table say nothing of their words; nothing of today is put there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from initiatives.enums import NO_ANSWER_CODE, shown_meanings
from kirishima_dx.closed_set import Meaning
from reviews.report.cells import words_of
from reviews.report.document import NOTHING, Cell, Column, Record, ReportDocument, Table
from reviews.report.looks import mark_of
from reviews.report.stated import OWN_COLUMNS

KEY, TITLE = "meanings", "言葉の意味"
MEANING_COLUMNS = (
    Column("scale", "どの欄の言葉か"),
    Column("asks", "欄の意味"),
    Column("word", "言葉"),
    Column("meaning", "意味"),
)


@dataclass(frozen=True)
class ToldScale:
    """A column with words of its own, what it asks, and what each of its words says."""

    label: str
    meaning: str
    words: Sequence[Meaning]


def meanings_table() -> Table:
    """Return the words that may stand in 進捗一覧, with what they mean now."""
    return Table.of(KEY, TITLE, MEANING_COLUMNS, _rows())


def _rows() -> Iterator[dict[str, Cell | str | int]]:
    for column in OWN_COLUMNS:
        for one in shown_meanings(column.choices) if column.choices is not None else ():
            yield {
                "scale": Cell(column.label, column.key),
                "asks": column.meaning,
                "word": Cell(one.label, one.value or NO_ANSWER_CODE),
                "meaning": one.meaning,
            }


def told_scales(document: ReportDocument) -> list[ToldScale]:
    """Return what a report itself says of its words; nothing where it has no such table."""
    table = document.table(KEY)
    rows = table.records if table is not None else []
    by_scale = groupby(rows, key=lambda row: row["scale"])
    return [_told(scale, list(found)) for scale, found in by_scale]


def _told(scale: Cell, rows: Sequence[Record]) -> ToldScale:
    key = str(scale.value)
    words = [_meaning(key, row) for row in rows]
    return ToldScale(scale.words, words_of(rows[0], "asks"), words)


def _meaning(scale: str, row: Record) -> Meaning:
    code = row.get("word", NOTHING).value
    return Meaning(str(code), words_of(row, "word"), mark_of(scale, code), words_of(row, "meaning"))
