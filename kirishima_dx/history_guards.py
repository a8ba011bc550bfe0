"""What a live row was before stays as it was recorded (A2): the tables of histories, found from the models."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from kirishima_dx.closing import closable_columns
from kirishima_dx.guards import Guard, append_only
from kirishima_dx.history import is_history, is_kept_for_a_time


def guards_of_histories(models: Iterable[type[Model]]) -> Iterator[Guard]:
    """Return the guards of every history: what its live row can lose by a closing it can lose too (A3).

    Most of them are what pages of any day rest on: none of their rows ever goes.
    """
    for model in models:
        if is_history(model):
            meta = model._meta
            told_of = model.instance_type._meta.verbose_name  # type: ignore[attr-defined]  # Histories have it.
            yield from append_only(
                meta.db_table,
                what=f"{told_of}の変更の履歴",
                closable=closable_columns(model),
                key=str(meta.pk.column),
                kept_for_a_time="history_date" if is_kept_for_a_time(model) else "",
            )
