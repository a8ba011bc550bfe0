"""What is known of things that were closed (A3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from kirishima_dx.clock import day_of
from kirishima_dx.closing import SHORTEST, closable_columns, digest_of, model_of
from kirishima_dx.fiscal_year import wareki_date
from people.models import ClosedCell, Closing


@dataclass(frozen=True)
class ClosedRow:
    """A row of which something was closed, as the list of closings names it."""

    label: str
    columns: str
    digests: list[str]


@dataclass(frozen=True)
class ToldClosing:
    closing: Closing
    rows: list[ClosedRow]

    @property
    def closed_at(self) -> datetime:
        return self.closing.closed_at


def is_closed(row: Model) -> bool:
    """Whether something of a row was closed, as far as its columns were fetched; asks no table."""
    absent = row.get_deferred_fields()
    return any(
        empty.is_in(getattr(row, name))
        for name, empty in closable_columns(type(row)).items()
        if name not in absent and getattr(row, name)
    )


def closing_of(row: Model) -> Closing | None:
    """Return the last closing that emptied something of a row."""
    cells = ClosedCell.objects.filter(table_name=row._meta.db_table, row_id=row.pk)
    last = cells.select_related("closing").order_by("-pk").first()
    return last.closing if last else None


def closed_before(content: bytes) -> str:
    """Return why a file is not taken, where the very bytes were closed before; empty where they were not."""
    cell = ClosedCell.objects.filter(digest=digest_of(content)).select_related("closing").first()
    if cell is None:
        return ""
    day = wareki_date(day_of(cell.closing.closed_at))
    return (
        f"このファイルは、個人情報を含むため{day}に事務局が閉じたファイルと同じ内容です。"
        "個人情報を除いてから、もう一度選んでください。"
    )


def closed_words(
    texts: Mapping[str, str], *, is_of_it: Callable[[ClosedCell], bool]
) -> dict[str, str]:
    """Return, by the same keys, why texts are not taken: the very words were closed before of the same thing.

    `is_of_it` tells whether a closed cell was of the thing that they are written of: of another one they may be a
    phrase that many use. Short texts say nothing. One query, and more where such words come.
    """
    digests = {key: digest_of(text) for key, text in texts.items() if len(text) >= SHORTEST}
    cells = ClosedCell.objects.filter(digest__in=set(digests.values())).select_related("closing")
    days = {cell.digest: cell.closing.closed_at for cell in cells if is_of_it(cell)}
    return {
        key: f"この文は、個人情報を含むため{wareki_date(day_of(days[digest]))}に事務局が閉じたものと同じです。"
        "個人情報を除いて書き直してください。"
        for key, digest in digests.items()
        if digest in days
    }


def is_cell_of(cell: ClosedCell, model: type[Model], **columns: Any) -> bool:
    """Whether a closed cell stands in a row of a table with these columns."""
    of_table = cell.table_name == model._meta.db_table
    return of_table and model._base_manager.filter(pk=cell.row_id, **columns).exists()


def told_closings() -> list[ToldClosing]:
    """Return every closing, newest first, with what was closed; in two queries."""
    closings = Closing.objects.prefetch_related("cells")
    return [ToldClosing(closing, _rows(list(closing.cells.all()))) for closing in closings]


def _rows(cells: list[ClosedCell]) -> list[ClosedRow]:
    by_row: dict[tuple[str, int], list[ClosedCell]] = {}
    for cell in cells:
        by_row.setdefault((cell.table_name, cell.row_id), []).append(cell)
    return [
        ClosedRow(
            f"{_name(table)}（番号{row}）",
            "、".join(_column(cell) for cell in of_row),
            [cell.digest for cell in of_row],
        )
        for (table, row), of_row in by_row.items()
    ]


def _name(table: str) -> str:
    model = model_of(table)
    return str(model._meta.verbose_name) if model else table


def _column(cell: ClosedCell) -> str:
    model = model_of(cell.table_name)
    names = {one.name: str(one.verbose_name) for one in model._meta.fields} if model else {}
    return names.get(cell.column_name, cell.column_name)
