"""/changes/?period=: which two days people mean, and what then counts as changed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from any_day_cast import adopt_next, html, later
from beginnings import lasting
from django.test import Client
from report_cast import publish, sealed
from time_machine import Traveller

from initiatives.actions.progress import correct_entry, record_unchanged
from initiatives.models import Initiative, ProgressEntry
from people.models import User
from plans.models import FocusItem
from reviews.actions.reporting import open_report
from reviews.models import AnnualReport

Record = Callable[..., ProgressEntry]
LATE = {"rating": "late", "delay_cause": "部品が届かない。", "countermeasure": "代わりを使う。"}


def numbers(page: str) -> dict[str, str]:
    """Return what the headings count, and the line of what did not change."""
    found = re.findall(r'id="changes-\w+">[^<]*<small>(.*?)</small>', page)
    counts = dict(re.findall(r"([^、 ]+) (\d+)項目", "、".join(found)))
    same = re.search(r"同じと報告 (\d+)、この間の報告なし (\d+)", page)
    return counts | ({"同じ": same[1], "報告なし": same[2]} if same else {})


def heading(page: str) -> str:
    return re.sub(r"<[^>]+>", "", re.findall(r"<h1>(.*?)</h1>", page)[0])


@pytest.fixture
@lasting
def years(
    responsible: FocusItem,
    record: Record,
    statement: Callable[..., Any],
    editor: User,
    secretariat: User,
    frozen_clock: Traveller,
) -> FocusItem:
    """Of 1-A-1, answers of 9月30日 (2026) and 3月31日 (2027) came in October and April; of 2-A-1 one of 3月31日, and
    nothing since. The report of R8 of 9月30日 was sealed on 2026-10-20; today is 2027-10-20."""
    item, other = responsible, FocusItem.objects.get(code="2-A-1")
    later(frozen_clock, date(2026, 10, 16))
    record(item, by=editor, as_of=date(2026, 9, 30), status="preparing")
    later(frozen_clock, date(2026, 10, 20))
    sealed(item.texts.get().edition, secretariat)
    later(frozen_clock, date(2027, 4, 12))
    due = date(2027, 9, 30)
    record(item, by=editor, as_of=date(2027, 3, 31), status="preparing", new_due_date=due, **LATE)
    record(other, by=secretariat, as_of=date(2027, 3, 31))
    later(frozen_clock, date(2027, 10, 14))
    due = date(2028, 3, 31)
    record(item, by=editor, as_of=date(2027, 9, 30), status="operating", new_due_date=due, **LATE)
    later(frozen_clock, date(2027, 10, 20))
    return item


class TestWhatCounts:
    def test_answers_of_the_year_end_recorded_in_april_are_no_first_records(
        self, years: FocusItem, desk: Client
    ) -> None:
        page = html(desk, "/changes/?period=year")

        assert heading(page) == "令和9年度に変わったこと"
        assert "基準日（いつの状況か）で" in page
        assert numbers(page) == {
            "状態が進んだ": "1",
            "期限が延びた": "1",
            "同じ": "0",
            "報告なし": "3",
        }
        assert "6か月延びた" in page

    @pytest.mark.sqlite
    @pytest.mark.parametrize(
        ("query", "title", "counted"),
        [
            # What is new this month, be it of whatever day.
            ("period=month", "令和9年10月に", {"状態が進んだ": "1", "期限が延びた": "1"}),
            ("period=month&on=2027-09-30", "令和9年9月に", {}),
            (
                "period=month&on=2027-04-30",
                "令和9年4月に",
                {"評価が悪くなった": "1", "はじめて記録": "1"},
            ),
            # The report of 9月30日 knows what was stated when it was sealed.
            (
                "period=report",
                "令和8年度 年次報告から後に",
                {"状態が進んだ": "1", "はじめて記録": "1"},
            ),
            ("period=last_year", "令和8年度に", {"はじめて記録": "2", "新たな期限が示された": "1"}),
            # On 20 April nothing is told of the new year yet: 「この一年」 is the one before.
            ("on=2027-04-20", "令和8年度に", {"はじめて記録": "2"}),
            ("on=2027-10-20", "令和9年度に", {"期限が延びた": "1"}),
            ("period=year&on=2027-04-01", "令和9年度に", {}),
            ("period=edition", "第1.0版になってから", {"はじめて記録": "2"}),
        ],
    )
    def test_each_period(
        self, years: FocusItem, desk: Client, query: str, title: str, counted: dict[str, str]
    ) -> None:
        page = html(desk, f"/changes/?{query}")

        assert heading(page).startswith(title)
        assert counted.items() <= numbers(page).items()
        if not counted:
            assert "変わったという記録はありません" in page

    def test_a_correction_went_neither_way_and_silence_is_no_change(
        self,
        years: FocusItem,
        statement: Callable[..., Any],
        desk: Client,
        editor: User,
        secretariat: User,
        frozen_clock: Traveller,
    ) -> None:
        """Also where 変更なし repeats what was corrected."""
        other = FocusItem.objects.get(code="2-A-1")
        last = years.initiative.entries.latest_first()[0]
        said = {**LATE, "new_due_date": date(2028, 9, 30), "status": "piloting"}
        later(frozen_clock, date(2027, 11, 2))
        correct_entry(
            entry=last,
            statement=statement(**said),
            as_of=last.as_of,
            reason="写し間違い",
            opened_revision=_revision(years),
            by=secretariat,
        )
        for item in (years, other):
            record_unchanged(
                focus_item=item,
                as_of=date(2027, 11, 1),
                opened_revision=_revision(item),
                by=secretariat,
            )

        assert numbers(html(desk, "/changes/?period=month")) == {
            "訂正": "1",
            "同じ": "1",
            "報告なし": "2",
        }
        # By 基準日 both sides know the correction: the date slipped as it says now.
        assert "12か月延びた" in html(desk, "/changes/?period=year")


def _revision(item: FocusItem) -> int:
    return Initiative.objects.revision_of(item)


class TestReport:
    def test_who_may_not_read_it_is_not_told_of_it(
        self, years: FocusItem, client_of: Callable[[User | None], Client], secretariat: User
    ) -> None:
        url, anyone = "/changes/?period=report", client_of(None)
        assert "読める年次報告がまだありません" in html(anyone, url)
        assert "period=report" not in html(anyone, "/changes/")

        publish(AnnualReport.objects.get(), secretariat)

        assert heading(html(anyone, url)) == "令和8年度 年次報告から後に変わったこと"
        # On the day before it was published nobody could compare with it.
        assert "読める年次報告がまだありません" in html(anyone, f"{url}&on=2027-10-19")

    def test_a_draft_is_none_and_the_day_after_a_seal_leads_to_the_one_before(
        self, years: FocusItem, desk: Client, secretariat: User, frozen_clock: Traveller
    ) -> None:
        open_report(plan=years.plan, year=2027, as_of=date(2027, 9, 30), by=secretariat)

        page = html(desk, "/changes/?period=report&year=2026")

        assert heading(page) == "令和8年度 年次報告から後に変わったこと"
        assert "その前の" not in page
        assert "読める年次報告がまだありません" in html(desk, "/changes/?period=report&year=2025")


class TestEdition:
    def test_one_that_takes_effect_tomorrow_is_told_of_and_counts_from_then_on(
        self, years: FocusItem, desk: Client, secretariat: User, frozen_clock: Traveller
    ) -> None:
        def concrete(texts: Any) -> None:
            texts["1-A-2"].is_study = False
            texts["1-A-2"].save()

        url = "/changes/?period=edition"
        adopt_next(date(2027, 10, 21), secretariat, concrete)
        today = html(desk, url)
        assert heading(today) == "第1.0版になってから変わったこと"
        assert "からは第1.1版です" in today
        assert "★が外れた" not in numbers(today)

        later(frozen_clock, date(2027, 10, 20) + timedelta(days=1))
        tomorrow = html(desk, url)

        assert heading(tomorrow) == "第1.1版になってから変わったこと"
        assert numbers(tomorrow) == {"★が外れた": "1", "同じ": "0", "報告なし": "4"}
        assert 'href="/editions/1.1/why/items/1-A-2/"' in tomorrow
