"""Of every column somebody has said whether it may change: a guard keeps it, or it is named here.

Of a table that has no guard at all nothing is asked, nor of histories, which only grow.
"""

import pytest
from guarded_copy import GUARDED, Row, Table, copy_with_rows, other
from row_world import World

pytestmark = pytest.mark.sqlite
CHANGES: dict[str, str] = {
    "initiatives_initiative": "revision",
    "initiatives_responsibility": "valid_until",
    "initiatives_study": "review_by version",
    "people_department": "called_off_on division email name order valid_from valid_until",
    "people_departmentlistupload": "applied_at applied_by_id",
    "people_user": "email is_active is_staff is_superuser last_login must_change_password name password username",
    "plans_axis": "english name number tagline version",
    "plans_descent": "after_id before_id kind",
    "plans_edition": (
        "abandoned_at abandoned_because abandoned_by_id adopted_at adopted_by_id "
        "adoption_basis decided_on effective_from first_fiscal_year issuer last_fiscal_year "
        "last_updated status version"
    ),
    "plans_erratum": "kind order place reason recorded_at recorded_by_id right wrong",
    "plans_focusitemtext": "is_study number overview policy_id title version",
    "plans_plan": "is_demo municipality municipality_code name",
    "plans_policy": "axis_id letter name version",
    "plans_section": "body is_supplied kind number order parent_id title version",
    "reviews_agendaitem": (
        "discussion edition_id entry_id explanation focus_item_id kind position question report_id "
        "title version"
    ),
    "reviews_annualreport": (
        "abandoned_at abandoned_because abandoned_by_id abandoned_by_name as_of "
        "correction_reason digest edition_id national_trends overview seal_reason sealed_at "
        "sealed_by_id status technology_trends version"
    ),
    "reviews_attendance": "kind name position post substitute",
    "reviews_consideration": "edition_id",
    "reviews_decision": "addition_reason due_on kind owner_id owner_name text version",
    "reviews_meeting": (
        "called_off_at called_off_because called_off_by_id called_off_by_name closed_at "
        "closed_by_id closed_by_name first_paper fiscal_year held_on name names_questions "
        "number paper_prefix place report_id starts_at version"
    ),
    "revisions_draftcomment": "settled_at settled_by_id settled_by_name settlement",
    "revisions_effect": "is_undone",
    "rounds_answerimport": "applied_at",
    "rounds_reportinground": "closed_at",
}
"""What one line of SQL may change of some row, by itself. All else is fixed, or changes only step by step."""


def test_a_column_is_fixed_or_said_to_change(world: World) -> None:
    copy = copy_with_rows(world)
    found = {model._meta.db_table: changing(Table(copy, model)) for model in GUARDED}
    copy.close()

    said = {table: set(names.split()) for table, names in CHANGES.items()}
    assert {table: names for table, names in found.items() if names} == said, (
        "Let a guard keep the column (fixed, filled_in_once or append_only in guards.py of the app), or name it in "
        "CHANGES because pages or actions change it."
    )


def changing(table: Table) -> set[str]:
    """Return the columns that an UPDATE of nothing else may change, in one of the rows."""
    table.stand(table.updates())
    every = f"SELECT * FROM {table.name} ORDER BY {table.number}"
    rows = [dict(row) for row in table.copy.execute(every)]
    return {name for row in rows[:3] + rows[-3:] for name in row if may_change(table, row, name)}


def may_change(table: Table, row: Row, column: str) -> bool:
    table.copy.execute("SAVEPOINT tried")
    refused = table.change(row, {column: other(row, {column})[column]})
    table.copy.execute("ROLLBACK TO tried")
    return not refused
