"""機構改革・引継ぎ: a department is renamed, split or merged, with all that it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from assigning import held
from django.db import IntegrityError, transaction
from django.test import Client
from handing_over import ADDRESS, DAY, EVE, MERGE, RENAME, SPLIT, chosen

from initiatives.models import Initiative, ProgressEntry, Responsibility
from people.enums import Role
from people.models import Department, DepartmentSuccession, RoleAssignment, User
from plans.models import FocusItem
from rounds.actions.handover import Handover, HandoverOutdated, HandoverRefused, hand_over
from rounds.deadlines import Deadlines
from rounds.models import Answer, Extension, ReportingRound
from rounds.queries.handover import holdings_of


def roles(user: User, at: date) -> list[tuple[str, str]]:
    held_then = user.role_assignments.valid_on(at).select_related("department")
    return [(r.role, r.department.code if r.department else "") for r in held_then]


def test_a_rename_moves_items_roles_and_keeps_what_was_said(
    responsible: FocusItem,
    welfare: Department,
    editor: User,
    certifier: User,
    secretariat: User,
    record: Callable[..., ProgressEntry],
    desk: Client,
) -> None:
    entry = record(responsible, by=editor)

    response = desk.post(ADDRESS, chosen(desk, RENAME), follow=True)
    page = response.content.decode()

    new = Department.objects.get(code="fukushi-seisaku")
    welfare.refresh_from_db()
    assert (welfare.name, welfare.valid_until) == ("福祉課", EVE)
    assert (new.name, new.valid_from, new.order) == ("福祉政策課", DAY, welfare.order)
    assert held("1-A-1", EVE) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-1", DAY) == [("lead", "fukushi-seisaku"), ("supporting", "planning")]
    assert (roles(editor, EVE), roles(editor, DAY)) == (
        [("editor", "welfare")],
        [("editor", "fukushi-seisaku")],
    )
    assert roles(certifier, DAY) == [("certifier", "fukushi-seisaku")]
    entry.refresh_from_db()
    assert (entry.department, entry.department_name) == (welfare, "福祉課")
    succession = DepartmentSuccession.objects.get()
    assert (succession.before, succession.after, succession.effective_from) == (welfare, new, DAY)
    assert (succession.reason, succession.recorded_by) == ("機構改革", secretariat)
    assert welfare.history.first().history_change_reason == "機構改革"
    assert RoleAssignment.history.filter(history_change_reason="機構改革").count() == 4
    told = "「福祉課」を「福祉政策課」に引き継ぐ予定を登録しました。令和9年4月1日からです（あと168日）。"
    assert told in page
    assert 'href="/items/1-A-1/"' in page
    assert "担当課・入力者（福祉政策課）" in page


def test_a_split_gives_each_item_and_account_to_its_successor(
    second: FocusItem, editor: User, certifier: User, desk: Client
) -> None:
    led = Responsibility.objects.get(initiative__focus_item=second)
    role = certifier.role_assignments.get()
    data = chosen(desk, SPLIT, **{f"item-{led.pk}": "shogai", f"role-{role.pk}": "shogai"})

    desk.post(ADDRESS, data)

    assert held("1-A-1", DAY) == [("lead", "korei"), ("supporting", "planning")]
    assert held("1-A-2", DAY) == [("lead", "shogai")]
    assert roles(editor, DAY) == [("editor", "korei")]
    assert roles(certifier, DAY) == [("certifier", "shogai")]
    before = DepartmentSuccession.objects.values_list("before__code", "after__code")
    assert set(before) == {("welfare", "korei"), ("welfare", "shogai")}


def test_a_merger_into_a_supporting_department_lets_it_lead_alone(
    responsible: FocusItem, editor: User, desk: Client
) -> None:
    desk.post(ADDRESS, chosen(desk, MERGE))

    assert held("1-A-1", DAY) == [("lead", "planning")]
    assert roles(editor, DAY) == [("editor", "planning")]


def test_a_merger_into_the_lead_ends_the_support(
    responsible: FocusItem, planning: Department, desk: Client
) -> None:
    data = {**MERGE, "department": "planning", "s1-existing": "welfare"}
    desk.post(ADDRESS, chosen(desk, data))

    assert held("1-A-1", DAY) == [("lead", "welfare")]


def test_two_departments_become_one(
    responsible: FocusItem, editor: User, other_editor: User, desk: Client
) -> None:
    new = {**MERGE, "s1-existing": "", "s1-name": "総合政策課", "s1-code": "sogo"}
    desk.post(ADDRESS, chosen(desk, new))
    into = {**MERGE, "department": "planning", "s1-existing": "sogo"}
    desk.post(ADDRESS, chosen(desk, into))

    assert held("1-A-1", EVE) == [("lead", "welfare"), ("supporting", "planning")]
    assert held("1-A-1", DAY) == [("lead", "sogo")]
    after = DepartmentSuccession.objects.values_list("before__code", "after__code")
    assert set(after) == {("welfare", "sogo"), ("planning", "sogo")}
    assert roles(other_editor, DAY) == [("editor", "sogo")]


def test_a_role_may_end_without_a_successor_and_inactive_accounts_are_not_asked_about(
    responsible: FocusItem, editor: User, certifier: User, desk: Client
) -> None:
    User.objects.filter(pk=certifier.pk).update(is_active=False)
    data = chosen(desk, RENAME, **{f"role-{editor.role_assignments.get().pk}": ""})
    assert f"role-{certifier.role_assignments.get().pk}" not in data

    desk.post(ADDRESS, data)

    assert (roles(editor, EVE), roles(editor, DAY)) == ([("editor", "welfare")], [])
    assert roles(certifier, DAY) == []


def test_an_account_that_has_the_role_there_already_gets_no_second_one(
    responsible: FocusItem, editor: User, planning: Department, desk: Client
) -> None:
    RoleAssignment.objects.create(
        user=editor, role=Role.EDITOR, department=planning, valid_from=date(2026, 4, 1)
    )
    desk.post(ADDRESS, chosen(desk, MERGE))

    assert roles(editor, DAY) == [("editor", "planning")]


def test_a_role_to_come_begins_at_the_successor(
    responsible: FocusItem, staff: User, welfare: Department, desk: Client
) -> None:
    role = RoleAssignment.objects.create(
        user=staff, role=Role.EDITOR, department=welfare, valid_from=date(2027, 5, 1)
    )
    desk.post(ADDRESS, chosen(desk, RENAME))

    role.refresh_from_db()
    assert role.department is not None
    assert (role.department.code, role.valid_until) == ("fukushi-seisaku", None)


@pytest.fixture
def running_round(responsible: FocusItem, welfare: Department, secretariat: User) -> ReportingRound:
    """A round with an open answer of 1-A-1 and a later deadline for 福祉課."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    opened = ReportingRound.objects.create(
        plan=responsible.plan,
        fiscal_year=2026,
        kind="first_half",
        period_from=date(2026, 4, 1),
        period_until=date(2026, 9, 30),
        as_of=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 31),
        overdue_rule="take",
        opened_at=now,
        opened_by=secretariat,
        opened_by_name="事務",
    )
    Answer.objects.create(
        round=opened,
        initiative=Initiative.objects.get(focus_item=responsible),
        asked_department=welfare,
        asked_department_name="福祉課",
    )
    Extension.objects.create(
        round=opened,
        department=welfare,
        due_on=date(2027, 5, 31),
        reason="議会のため",
        extended_at=now,
        extended_by=secretariat,
        extended_by_name="事務",
    )
    return opened


def test_deadlines_go_on_and_open_answers_are_counted(
    running_round: ReportingRound, desk: Client
) -> None:
    page = desk.get(ADDRESS, RENAME).content.decode()
    assert "回答がまだの項目が1件あります" in page
    assert "期限の延長" in page

    desk.post(ADDRESS, chosen(desk, RENAME))

    before = Department.objects.get(code="welfare")
    after = Department.objects.get(code="fukushi-seisaku")
    on_the_eve, then = (Deadlines.of(running_round, day) for day in (EVE, DAY))
    due, usual = date(2027, 5, 31), running_round.due_on
    assert [on_the_eve.of_department(one.pk) for one in (before, after)] == [due, usual]
    assert then.of_department(after.pk) == due
    assert Answer.objects.get().asked_department_name == "福祉課"


def test_a2_what_was_recorded_of_a_handover_stays(responsible: FocusItem, desk: Client) -> None:
    desk.post(ADDRESS, chosen(desk, RENAME))
    recorded = DepartmentSuccession.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        recorded.update(reason="別の理由")
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded.delete()
    assert recorded.get().reason == "機構改革"


def handover(before: Department, *successors: Department, day: date = DAY) -> Handover:
    holdings = holdings_of(before, day)
    return Handover(
        before=before,
        successors=successors,
        items={held.pk: successors[0] for held in holdings.responsibilities},
        roles={},
        day=day,
        reason="機構改革",
    )


def test_the_action_refuses_what_the_form_would(
    responsible: FocusItem, welfare: Department, planning: Department, secretariat: User
) -> None:
    seen = holdings_of(welfare, DAY).fingerprint
    with pytest.raises(HandoverOutdated):
        hand_over(handover=handover(welfare, planning), seen="x", by=secretariat)
    with pytest.raises(HandoverRefused, match="後継にできません"):
        hand_over(handover=handover(welfare, welfare), seen=seen, by=secretariat)
    Department.objects.filter(pk=planning.pk).update(valid_until=date(2026, 12, 31))
    planning.refresh_from_db()
    with pytest.raises(HandoverRefused, match="後継にできません"):
        hand_over(handover=handover(welfare, planning), seen=seen, by=secretariat)
    Department.objects.filter(pk=welfare.pk).update(valid_until=date(2026, 12, 31))
    with pytest.raises(HandoverRefused, match="廃止されています"):
        hand_over(handover=handover(welfare, planning), seen=seen, by=secretariat)
    assert DepartmentSuccession.objects.count() == 0
