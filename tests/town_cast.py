"""A fixed cast of people and a small plan of a made-up town, known to all tests."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from beginnings import lasting
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from row_world import World

from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import record_progress
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from kirishima_dx import clock
from people.enums import Role
from people.models import Department, RoleAssignment, User
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem
from plans.plan_file.reader import read_plan_file
from plans.plan_file.source import PlanFile
from revisions.actions.adoption import adopt_edition
from rounds.actions.rounds import RoundTerms, open_round
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

PASSWORD = "tameshi-no-aikotoba"
SMALL_PLAN = Path(__file__).parent / "plans" / "small_plan.yaml"


WHOLE: dict[str, Any] = {
    "status": "piloting",
    "step": "action",
    "rating": "on_track",
    "rating_reason": "予定どおり試行を始めたため。",
    "achievements": "三つの手続きで試行した。",
    "next_steps": "対象を広げる。",
    "direction": "continue",
}
"""What a statement has to say, by the keys of its columns."""


@pytest.fixture
def plan_file() -> Path:
    return SMALL_PLAN


@pytest.fixture(scope="session")
def small_plan() -> PlanFile:
    return read_plan_file(SMALL_PLAN)


@pytest.fixture
@lasting
def small_draft(db: None, small_plan: PlanFile) -> Edition:
    """The small plan as first loaded: 第1.0版（案）."""
    return load_plan(small_plan).edition


@pytest.fixture
@lasting
def welfare(db: None) -> Department:
    return Department.objects.create(code="welfare", name="福祉課", order=1)


@pytest.fixture
@lasting
def planning(db: None) -> Department:
    return Department.objects.create(code="planning", name="企画課", order=2)


def person(
    username: str, name: str, role: Role | None = None, department: Department | None = None
) -> User:
    user = User.objects.create_user(username=username, password=PASSWORD, name=name)
    if role is not None:
        RoleAssignment.objects.create(
            user=user, role=role, department=department, valid_from=date(2026, 4, 1)
        )
    return user


@pytest.fixture
@lasting
def secretariat(db: None) -> User:
    return person("jimukyoku", "事務 局子", Role.SECRETARIAT)


@pytest.fixture
@lasting
def editor(welfare: Department) -> User:
    return person("tantou", "担当 太郎", Role.EDITOR, welfare)


@pytest.fixture
@lasting
def certifier(welfare: Department) -> User:
    return person("kakunin", "確認 課長", Role.CERTIFIER, welfare)


@pytest.fixture
@lasting
def other_editor(planning: Department) -> User:
    return person("kikaku", "企画 花子", Role.EDITOR, planning)


@pytest.fixture
@lasting
def outsider(db: None) -> User:
    """入力者 of a department that has nothing to do with any item."""
    library = Department.objects.create(code="library", name="図書館", order=3)
    return person("toshokan", "図書 次郎", Role.EDITOR, library)


@pytest.fixture
@lasting
def headquarters(db: None) -> User:
    return person("honbu", "本部 部長", Role.HEADQUARTERS)


@pytest.fixture
@lasting
def staff(db: None) -> User:
    return person("shokuin", "職員 一郎")


@pytest.fixture
@lasting
def small_edition(small_draft: Edition, secretariat: User) -> Edition:
    """The small plan in force since 2026-04-01: 第1.0版."""
    return adopt_edition(
        edition=small_draft,
        decided_on=date(2026, 3, 25),
        effective_from=date(2026, 4, 1),
        basis="町長決裁",
        by=secretariat,
    )


def session_of(user: User) -> SessionStore:
    """Begin what signing in begins, and its first use, in one write: test_sign_in.py goes through the form."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["used_at"] = int(clock.now().timestamp())
    session.create()
    return session


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """Return a client that is signed in as somebody, or as nobody."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            session = session_of(user)
            client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client

    return make


@pytest.fixture
def desk(secretariat: User, client_of: Callable[..., Client]) -> Client:
    """The browser of the 事務局."""
    return client_of(secretariat)


@pytest.fixture
@lasting
def responsible(
    small_edition: Edition, secretariat: User, welfare: Department, planning: Department
) -> FocusItem:
    """1-A-1, led by 福祉課 and supported by 企画課 since 2026-04-01."""
    item = FocusItem.objects.get(plan=small_edition.plan, code="1-A-1")
    assign_departments(
        focus_item=item,
        lead=welfare,
        supporting=[planning],
        from_date=date(2026, 4, 1),
        reason="担当の決定",
        opened_revision=0,
        by=secretariat,
    )
    return item


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Return a statement that keeps every rule; name what shall differ."""

    def make(**overrides: Any) -> Statement:
        return Statement(**{**WHOLE, **overrides})

    return make


@pytest.fixture
def record(statement: Callable[..., Statement]) -> Callable[..., ProgressEntry]:
    """Record an entry of an item on the state in which the item is."""

    def make(
        focus_item: FocusItem, *, by: User, as_of: date = date(2026, 9, 30), **overrides: Any
    ) -> ProgressEntry:
        initiative = Initiative.objects.for_item(focus_item)
        return record_progress(
            focus_item=focus_item,
            statement=statement(**overrides),
            as_of=as_of,
            opened_revision=initiative.revision,
            by=by,
        )

    return make


@pytest.fixture
def open_the_round(small_edition: Edition, secretariat: User) -> Callable[..., ReportingRound]:
    """Open 令和8年度 上半期 for all items of the small plan, answered from 10-01 to 10-20; name what shall differ."""

    def make(**overrides: Any) -> ReportingRound:
        terms: dict[str, Any] = {
            "fiscal_year": 2026,
            "kind": "first_half",
            "period_from": date(2026, 4, 1),
            "period_until": date(2026, 9, 30),
            "as_of": date(2026, 9, 30),
            "opens_on": date(2026, 10, 1),
            "due_on": date(2026, 10, 20),
            "overdue_rule": "take",
        }
        items = FocusItem.objects.filter(texts__edition=small_edition).order_by("code")
        return open_round(
            plan=small_edition.plan,
            terms=RoundTerms(**{**terms, **overrides}),
            items=list(items),
            by=secretariat,
        )

    return make


@pytest.fixture
@lasting
def world(
    responsible: FocusItem,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    welfare: Department,
    record: Callable[..., ProgressEntry],
) -> World:
    """What the rows of `valid_rows` point at."""
    return World(small_edition, secretariat, record(responsible, by=editor), welfare)


@pytest.fixture
@lasting
def reporting_round(
    responsible: FocusItem, open_the_round: Callable[..., ReportingRound]
) -> ReportingRound:
    """A running round; 福祉課 owes the answer of 1-A-1, nobody yet those of the other three items."""
    return open_the_round()


@pytest.fixture
@lasting
def answer(reporting_round: ReportingRound) -> Answer:
    """The answer of 1-A-1, nothing written yet."""
    return Answer.objects.with_names().get(
        round=reporting_round, initiative__focus_item__code="1-A-1"
    )


@pytest.fixture
def content() -> Callable[..., AnswerContent]:
    """Return an answer that lacks nothing; name what shall differ."""

    def make(**overrides: Any) -> AnswerContent:
        return AnswerContent(**{"kind": "update", **WHOLE, **overrides})

    return make
