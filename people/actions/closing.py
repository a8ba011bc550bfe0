"""Closing what holds personal data by mistake (A3)."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Model

from kirishima_dx import clock
from kirishima_dx.closing import closable_columns, closer_of, digest_of, history_of
from kirishima_dx.history import explain
from people.closing_places import Cell
from people.errors import ClosingOutdated, ClosingRefused
from people.models import ClosedCell, Closing, User

WHY_IN_HISTORY = "個人情報を含むため閉じた"


@transaction.atomic
def close_cells(*, cells: Collection[Cell], subject: str, reason: str, by: User) -> Closing:
    """Empty cells for good and keep of each where it was, its digest and its size; all of them or none.

    The caller lets the database erase what is left in its files (`erase_emptied`), once this is committed. Raises
    ClosingOutdated where a cell is not as it was looked at, ClosingRefused without a reason or a cell.
    """
    if not reason.strip():
        raise ClosingRefused("閉じる理由を書いてください。")
    if not cells:
        raise ClosingRefused("閉じるところを一つ以上選んでください。")
    closing = Closing.objects.create(
        subject=subject,
        reason=reason,
        closed_at=clock.now(),
        closed_by=by,
        closed_by_name=by.display_name,
    )
    for (model, pk), of_row in _by_row(cells):
        row = model._base_manager.select_for_update().filter(pk=pk).first()
        if row is None or any(digest_of(getattr(row, one.column)) != one.digest for one in of_row):
            raise ClosingOutdated
        ClosedCell.objects.bulk_create(_kept(closing, one) for one in of_row)
        columns = closable_columns(model)
        _empty(row, {one.column: columns[one.column].value for one in of_row}, by)
    return closing


def _by_row(cells: Collection[Cell]) -> list[tuple[tuple[type[Model], int], list[Cell]]]:
    """Return the cells row by row, always in the same order, so that two who close wait and never block each other."""
    rows: dict[tuple[type[Model], int], list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.model, cell.row].append(cell)
    return sorted(rows.items(), key=lambda pair: (pair[0][0]._meta.db_table, pair[0][1]))


def _kept(closing: Closing, cell: Cell) -> ClosedCell:
    return ClosedCell(
        closing=closing,
        table_name=cell.model._meta.db_table,
        row_id=cell.row,
        column_name=cell.column,
        digest=cell.digest,
        size=cell.size,
    )


def _empty(row: Model, values: dict[str, Any], by: User) -> None:
    """Put what stands for closed into a row; a live row goes on with its history and its count of savings (G4)."""
    model = type(row)
    closer = closer_of(model)
    if closer is not None:
        closer(row, values, by)
    elif history_of(model) is None:
        model._base_manager.filter(pk=row.pk).update(**values)
    else:
        if hasattr(row, "version"):
            values = {**values, "version": row.version + 1}
        for name, value in values.items():
            setattr(row, name, value)
        explain(row, by=by, reason=WHY_IN_HISTORY)
        row.save(update_fields=list(values))
