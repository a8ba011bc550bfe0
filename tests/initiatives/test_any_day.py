"""?on=: the plan, the list of items and an item as they were known at the end of a day."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from any_day_cast import PAGES, Story, adopt_next, banner, first_item, html, later, october
from django.test import Client
from query_counts import asked_by_page
from time_machine import Traveller

from initiatives.models import ProgressEntry
from kirishima_dx.days import DAYS_THERE_ARE, EARLIEST_DAY, LATEST_DAY
from people.models import User
from plans.actions.drafting.items import add_item
from plans.actions.drafting.opening import open_draft
from plans.actions.errata import record_misprint
from plans.models import Edition, FocusItem

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
FILES = ("/items.xlsx", "/items.csv")
EXPECTED = "日付は 2026-10-01 のように書いてください。"


AT_THE_END_OF = {
    15: ("申請のオンライン化", "未回答", "福祉課"),
    16: ("申請のオンライン化", "試行中", "福祉課"),
    17: ("申請のオンライン化", "試行中", "福祉課"),
    18: ("申請のオンライン化", "運用中", "福祉課"),
    19: ("申請のオンライン化", "運用中", "福祉課"),
    20: ("申請のオンライン化", "運用中", "福祉政策課"),
    21: ("申請のオンライン化", "運用中", "福祉政策課"),
    22: ("申請の電子化", "運用中", "福祉政策課"),
}


@pytest.mark.parametrize("url", PAGES)
def test_a_day_is_shown_by_what_was_known_at_its_end(
    story: Story, reader: Client, url: str, subtests: pytest.Subtests
) -> None:
    for day, (title, status, department) in AT_THE_END_OF.items():
        with subtests.test(day=day):
            page = html(reader, f"{url}?on=2026-10-{day}")
            told = first_item(page)

            shown = f"令和8年10月{day}日現在（この日の終わりにわかっていた内容）"
            assert banner(page).startswith(shown)
            assert title in told
            assert f"{status} " in told
            assert department in told
            assert ("福祉政策課" in page) == (day >= 20)
            assert ("申請の電子化" in page) == (day >= 22)


@pytest.mark.parametrize("url", [*PAGES, *FILES])
def test_today_named_is_today(story: Story, reader: Client, url: str) -> None:
    today = said(reader, url)
    assert said(reader, f"{url}?on=2026-10-25") == today
    assert said(reader, f"{url}?on=") == today


def said(reader: Client, url: str) -> list[bytes]:
    """Return what a page or a file says; what a workbook is packed of bears the second in which it was written."""
    response = reader.get(url)
    if response["Content-Type"].startswith("text/"):
        return [response.content]
    with ZipFile(BytesIO(response.content)) as book:
        return [name.encode() + book.read(name) for name in book.namelist()]


@pytest.mark.parametrize("url", PAGES)
def test_a_day_is_understood_as_people_write_it(story: Story, reader: Client, url: str) -> None:
    for written in ("令和8年10月17日", "２０２６／１０／１７", "R8.10.17", "20261017"):
        assert "令和8年10月17日現在" in banner(html(reader, f"{url}?on={written}"))


@pytest.mark.parametrize("url", [*PAGES, *FILES])
@pytest.mark.parametrize(
    "written", ["2026-13-45", "abc", "2026-02-30", "平成40年1月1日", "1", "2026101"]
)
def test_nonsense_is_told_what_is_expected(
    small_edition: Edition, reader: Client, url: str, written: str
) -> None:
    response = reader.get(url, {"on": written})

    assert response.status_code == 400
    assert f"「{written}」は日付として読めません。{EXPECTED}" in response.content.decode()


@pytest.mark.parametrize("written", ["9999-12-31", "0001-01-01", "２１０１/1/1", "19261224"])
def test_a_day_too_far_away_is_told_which_days_there_are(
    small_edition: Edition, reader: Client, written: str
) -> None:
    response = reader.get("/", {"on": written})
    page = response.content.decode()

    assert response.status_code == 400
    assert f"「{written}」は使えない日付です。{DAYS_THERE_ARE}の日付にしてください。" in page
    assert "日付として読めません" not in page
    assert '<a href="/">いまの未来図' in page


def test_the_days_that_are_offered_can_be_shown(small_edition: Edition, reader: Client) -> None:
    for day in (EARLIEST_DAY, LATEST_DAY):
        for url in (*PAGES, "/items/?told=given"):
            assert reader.get(url, {"on": day.isoformat()}).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_it_is_for_reading(small_edition: Edition, reader: Client, url: str) -> None:
    assert reader.post(f"{url}?on=2026-10-01").status_code == 405


def test_an_edition_recorded_later_is_named(story: Story, reader: Client) -> None:
    assert "第1.1版" not in banner(html(reader, "/?on=2026-10-18"))
    told = "この日から施行された第1.1版は、令和8年10月22日に記録されました。"
    assert told in banner(html(reader, "/?on=2026-10-19"))
    told = "令和8年10月19日から施行された第1.1版は、令和8年10月22日に記録されました。"
    assert told in banner(html(reader, "/items/?on=2026-10-21"))
    assert "第1.1版" not in banner(html(reader, "/?on=2026-10-22"))


def test_before_the_first_edition_was_recorded_it_stands_in(story: Story, reader: Client) -> None:
    told = banner(html(reader, "/?on=2026-10-01"))

    assert "施行された版がまだ記録されていなかったので、第1.0版の文言を示しています。" in told
    assert "令和8年4月1日から施行された第1.0版は、令和8年10月15日に記録されました。" in told


def test_before_the_first_edition_took_effect_it_stands_in(story: Story, reader: Client) -> None:
    page = html(reader, "/?on=2025-12-31")

    assert "はじめの版が施行される前の日です。令和8年4月1日に施行された第1.0版の文言" in banner(
        page
    )
    assert "申請のオンライン化" in page


def test_a_draft_that_was_never_adopted_says_that_it_is_todays(
    small_draft: Edition, reader: Client
) -> None:
    told = banner(html(reader, "/?on=2026-10-01"))

    assert "施行された版がまだないので、いまの案の文言を示しています。" in told


@pytest.mark.parametrize("url", PAGES[:2])
def test_before_anything_was_recorded_it_says_so(story: Story, reader: Client, url: str) -> None:
    told = "この日までに記録された進捗はありません。"

    assert told in banner(html(reader, f"{url}?on=2026-10-15"))
    assert told not in banner(html(reader, f"{url}?on=2026-10-16"))


def test_a_list_narrowed_to_nothing_recorded_does_not_say_that_nothing_was(
    story: Story, reader: Client
) -> None:
    told = banner(html(reader, "/items/?status=none&on=2026-10-16"))

    assert "記録された進捗はありません" not in told


def test_a_coming_day_shows_what_is_known_today(
    story: Story, reader: Client, secretariat: User
) -> None:
    def rename(texts: Any) -> None:
        texts["1-B-1"].title = "手続きの案内板"
        texts["1-B-1"].save()

    adopt_next(date(2027, 4, 1), secretariat, rename)

    before, then = html(reader, "/?on=2027-03-31"), html(reader, "/?on=2027-04-01")

    assert banner(then).startswith(
        "令和9年4月1日現在（今日わかっている内容） まだ来ていない日です。"
    )
    assert "手続きの案内板" in then
    assert "手続きの案内板" not in before
    assert "手続きの案内板" not in html(reader, "/")
    assert "運用中" in first_item(then)


def test_what_was_drafted_is_shown_to_nobody(
    story: Story, client_of: ClientOf, secretariat: User
) -> None:
    """What the draft of today says of the item is no knowledge of a day that has passed."""
    draft = open_draft(base=story.edition, major=1, minor=2, by=secretariat)
    desk = client_of(secretariat)

    assert draft.name in html(desk, "/items/1-A-1/")
    assert draft.name not in html(desk, "/items/1-A-1/?on=2026-10-22")


def test_a_misprint_found_later_is_not_shown(
    story: Story, reader: Client, secretariat: User, frozen_clock: Traveller
) -> None:
    later(frozen_clock, october(26))
    record_misprint(
        edition=story.edition,
        place="items/1-B-1/title",
        wrong="案内",
        right="御案内",
        reason="誤植",
        by=secretariat,
    )

    assert "御案内" in html(reader, "/")
    assert "御案内" not in html(reader, "/?on=2026-10-25")


def test_a_day_costs_as_many_queries_as_today_whatever_the_size(
    story: Story, reader: Client, secretariat: User, record: Record, frozen_clock: Traveller
) -> None:
    def counted(query: str) -> list[int]:
        return [len(asked_by_page(reader, f"{url}{query}")) for url in PAGES]

    today, then = counted(""), counted("?on=2026-10-19")
    # Beside the plan (8): the month and the edition before it, rounds under way, and which texts have a story.
    assert (today[0], then[0]) == (12, 9)
    # What reports, sittings and revisions made of the entries stays on today's page of an item.
    assert then[1:] == [today[1], today[2] - 2]

    for number in range(1, 4):
        later(frozen_clock, date(2026 + number, 4, 2))
        adopt_next(date(2026 + number, 4, 1), secretariat, _busier(secretariat, number))
        for item in FocusItem.objects.filter(texts__edition__status="in_force"):
            record(item, by=secretariat, as_of=date(2026 + number, 4, 2))

    assert counted("?on=2026-10-19") == then
    assert counted("?on=2028-05-01") == [10, *then[1:]]


def _busier(by: User, number: int) -> Callable[[Any], None]:
    def change(texts: Any) -> None:
        policy = texts["1-B-1"].policy
        for n in range(8):
            words = {"title": f"項目{number}-{n}", "overview": "概要", "is_study": False}
            add_item(policy=policy, by=by, reason="試し", **words)

    return change
