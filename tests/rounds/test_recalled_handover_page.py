"""A4: the page on which a planned handover is called off or moved, and what else tells of it."""

from datetime import date

from assigning import held
from django.test import Client
from handing_over import ADDRESS, DAY, RENAME, chosen

from people.models import Department, DepartmentSuccession, User
from plans.models import FocusItem

RECALL = "/departments/handover/welfare/recall/"
FAR = date(2072, 4, 1)


def told(desk: Client, **changes: str) -> dict[str, str]:
    seen = desk.get(RECALL).context["planned"].fingerprint
    return {"way": "call_off", "new_day": "", "reason": "日の誤り", "seen": seen, **changes}


def test_a_far_day_of_a_handover_is_asked_about(responsible: FocusItem, desk: Client) -> None:
    far = {**RENAME, "day": "2072-04-01"}
    page = desk.get(ADDRESS, far).content.decode()
    assert "令和54年4月1日は、きょうから45年5か月先、計画の期間" in page

    desk.post(ADDRESS, {**far, "item": "", "reason": "機構改革"})
    assert not DepartmentSuccession.objects.exists()
    data = chosen(desk, {**far, "asked_again": "2072-04-01"})
    assert "（あと16,605日）" in desk.post(ADDRESS, data, follow=True).content.decode()


def test_a_planned_handover_is_moved_and_called_off(
    responsible: FocusItem, editor: User, desk: Client
) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    record = desk.get("/departments/handover/welfare/").content.decode()
    assert f'href="{RECALL}"' in record
    assert "あと168日" in record
    page = desk.get(RECALL).content.decode()
    assert "新しく置く予定だった「福祉政策課」は置かれません。" in page
    assert "福祉政策課に引き継ぐ予定" not in page
    departments = desk.get("/departments/").content.decode()
    assert "に引き継ぐ予定" in departments
    assert "廃止された部署" not in departments
    assert desk.post(RECALL, told(desk, seen="x")).status_code == 409
    assert desk.post(RECALL, told(desk, reason="")).status_code == 200
    assert held("1-A-1", DAY)[0] == ("lead", "fukushi-seisaku")

    far = told(desk, way="move", new_day="2072-04-01", asked_again="2072-04-01")
    page = desk.post(RECALL, far, follow=True).content.decode()
    assert "「福祉課」の引継ぎの日を変えました。" in page
    assert held("1-A-1", DAY)[0] == ("lead", "welfare")
    assert held("1-A-1", FAR)[0] == ("lead", "fukushi-seisaku")

    page = desk.post(RECALL, told(desk), follow=True).content.decode()
    assert "いま予定されている引継ぎはありません。" in page
    assert page.count("記録：日の誤り") == 2
    assert "福祉政策課" not in desk.get("/departments/").content.decode()
    assert "福祉政策課" not in desk.get("/assignments/").content.decode()
    assert desk.get(RECALL, follow=True).status_code == 200


def test_admin_and_list_leave_the_days_of_a_handover_alone(
    responsible: FocusItem, welfare: Department, desk: Client
) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    new = Department.objects.get(code="fukushi-seisaku")
    for department, day, column in (
        (welfare, {"valid_until": "2026-12-31"}, "valid_until"),
        (new, {"valid_from": "2027-05-01", "valid_until": ""}, "valid_from"),
    ):
        address = f"/admin/people/department/{department.pk}/change/"
        response = desk.post(address, {"name": department.name, "order": "1", **day})
        assert "引継ぎの画面の「取りやめる・日を変える」" in str(
            response.context["adminform"].form.errors[column]
        )
    desk.post(RECALL, told(desk))
    address = f"/admin/people/department/{new.pk}/change/"
    assert desk.post(address, {"name": "別名", "order": "1"}).status_code == 403
