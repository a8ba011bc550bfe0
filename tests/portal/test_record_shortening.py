"""A2: records whose time is over go by an act that stays on record, a few at a time, and none that pages rest on."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from raw_sql import refused

from kirishima_dx.guards import SHORTENINGS, declared_guards
from people.actions import shortening
from people.actions.shortening import left_over, let_go, say_shortened, years_before
from people.errors import ShorteningRefused
from people.kept_records import KEPT_FOR_A_TIME
from people.models import Shortening, SignIn, User
from portal.views import shortening as page_of_shortening

OLD = datetime(2023, 10, 14, 14, 59, tzinfo=UTC)
"""The last minute of 2023-10-14 in Tokyo."""
DAY = OLD.date()
WHY = {"reason": "保存期間（3年）が過ぎたため。", "is_sure": "on"}
SENT = {**WHY, "until": "2023-10-15", "seen": "2023-10-15", "tables": ["people_signin"]}
ADDRESS = "/records/shortening/"


def tries(count: int, at: datetime = OLD) -> None:
    SignIn.objects.bulk_create(
        SignIn(username=f"u{n}", tried_at=at, door="login", outcome="failed") for n in range(count)
    )


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "AT_ONCE", 3)
    monkeypatch.setattr(page_of_shortening, "MOST", 6)


def test_the_tables_are_those_that_the_database_lets_be_shortened() -> None:
    let = {
        guard.table
        for guard in declared_guards()
        if guard.event == "DELETE" and SHORTENINGS in str(guard.when)
    }

    assert let == {one.table for one in KEPT_FOR_A_TIME}


def test_the_page_counts_asks_and_lets_go(desk: Client, secretariat: User) -> None:
    tries(2)
    tries(1, OLD + timedelta(minutes=1))
    page = desk.get(ADDRESS).content.decode()
    assert "ログインの記録（2件）" in page
    assert 'value="2023-10-15"' in page

    for lacking in ({"reason": " "}, {"is_sure": ""}, {"tables": []}, {"until": "2026-10-15"}):
        assert desk.post(ADDRESS, {**SENT, **lacking}).status_code == 200, lacking
    counted_anew = desk.post(ADDRESS, {**SENT, "until": "令和5年10月14日"}).content.decode()
    assert "件数を数え直しました" in counted_anew
    assert "ログインの記録（0件）" in counted_anew
    assert (SignIn.objects.count(), Shortening.objects.count()) == (3, 0)

    early = {**SENT, "until": "2026-10-01", "seen": ""}
    assert "令和7年10月15日か、それより前の日" in desk.post(ADDRESS, early).content.decode()
    nothing = {**SENT, "tables": ["people_unlock"]}
    assert "一件もありません" in desk.post(ADDRESS, nothing).content.decode()
    assert not Shortening.objects.exists()

    both = {**SENT, "tables": ["people_signin", "people_unlock"]}
    done = desk.post(ADDRESS, both, follow=True).content.decode()
    (said,) = Shortening.objects.all()
    assert (said.table_name, said.until) == ("people_signin", OLD + timedelta(minutes=1))
    assert (said.shortened_by, said.reason) == (secretariat, WHY["reason"])
    assert SignIn.objects.count() == 1
    assert "保存期間を過ぎた記録を消しました（2件）。" in done
    assert "令和5年10月15日より前の記録を消した。" in done


def test_what_is_younger_than_a_year_stays(secretariat: User) -> None:
    for until in ("2025-10-16", "2026-10-15", "2100-01-01"):
        with pytest.raises(ShorteningRefused, match="少なくとも1年"):
            say_shortened(
                tables=KEPT_FOR_A_TIME,
                until=datetime.fromisoformat(until).date(),
                reason="理由",
                by=secretariat,
            )
    assert not Shortening.objects.exists()
    assert years_before(datetime(2028, 2, 29, tzinfo=UTC).date(), 1).isoformat() == "2027-02-28"


def test_what_ended_in_the_middle_goes_on(
    few_at_once: None, desk: Client, secretariat: User
) -> None:
    """By the page, whose button takes a bounded number of rows, and by the command of a timer."""
    tries(20)
    first = desk.post(ADDRESS, SENT, follow=True).content.decode()
    assert SignIn.objects.count() == 14
    assert "整理の途中です（残り 14件）" in first

    desk.post(ADDRESS, {"go_on": "1"})
    assert (left_over(), SignIn.objects.count()) == (8, 8)
    tries(1, datetime(2024, 1, 1, tzinfo=UTC))
    assert commanded("--by", "jimukyoku", "--until", "2023-10-15").endswith(
        "消しました（8件）。残り0件。\n"
    )
    assert (SignIn.objects.count(), let_go()) == (1, 0)


def commanded(*arguments: str) -> str:
    told = StringIO()
    call_command("shorten_records", *arguments, stdout=told)
    return told.getvalue()


def test_the_command_says_what_it_would_do_and_who_did(secretariat: User, staff: User) -> None:
    tries(2)
    assert "ログインの記録　2023-10-15より前　2件" in commanded("--dry-run")
    for lacking in ((), ("--by", "shokuin"), ("--by", "nobody")):
        with pytest.raises(CommandError, match="事務局の利用者"):
            commanded(*lacking)
    with pytest.raises(CommandError, match="日付として読めません"):
        commanded("--until", "きのう", "--by", "jimukyoku")
    with pytest.raises(CommandError, match="少なくとも1年"):
        commanded("--until", "2026-10-01", "--by", "jimukyoku")
    assert SignIn.objects.count() == 2

    commanded("--by", "jimukyoku")
    assert not SignIn.objects.exists()
    assert [one.shortened_by for one in Shortening.objects.all()] == [secretariat]


@pytest.fixture
def old_rows(db: None) -> None:
    tries(1)


def test_the_database_lets_nothing_else_go(old_rows: None, secretariat: User) -> None:
    """A Shortening opens its own table, and that up to its day."""
    assert refused("DELETE FROM people_signin")
    with pytest.raises(ShorteningRefused):
        say_shortened(tables=(), until=DAY, reason="理由", by=secretariat)
    say_shortened(tables=KEPT_FOR_A_TIME, until=DAY, reason="理由", by=secretariat)

    assert refused("DELETE FROM people_signin"), "the row is of that very day"
