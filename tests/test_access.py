"""A1: the table of tests/doors.py, role × URL × method. A new URL without a row fails.

An empty form is sent by POST: whoever may come in is told what is missing, which is `in` here.
Of each file that comes out it is tried whether it was recorded who took it (A2).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
from beginnings import lasting
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from doors import DOORS, EVERYONE, ROLES, Door

from initiatives.actions.studying import ask_question, keep_evidence
from initiatives.models import EvidenceDownload, ProgressEntry
from kirishima_dx.spreadsheets.list_upload import keep_list
from people.models import (
    Department,
    DepartmentListUpload,
    DepartmentSuccession,
    Download,
    User,
)
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


def url_names(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from url_names(pattern.url_patterns)


def test_every_address_has_a_row() -> None:
    assert set(url_names()) == {door.name for door in DOORS if ":" not in door.name}


@pytest.fixture
@lasting
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


NO_PAGES = {"health", "meeting_papers_style", "answer_autosave"}
"""Doors that answer with no page, and with nothing to keep."""


def assert_recorded(door: Door, response: HttpResponse) -> None:
    """A file goes out recorded once, unless anonymous people may read it; nothing else than pages goes out."""
    if response.status_code != 200:
        return
    if "attachment" not in response.headers.get("Content-Disposition", ""):
        assert "text/html" in response["Content-Type"] or door.name in NO_PAGES, door
        return
    recorded = Download.objects.count() + EvidenceDownload.objects.count()
    assert door.get is not None
    assert recorded == (0 if "anonymous" in door.get else 1), door


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
                response = getattr(client, method)(url, follow=follow)
                seen[str(door), method] = outcome(response)
                assert_recorded(door, response)

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
