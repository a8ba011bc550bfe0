"""What the processes of test_moving do: each says in a line what came of it."""

import gc
import hashlib
import json
import resource
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import JSONField, Value
from django.test import override_settings
from raw_sql import refused
from report_cast import OVERVIEW, seal
from row_world import World
from valid_rows import VALID

from initiatives.actions.departments import assign_departments
from initiatives.actions.progress import record_progress
from initiatives.actions.studying import ask_question, keep_evidence
from initiatives.models import ProgressEntry
from initiatives.statement import Statement
from kirishima_dx.backups import copying
from kirishima_dx.backups.copying import copy_database
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.other_database import standing_on
from kirishima_dx.backups.presence import staying_connected
from kirishima_dx.backups.states import known_steps
from kirishima_dx.content_token import TOKEN, current_token
from people.actions.accounts import create_account
from people.enums import Role
from people.models import ClosedCell, Department, User
from plans.actions.loading import load_plan
from plans.models import Edition, FocusItem
from plans.plan_file.reader import read_plan_file
from reviews.actions.reporting import open_report, write_report
from reviews.models import AnnualReport, SealedPassage
from revisions.actions.adoption import adopt_edition

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"
DAY = date(2026, 4, 1)
LONG_AGO = date(2024, 4, 1)


def prepare() -> str:
    """Make a small world with a sealed report and a file."""
    by = create_account(
        username="jimukyoku", name="事務局", password="x", roles={Role.SECRETARIAT: None}
    )
    edition = load_plan(read_plan_file(PLAN_FILE)).edition
    edition = adopt_edition(
        edition=edition,
        decided_on=LONG_AGO,
        effective_from=LONG_AGO,
        basis="町長決裁",
        by=by,
    )
    welfare = Department.objects.create(code="welfare", name="福祉課\t\\N\n二行目\\")
    Department.objects.create(code="planning", name="企画課")
    item = FocusItem.objects.get(code="1-A-1")
    assign_departments(
        focus_item=item,
        lead=welfare,
        supporting=[],
        from_date=DAY,
        reason="",
        opened_revision=0,
        by=by,
    )
    said = Statement(
        status="piloting",
        step="action",
        rating="on_track",
        rating_reason="理由",
        direction="continue",
    )
    record_progress(focus_item=item, statement=said, as_of=DAY, opened_revision=1, by=by)
    study = ask_question(focus_item=item, question="問い", review_by=None, opened_version=0, by=by)
    keep_evidence(study=study, name="a.txt", title="資料", content=b"text " * 9000, by=by)
    report = open_report(plan=edition.plan, year=2024, as_of=date(2025, 3, 31), by=by)
    report = write_report(
        report=report,
        overview=OVERVIEW,
        technology_trends="",
        national_trends="",
        opened_version=report.version,
        by=by,
    )
    seal(report, by)
    return "prepared"


def fill() -> str:
    """Put a row into every table that takes one beside the others; what they are sealed with is invented."""
    edition, by = Edition.objects.get(status="in_force"), User.objects.get()
    entry, welfare = ProgressEntry.objects.get(), Department.objects.get(code="welfare")
    with transaction.atomic():
        world = World(edition, by, entry, welfare)
    # What was closed is taken nowhere again: last.
    for model, values in sorted(VALID.items(), key=lambda one: one[0] is ClosedCell):
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.create(**values(world))
    nothing = Value(None, JSONField())
    SealedPassage.objects.create(
        report=world.report, position=99, key="null", label="無", value=nothing
    )
    return "filled"


def all_rows() -> dict[str, list[str]]:
    """Return whatever the tables hold, as the driver gives it; sessions and steps stay behind, and the token of the
    content is one's own."""
    held = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name not in ("django_migrations", "django_session", TOKEN):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                held[name] = sorted(map(repr, cursor.fetchall()))
    return held


def copy(target: str) -> str:
    return _copied(_here(), _at(target))


def _copied(source: dict[str, Any], target: dict[str, Any]) -> str:
    try:
        copy_database(source=source, target=target, proof=list, tell=lambda line: None)
    except MoveRefused as refused:
        return str(refused)
    return "copied"


def _here() -> dict[str, Any]:
    return dict(connections.settings["default"])


def _at(place: str) -> dict[str, Any]:
    """Return a database of the kind under test, or a file of SQLite."""
    if place.endswith(".sqlite3"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": place}
    return {**_here(), "NAME": place}


def there_and_back(between: str, last: str) -> str:
    """Copy to a file of SQLite, and from that to a last database; say what differs, and whether it lives."""
    gone = Department.objects.create(code="gone", name="なくなる課")
    given = gone.pk
    gone.delete()
    first, filled = all_rows(), [name for name, rows in all_rows().items() if rows]
    assert len(filled) > 40, sorted(set(all_rows()) - set(filled))
    said = [_copied(_here(), _at(between)), _copied(_at(between), _at(last))]
    assert said == ["copied", "copied"], said
    with standing_on(_at(last)):
        found = all_rows()
        different = [name for name in first if first[name] != found.get(name)]
        token = current_token()
        made = Department.objects.create(code="moved", name="新しい課").pk
        assert current_token() != token
        table = ProgressEntry._meta.db_table
        guarded = refused(f"UPDATE {table} SET problem = 'x'")
        return f"{different} {made == given + 1} {guarded}"


class NoSteps:
    """Lets every app be one without migrations."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def made_at_once(file: str) -> str:
    """Make the tables of a file of SQLite from the models, as if all steps had been taken: quick."""
    gc.disable()  # It would take three times as long.
    with standing_on(_at(file)) as here:
        here.cursor().execute("PRAGMA synchronous=OFF")
        with override_settings(MIGRATION_MODULES=NoSteps()):
            call_command("migrate", verbosity=0, run_syncdb=True)
        recorder = MigrationRecorder(here)
        recorder.ensure_schema()
        with override_settings(MIGRATION_MODULES={}):
            for app, name in sorted(known_steps()):
                recorder.record_applied(app, name)
    return "made"


def copy_odd_letter(file: str, target: str) -> str:
    """Copy what holds the letter NUL, which SQLite takes."""
    with standing_on(_at(file)):
        Department.objects.create(code="odd", name="企画\0課")
    return _copied(_at(file), _at(target))


def copy_and_stop(target: str) -> str:
    """Copy, standing still when a table has been written."""
    write = copying.go_on_from

    def write_and_wait(*arguments: Any) -> None:
        write(*arguments)
        wait("inside")

    copying.go_on_from = write_and_wait  # type: ignore[assignment]  # It takes what the real one takes.
    return copy(target)


def stay() -> str:
    """Be connected, idle, as a server is."""
    with staying_connected():
        connection.ensure_connection()
        wait("connected")
    return "left"


def write_on() -> str:
    """Write one row after the other until the test says so."""
    wait("ready")
    for number in range(200):
        Department.objects.create(code=f"w{number}", name="書いている間の課")
    return "wrote"


def order(*words: str) -> str:
    """Run a command of manage.py and return what it says; a refusal after 「×」."""
    with override_settings(BACKUP_DIR=Path(words[-1]).parent):
        said = StringIO()
        try:
            # What is invented for verify_all does not pass the checks of the plan.
            skips = words[0] != "backup"
            call_command(*words, stdout=said, stderr=StringIO(), skip_checks=skips)
        except CommandError as fault:
            return f"{said.getvalue()}×{fault}"
    return said.getvalue()


def order_with_little_room(bytes_: str, *words: str) -> str:
    """Run a command where a file may not get larger than so many bytes, as if the disk were full."""
    most = int(bytes_)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return order(*words)


def check() -> str:
    """Ask what serve and migrate ask first."""
    try:
        call_command("check", databases=["default"], stderr=StringIO())
    except SystemCheckError as fault:
        return str(fault)
    return "fine"


def digest() -> str:
    return hashlib.sha256(json.dumps(all_rows(), sort_keys=True).encode()).hexdigest()


def token() -> str:
    return current_token()


def spoil(what: str) -> str:
    """Do to the database what must be told."""
    if what == "a later step":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) "
                "VALUES ('people', '9999_of_tomorrow', '2030-01-01 00:00:00+00:00')"
            )
    return what


def invented_seal() -> str:
    report = AnnualReport.objects.get(digest="d")
    return f"{report}（id {report.pk}）"


def with_steps(task: Callable[..., str]) -> Callable[..., str]:
    """Let a task know the migrations, which the run of the tests leaves out."""

    def run(*arguments: str) -> str:
        with override_settings(MIGRATION_MODULES={}):
            return task(*arguments)

    return run


TASKS = {
    task.__name__: with_steps(task)
    for task in (
        prepare,
        fill,
        copy,
        there_and_back,
        copy_and_stop,
        copy_odd_letter,
        stay,
        write_on,
        order,
        order_with_little_room,
        check,
        digest,
        token,
        spoil,
        invented_seal,
    )
} | {"made_at_once": made_at_once}
