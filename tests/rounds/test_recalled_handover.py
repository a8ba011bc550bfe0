"""A4: a planned handover is called off, or moved, until its day has come: everything goes back as it was."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from any_day_cast import later
from assigning import held
from closing_cast import TRACE, close_all, places_of
from django.db import IntegrityError, transaction
from django.test import Client
from handing_over import ADDRESS, DAY, EVE, MERGE, RENAME, SPLIT, chosen
from time_machine import Traveller

from initiatives.actions.departments import assign_departments
from initiatives.actions.planned_ends import Recall
from initiatives.models import Initiative
from kirishima_dx import clock
from people.actions.closing import close_cells
from people.closing_places import plan_of_row
from people.enums import Role
from people.models import Department, DepartmentSuccession, RoleAssignment, SuccessionRecall, User
from people.queries import department_page
from plans.models import FocusItem
from portal.enums import RecordKind
from portal.queries.records.listing import all_records
from portal.queries.records.record import Wish
from rounds.actions.handover import HandoverOutdated, HandoverRefused
from rounds.actions.recalling_handover import recall_handover
from rounds.queries.planned_handover import planned_handover

FAR = date(2072, 4, 1)
FAR_EVE = "令和54年3月31日"
Stands = dict[str, Any]


def standing() -> Stands:
    """Return everything that a handover changes, as it stands for any day."""
    days = (EVE, DAY, FAR)
    page = department_page(clock.today())
    return {
        "items": [held(code, day) for code in ("1-A-1", "1-A-2") for day in days],
        "roles": sorted(
            RoleAssignment.objects.values_list("user", "role", "department", "valid_until")
        ),
        "departments": [row.department.code for row in page.current],
        "until": list(Department.objects.not_called_off().values_list("code", "valid_until")),
        "coming": [row.department.code for row in page.coming],
        "lineage": [len(row.after) for row in page.current],
    }


def called_off(code: str, by: User, new_day: date | None = None) -> None:
    department = Department.objects.get(code=code)
    planned = planned_handover(department, clock.today())
    assert planned is not None
    recall_handover(
        department=department, seen=planned.fingerprint, recall=Recall("日の誤り", by, new_day)
    )


@pytest.fixture
def roles(
    editor: User, certifier: User, other_editor: User, staff: User, welfare: Department
) -> None:
    """Roles at 福祉課, one of them to come, one with an end."""
    later_role = {"role": Role.EDITOR, "department": welfare, "valid_from": date(2072, 5, 1)}
    RoleAssignment.objects.create(user=staff, **later_role)
    role = certifier.role_assignments.get()
    role.valid_until = date(2080, 3, 31)
    role.save()


@pytest.mark.parametrize("kind", [RENAME, SPLIT, MERGE], ids=["rename", "split", "merge"])
def test_everything_goes_back_as_it_was_and_can_be_planned_again(
    second: FocusItem, roles: None, secretariat: User, desk: Client, kind: dict[str, str]
) -> None:
    before = standing()
    mistyped = {**kind, "day": "2072-04-01", "asked_again": "2072-04-01"}
    desk.post(ADDRESS, chosen(desk, mistyped))
    assert DepartmentSuccession.objects.exists()
    assert standing() != before

    called_off("welfare", secretariat)

    assert standing() == before
    recall = SuccessionRecall.objects.first()
    assert recall is not None
    assert (recall.planned_day, recall.recalled_on, recall.new_day) == (FAR, clock.today(), None)
    desk.post(ADDRESS, chosen(desk, kind))
    assert Department.objects.get(code="welfare").valid_until == EVE
    assert DepartmentSuccession.objects.standing().filter(effective_from=DAY).exists()


def test_a_handover_is_moved_with_all_that_it_holds(
    second: FocusItem, roles: None, secretariat: User, desk: Client
) -> None:
    desk.post(ADDRESS, chosen(desk, SPLIT))
    at_first = standing()
    called_off("welfare", secretariat, FAR)
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-1", FAR) == [("lead", "korei"), ("supporting", "planning")]

    called_off("welfare", secretariat, DAY)

    assert {**standing(), "roles": ()} == {**at_first, "roles": ()}
    again = {(user, role, until) for user, role, _, until in standing()["roles"]}
    assert again == {(user, role, until) for user, role, _, until in at_first["roles"]}
    called_off("welfare", secretariat)
    assert standing()["coming"] == []


def test_what_builds_on_a_handover_has_to_go_first(
    responsible: FocusItem,
    planning: Department,
    staff: User,
    secretariat: User,
    desk: Client,
    client_of: Callable[[User], Client],
    frozen_clock: Traveller,
) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    later(frozen_clock, date(2026, 10, 16))
    new = Department.objects.get(code="fukushi-seisaku")
    role = RoleAssignment.objects.create(
        user=staff, role=Role.EDITOR, department=new, valid_from=DAY
    )
    with pytest.raises(HandoverRefused, match="引継ぎのほかに登録された役割"):
        called_off("welfare", secretariat)
    role.delete()
    into = {**MERGE, "department": "planning", "s1-existing": "fukushi-seisaku"}
    desk = client_of(secretariat)
    desk.post(ADDRESS, chosen(desk, into))
    with pytest.raises(HandoverRefused, match="先に、「企画課」の引継ぎを取りやめてください"):
        called_off("welfare", secretariat)

    called_off("planning", secretariat)
    called_off("welfare", secretariat)
    assert held("1-A-1", DAY) == [("lead", "welfare"), ("supporting", "planning")]


def test_what_was_assigned_before_the_day_goes_on(
    second: FocusItem, welfare: Department, secretariat: User, desk: Client, frozen_clock: Traveller
) -> None:
    """福祉課 supports another item until it is handed over, and its successor from then on."""
    item = FocusItem.objects.get(code="2-A-1")
    desk.post(ADDRESS, chosen(desk, RENAME))
    later(frozen_clock, date(2026, 10, 16))
    assign_departments(
        focus_item=item,
        lead=None,
        supporting=[welfare],
        from_date=date(2026, 11, 1),
        reason="関係課に加える",
        opened_revision=Initiative.objects.revision_of(item),
        by=secretariat,
    )
    assert [held("2-A-1", day) for day in (EVE, DAY)] == [
        [("supporting", "welfare")],
        [("supporting", "fukushi-seisaku")],
    ]
    later(frozen_clock, date(2026, 10, 17))
    called_off("welfare", secretariat)

    assert held("2-A-1", DAY) == [("supporting", "welfare")]


def test_g4_on_the_day_itself_it_stays(
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    desk: Client,
    frozen_clock: Traveller,
) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    planned = planned_handover(welfare, clock.today())
    assert planned is not None
    with pytest.raises(HandoverOutdated):
        recall_handover(department=welfare, seen="another", recall=Recall("誤り", secretariat))
    later(frozen_clock, DAY)
    with pytest.raises(HandoverOutdated):
        recall_handover(
            department=welfare, seen=planned.fingerprint, recall=Recall("誤り", secretariat)
        )


def test_the_database_joins_two_departments_once_but_for_what_was_called_off(
    responsible: FocusItem, secretariat: User, desk: Client
) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    known = DepartmentSuccession.objects.get()
    told = {"before": known.before, "after": known.after, "effective_from": DAY, "reason": "再度"}

    def twice() -> None:
        DepartmentSuccession.objects.create(
            **told, recorded_at=clock.now(), recorded_by=secretariat
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        twice()
    recall = {"succession": known, "reason": "誤り", "recalled_on": clock.today()}
    recalled = {"recalled_at": clock.now(), "recalled_by": secretariat}
    with pytest.raises(IntegrityError), transaction.atomic():
        SuccessionRecall.objects.create(**recall, **recalled, planned_day=FAR)
    SuccessionRecall.objects.create(**recall, **recalled, planned_day=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuccessionRecall.objects.update(reason="別")
    twice()


@pytest.mark.parametrize("is_whole", [True, False])
def test_one_whose_reason_was_closed_goes_back_all_the_same(
    second: FocusItem, roles: None, secretariat: User, desk: Client, is_whole: bool
) -> None:
    """Short words, too: they are closed wherever the handover wrote them, or in its own row alone."""
    before = standing()
    desk.post(ADDRESS, chosen(desk, SPLIT, reason=TRACE[:9]))
    row = DepartmentSuccession.objects.first()
    assert row is not None
    if is_whole:
        close_all(row, secretariat)
        assert places_of(TRACE[:9]) == []
    else:
        (choice,) = plan_of_row(row).choices
        own = [choice.cells[choice.key]]
        close_cells(cells=own, subject="試し", reason="氏名が入っていたため", by=secretariat)

    called_off("welfare", secretariat)

    assert standing() == before


def test_a2_what_a_handover_did_to_roles_and_took_back_is_told(
    second: FocusItem, roles: None, editor: User, secretariat: User, desk: Client
) -> None:
    """Who, why and back again: the role ended and began elsewhere, then went on, and what had begun never was."""
    desk.post(ADDRESS, chosen(desk, {**RENAME, "day": "2072-04-01", "asked_again": "2072-04-01"}))
    called_off("welfare", secretariat)

    records = all_records(Wish(kind=RecordKind.ROLE))
    told = [(one.said, one.reason) for one in records if one.username == secretariat.username]
    of_editor = [one for one in told if one[0][0].startswith(("終了日", "役割"))]
    assert ((f"終了日（最終日）：なし → {FAR_EVE}",), "機構改革") in of_editor
    assert ((f"終了日（最終日）：{FAR_EVE} → なし",), "日の誤り") in of_editor
    gone = [said for said, reason in told if said[0] == "役割の行を取り消した。"]
    begun = [said for said, reason in told if said[0] == "役割を付けた。"]
    assert len(gone) == len(begun) > 0
