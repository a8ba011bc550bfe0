"""A town over some days in which what is known of its plan changes, and how pages are asked of one of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from initiatives.models import ProgressEntry
from people.models import User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.items import add_item
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem, FocusItemText

PAGES = ("/", "/items/", "/items/1-A-1/")


@dataclass
class Story:
    """What a town came to know, day by day; today is 2026-10-25.

    10-16 1-A-1 is piloted, 10-18 that is corrected to 運用中, 10-20 福祉課 is renamed, 10-22 第1.1版 is adopted with
    effect from 10-19.
    """

    item: FocusItem
    entry: ProgressEntry
    edition: Edition


def morning(day: date) -> datetime:
    """Return nine o'clock of a day in Tokyo."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def october(day: int) -> date:
    return date(2026, 10, day)


def adopt_next(
    effective_from: date, by: User, change: Callable[[dict[str, FocusItemText]], Any]
) -> Edition:
    """Bring the next minor edition into force, its texts changed before; they are given by the code of their item."""
    base = Edition.objects.get(status="in_force")
    draft = open_draft(base=base, major=1, minor=base.minor + 1, by=by)
    texts = draft.item_texts.select_related("focus_item", "policy__axis", "edition")
    change({text.focus_item.code: text for text in texts})
    return put_in_force(
        edition=draft,
        fates=[],
        decided_on=effective_from,
        effective_from=effective_from,
        basis="本部決定",
        by=by,
    )


def retitled(texts: dict[str, FocusItemText]) -> None:
    """Let 1-A-1 be called otherwise and lose what it said; 2-A-1 end."""
    text = texts["1-A-1"]
    text.title, text.overview = "申請の電子化", "申請から支払までをスマホで完結させます。"
    text.save()
    texts["2-A-1"].delete()


def with_new_item(by: User) -> Callable[[dict[str, FocusItemText]], None]:
    """Add 1-A-3 beside the changes of `retitled`."""

    def change(texts: dict[str, FocusItemText]) -> None:
        retitled(texts)
        add_item(
            policy=texts["1-A-1"].policy,
            title="書かない窓口",
            overview="窓口で書かずに済むようにします。",
            is_study=True,
            by=by,
            reason="新設",
        )

    return change


def later(hand: Any, day: date) -> None:
    """Move the clock to the morning of a day."""
    hand.move_to(morning(day))


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def part(page: str, pattern: str) -> str:
    """Return the text of the part of a page that fits a pattern, without its tags."""
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None, pattern
    running = re.sub(r"</?(?:time|a|small)\b[^>]*>", "", found[0])
    return " ".join(re.sub(r"<[^>]+>", " ", running).split())


def first_item(page: str) -> str:
    """Return what /, /items/ or its page says of 1-A-1."""
    patterns = (r'<li class="item-row" id="item-1-A-1">.*?</li>', r"<article.*</article>")
    fitting = [pattern for pattern in patterns if re.search(pattern, page, re.DOTALL)]
    return part(page, fitting[0] if fitting else r"<tbody>.*?</tr>")


def banner(page: str) -> str:
    return part(page, r'<section class="any-day.*?</section>')


def part_raw(page: str, pattern: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None, pattern
    return found[0]
