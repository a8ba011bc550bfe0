"""Counts of a report laid out as rows with a bar each: no database, no live label."""

from collections.abc import Sequence
from dataclasses import dataclass

from kirishima_dx.pictures.bars import Kind, Segment, Sign, in_words, kinds, segments
from reviews.report.document import Cell, Table
from reviews.report.looks import sign_of
from reviews.report.totals import counted_code


@dataclass(frozen=True)
class TotalsRow:
    """One row of a totals table. `axis_rows` is how many rows its axis cell spans, 0 where a row above spans it.

    `axis_number` is 0 where the rows are not those of axes.
    """

    axis: str
    axis_number: int
    axis_rows: int
    policy: str
    count: int
    counts: tuple[int, ...]
    segments: tuple[Segment, ...]
    is_sum: bool

    @property
    def summary(self) -> str:
        """Return the bar in words: 順調3、遅れている1."""
        return in_words(self.segments)


@dataclass(frozen=True)
class Totals:
    """A totals table with a bar for each row; the last row sums all.

    `has_parts` says whether its rows are parts of what the first column names, as policies are of an axis.
    """

    key: str
    title: str
    heads: tuple[str, str, str]
    signs: tuple[Sign, ...]
    rows: tuple[TotalsRow, ...]
    total: TotalsRow
    has_parts: bool

    @property
    def kinds(self) -> list[Kind]:
        """Return what is counted, with how many there are in all."""
        return kinds(self.signs, self.total.counts)


def totals(table: Table) -> Totals:
    """Lay out a totals table: axis, policy, how many in all, then how many of each kind."""
    signs = tuple(
        sign_of(column.scale, counted_code(column), column.label) for column in table.columns[3:]
    )
    axes = [row[0].words for row in table.rows]
    has_parts = any(row[1].words for row in table.rows)
    rows = [
        _totals_row(position, row, axes, signs, has_parts=has_parts)
        for position, row in enumerate(table.rows)
    ]
    head = [column.label for column in table.columns[:3]]
    heads = (head[0], head[1], head[2])
    return Totals(table.key, table.title, heads, signs, tuple(rows[:-1]), rows[-1], has_parts)


def _totals_row(
    position: int,
    row: Sequence[Cell],
    axes: list[str],
    signs: tuple[Sign, ...],
    *,
    has_parts: bool,
) -> TotalsRow:
    axis, counts = axes[position], tuple(_number(cell) for cell in row[3:])
    is_last = position + 1 == len(axes)
    ends_axis = is_last or axes[position + 1] != axis
    numbers = list(dict.fromkeys(axes))
    return TotalsRow(
        axis=axis,
        axis_number=numbers.index(axis) + 1 if has_parts else 0,
        axis_rows=axes.count(axis) if position == axes.index(axis) else 0,
        policy=row[1].words,
        count=_number(row[2]),
        counts=counts,
        segments=tuple(segments(signs, counts)),
        is_sum=is_last or (has_parts and ends_axis),
    )


def _number(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0
