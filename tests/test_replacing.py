"""SQLite's REPLACE takes no guarded row away, over whatever unique key it comes (docs/decisions/0024).

Every guarded table is walked with every unique key of its model, on a real row that may not go. It is tried in a copy
of the database by a connection of its own, as another program has one. Of the triggers of a table only those stand
there that are tried, and no check, so that nothing else refuses.
"""

import sqlite3
from collections.abc import Iterator

import pytest
from guarded_copy import FRESH, GUARDED, Row, Table, columns_of, copy_with_rows, other, sets
from row_world import World

from kirishima_dx.replace_guards import MESSAGE
from kirishima_dx.unique_keys import UniqueKey

pytestmark = pytest.mark.sqlite
SETTLED = (
    "UPDATE plans_edition SET status = 'superseded' WHERE status = 'draft'",
    "UPDATE reviews_annualreport SET status = 'sealed', number = id",
    "UPDATE reviews_meeting SET closed_at = '2026-10-01 00:00:00'",
)
"""What makes the parts of a plan, a report and a meeting stay, whatever state they are in."""
NEVER_KEPT = {"edition_one_draft", "report_one_draft_a_year"}
"""Keys of drafts alone, which may go."""
WAYS = (
    ("INSERT OR REPLACE", ""),
    ("REPLACE", ""),
    ("INSERT", " ON CONFLICT DO UPDATE SET {0} = {0}"),
)


@pytest.fixture
def copy(world: World) -> Iterator[sqlite3.Connection]:
    made = copy_with_rows(world)
    for statement in SETTLED:
        made.execute(statement)
    yield made
    made.close()


def test_no_guarded_row_is_replaced(copy: sqlite3.Connection, subtests: pytest.Subtests) -> None:
    untried = set()
    for model in GUARDED:
        with subtests.test(model._meta.db_table):
            table = Table(copy, model)
            tried = ("_replace_insert", "_replace_update", "_number_kept", "_no_update")
            for key in table.keys:
                table.stand([])
                row = table.row(key)
                table.stand([one for one in table.guards if one.name.endswith(tried)])
                assert table.said(f"UPDATE {table.name} SET {table.number} = ?", next(FRESH))
                if row is None:
                    untried.add(key.name)
                elif any(one.event == "DELETE" for one in table.guards):
                    try_replacing(table, row, key)

    assert untried == NEVER_KEPT


def try_replacing(table: Table, row: Row, key: UniqueKey) -> None:
    own, beside = columns_of(key), key.columns() - columns_of(key)
    new = other(row, table.keyed - own - beside)
    if table.number not in own:
        new[table.number] = None
    for verb, end in WAYS:
        assert MESSAGE in table.put(verb, new, end.format(table.number)), (key, verb, end)
    another = other(row, table.keyed - beside)
    assert table.put("INSERT", another) == ""
    mine = {name: row[name] for name in own}
    changed = f"UPDATE OR REPLACE {table.name} SET {sets(mine)} WHERE {table.number} = ?"
    assert table.said(changed, *mine.values(), another[table.number]), key


def test_replacing_changes_nothing_that_an_update_may_not(
    copy: sqlite3.Connection, subtests: pytest.Subtests
) -> None:
    for model in GUARDED:
        with subtests.test(model._meta.db_table):
            table = Table(copy, model)
            row = table.row()
            assert row, "Say in MORE or SETTLED how a row is made that may not go."
            replaced = (one for one in table.guards if one.name.endswith("_replace_insert"))
            table.stand([*table.updates(), *replaced])
            for name in row.keys() - {table.number}:
                changed = other(row, {name})
                if table.change(row, {name: changed[name]}):
                    assert MESSAGE in table.put("INSERT OR REPLACE", changed), name
