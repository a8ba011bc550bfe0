"""What stands behind the doors of tests/doors.py: something of everything, for tests that walk through all of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from django.urls import reverse
from doors import Door

from initiatives.actions.studying import ask_question, keep_evidence
from initiatives.models import ProgressEntry
from kirishima_dx.spreadsheets.list_upload import keep_list
from people.models import Department, DepartmentListUpload, DepartmentSuccession, User
from people.workbooks.department_list import department_list_workbook
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.models import Edition, FocusItem
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.deciding import Verdict, record_decision
from reviews.actions.meetings import Sitting, plan_meeting
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_report, seal_report, write_report
from reviews.workbooks.report import sealed_workbook
from revisions.actions.commenting import comment_on_draft
from rounds.actions.imports import keep_upload
from rounds.models import ReportingRound


@pytest.fixture
@lasting
def house(
    responsible: FocusItem,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    record: Callable[..., ProgressEntry],
    open_the_round: Callable[..., ReportingRound],
) -> dict[str, Any]:
    """An edition in force and a draft, an entry, a running round, a sealed report and a draft one."""
    entry = record(responsible, by=editor)
    given_up = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    abandon_draft(draft=given_up, reason="作り直すため", by=secretariat)
    question = comment_on_draft(
        draft=open_draft(base=small_edition, major=1, minor=1, by=secretariat),
        focus_item=responsible,
        place="",
        text="どうするか。",
        is_question=True,
        by=secretariat,
    )
    plan = small_edition.plan
    report = open_report(plan=plan, year=2025, as_of=date(2026, 3, 31), by=secretariat)
    report = write_report(
        report=report,
        overview="総括",
        technology_trends="",
        national_trends="",
        opened_version=1,
        by=secretariat,
    )
    report = seal_report(
        report=report, draw=sealed_workbook, reason="報告のため", opened_version=2, by=secretariat
    )
    publish_report(report=report, reason="公表のため", by=secretariat)
    open_report(plan=plan, year=2026, as_of=date(2026, 9, 30), by=secretariat)
    old = Department.objects.create(code="old", name="旧課", valid_until=date(2026, 3, 31))
    DepartmentSuccession.objects.create(
        before=old,
        after=Department.objects.get(code="welfare"),
        effective_from=date(2026, 4, 1),
        reason="改称",
        recorded_at=entry.recorded_at,
        recorded_by=secretariat,
    )
    upload = keep_list(
        DepartmentListUpload,
        file_name="部署一覧.xlsx",
        content=department_list_workbook(made_at=entry.recorded_at),
        by=secretariat,
    )
    asked = open_the_round()
    answers = keep_upload(round=asked, files=[("様式.xlsx", b"x")], by=editor)
    sitting = plan_meeting(
        plan=plan, sitting=Sitting(number=1, held_on=date(2026, 10, 14)), by=secretariat
    )
    decision = record_decision(
        agenda_item=add_agenda_item(
            meeting=sitting, matter=Matter(kind="other", title="その他"), by=secretariat
        ),
        verdict=Verdict(
            kind="instruction",
            text="調べて報告すること。",
            owner=Department.objects.get(code="welfare"),
            due_on=date(2026, 12, 25),
        ),
        by=secretariat,
    )
    study = ask_question(
        focus_item=responsible,
        question="何から始めるか。",
        review_by=None,
        opened_version=0,
        by=editor,
    )
    evidence = keep_evidence(
        study=study, name="調査.txt", title="調査の結果", content=b"x", by=editor
    )
    return {
        "pk": given_up.pk,
        "edition_id": given_up.pk,
        "comment_id": question.pk,
        "meeting_id": sitting.pk,
        "item_id": decision.agenda_item_id,
        "decision_id": decision.pk,
        "evidence_id": evidence.pk,
        "row_id": evidence.pk,
        "entry_id": entry.pk,
        "round_id": asked.pk,
        "upload_id": upload.pk,
        "import_id": answers.pk,
    }


def address_of(door: Door, house: dict[str, Any]) -> str:
    """Return the address of a door, with the numbers of what stands behind it."""
    arguments = {**door.arguments, **{k: v for k, v in house.items() if k in door.arguments}}
    return reverse(door.name, kwargs=arguments)
