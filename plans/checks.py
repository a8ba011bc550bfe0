"""What is checked before the start, with the database at hand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections

from plans.models import Plan


@register(Tags.database)
def plan_code_names_a_plan(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse a PLAN_CODE that tells no plan. `migrate` asks this too: then there may be no table yet, or an old one."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    if Plan._meta.db_table not in connection.introspection.table_names():
        return []
    fault = Plan.objects.setting_fault()
    return [Error(fault, id="plans.E001")] if fault else []
