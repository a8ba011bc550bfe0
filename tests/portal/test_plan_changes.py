"""/changes/: what differs between two days, each as it was known at its end."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from any_day_cast import adopt_next, html, later, october, with_new_item
from assigning import assign
from beginnings import lasting
from django.test import Client
from query_counts import as_many_queries
from time_machine import Traveller

from initiatives.models import ProgressEntry
from initiatives.queries.plan_changes import PlanChanges, plan_changes
from initiatives.queries.told_changes import told_changes
from kirishima_dx.moment import Moment
from people.models import Department, User
from plans.actions.drafting.items import add_item
from plans.enums import Fate
from plans.models import Descent, Edition, FocusItem

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]


@pytest.fixture
def reader(client_of: ClientOf) -> Client:
    return client_of(None)


@pytest.fixture
@lasting
def told(
    responsible: FocusItem,
    record: Record,
    planning: Department,
    editor: User,
    secretariat: User,
    frozen_clock: Traveller,
) -> FocusItem:
    """1-A-1 stands well on 10-16 and worse on 10-20, led by another department; 第1.1版 holds from 10-22."""
    later(frozen_clock, october(16))
    record(responsible, by=editor, as_of=october(16))
    later(frozen_clock, october(20))
    record(
        responsible,
        by=editor,
        as_of=october(20),
        status="operating",
        rating="late",
        delay_cause="部品が届かない。",
        countermeasure="代わりの品を使う。",
        new_due_date=date(2027, 3, 31),
    )
    assign(responsible, planning, by=secretariat, since=october(20))
    later(frozen_clock, october(22))
    adopt_next(october(22), secretariat, with_new_item(secretariat))
    later(frozen_clock, october(25))
    return responsible


def between(item: FocusItem, first: int, last: int) -> PlanChanges:
    found = plan_changes(item.plan, Moment.end_of(october(first)), Moment.end_of(october(last)))
    assert found is not None
    return found


def counts(changes: PlanChanges) -> dict[str, int]:
    return {count.label: count.count for count in changes.counts}


def items(page: str) -> dict[str, str]:
    """Return what the page says of each item that differs, by the place it stands in, under whatever heading."""
    found = re.findall(r'<li class="changed-item[^>]*>.*?</li>', page, re.DOTALL)
    said: dict[str, str] = {}
    for one in found:
        words = " ".join(re.sub(r"<[^>]+>", " ", one).split())
        place = words.split(" ", 1)[0]
        said[place] = f"{said[place]} {words}" if place in said else words
    return said


class TestCounts:
    def test_between_equal_days_there_is_nothing(self, told: FocusItem) -> None:
        for day in (15, 16, 20, 22):
            assert between(told, day, day).is_empty
        assert between(told, 22, 24).is_empty

    def test_a_first_record_is_neither_better_nor_worse(self, told: FocusItem) -> None:
        assert counts(between(told, 15, 16)) == {"はじめて記録": 1}

    def test_status_and_rating_are_told_apart(self, told: FocusItem) -> None:
        assert counts(between(told, 16, 20)) == {
            "状態が進んだ": 1,
            "評価が悪くなった": 1,
            "新たな期限が示された": 1,
            "主担当課の変更": 1,
        }

    def test_the_texts_are_compared(self, told: FocusItem) -> None:
        assert counts(between(told, 20, 22)) == {"新設": 1, "終了": 1, "文言の変更": 1}

    def test_they_can_be_counted_again_from_the_rows(self, told: FocusItem) -> None:
        changes = between(told, 15, 22)
        told = told_changes(changes)
        listed = {id(row.item) for group in told for row in group.rows}

        assert listed == {id(item) for item in changes.items}
        assert {c.label: c.count for group in told for c in group.counts} == counts(changes)


@pytest.mark.parametrize(
    ("old", "new", "course"),
    [
        ("piloting", "operating", "状態が進んだ"),
        ("operating", "piloting", "状態が戻った・止まった"),
        ("piloting", "paused", "状態が戻った・止まった"),
        ("paused", "stopped", "状態が戻った・止まった"),
        ("stopped", "not_started", "状態が進んだ"),
    ],
)
def test_the_course_of_a_status(
    responsible: FocusItem,
    record: Record,
    editor: User,
    frozen_clock: Traveller,
    old: str,
    new: str,
    course: str,
) -> None:
    for day, status in ((16, old), (17, new)):
        later(frozen_clock, october(day))
        record(responsible, by=editor, as_of=october(day), status=status)

    assert counts(between(responsible, 16, 17)) == {course: 1}


def test_a_rating_that_cannot_be_given_is_no_better_or_worse(
    responsible: FocusItem, record: Record, editor: User, frozen_clock: Traveller
) -> None:
    for day, rating in ((16, "on_track"), (17, "not_ratable")):
        later(frozen_clock, october(day))
        record(responsible, by=editor, as_of=october(day), rating=rating)
    changes = between(responsible, 16, 17)

    assert counts(changes) == {"評価できなくなった": 1}


def test_star_and_place_are_counted(
    small_edition: Edition, secretariat: User, frozen_clock: Traveller
) -> None:
    def change(texts: Any) -> None:
        starred, moved = texts["1-A-2"], texts["1-A-1"]
        starred.is_study = False
        starred.number = 5
        starred.save()
        moved.is_study = True
        moved.save()

    later(frozen_clock, october(20))
    adopt_next(october(20), secretariat, change)
    later(frozen_clock, october(25))

    found = between(FocusItem.objects.get(code="1-A-1"), 16, 20)

    assert counts(found) == {"移動・番号の変更": 1, "★が外れた": 1, "★が付いた": 1}
    said = items(html(Client(), "/changes/?since=2026-10-16"))
    assert said["1-A-2"].startswith("1-A-2 → 1-A-5 遠隔相談 ★が外れた 検討を終え、取り組む項目に")
    assert "1-A-2 → 1-A-5 遠隔相談 番号の変更" in said["1-A-2"]


def test_badges_and_counts_agree(
    small_edition: Edition, secretariat: User, frozen_clock: Traveller
) -> None:
    """1-A-2 loses its ★ alone, 1-B-1 is merged into 1-A-1, which is reworded, and the axes change places."""

    def change(texts: Any) -> None:
        texts["1-A-2"].is_study = False
        texts["1-A-2"].save()
        into, merged = texts["1-A-1"], texts["1-B-1"]
        into.overview += "案内も含みます。"
        into.save()
        Descent.objects.create(
            edition=into.edition, before=merged.focus_item, after=into.focus_item, kind=Fate.MERGED
        )
        merged.delete()
        for old, number in (("1", 9), ("2", 1), ("1", 2)):
            into.edition.axes.filter(key=old).update(number=number)

    later(frozen_clock, october(20))
    adopt_next(october(20), secretariat, change)
    later(frozen_clock, october(25))

    found = between(FocusItem.objects.get(code="1-A-1"), 16, 20)
    page = html(Client(), "/changes/?since=2026-10-16")
    said = items(page)

    assert counts(found) == {
        "分割・統合": 2,
        "移動・番号の変更": 3,
        "文言の変更": 1,
        "★が外れた": 1,
    }
    badges = re.findall(
        r'<span class="label[^"]*">([^<]+)</span>', page.split('id="changes-parts"')[0]
    )
    assert Counter(badges) == {"統合": 2, "番号の変更": 3, "文言の変更": 1, "★が外れた": 1}
    assert "1-B-1 手続きの案内 を統合" in said["1-A-1"]
    assert "2-A-1 申請のオンライン化 に統合" in said["1-B-1"]


def test_what_ended_stands_where_it_stood(
    small_edition: Edition, secretariat: User, frozen_clock: Traveller
) -> None:
    def change(texts: Any) -> None:
        texts["1-A-2"].delete()
        for code in ("1-B-1", "2-A-1"):
            texts[code].overview += "ほか。"
            texts[code].save()

    later(frozen_clock, october(20))
    adopt_next(october(20), secretariat, change)
    later(frozen_clock, october(25))

    assert list(items(html(Client(), "/changes/?since=2026-10-16"))) == ["1-A-2", "1-B-1", "2-A-1"]


class TestPage:
    URL = "/changes/?since=2026-10-16&on=2026-10-22"

    def test_it_tells_each_item_with_the_way_to_both_days(
        self, told: FocusItem, reader: Client
    ) -> None:
        page = html(reader, self.URL)
        said = items(page)

        assert "令和8年10月16日" in page
        assert list(said) == ["1-A-1", "1-A-3", "2-A-1"]
        assert "文言の変更" in said["1-A-1"]
        assert "試行中 → から 運用中 ↑ 進んだ" in said["1-A-1"]
        assert "↓ 悪くなった" in said["1-A-1"]
        assert "福祉課 → から 企画課" in said["1-A-1"]
        assert "新設" in said["1-A-3"]
        assert "終了" in said["2-A-1"]
        assert "<del>オンライン化</del>" in page
        for link in (
            "/items/1-A-1/?on=2026-10-16",
            "/items/1-A-1/?on=2026-10-22",
            "/items/1-A-3/?on=2026-10-22",
            "/items/2-A-1/?on=2026-10-16",
        ):
            assert f'href="{link}"' in page
        assert 'href="/items/1-A-3/?on=2026-10-16"' not in page
        assert 'href="/editions/compare/1.0/1.1/"' in page

    def test_today_is_the_later_day_by_default(self, told: FocusItem, reader: Client) -> None:
        page = html(reader, "/changes/?since=令和8年10月16日")

        assert 'href="/items/1-A-1/"' in page
        assert items(page) == items(html(reader, "/changes/?since=2026-10-16&on=2026-10-25"))

    def test_an_edition_recorded_later_is_named(
        self, told: FocusItem, reader: Client, secretariat: User, frozen_clock: Traveller
    ) -> None:
        adopt_next(october(24), secretariat, lambda texts: None)
        later(frozen_clock, october(26))

        page = html(reader, "/changes/?since=2026-10-24&on=2026-10-26")

        assert "施行された第1.2版は" in page
        assert "の側には入っていません。" in page

    def test_other_texts_are_told(
        self, small_edition: Edition, reader: Client, secretariat: User, frozen_clock: Traveller
    ) -> None:
        def reword(texts: Any) -> None:
            section = texts["1-A-1"].edition.sections.get(key="purpose")
            section.body = section.body.replace("毎年度、見直します。", "毎年、見直します。")
            section.save()

        later(frozen_clock, october(20))
        adopt_next(october(20), secretariat, reword)
        later(frozen_clock, october(25))

        page = html(reader, "/changes/?since=2026-10-18")

        assert "重点項目のほかの言葉が変わったところ" in page
        assert "① 趣旨" in page
        assert "<del>毎年度</del>" in page

    def test_nothing_changed_says_so(self, told: FocusItem, reader: Client) -> None:
        assert "変わったという記録はありません" in html(reader, "/changes/?since=2026-10-23")

    def test_without_a_plan_it_says_so(self, db: None, reader: Client) -> None:
        assert "計画がまだ読み込まれていません" in html(reader, "/changes/?since=2026-10-01")

    @pytest.mark.parametrize(
        ("query", "told_what"),
        [
            ("since=abc", "日付は 2026-10-01 のように書いてください。"),
            ("since=2026-10-01&on=2026-13-45", "日付は 2026-10-01 のように書いてください。"),
            ("since=2026-10-02&on=2026-10-01", "早い日を「この日から」に書いてください。"),
            ("since=2026-10-16", "早い日を「この日から」に書いてください。"),
        ],
    )
    def test_nonsense_is_told_what_is_expected(
        self, small_edition: Edition, reader: Client, query: str, told_what: str
    ) -> None:
        """Today is 2026-10-15."""
        response = reader.get(f"/changes/?{query}")

        assert response.status_code == 400
        assert told_what in response.content.decode()

    def test_what_was_typed_stays_with_the_error_at_its_field(
        self, small_edition: Edition, reader: Client
    ) -> None:
        response = reader.get("/changes/?since=2026-10-02&on=2026-10-01")
        page = response.content.decode()

        assert list(response.context["form"].errors) == ["since"]
        assert 'name="since" value="2026-10-02"' in page
        assert 'name="on" value="2026-10-01"' in page
        assert 'id="id_since_error"' in page
        assert '<a href="/">' in page
        assert "二つの日を入れると" not in page

    def test_what_cannot_be_read_stays_too(self, small_edition: Edition, reader: Client) -> None:
        page = reader.get("/changes/?since=きのう&on=9999-12-31").content.decode()

        assert 'value="きのう"' in page
        assert 'value="9999-12-31"' in page
        assert "1926年12月25日から2100年12月31日までの日付にしてください。" in page

    def test_it_is_for_reading(self, small_edition: Edition, reader: Client) -> None:
        assert reader.post("/changes/").status_code == 405


def test_queries_do_not_grow(
    told: FocusItem, reader: Client, secretariat: User, record: Record, frozen_clock: Traveller
) -> None:
    def busier(texts: Any) -> None:
        for n in range(12):
            words = {"title": f"項目{n}", "overview": "概要", "is_study": False}
            add_item(policy=texts["1-B-1"].policy, by=secretariat, reason="試し", **words)

    url = "/changes/?since=2026-10-15"
    with as_many_queries(reader, url, most=19):
        later(frozen_clock, october(28))
        adopt_next(october(28), secretariat, busier)
        for item in FocusItem.objects.filter(texts__edition__status="in_force"):
            record(item, by=secretariat, as_of=october(28))

    assert len(items(html(reader, url))) > 12
