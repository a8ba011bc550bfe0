"""?on=: what a page of another day leads to, offers and leaves out; items that it does not know; files and filters."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from any_day_cast import PAGES, Story, html, morning, part, part_raw
from django.test import Client
from openpyxl import load_workbook

from kirishima_dx import clock
from people.models import Department, User
from plans.models import FocusItem

ClientOf = Callable[[User | None], Client]


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

        assert "<title>1-A-3 書かない窓口 – 進捗一覧 – " in page
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
        book = load_workbook(BytesIO(response.content))
        first, sheet = [cell.value for cell in book["進捗一覧（表）"][2]], book.worksheets[0]

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
