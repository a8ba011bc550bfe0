"""A fixed cast of people and a small plan, shared by all tests.

The clock stands at 2026-10-15 10:00 in Tokyo unless a test moves it.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import time_machine
from beginnings import BEGINNINGS, beginning_of, lasting, place_in_file, taken_back
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from row_numbers import spread_row_numbers
from valid_rows import World

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

pytest_plugins = ("later_cast", "ready_database")
"""Fixtures that the tests of several apps share."""

hypothesis_settings.register_profile(
    "any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any_machine")
"""How fast a machine is says nothing about a law."""

NOW = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
PASSWORD = "tameshi-no-aikotoba"
REFUSED = (
    *("bad_input", "bad_rows", "nonsense", "no_sense", "is_wrong", "wrong_cell", "wrong_decision"),
    *("hostile_file", "is_lacking", "that_lacks", "not_found", "is_not_there", "is_missing", "404"),
)
"""What the name of a test says that tries what a form or an address refuses."""
SMALL_PLAN = Path(__file__).parent / "plans" / "small_plan.yaml"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the tests of a file that begin with the same come after each other, and leave out on PostgreSQL what asks
    no database, how often one is asked, who may do what, and all but one row of what is refused: SQLite's run tries
    all of them."""
    files = [list(those) for _, those in groupby(items, lambda item: item.path)]
    items[:] = [item for those in files for item in sorted(those, key=place_in_file)]
    if connection.vendor == "sqlite":
        return
    refusals: set[tuple[Path, str]] = set()
    here = [
        item
        for item in items
        if asks_a_database(item)
        and not counts_queries(item)
        and not tries_a_role(item)
        and not is_refused_alike(item, refusals)
    ]
    others = set(items) - set(here)
    items[:] = here
    config.hook.pytest_deselected(items=[*others])


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "own_database"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def counts_queries(item: pytest.Item) -> bool:
    """Whether a test compares how often few rows and many are asked for: that is the same on each database."""
    return not {"as_many_queries", "assert_as_many"}.isdisjoint(names_in(item))


def tries_a_role(item: pytest.Item) -> bool:
    """Whether a test tries the same as several people, by the name of their fixture: Python decides who may."""
    return "getfixturevalue" in names_in(item)


def is_refused_alike(item: pytest.Item, seen: set[tuple[Path, str]]) -> bool:
    """Whether a test tries another row of what is refused, as its name says: Python tells what was typed wrong."""
    name = getattr(item, "originalname", item.name)
    if name == item.name or not any(word in name for word in REFUSED):
        return False
    known = (item.path, name) in seen
    seen.add((item.path, name))
    return known


def names_in(item: pytest.Item) -> tuple[str, ...]:
    code = getattr(getattr(item, "function", None), "__code__", None)
    return () if code is None else code.co_names


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what lasts for the whole run: it cost a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tables, each with numbers of its own."""
    with django_db_blocker.unblock():
        spread_row_numbers()
    yield
    with django_db_blocker.unblock():
        BEGINNINGS.go_back_to([])


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Stand in for pytest-django's: a test is taken back to what it begins with, where that one takes it back to
    nothing. A test of real transactions has that one still."""
    with django_db_blocker.unblock():
        if is_of_real_transactions(request.node):
            BEGINNINGS.go_back_to([])
            request.getfixturevalue("_django_db_helper")
            yield
        elif uses_the_database(request.node):
            BEGINNINGS.go_back_to([*beginning_of(request.node).values()])
            yield  # What the test itself does is taken back by `begun`.
        else:  # It is asked for by name in the middle of a test.
            BEGINNINGS.go_back_to([])
            with taken_back():
                yield


@pytest.fixture(autouse=True)
def begun(
    request: pytest.FixtureRequest,
    quick_settings: None,
    frozen_clock: time_machine.Traveller | None,
) -> Iterator[None]:
    """What a test begins with; what it does itself is taken back."""
    if not uses_the_database(request.node) or is_of_real_transactions(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    BEGINNINGS.build(request, [*beginning_of(request.node)], frozen_clock)
    with taken_back():
        yield


def uses_the_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def is_of_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.args or marker.kwargs)
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def frozen_clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    if request.node.get_closest_marker("journey"):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller:
        cache.clear()
        yield traveller


@pytest.fixture(autouse=True)
def quick_settings(settings: Any) -> None:
    settings.WHITENOISE_AUTOREFRESH = True  # Else every client reads all static files.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
        values = {
            "status": "piloting",
            "step": "action",
            "rating": "on_track",
            "rating_reason": "予定どおり試行を始めたため。",
            "achievements": "三つの手続きで試行した。",
            "next_steps": "対象を広げる。",
            "direction": "continue",
        }
        return Statement(**{**values, **overrides})

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
        values = {
            "kind": "update",
            "status": "piloting",
            "step": "action",
            "rating": "on_track",
            "rating_reason": "予定どおり試行を始めたため。",
            "achievements": "三つの手続きで試行した。",
            "next_steps": "対象を広げる。",
            "direction": "continue",
        }
        return AnswerContent(**{**values, **overrides})

    return make
