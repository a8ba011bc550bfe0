"""A4 on the pages: a far day is asked about, plans are called off or moved, and who holds an item is told by day."""

from datetime import date
from typing import Any

from assigning import held
from django.test import Client

from initiatives.models import ResponsibilityRecall
from people.models import Department
from plans.models import FocusItem

ITEM, ALL = "/items/1-A-1/departments/", "/assignments/"
PLANNED = "/assignments/planned/"
FAR, MEANT, TODAY = date(2072, 4, 1), date(2027, 4, 1), date(2026, 10, 15)
QUESTION = "令和54年4月1日は、きょうから45年5か月先、計画の期間"
CALL_OFF = {"way": "call_off", "new_day": "", "reason": "日の誤り"}


def assigned(client: Client, **changes: Any) -> Any:
    """Let 企画課 lead 1-A-1 alone, by what the page sends; from 2072-04-01 unless another day is given."""
    revision = client.get(ITEM).context["form"]["opened_revision"].value()
    typed = {
        "lead": "planning",
        "supporting": [],
        "reason": "新しい体制",
        "from_date": "2072-04-01",
    }
    return client.post(ITEM, {"opened_revision": revision, **typed, **changes})


def test_a_far_day_is_asked_about_in_both_forms_and_the_tick_holds_for_that_day_alone(
    responsible: FocusItem, desk: Client
) -> None:
    asked = assigned(desk)
    assert QUESTION in asked.content.decode()
    assert QUESTION in assigned(desk, asked_again="2071-04-01").content.decode()
    row = {"item-1-A-2-opened": "|", "item-1-A-2-lead": "welfare", "item-1-A-2-supporting": ""}
    data = {"from_date": "2072-04-01", "reason": "", **row}
    assert QUESTION in desk.post(ALL, data).content.decode()
    assert (held("1-A-1", FAR)[0], held("1-A-2", FAR)) == (("lead", "welfare"), [])

    done = desk.post(ALL, {**data, "asked_again": "2072-04-01"}, follow=True)
    assert "令和54年4月1日から（あと16,605日）" in done.content.decode()
    assert assigned(desk, asked_again="2072-04-01").status_code == 302
    assert held("1-A-1", FAR) == [("lead", "planning")]


def test_many_plans_are_called_off_at_once_and_the_record_stays(
    responsible: FocusItem, desk: Client
) -> None:
    row = {"item-1-A-2-opened": "|", "item-1-A-2-lead": "welfare", "item-1-A-2-supporting": ""}
    assigned(desk, from_date="2027-04-01")
    desk.post(ALL, {"from_date": "2027-04-01", "reason": "", **row})
    form = desk.get(PLANNED, {"day": "2027-04-01"}).context["form"]
    values = [value for _, value, is_ticked in form.rows if is_ticked]
    assert len(values) == 2
    for wrong in ({"reason": ""}, {"chosen": []}, {"way": ""}, {"way": "move"}):
        assert desk.post(PLANNED, {**CALL_OFF, "chosen": values, **wrong}).status_code == 200
    move = {**CALL_OFF, "way": "move", "new_day": "2072-04-01", "chosen": values}
    assert QUESTION in desk.post(PLANNED, move).content.decode()
    assert not ResponsibilityRecall.objects.exists()

    page = desk.post(PLANNED, {**CALL_OFF, "chosen": values}, follow=True).content.decode()

    assert "2項目の担当の予定を取りやめました。" in page
    assert "主担当課 企画課" in page
    assert "記録：日の誤り" in page
    assert held("1-A-1", MEANT) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-2", MEANT) == []
    again = desk.post(PLANNED, {**CALL_OFF, "chosen": values})
    assert again.status_code == 409
    assert "予定が変わったか、その日になりました" in again.content.decode()


def test_between_registering_and_the_day_the_pages_tell_who_holds_it_on_the_chosen_day(
    responsible: FocusItem, desk: Client
) -> None:
    Department.objects.create(code="new", name="新設課", order=5, valid_from=MEANT)
    assigned(desk, lead="new", from_date="2027-04-01")

    for address in (ITEM, ALL):
        now, then = (
            desk.get(address, asked).content.decode() for asked in ({}, {"on": "2027-04-01"})
        )
        assert 'value="welfare" selected' in now
        assert 'value="new" selected' in then
        assert "廃止" not in now + then
        assert "新設課（令和9年4月1日から）" in now
    item = desk.get("/items/1-A-1/").content.decode()
    assert "主担当課になる：新設課" in item
    assert "主担当課になった：新設課" not in item

    mixed = assigned(desk, lead="welfare", supporting=["planning"], from_date="2027-05-01")
    assert "令和9年5月1日の担当は、予定により「主担当課 新設課」に変わっています" in str(
        mixed.context["form"].errors["from_date"]
    )
    assigned(desk, lead="planning", from_date="2026-10-15")
    assert held("1-A-1", TODAY) == [("lead", "planning")]
    assert held("1-A-1", MEANT) == [("lead", "new")]
