"""What the processes of test_answers_at_once do: each says in a line what came of it.

A task that acts beside another stands "ready" and goes on when the test says so; one that stands still in the middle
stands "inside" and waits likewise, or is killed.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from answer_form_in_hand import Sheet, exported

from initiatives.actions.departments import assign_departments
from initiatives.errors import EntryRefused
from initiatives.models import Initiative, ProgressEntry
from initiatives.rules import writable_initiatives
from kirishima_dx import clock
from people.actions.accounts import create_account
from people.enums import Role
from people.models import Department, User
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem
from plans.plan_file.reader import read_plan_file
from revisions.actions.adoption import adopt_edition
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import accept_answer, certify_answer
from rounds.actions.imports import ImportOrder, apply_import, keep_upload
from rounds.actions.rounds import RoundTerms, open_round
from rounds.answer_content import AnswerContent
from rounds.errors import AnswerConflict, ImportConflict
from rounds.models import Answer, AnswerChange, AnswerImport, ReportingRound
from rounds.queries.import_preview import import_plan, read_upload

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"
MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
UPLOADS = {
    "甲": ("1-A-1", "1-A-2"),
    "乙": ("1-A-1", "1-B-1"),
    "全": ("1-A-1", "1-A-2", "1-B-1", "2-A-1"),
}
"""The words that an upload writes as 課題, and the items of which it does."""
WHOLE = AnswerContent(
    kind="update",
    status="piloting",
    step="action",
    rating="on_track",
    rating_reason="予定どおり",
    direction="continue",
)


def prepare() -> str:
    """Make the small plan, a department that leads every item, a round, and its uploads."""
    by = _account("jimukyoku", Role.SECRETARIAT, None)
    edition = adopt_edition(
        edition=load_plan(read_plan_file(PLAN_FILE)).edition,
        decided_on=date(2026, 3, 25),
        effective_from=date(2026, 4, 1),
        basis="",
        by=by,
    )
    department = Department.objects.create(code="welfare", name="福祉課")
    for username, role in (("tantou", Role.EDITOR), ("kakunin", Role.CERTIFIER)):
        _account(username, role, department)
    for item in FocusItem.objects.order_by("pk"):
        assign_departments(
            focus_item=item,
            lead=department,
            supporting=[],
            from_date=date(2026, 4, 1),
            reason="",
            opened_revision=0,
            by=by,
        )
    round = _open(edition, by)
    for words, codes in UPLOADS.items():
        sheet = Sheet(exported(round))
        for code in codes:
            sheet.put(code, problem=words)
        keep_upload(round=round, files=[(f"{words}.xlsx", sheet.saved())], by=by)
    return "prepared"


def _account(username: str, role: Role, department: Department | None) -> User:
    return create_account(username=username, name=username, password="x", roles={role: department})


def _open(edition: Edition, by: User) -> ReportingRound:
    terms = RoundTerms(
        fiscal_year=2026,
        kind="first_half",
        period_from=date(2026, 4, 1),
        period_until=date(2026, 9, 30),
        as_of=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 20),
        overdue_rule="take",
        asks_certification=True,
    )
    return open_round(
        plan=edition.plan, terms=terms, items=list(FocusItem.objects.order_by("pk")), by=by
    )


def _answer() -> Answer:
    return Answer.objects.with_names().get(initiative__focus_item__code="1-A-1")


def _by(username: str) -> User:
    return User.objects.get(username=username)


def apply(words: str) -> str:
    """Look at the preview of an upload, then apply it."""
    by = _by("jimukyoku")
    upload = AnswerImport.objects.select_related("round").get(files__name=f"{words}.xlsx")
    read = read_upload(upload)
    seen = import_plan(upload, read, by=by, writable=writable_initiatives(by, clock.today()))
    order = ImportOrder(stamp=seen.stamp, places=[1], picks={}, sends=True)
    wait("ready")
    try:
        apply_import(upload=upload, read=read, decide=lambda _: order, by=by)
    except ImportConflict:
        return "conflict"
    except EntryRefused:
        return "refused"
    return "applied"


def apply_slowly(words: str, place: str) -> str:
    """Apply an upload, standing still inside the transaction after one of PLACES."""
    _stand_after(*PLACES[place])
    return apply(words)


PLACES: dict[str, tuple[Any, str, int]] = {
    "first answer": (Answer, "save", 1),
    "third answer": (Answer, "save", 3),
    "changes": (AnswerChange.objects, "bulk_create", 1),
    "upload": (AnswerImport, "save", 1),
}
"""What has been written when a process stands still: where, by which method, how often."""


def _stand_after(owner: Any, method: str, times: int) -> None:
    write, calls = getattr(owner, method), []

    def write_and_wait(*args: Any, **kwargs: Any) -> Any:
        written = write(*args, **kwargs)
        calls.append(method)
        if len(calls) == times:
            wait("inside")
        return written

    setattr(owner, method, write_and_wait)


def save(words: str) -> str:
    """Save 今後の取組 of 1-A-1, opened before everybody acts."""
    answer, by = _answer(), _by("tantou")
    wait("ready")
    return _told(
        lambda: save_answer(
            answer=answer,
            content=AnswerContent(next_steps=words, problem=answer.problem),
            opened_revision=answer.revision,
            by=by,
        ),
        "saved",
    )


def send() -> str:
    answer, by = _answer(), _by("tantou")
    wait("ready")
    revision = answer.revision
    return _told(
        lambda: send_answer(answer=answer, content=WHOLE, opened_revision=revision, by=by), "sent"
    )


def certify() -> str:
    answer, by = _answer(), _by("kakunin")
    wait("ready")
    revision = answer.revision
    return _told(
        lambda: certify_answer(answer=answer, opened_revision=revision, by=by), "certified"
    )


def accept() -> str:
    answer, by = _answer(), _by("jimukyoku")
    initiative_revision = Initiative.objects.revision_of(answer.initiative.focus_item)
    wait("ready")
    return _told(
        lambda: accept_answer(
            answer=answer,
            opened_revision=answer.revision,
            initiative_revision=initiative_revision,
            by=by,
        ),
        "accepted",
    )


def _told(act: Callable[[], object], done: str) -> str:
    try:
        act()
    except AnswerConflict:
        return "conflict"
    return done


def state() -> str:
    """Say what every answer holds, and what was left of uploads and entries."""
    answers = Answer.objects.with_names().order_by("pk")
    return json.dumps(
        {
            "problems": {
                one.initiative.focus_item.code: one.problem for one in answers if one.problem
            },
            "next_steps": {
                one.initiative.focus_item.code: one.next_steps for one in answers if one.next_steps
            },
            "revisions": [one.revision for one in answers],
            "steps": list(
                AnswerChange.objects.filter(revision__gt=0)
                .order_by("answer", "revision")
                .values_list("step", flat=True)
            ),
            "by_upload": AnswerChange.objects.filter(source__isnull=False).count(),
            "applied": AnswerImport.objects.filter(applied_at__isnull=False).count(),
            "results": sum(len(one.result) for one in AnswerImport.objects.all()),
            "entries": ProgressEntry.objects.count(),
        }
    )


TASKS = {
    task.__name__: clock.standing_at(MOMENT)(task)
    for task in (prepare, apply, apply_slowly, save, send, certify, accept, state)
}
