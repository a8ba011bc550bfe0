"""Setting right what a plan and its municipality are called."""

from typing import Any

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from plans.errors import DraftRefused
from plans.models import Plan

NAMES = ("name", "municipality", "municipality_code")


@transaction.atomic
def rename_plan(
    *, plan: Plan, name: str, municipality: str, municipality_code: str, reason: str, by: Any
) -> Plan:
    """Call a plan, its municipality and the code of that by other names; what they were before stays in its history.

    What is sealed keeps the names it was sealed with (R1). Raises DraftRefused without a name or a reason.
    """
    if not reason.strip():
        raise DraftRefused("名称を直す理由を書いてください。")
    if not (name.strip() and municipality.strip()):
        raise DraftRefused("名称と地方公共団体名を入れてください。")
    current = Plan.objects.select_for_update().get(pk=plan.pk)
    if not current.history.exists():  # Loaded before plans had a history.
        current.history.bulk_history_create([current], update=True, default_date=clock.now())
    for column, value in zip(NAMES, (name, municipality, municipality_code), strict=True):
        setattr(current, column, value)
    explain(current, by=by, reason=reason)
    current.save(update_fields=NAMES)
    return current
