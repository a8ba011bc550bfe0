"""A1: one table, role × URL × method. A new URL without a row fails.

An empty form is sent by POST: whoever may come in is told what is missing, which is `in` here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from initiatives.actions.imports import keep_upload
from initiatives.actions.studying import ask_question, keep_evidence
from initiatives.models import ProgressEntry, ReportingRound
from people.actions import keep_department_list
from people.models import Department, DepartmentSuccession, User
from people.workbooks.department_list import department_list_workbook
from plans.actions import abandon_draft, open_draft
from plans.models import Edition, FocusItem
from reviews.actions import (
    Matter,
    Sitting,
    Verdict,
    add_agenda_item,
    comment_on_draft,
    open_report,
    plan_meeting,
    publish_report,
    record_decision,
    seal_report,
    write_report,
)
from reviews.workbooks.report import sealed_workbook

ROLES = (
    "anonymous",
    "staff",
    "headquarters",
    "outsider",
    "other_editor",
    "editor",
    "certifier",
    "secretariat",
)
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}
RESPONSIBLE = frozenset({"other_editor", "editor", "certifier", "secretariat"})
SECRETARIAT = frozenset({"secretariat"})
OWNER = frozenset({"editor", "certifier", "secretariat"})
"""Who answers for the decision of the world: 福祉課, and the 事務局."""
WRITERS = RESPONSIBLE | {"outsider"}
"""Whoever writes for a department, whichever it is."""
SENDER = SECRETARIAT | {"editor"}
"""Who sent the workbooks of the world, and the 事務局."""


@dataclass(frozen=True)
class Door:
    """An address: who comes in by GET and by POST; None where the method is not allowed at all.

    Others who are signed in get 403, anonymous people the sign-in page; behind a `hidden` door both get 404.
    """

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.name} {' '.join(map(str, self.arguments.values()))}".strip()


LED = {"code": "1-A-1"}
UNLED = {"code": "1-A-2"}
AXIS, POLICY, SECTION = {"key": "1"}, {"key": "1-A"}, {"key": "purpose"}
ROUND = {"round_id": 0}
SITTING = {"meeting_id": 0}
SEALED = {"year": 2025, "number": 1}
MATTER = {**SITTING, "item_id": 0}
DRAFT_REPORT = {"year": 2026, "number": 1}
DOORS = (
    Door("health", get=EVERYONE),
    Door("login", get=EVERYONE, post=EVERYONE),
    Door("logout", post=EVERYONE),
    Door("password_change", get=SIGNED_IN, post=SIGNED_IN),
    Door("department_list", get=SIGNED_IN),
    Door("department_list_workbook", get=SIGNED_IN),
    Door("department_import", get=SECRETARIAT, post=SECRETARIAT),
    Door("department_import_check", {"upload_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("department_handover", get=SECRETARIAT, post=SECRETARIAT),
    Door("department_handed_over", {"code": "old"}, get=SECRETARIAT),
    Door("assignments", get=SECRETARIAT, post=SECRETARIAT),
    Door("assignments_workbook", get=SECRETARIAT),
    Door("assignments_import", get=SECRETARIAT, post=SECRETARIAT),
    Door("living_plan", get=EVERYONE),
    Door("plan_changes", get=EVERYONE),
    Door("item_list", get=EVERYONE),
    Door("item_list_workbook", get=EVERYONE),
    Door("item_list_csv", get=EVERYONE),
    Door("my_page", get=SIGNED_IN),
    Door("answering_guide", get=SIGNED_IN),
    Door("answer", {**ROUND, **LED}, get=SIGNED_IN, post=RESPONSIBLE),
    Door("answer", {**ROUND, **UNLED}, get=SIGNED_IN, post=SECRETARIAT),
    Door("answer_autosave", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_unchanged", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_withdraw", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_certify", {**ROUND, **LED}, post=frozenset({"certifier"})),
    Door("round_certify", ROUND, get=frozenset({"certifier"}), post=frozenset({"certifier"})),
    Door("item_detail", LED, get=EVERYONE),
    Door("item_progress", LED, get=RESPONSIBLE, post=RESPONSIBLE),
    Door("item_progress", UNLED, get=SECRETARIAT, post=SECRETARIAT),
    Door("item_unchanged", LED, post=RESPONSIBLE),
    Door("item_unchanged", UNLED, post=SECRETARIAT),
    Door("entry_correction", {**LED, "entry_id": 0}, get=RESPONSIBLE, post=RESPONSIBLE),
    Door("item_departments", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("study_list", get=SIGNED_IN),
    Door("study", LED, get=SIGNED_IN, post=RESPONSIBLE),
    Door("study", UNLED, get=SIGNED_IN, post=SECRETARIAT),
    Door("study_note", LED, post=RESPONSIBLE),
    Door("study_note", UNLED, post=SECRETARIAT),
    Door("evidence_add", LED, post=RESPONSIBLE),
    Door("evidence_add", UNLED, post=SECRETARIAT),
    Door("evidence_file", {**LED, "evidence_id": 0}, get=SIGNED_IN),
    Door("meeting_list", get=SIGNED_IN),
    Door("meeting_plan", get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting", SITTING, get=SIGNED_IN),
    Door("meeting_edit", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_members", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_cancel", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_minutes", SITTING, get=SIGNED_IN),
    Door("meeting_close", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    # To a record that is still open nobody adds anything.
    Door("meeting_addition", SITTING, get=frozenset(), post=frozenset()),
    Door("agenda_add", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("agenda_item", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("agenda_opinion", MATTER, post=frozenset({"headquarters"})),
    Door("agenda_minutes", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_record", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_edit", {**SITTING, "decision_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_withdraw", {**SITTING, "decision_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_list", get=SIGNED_IN),
    Door("decision_list_workbook", get=SIGNED_IN),
    Door("decision_list_csv", get=SIGNED_IN),
    Door("decision", {"decision_id": 0}, get=SIGNED_IN, post=OWNER),
    Door("decision_settle", {"decision_id": 0}, post=SECRETARIAT),
    Door("round_list", get=SIGNED_IN),
    Door("round_open", get=SECRETARIAT, post=SECRETARIAT),
    Door("round_board", ROUND, get=SIGNED_IN),
    Door("round_board_workbook", ROUND, get=SIGNED_IN),
    Door("round_board_csv", ROUND, get=SIGNED_IN),
    Door("round_story", ROUND, get=SIGNED_IN),
    Door("round_reminders", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_extension", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_close", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_review", ROUND, get=SECRETARIAT),
    Door("answer_review", {**ROUND, **LED}, get=SECRETARIAT, post=SECRETARIAT),
    Door("answer_reopen", {**ROUND, **LED}, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_workbook", ROUND, get=WRITERS),
    Door("round_workbooks", ROUND, get=WRITERS),
    Door("answer_import", ROUND, get=WRITERS, post=WRITERS),
    Door("answer_import_check", {**ROUND, "import_id": 0}, get=SENDER, post=SENDER),
    Door("answer_import_file", {**ROUND, "import_id": 0, "place": 1}, get=SENDER),
    Door("report_list", get=EVERYONE, post=SECRETARIAT),
    Door("report_year", {"year": 2025}, get=EVERYONE),
    Door("report_year", {"year": 2026}, get=SIGNED_IN, hidden=True),
    Door("report_year_workbook", {"year": 2025}, get=EVERYONE),
    Door("report_year_workbook", {"year": 2026}, get=SIGNED_IN, hidden=True),
    Door("report_issue", SEALED, get=EVERYONE),
    Door("report_issue", DRAFT_REPORT, get=SIGNED_IN),
    Door("report_issue_workbook", SEALED, get=EVERYONE),
    Door("report_issue_workbook", DRAFT_REPORT, get=SIGNED_IN),
    Door("report_edit", DRAFT_REPORT, get=SECRETARIAT, post=SECRETARIAT),
    # Whoever was typing when it was sealed keeps the text, and is told that it cannot be saved.
    Door("report_edit", SEALED, get=frozenset(), post=SECRETARIAT),
    Door("report_seal", DRAFT_REPORT, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_seal", SEALED, get=frozenset(), post=frozenset()),
    Door("report_correction", SEALED, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_publish", SEALED, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_publish", DRAFT_REPORT, get=frozenset(), post=frozenset()),
    Door("edition_list", get=EVERYONE),
    Door("errata", get=EVERYONE),
    Door("edition_timeline", get=EVERYONE),
    Door("edition_detail", {"number": "1.0"}, get=EVERYONE),
    Door("edition_detail", {"number": "1.1"}, get=SIGNED_IN),
    Door("edition_item", {"number": "1.0", **LED}, get=EVERYONE),
    Door("edition_item", {"number": "1.1", **LED}, get=SIGNED_IN),
    Door("edition_why", {"number": "1.0", "place": "items/1-A-1"}, get=EVERYONE),
    Door("edition_why", {"number": "1.1", "place": "sections/purpose"}, get=SIGNED_IN),
    Door("edition_erratum_add", {"number": "1.0"}, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_workbook", SITTING, get=SIGNED_IN),
    Door("report_verify", get=EVERYONE, post=EVERYONE),
    Door("meeting_papers", SITTING, get=SIGNED_IN),
    Door("meeting_papers_style", SITTING, get=SIGNED_IN),
    Door("meeting_present", SITTING, get=SIGNED_IN),
    Door("draft", get=SIGNED_IN),
    Door("draft_open", post=SECRETARIAT),
    Door("draft_adopt", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_abandon", get=SECRETARIAT, post=SECRETARIAT),
    Door("abandoned_draft", {"pk": 0}, get=SIGNED_IN),
    Door("considerations", get=SIGNED_IN),
    Door("consideration_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_cover", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_edit", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_move", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_end", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_restore", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_add", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_edit", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_move", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_end", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_restore", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_gaps", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_edit", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_move", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_end", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_restore", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_edit", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_end", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_restore", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_add", {"policy": "1-A"}, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_move", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_split", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_merge", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_read", get=SIGNED_IN),
    Door("draft_comments", get=SIGNED_IN, post=SIGNED_IN),
    Door("draft_comment_settle", {"comment_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("edition_comments", {"edition_id": 0}, get=SIGNED_IN),
    Door("edition_compare_choose", get=EVERYONE),
    Door("edition_compare", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("edition_compare_workbook", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("edition_summary", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("admin:index", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_user_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_user_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_department_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:initiatives_progressentry_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:initiatives_reportinground_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:initiatives_answer_add", get=frozenset(), post=frozenset()),
    Door("admin:initiatives_progressentry_add", get=frozenset(), post=frozenset()),
)


def url_names(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from url_names(pattern.url_patterns)


def test_every_address_has_a_row() -> None:
    assert set(url_names()) == {door.name for door in DOORS if ":" not in door.name}


@pytest.fixture
def world(
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
    upload = keep_department_list(
        file_name="部署一覧.xlsx",
        content=department_list_workbook([], made_at=entry.recorded_at),
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
        "entry_id": entry.pk,
        "round_id": asked.pk,
        "upload_id": upload.pk,
        "import_id": answers.pk,
    }


def outcome(response: HttpResponse) -> str:
    """Say what happened at a door: in, login, or the refusal's number."""
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 302 and response.headers["Location"].startswith("/login/"):
        return "login"
    chain = getattr(response, "redirect_chain", [])
    if chain and chain[-1][0].startswith("/login/"):
        return "login"
    names = {template.name for template in getattr(response, "templates", [])}
    asked_to_sign_in = "people/sign_in.html" in names and response.request["PATH_INFO"] != "/login/"  # type: ignore[attr-defined]
    assert response.status_code < 500, response.status_code
    return "login" if asked_to_sign_in else "in"


def expected(door: Door, role: str, allowed: frozenset[str] | None) -> str:
    if allowed is None:
        return "405"
    if role in allowed:
        return "in"
    if door.hidden:
        return "404"
    return "login" if role == "anonymous" else "403"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside, so that each door is tried in the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
def test_who_comes_in(
    role: str,
    world: dict[str, Any],
    client_of: Callable[[User | None], Client],
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(None if role == "anonymous" else request.getfixturevalue(role))
    signed_in = client.cookies
    seen, wanted = {}, {}
    for door in DOORS:
        arguments = {**door.arguments, **{k: v for k, v in world.items() if k in door.arguments}}
        url = reverse(door.name, kwargs=arguments)
        # The admin sends refused people to its own sign-in address first.
        follow = ":" in door.name
        for method, allowed in (("get", door.get), ("post", door.post)):
            client.cookies = SimpleCookie(signed_in)
            wanted[str(door), method] = expected(door, role, allowed)
            with undone():
                seen[str(door), method] = outcome(getattr(client, method)(url, follow=follow))

    assert seen == wanted
    assert len(seen) == 2 * len(DOORS)


def test_closed_reading_sends_everyone_to_sign_in(
    world: dict[str, Any], client_of: Callable[[User | None], Client], settings: Any
) -> None:
    settings.PUBLIC_READING = False
    client = client_of(None)
    read = [door for door in DOORS if door.get == EVERYONE and door.name not in ("login", "health")]
    assert len(read) > 10

    seen = {
        str(door): outcome(client.get(reverse(door.name, kwargs=door.arguments))) for door in read
    }

    assert seen == dict.fromkeys(seen, "login")
