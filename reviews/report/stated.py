"""The columns of a statement as a report has them, and what an entry says in each: words with their values."""

from dataclasses import replace
from datetime import date

from initiatives.enums import NO_ANSWER, NO_ANSWER_CODE, SHOWS_SILENCE
from initiatives.models import ProgressEntry
from initiatives.stated_column import Asked, Kind, StatedColumn
from initiatives.statement import COLUMNS
from kirishima_dx.closed_set import ClosedSet
from kirishima_dx.fiscal_year import wareki_date
from reviews.report.document import NOTHING, Cell, Column

OWN_COLUMNS = tuple(column for column in COLUMNS if column.widths.paper is not None)
"""What stands in 進捗一覧 by itself."""
PROSE = tuple(column for column in OWN_COLUMNS if column.is_prose)
"""What is compared with last year's."""
SHARING = tuple(
    column for column in COLUMNS if column.asked is Asked.WHEN_LATE and column.widths.paper is None
)
"""What explains a delay, together in one cell."""
DELAY = "delay"
STUDY_MARK = "★"
SILENT = Cell(NO_ANSWER, NO_ANSWER_CODE)


def _shared_labels() -> list[str]:
    """Return 遅れの原因, 対応策, 新たな期限: only the first one has to say of what it is."""
    return [column.short_label if number else column.label for number, column in enumerate(SHARING)]


def report_column(column: StatedColumn) -> Column:
    return Column(
        key=column.key,
        label=column.label,
        kind=column.kind,
        scale=column.key if column.kind is Kind.CHOICE else "",
        unit=column.unit,
        places=column.places,
    )


def stated_columns() -> list[Column]:
    """Return the columns in the order in which they are asked; those that share a cell stand where the first does."""
    columns: list[Column] = []
    for column in COLUMNS:
        if column in OWN_COLUMNS:
            columns.append(report_column(column))
        elif SHARING and column is SHARING[0]:
            columns.append(Column(DELAY, "・".join(_shared_labels())))
    return columns


def stated_cells(entry: ProgressEntry | None) -> dict[str, Cell]:
    """Return what is stated of an item by the keys of stated_columns; None: nothing was."""
    if entry is None:
        return {column.key: SILENT for column in OWN_COLUMNS if column.choices in SHOWS_SILENCE}
    said = {column.key: stated(column, entry) for column in OWN_COLUMNS}
    return said | {DELAY: _delay(entry)}


def stated(column: StatedColumn, entry: ProgressEntry) -> Cell:
    """Return what an entry says in a column."""
    value = getattr(entry, column.key)
    words = column.in_words(value)
    if not words or column.is_prose:
        return Cell(words)
    return Cell(words, column.as_json(value))


def _delay(entry: ProgressEntry) -> Cell:
    """Return what explains the delay of a late item, each part on a line under its name."""
    if not entry.is_late:
        return NOTHING
    told = [
        (column, label, cell)
        for column, label in zip(SHARING, _shared_labels(), strict=True)
        if not (cell := stated(column, entry)).is_empty
    ]
    return Cell(
        "\n".join(f"{column.short_label}：{cell.words}" for column, _, cell in told),
        parts=tuple(
            (replace(report_column(column), label=label), cell) for column, label, cell in told
        ),
    )


def chosen(member: ClosedSet) -> Cell:
    """Return a cell that says a member of a closed set."""
    return Cell(str(member.label), member.code)


def on_day(day: date | None) -> Cell:
    """Return a cell that says a day."""
    return Cell(wareki_date(day), day.isoformat()) if day else NOTHING
