"""A mistyped name of a plan is set right in the admin, and in no other way."""

from collections.abc import Callable

import pytest
from django.test import Client
from raw_sql import refused

from people.models import User
from plans.actions.naming import rename_plan
from plans.errors import DraftRefused
from plans.models import Edition, Plan

ClientOf = Callable[[User | None], Client]
NAMES = {"name": "ためし町DX計画", "municipality": "ためし町", "municipality_code": "462187"}


def test_a2_the_name_is_set_right_with_a_reason(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    plan = small_edition.plan
    address = f"/admin/plans/plan/{plan.pk}/change/"
    new = {**NAMES, "name": "ためし町DX計画（改）"}
    client = client_of(secretariat)

    without = client.post(address, {**new, "reason": " "})
    assert "名称を直す理由を書いてください。" in without.content.decode()
    told = client.post(address, {**new, "reason": "誤記", "code": "other", "is_demo": "on"})

    assert told.status_code == 302
    now = Plan.objects.get(pk=plan.pk)
    assert (now.name, now.code, now.is_demo) == (new["name"], plan.code, plan.is_demo)
    last, before = plan.history.all()[:2]
    assert (last.history_change_reason, last.history_user) == ("誤記", secretariat)
    assert before.name == plan.name
    with pytest.raises(DraftRefused, match="入れてください"):
        rename_plan(plan=plan, **{**NAMES, "name": " "}, reason="誤記", by=secretariat)


def test_a_plan_of_before_there_was_a_history_is_renamed(
    small_edition: Edition, secretariat: User
) -> None:
    Plan.objects.bulk_create([Plan(code="old", **NAMES)])
    plan = Plan.objects.get(code="old")
    assert refused(f"UPDATE plans_plan SET name = 'x' WHERE id = {plan.pk}")

    rename_plan(plan=plan, **{**NAMES, "name": "新しい名"}, reason="誤記", by=secretariat)

    assert [one.name for one in plan.history.all()] == ["新しい名", NAMES["name"]]


WRITTEN_OVER = (
    "UPDATE plans_plan SET code = 'x'",
    "UPDATE plans_plan SET name = 'x', code = 'x'",
    "DELETE FROM plans_plan",
    "UPDATE plans_axis SET key = 'x'",
    "UPDATE people_department SET code = 'x'",
)


@pytest.mark.parametrize("sql", WRITTEN_OVER)
def test_what_links_rest_on_stays(small_draft: Edition, responsible: object, sql: str) -> None:
    assert refused(sql)
