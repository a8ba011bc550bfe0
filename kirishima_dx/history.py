"""Who changed what, when and why, for live rows (rule A2)."""

from functools import cache
from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from kirishima_dx import clock


class _Manager(HistoryManager):
    """Made once a model: simple_history asks for its class at every `.history`, and so at every save."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None
    ) -> type[models.Manager[Any]]:
        return super().from_queryset(queryset_class, class_name)  # type: ignore[no-any-return]  # simple_history has no types.


class _History(HistoricalRecords):
    """Keeps an empty reason where `explain` gave none; the column takes no NULL. Its dates are the clock's, so that
    what is replayed on past days (the demo) is known from those days on."""

    def __init__(self, *args: Any, kept_for_a_time: bool = False, **options: Any) -> None:
        self.kept_for_a_time = kept_for_a_time
        super().__init__(*args, **options)

    def create_history_model(
        self, model: type[models.Model], inherited: bool
    ) -> type[models.Model]:
        history: type[models.Model] = super().create_history_model(model, inherited)
        history.kept_for_a_time = self.kept_for_a_time  # type: ignore[attr-defined]  # Asked by is_kept_for_a_time.
        return history

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: str
    ) -> str:
        return super().get_change_reason_for_object(instance, history_type, using) or ""

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **told: Any
    ) -> None:
        """Write nothing where only such columns were saved as the history leaves out: signing in notes when."""
        saved = told.get("update_fields")
        if saved is None or created or not set(saved) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **told)

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        instance._history_date = clock.now()  # type: ignore[attr-defined]  # Read by simple_history.
        super().create_historical_record(instance, history_type, using)


def tracked(**options: Any) -> HistoricalRecords:
    """Return the history of a live model; reasons may be as long as people write them.

    `kept_for_a_time`: no page rests on it, so it may be let go after its time (people/kept_records.py).
    """
    return _History(
        history_manager=_Manager,
        history_change_reason_field=models.TextField(blank=True),
        **options,
    )


def is_history(model: type[models.Model]) -> bool:
    """Whether a model holds the former states of another one."""
    return hasattr(model, "instance_type")


def is_kept_for_a_time(history: type[models.Model]) -> bool:
    """Whether a history may be let go after its time; all others stay."""
    return bool(history.kept_for_a_time)  # type: ignore[attr-defined]  # Set by _History.


def explain(row: models.Model, *, by: Any, reason: str = "") -> None:
    """Attach the actor and the reason to the next history record of `row`."""
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
