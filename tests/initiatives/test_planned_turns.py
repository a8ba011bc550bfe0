"""A4: a planned change of responsibility is called off, or moved, until its day has come."""

from datetime import date, timedelta
from typing import Any

import pytest
from any_day_cast import later
from assigning import held
from closing_cast import close_all
from django.db import IntegrityError, connection, transaction
from raw_sql import refused
from time_machine import Traveller

from initiatives.actions.departments import assign_departments
from initiatives.actions.planned_ends import Recall
from initiatives.actions.recalling import recall_carried_over, recall_turns
from initiatives.errors import RecallOutdated, RecallRefused
from initiatives.models import Initiative, Responsibility, ResponsibilityRecall
from initiatives.queries.inherited_departments import carried_over
from initiatives.queries.item import item_page
from initiatives.queries.planned_turns import planned_turns
from initiatives.queries.wordings import readable_wordings
from kirishima_dx import clock
from kirishima_dx.closing import MARK
from kirishima_dx.moment import Moment
from people.models import Department, User
from plans.models import FocusItem
from plans.shelf import edition_shelf

FAR, MEANT = date(2072, 4, 1), date(2027, 4, 1)
WELFARE, PLANNING = ("lead", "welfare"), ("supporting", "planning")


@pytest.fixture
def third(db: None) -> Department:
    return Department.objects.create(code="third", name="窓口課", order=30)


@pytest.fixture
def desk(responsible: FocusItem, secretariat: User, third: Department) -> "Desk":
    return Desk(responsible, secretariat)


class Desk:
    """What the 事務局 does with 1-A-1, led by 福祉課 and supported by 企画課."""

    def __init__(self, item: FocusItem, by: User) -> None:
        self.item, self.by = item, by

    def assign(self, day: date, lead: str, *supporting: str) -> None:
        known = {one.code: one for one in Department.objects.all()}
        assign_departments(
            focus_item=self.item,
            lead=known.get(lead),
            supporting=[known[code] for code in supporting],
            from_date=day,
            reason="新しい体制",
            opened_revision=Initiative.objects.revision_of(self.item),
            by=self.by,
        )

    def recall(self, day: date, new_day: date | None = None) -> None:
        turns = [turn for turn in planned_turns(clock.today()) if turn.day == day]
        seen = {turn.name: turn.fingerprint for turn in turns}
        recall_turns(seen=seen, recall=Recall("日の誤り", self.by, new_day))

    def planned(self, at: Moment) -> list[tuple[date, str]]:
        shelf = edition_shelf(self.item.plan, at)
        page = item_page(self.item, readable_wordings(self.item, shelf, drafts=False), shelf, at)
        return [(one.valid_from, one.department.code) for one in page.coming]


def stands(*days: date) -> list[list[tuple[str, str]]]:
    return [held("1-A-1", day) for day in days]


def test_a_mistyped_day_is_taken_back_and_everything_is_as_before(desk: Desk) -> None:
    before = stands(MEANT, FAR)
    desk.assign(FAR, "planning", "third")
    assert stands(FAR) == [[("lead", "planning"), ("supporting", "third")]]

    desk.recall(FAR)

    assert stands(MEANT, FAR) == before
    recall = ResponsibilityRecall.objects.filter(planned_until=None).first()
    assert recall is not None
    assert (recall.planned_day, recall.recalled_on, recall.reason, recall.recalled_by) == (
        FAR,
        clock.today(),
        "日の誤り",
        desk.by,
    )
    desk.assign(MEANT, "third")
    assert stands(MEANT, FAR) == [[("lead", "third")]] * 2


def test_the_short_reason_of_one_act_is_closed_in_all_its_rows(desk: Desk) -> None:
    desk.assign(FAR, "planning", "third")
    begun = Responsibility.objects.filter(valid_from=FAR)
    desk.recall(FAR)

    close_all(begun.earliest("pk"), desk.by)
    close_all(ResponsibilityRecall.objects.earliest("pk"), desk.by)

    assert {one.reason for one in (*begun, *ResponsibilityRecall.objects.all())} == {MARK}


def test_a_plan_is_moved_to_the_day_that_was_meant(desk: Desk) -> None:
    desk.assign(FAR, "planning")

    desk.recall(FAR, MEANT)

    assert stands(MEANT - timedelta(days=1), MEANT, FAR) == [
        [WELFARE, PLANNING],
        [("lead", "planning")],
        [("lead", "planning")],
    ]
    assert set(ResponsibilityRecall.objects.values_list("new_day", flat=True)) == {MEANT}


def test_before_a_planned_change_others_are_made_and_go_back_with_it(
    desk: Desk, frozen_clock: Traveller
) -> None:
    """A 関係課 is added and the lead changed before the day; the plan stays, until it is taken back."""
    desk.assign(FAR, "planning")
    later(frozen_clock, date(2026, 10, 16))
    desk.assign(MEANT, "third", "planning", "welfare")
    assert stands(MEANT, FAR) == [
        [("lead", "third"), ("supporting", "planning"), ("supporting", "welfare")],
        [("lead", "planning")],
    ]

    later(frozen_clock, date(2026, 10, 17))
    desk.recall(FAR)
    assert stands(FAR) == stands(MEANT)

    desk.recall(MEANT)
    assert stands(MEANT, FAR) == [[WELFARE, PLANNING]] * 2


def test_what_was_shortened_meanwhile_ends_where_it_was_to_end(
    desk: Desk, frozen_clock: Traveller
) -> None:
    desk.assign(FAR, "planning")
    later(frozen_clock, date(2026, 10, 16))
    desk.assign(MEANT, "third")

    later(frozen_clock, date(2026, 10, 17))
    desk.recall(MEANT)

    assert stands(MEANT, FAR) == [[WELFARE, PLANNING], [("lead", "planning")]]


def test_what_another_plan_builds_on_is_not_taken_back(desk: Desk, frozen_clock: Traveller) -> None:
    desk.assign(MEANT, "planning")
    later(frozen_clock, date(2026, 10, 16))
    desk.assign(FAR, "third")

    with pytest.raises(RecallRefused, match="1-A-1には、この予定の後で決めた担当の予定（企画課"):
        desk.recall(MEANT)
    assert stands(MEANT, FAR) == [[("lead", "planning")], [("lead", "third")]]

    desk.recall(FAR)
    desk.recall(MEANT)
    assert stands(MEANT, FAR) == [[WELFARE, PLANNING]] * 2


def test_what_took_the_place_of_a_plan_on_its_day_gives_it_back(
    desk: Desk, frozen_clock: Traveller
) -> None:
    desk.assign(MEANT, "planning")
    later(frozen_clock, date(2026, 10, 16))
    desk.assign(MEANT, "third")
    turns = planned_turns(clock.today())
    with pytest.raises(RecallRefused):
        recall_turns(seen={turns[0].name: turns[0].fingerprint}, recall=Recall("誤り", desk.by))

    recall_turns(seen={turns[1].name: turns[1].fingerprint}, recall=Recall("誤り", desk.by))

    assert stands(MEANT) == [[("lead", "planning")]]
    desk.recall(MEANT)
    assert stands(MEANT) == [[WELFARE, PLANNING]]


def test_g4_a_plan_that_changed_or_whose_day_has_come_stays(
    desk: Desk, frozen_clock: Traveller
) -> None:
    desk.assign(MEANT, "planning")
    turn = planned_turns(clock.today())[0]
    with pytest.raises(RecallOutdated):
        recall_turns(seen={turn.name: "another"}, recall=Recall("誤り", desk.by))
    later(frozen_clock, MEANT)
    with pytest.raises(RecallOutdated):
        recall_turns(seen={turn.name: turn.fingerprint}, recall=Recall("誤り", desk.by))
    assert stands(MEANT) == [[("lead", "planning")]]


def test_a_day_between_shows_the_plan_and_a_day_after_does_not(
    desk: Desk, frozen_clock: Traveller
) -> None:
    desk.assign(FAR, "planning")
    later(frozen_clock, date(2026, 10, 17))
    desk.recall(FAR, MEANT)
    later(frozen_clock, date(2026, 10, 19))
    desk.recall(MEANT)
    later(frozen_clock, date(2026, 10, 20))

    days = [date(2026, 10, day) for day in (14, 15, 16, 17, 18, 19, 20)]
    known = [desk.planned(Moment.end_of(day)) for day in days]
    far, meant = [(FAR, "planning")], [(MEANT, "planning")]
    assert known == [[], far, far, meant, meant, [], []]


def test_an_inherited_responsibility_is_moved_and_taken_back(
    desk: Desk, small_edition: Any
) -> None:
    desk.item = FocusItem.objects.get(code="1-A-2")
    desk.assign(FAR, "welfare", "planning")
    told = {"because": "新しい体制", "reason": "施行日の誤り", "by": desk.by}

    recall_carried_over([desk.item], day=FAR, new_day=MEANT, **told)
    assert held("1-A-2", MEANT) == [WELFARE, PLANNING]
    recall_carried_over([desk.item], day=MEANT, **told)
    assert (held("1-A-2", MEANT), held("1-A-2", FAR)) == ([], [])
    origin = FocusItem.objects.get(code="1-A-1")
    assert [one.item for one in carried_over([(origin, desk.item)], MEANT)] == [desk.item]


def test_the_database_lets_go_only_of_what_was_called_off(desk: Desk) -> None:
    desk.assign(FAR, "planning")
    reopened = (
        "UPDATE initiatives_responsibility SET valid_until = NULL, ended_at = NULL, ended_by_id = NULL"
        " WHERE valid_until IS NOT NULL AND kind = 'supporting'"
    )
    assert refused(reopened)
    ended = Responsibility.objects.get(kind="supporting", valid_until__isnull=False)
    planned = {
        "responsibility": ended,
        "planned_day": FAR,
        "planned_until": ended.valid_until,
        "planned_at": ended.ended_at,
        "planned_by": desk.by,
        "reason": "誤り",
        "recalled_on": clock.today(),
        "recalled_at": clock.now(),
        "recalled_by": desk.by,
    }
    for change in (
        {"recalled_on": FAR},
        {"planned_until": MEANT},
        {"planned_at": clock.now() + timedelta(1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResponsibilityRecall.objects.create(**{**planned, **change})
    ResponsibilityRecall.objects.create(**planned)
    assert refused("UPDATE initiatives_responsibilityrecall SET reason = 'x'")
    assert refused("DELETE FROM initiatives_responsibilityrecall")
    assert refused(reopened.replace("ended_by_id = NULL", "ended_by_id = NULL, reason = 'x'"))
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        # 企画課 leads from that day on: a department is responsible once at a time.
        cursor.execute(reopened)
