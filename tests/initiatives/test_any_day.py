"""?on=: the plan, the list of items and an item as they were known at the end of a day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from any_day_cast import adopt_next, html, later, morning, october, with_new_item
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from time_machine import Traveller

from initiatives.actions import Statement, correct_entry
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.models import Department, User
from plans.actions import add_item, open_draft, record_misprint
from plans.models import Edition, FocusItem

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
PAGES = ("/", "/items/", "/items/1-A-1/")
FILES = ("/items.xlsx", "/items.csv")
EXPECTED = "日付は 2026-10-01 のように書いてください。"


@dataclass
class Story:
    """What a town came to know, day by day; today is 2026-10-25.

    10-16 1-A-1 is piloted, 10-18 that is corrected to 運用中, 10-20 福祉課 is renamed, 10-22 第1.1版 is adopted with
    effect from 10-19.
    """

    item: FocusItem
    entry: ProgressEntry
    edition: Edition


@pytest.fixture
def story(
    responsible: FocusItem,
    record: Record,
    statement: Callable[..., Statement],
    welfare: Department,
    editor: User,
    secretariat: User,
    frozen_clock: Traveller,
) -> Story:
    later(frozen_clock, october(16))
    entry = record(responsible, by=editor, as_of=october(10))
    later(frozen_clock, october(18))
    correct_entry(
        entry=entry,
        statement=statement(status="operating", rating="mostly_on_track"),
        as_of=october(10),
        reason="運用を始めていた。",
        opened_revision=Initiative.objects.revision_of(responsible),
        by=editor,
    )
    later(frozen_clock, october(20))
    welfare.name = "福祉政策課"
    welfare.save()
    later(frozen_clock, october(22))
    edition = adopt_next(october(19), secretariat, with_new_item(secretariat))
    later(frozen_clock, october(25))
    return Story(responsible, entry, edition)


@pytest.fixture
def reader(client_of: ClientOf) -> Client:
    return client_of(None)


def part(page: str, pattern: str) -> str:
    """Return the text of the part of a page that fits a pattern, without its tags."""
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None, pattern
    running = re.sub(r"</?(?:time|a|small)\b[^>]*>", "", found[0])
    return " ".join(re.sub(r"<[^>]+>", " ", running).split())


def first_item(page: str) -> str:
    """Return what /, /items/ or its page says of 1-A-1."""
    patterns = (r'<li class="item-row" id="item-1-A-1">.*?</li>', r"<tbody>.*?</tr>")
    fitting = [pattern for pattern in patterns if re.search(pattern, page, re.DOTALL)]
    return part(page, fitting[0] if fitting else r"<article.*</article>")


def banner(page: str) -> str:
    return part(page, r'<section class="any-day.*?</section>')


@pytest.mark.parametrize(
    ("day", "title", "status", "department"),
    [
        (15, "申請のオンライン化", "未回答", "福祉課"),
        (16, "申請のオンライン化", "試行中", "福祉課"),
        (17, "申請のオンライン化", "試行中", "福祉課"),
        (18, "申請のオンライン化", "運用中", "福祉課"),
        (19, "申請のオンライン化", "運用中", "福祉課"),
        (20, "申請のオンライン化", "運用中", "福祉政策課"),
        (21, "申請のオンライン化", "運用中", "福祉政策課"),
        (22, "申請の電子化", "運用中", "福祉政策課"),
    ],
)
@pytest.mark.parametrize("url", PAGES)
def test_a_day_is_shown_by_what_was_known_at_its_end(
    story: Story, reader: Client, url: str, day: int, title: str, status: str, department: str
) -> None:
    page = html(reader, f"{url}?on=2026-10-{day}")
    told = first_item(page)

    assert banner(page).startswith(f"令和8年10月{day}日現在（この日の終わりにわかっていた内容）")
    assert title in told
    assert f"{status} " in told
    assert department in told
    assert ("福祉政策課" in page) == (day >= 20)
    assert ("申請の電子化" in page) == (day >= 22)


@pytest.mark.parametrize("url", [*PAGES, *FILES])
def test_today_named_is_today(story: Story, reader: Client, url: str) -> None:
    assert reader.get(f"{url}?on=2026-10-25").content == reader.get(url).content
    assert reader.get(f"{url}?on=").content == reader.get(url).content


@pytest.mark.parametrize("url", PAGES)
def test_a_day_is_understood_as_people_write_it(story: Story, reader: Client, url: str) -> None:
    for written in ("令和8年10月17日", "２０２６／１０／１７", "R8.10.17", "20261017"):
        assert "令和8年10月17日現在" in banner(html(reader, f"{url}?on={written}"))


@pytest.mark.parametrize("url", [*PAGES, *FILES])
@pytest.mark.parametrize("written", ["2026-13-45", "abc", "2026-02-30", "平成40年1月1日", "1"])
def test_nonsense_is_told_what_is_expected(
    small_edition: Edition, reader: Client, url: str, written: str
) -> None:
    response = reader.get(url, {"on": written})

    assert response.status_code == 400
    assert f"「{written}」は日付として読めません。{EXPECTED}" in response.content.decode()


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


class TestLinks:
    """Whoever looks at a day goes on looking at it."""

    @pytest.mark.parametrize(
        ("url", "links"),
        [
            ("/", ["/items/1-A-1/?on=2026-10-19", "/items/?on=2026-10-19"]),
            (
                "/items/",
                [
                    "/items/1-A-1/?on=2026-10-19",
                    "?rating=any_late&amp;on=2026-10-19",
                    "?on=2026-10-19&amp;sort=status",
                    "/items.xlsx?on=2026-10-19",
                    "/items.csv?on=2026-10-19&amp;encoding=cp932",
                    "?on=2026-10-19&amp;status=operating",
                    "/?on=2026-10-19",
                ],
            ),
            (
                "/items/1-A-1/",
                [
                    "/items/1-A-2/?on=2026-10-19",
                    "/items/?on=2026-10-19",
                    "/?on=2026-10-19",
                    "/?on=2026-10-19#policy-1-A",
                ],
            ),
        ],
    )
    def test_they_keep_the_day(
        self, story: Story, reader: Client, url: str, links: list[str]
    ) -> None:
        page = html(reader, f"{url}?on=2026-10-19")

        assert [link for link in links if f'href="{link}"' not in page] == []
        # Only the way to today leaves the day, besides the site's own navigation.
        main = page[page.index('<main class="site-main"') : page.index("</main>")]
        without = re.findall(r'href="(/|/items/(?:[^"/]+/)?)"', main)
        assert without == (["/items/1-A-1/"] if "1-A-1" in url else [])

    def test_the_filter_and_the_search_keep_the_day(self, story: Story, reader: Client) -> None:
        hidden = '<input type="hidden" name="on" value="2026-10-19">'
        listed = html(reader, "/items/?on=2026-10-19&rating=on_track")

        assert hidden in part_raw(listed, r'<form class="filter".*?</form>')
        asking = part_raw(listed, r'<form class="any-day__form".*?</form>')
        assert '<input type="hidden" name="rating" value="on_track">' in asking
        assert hidden in part_raw(
            html(reader, "/?on=2026-10-19"), r'<form class="search".*?</form>'
        )

    def test_search_finds_the_words_of_the_day(self, story: Story, reader: Client) -> None:
        assert "「決済」は 1か所にあります" in html(reader, "/?q=決済&on=2026-10-19")
        assert "「決済」は見つかりません" in html(reader, "/?q=決済&on=2026-10-22")

    def test_todays_page_offers_other_days(self, story: Story, reader: Client) -> None:
        for url in PAGES:
            asking = part_raw(html(reader, url), r'<details class="any-day.*?</details>')
            assert 'name="on" value="2026-10-25"' in asking
        assert 'action="/changes/"' in html(reader, "/")

    def test_a_second_day_leads_to_what_changed(self, story: Story, reader: Client) -> None:
        response = reader.get("/?since=2026-10-16&on=2026-10-22")

        assert response.status_code == 302
        assert response["Location"] == "/changes/?since=2026-10-16&on=2026-10-22"


def part_raw(page: str, pattern: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None, pattern
    return found[0]


class TestOnlyReading:
    WAYS = ("1-A-1/progress/", "/correction/", "1-A-1/departments/", "1-A-1/study/")

    def test_nothing_is_written_on_another_day(
        self, story: Story, client_of: ClientOf, secretariat: User
    ) -> None:
        desk = client_of(secretariat)
        today = html(desk, "/items/1-A-1/")
        assert [way for way in self.WAYS[:3] if way not in today] == []

        for day in ("2026-10-19", "2027-01-01"):
            page = html(desk, f"/items/1-A-1/?on={day}")
            assert [way for way in self.WAYS if way in page] == []
            assert '<a href="/items/1-A-1/">今日のページ</a>' in page


class TestAbsentItem:
    """1-A-3 came with 第1.1版, known since 10-22; 2-A-1 ended with it."""

    def test_an_item_that_was_not_known_says_when_it_was(
        self, story: Story, reader: Client
    ) -> None:
        page = html(reader, "/items/1-A-3/?on=2026-10-21")

        assert "この重点項目は、" in page
        assert "の計画には載っていませんでした" in page
        assert '<a href="?on=2026-10-22">' in page
        assert "（第1.1版に載っています）" in page
        assert "書かない窓口" in html(reader, "/items/1-A-3/?on=2026-10-22")

    def test_an_item_that_ended_says_when_it_stood(self, story: Story, reader: Client) -> None:
        page = html(reader, "/items/2-A-1/?on=2026-10-23")

        assert "この重点項目は第1.1版で終了しました" in page
        assert '<a href="?on=2026-10-15">' in page
        assert "終了しました" not in html(reader, "/items/2-A-1/?on=2026-10-21")

    def test_a_missing_item_is_missing_on_any_day(self, story: Story, reader: Client) -> None:
        assert reader.get("/items/9-Z-9/?on=2026-10-21").status_code == 404

    def test_an_item_of_a_draft_is_missing_to_the_public(
        self, story: Story, reader: Client, client_of: ClientOf, secretariat: User
    ) -> None:
        FocusItem.objects.create(plan=story.item.plan, code="3-A-1")

        assert reader.get("/items/3-A-1/?on=2026-10-21").status_code == 404


class TestFiles:
    def test_the_workbook_is_of_the_day(self, story: Story, reader: Client) -> None:
        response = reader.get("/items.xlsx?on=2026-10-17")
        sheet = load_workbook(BytesIO(response.content)).worksheets[0]
        first = [cell.value for cell in sheet[2]]

        assert "20261017.xlsx" in response["Content-Disposition"]
        assert (first[3], first[6], first[8]) == ("申請のオンライン化", "福祉課", "試行中")
        assert "令和8年10月17日現在" in str(
            sheet.oddHeader.center.text or sheet.oddHeader.left.text
        )
        foot = " ".join(str(part.text) for part in (sheet.oddFooter.left, sheet.oddFooter.center))
        assert "令和8年10月17日現在（この日の終わりにわかっていた内容）" in foot

    def test_the_csv_is_of_the_day(self, story: Story, reader: Client) -> None:
        response = reader.get("/items.csv?on=2026-10-17")

        assert "20261017.csv" in response["Content-Disposition"]
        assert "試行中" in response.content.decode("utf-8-sig")
        assert "運用中" not in response.content.decode("utf-8-sig")


class TestFilter:
    def test_departments_are_offered_under_their_names_of_the_day(
        self, story: Story, reader: Client
    ) -> None:
        def offered(day: str) -> str:
            page = html(reader, f"/items/?on={day}")
            return part(page, r'<select name="department".*?</select>')

        assert "福祉課" in offered("2026-10-19")
        assert "福祉政策課" not in offered("2026-10-19")
        assert "福祉政策課" in offered("2026-10-20")

    def test_a_department_that_was_replayed_is_offered_from_its_day_on(
        self, story: Story, reader: Client
    ) -> None:
        """The demo stands at past moments."""
        with clock.standing_at(morning(date(2026, 5, 1))):
            Department.objects.create(code="replayed", name="再演課", order=9)

        assert "再演課" in html(reader, "/items/?on=2026-05-01")
        assert "再演課" not in html(reader, "/items/?on=2026-04-30")

    def test_rows_are_found_by_what_was_known(self, story: Story, reader: Client) -> None:
        def count(query: str) -> int:
            page = reader.get(f"/items/?{query}").context["page_obj"]
            return int(page.paginator.count)

        assert count("status=piloting&on=2026-10-17") == 1
        assert count("status=piloting&on=2026-10-18") == 0
        assert count("department=welfare&on=2026-10-15") == 1
        # There was no such department then, so the condition is reported and left out.
        assert count("department=welfare&on=2026-10-14") == 4
        assert "外して表示しています" in html(reader, "/items/?department=welfare&on=2026-10-14")


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_day_costs_as_many_queries_as_today_whatever_the_size(
    story: Story, reader: Client, secretariat: User, record: Record, frozen_clock: Traveller
) -> None:
    today = [queries_of(reader, url) for url in PAGES]
    assert today[0] == 8
    # What reports, sittings and revisions made of the entries stays on today's page of an item.
    then = [*today[:2], today[2] - 2]
    assert [queries_of(reader, f"{url}?on=2026-10-19") for url in PAGES] == then

    for number in range(1, 6):
        later(frozen_clock, date(2026 + number, 4, 2))
        adopt_next(date(2026 + number, 4, 1), secretariat, _busier(secretariat, number))
        for item in FocusItem.objects.filter(texts__edition__status="in_force"):
            record(item, by=secretariat, as_of=date(2026 + number, 4, 2))

    for day in ("2026-10-19", "2028-05-01"):
        assert [queries_of(reader, f"{url}?on={day}") for url in PAGES] == then


def _busier(by: User, number: int) -> Callable[[Any], None]:
    def change(texts: Any) -> None:
        policy = texts["1-B-1"].policy
        for n in range(8):
            words = {"title": f"項目{number}-{n}", "overview": "概要", "is_study": False}
            add_item(policy=policy, by=by, reason="試し", **words)

    return change
