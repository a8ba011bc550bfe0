"""Who changed what, when and why, for live rows (rule A2)."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


def tracked(**options: Any) -> HistoricalRecords:
    """Return the history of a live model; reasons may be as long as people write them."""
    return HistoricalRecords(history_change_reason_field=models.TextField(blank=True), **options)


def explain(row: models.Model, *, by: Any, reason: str = "") -> None:
    """Attach the actor and the reason to the next history record of `row`."""
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
