"""Closing again, after a back-up was put back that still holds what was closed since (A3)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from kirishima_dx.closing import model_of
from people.actions.closing import close_cells
from people.closing_places import Cell, cell_of
from people.models import Closing, User


def closings_as_json() -> list[dict[str, Any]]:
    """Return every closing for a file that is kept beside the back-ups: where and what, by digest, and why."""
    return [
        {
            "subject": closing.subject,
            "reason": closing.reason,
            "closed_at": closing.closed_at.isoformat(),
            "closed_by_name": closing.closed_by_name,
            "cells": [
                [cell.table_name, cell.row_id, cell.column_name, cell.digest]
                for cell in closing.cells.all()
            ],
        }
        for closing in Closing.objects.order_by("closed_at", "pk").prefetch_related("cells")
    ]


@dataclass(frozen=True)
class Again:
    """What came of closing again: how many cells, and in which tables."""

    cells: int
    tables: set[str]


def close_again(*, told: list[dict[str, Any]], by: User) -> Again:
    """Close whatever stands where it was closed once and still has the same digest; the rest is left alone."""
    count, tables = 0, set()
    for closing in told:
        cells = [cell for named in closing["cells"] if (cell := _standing(*named))]
        if not cells:
            continue
        first = closing["closed_at"][:10]
        by_then = f"{first}に{closing['closed_by_name']}が閉じたものを、復元の後にもう一度閉じた。"
        reason = f"{closing['reason']}（{by_then}）"
        close_cells(cells=cells, subject=closing["subject"], reason=reason, by=by)
        count += len(cells)
        tables |= {cell.model._meta.db_table for cell in cells}
    return Again(count, tables)


def _standing(table: str, row_id: int, column: str, digest: str) -> Cell | None:
    """Return the cell if what was closed stands in it again."""
    model = model_of(table)
    if model is None:
        return None
    try:
        cell = cell_of(model._base_manager.get(pk=row_id), column)
    except (ObjectDoesNotExist, AttributeError):
        return None
    return cell if cell is not None and cell.digest == digest else None
