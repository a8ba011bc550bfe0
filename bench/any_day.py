"""Measure pages of a day that has passed beside the same pages of today, with one edition and with ten."""

from datetime import UTC, date, datetime

from django.db import transaction

from bench.timing import Row, in_turn, row
from bench.visits import Visitor, asked_fresh, change_something
from kirishima_dx import clock
from people.models import User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.opening import open_draft
from plans.models import Edition

PAST = "2026-06-01"
SINCE = "2026-03-31"
EDITIONS = 10


def measure_any_day(runs: int) -> list[Row]:
    """Measure with the edition there is, then adopt as many as make ten and measure again."""
    one = _pages("1つの版", runs)
    _adopt_more(Edition.objects.get(status="in_force"), User.objects.get())
    return [*one, *_pages(f"{EDITIONS}の版", runs)]


def _pages(editions: str, runs: int) -> list[Row]:
    visitor, rows = Visitor(), []
    for url in ("/", "/items/", "/items/1-A-1/"):
        rows.append(
            _beside(f"`{url}?on={PAST}`（{editions}）", f"{url}?on={PAST}", url, visitor, runs)
        )
    changes = f"/changes/?since={SINCE}&on={PAST}"
    return [*rows, _beside(f"`{changes}`（{editions}）", changes, "/", visitor, runs)]


def _beside(what: str, url: str, today: str, visitor: Visitor, runs: int) -> Row:
    _, asked = asked_fresh(visitor, url)
    page, todays = visitor.asking(url), visitor.asking(today)
    seconds = in_turn(page, todays, runs, before=change_something)
    return row(what, f"今日の `{today}`", asked, seconds)


def _adopt_more(base: Edition, by: User) -> None:
    """Adopt one edition after another, a day apart, each on the day of its effect."""
    for number in range(1, EDITIONS):
        day = date(2026, 4, 1 + number)
        noon = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        with clock.standing_at(noon), transaction.atomic():
            draft = open_draft(base=base, major=base.major, minor=base.minor + 1, by=by)
            text = draft.item_texts.order_by("pk")[number]
            text.overview += f"（{number}回目の改定）"
            text.save()
            base = put_in_force(
                edition=draft, fates=[], decided_on=day, effective_from=day, basis="", by=by
            )
