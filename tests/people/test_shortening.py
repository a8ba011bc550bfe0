"""What is kept for a time goes only by a record that says until when, at least a year back (A2)."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from raw_sql import refused

from people.models import Shortening, User

NOW = datetime(2026, 10, 15, 1, 0, 0, 500, tzinfo=UTC)


def shortened(by: User, until: datetime, at: datetime = NOW, table: str = "t") -> Shortening:
    told = {"reason": "保存期間の経過", "shortened_by": by, "shortened_by_name": by.name}
    with transaction.atomic():
        return Shortening.objects.create(table_name=table, until=until, shortened_at=at, **told)


def test_a2_what_is_younger_than_a_year_is_not_let_go(secretariat: User) -> None:
    shortened(secretariat, datetime(2025, 10, 15, 1, 0, 0, tzinfo=UTC))

    for late in (
        datetime(2025, 10, 15, 1, 0, 1, tzinfo=UTC),
        NOW,
        datetime.max.replace(tzinfo=UTC),
    ):
        with pytest.raises(IntegrityError, match="1年"):
            shortened(secretariat, late)


WRITTEN = [
    "'9999-12-31', '2026-10-15 01:00:00'",
    "'2026-10-15 09:00:00+09:00', '2026-10-15 01:00:00+00:00'",
    "'infinity', 'infinity'",
    "'-infinity', 'infinity'",
    "'zzzz', '2026-10-15 01:00:00'",
    "'9', '2026-10-15 01:00:00'",
    "'2025-01-01 00:00:00', 'zzzz'",
    "'2025-01-01 00:00:00', '2026-99-99 00:00:00'",
    "2400000, 2500000",
    "x'30', x'31'",
]


@pytest.mark.parametrize("moments", WRITTEN)
def test_a2_no_other_way_of_writing_a_moment_passes(secretariat: User, moments: str) -> None:
    if connection.vendor == "postgresql" and not moments.startswith(
        ("'9999", "'2026", "'inf", "'-inf")
    ):
        pytest.skip("No moment for PostgreSQL.")
    statement = (
        "INSERT INTO people_shortening (table_name, until, shortened_at, reason, shortened_by_id, shortened_by_name)"
        f" VALUES ('t', {moments}, 'x', {secretariat.pk}, 'x')"
    )

    assert refused(statement)


def test_a2_the_record_itself_stays(secretariat: User) -> None:
    shortened(secretariat, datetime(2025, 1, 1, tzinfo=UTC))

    assert refused("UPDATE people_shortening SET until = '2024-01-01 00:00:00'")
    assert refused("DELETE FROM people_shortening")
