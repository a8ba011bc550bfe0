"""Which records are kept for a stated time, and not for ever (A2).

Only these tables may be shortened; the database refuses the same for all others. Left out is what pages rest on: the
histories of the plan, of meetings, studies and departments (any day `?on=`, handovers), of roles (who spoke for a
department on a day), the files taken from studies (their page counts them), closings, and what was shortened.
"""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Model

YEARS = 3
"""How long such records are kept, unless the city says otherwise (docs/operations.md)."""
LEAST_YEARS = 1
"""The database refuses a shorter time."""


@dataclass(frozen=True)
class KeptForATime:
    """A table, which of its columns says when, and what its rows are called."""

    model_label: str
    at: str
    label: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def count(self, until: datetime) -> int:
        return self.model._base_manager.filter(**{f"{self.at}__lt": until}).count()


KEPT_FOR_A_TIME = (
    KeptForATime("people.SignIn", "tried_at", "ログインの記録"),
    KeptForATime("people.Download", "taken_at", "ファイルの取出しの記録"),
    KeptForATime("people.Unlock", "unlocked_at", "停止の解除の記録"),
    KeptForATime("people.HistoricalUser", "history_date", "利用者の変更の記録"),
    KeptForATime("admin.LogEntry", "action_time", "管理画面の操作の記録"),
)


def kept(table: str) -> KeptForATime | None:
    return next((one for one in KEPT_FOR_A_TIME if one.table == table), None)


def label_of(table: str) -> str:
    """Return what the rows of a table are called."""
    found = kept(table)
    return found.label if found else table
