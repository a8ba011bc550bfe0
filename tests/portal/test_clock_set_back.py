"""The clock set back between two statements of one day: the one that was written later counts, wherever it is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from follow_cast import step
from meeting_cast import decided
from raw_sql import refused
from report_cast import opened
from time_machine import Traveller

from initiatives.actions.studying import ask_question, note_finding
from initiatives.models import ProgressEntry
from initiatives.queries.study import study_page
from kirishima_dx import clock
from kirishima_dx.moment import Moment
from people.models import Department, User
from people.queries import departments_then
from plans.models import Edition, FocusItem
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome, DecisionState, FollowUpStep
from reviews.models import Consideration, Decision, FollowUp
from reviews.queries.considerations import considered_years
from reviews.queries.decisions import rows_of
from reviews.queries.reports import report_document

RIGHT = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
Record = Callable[..., ProgressEntry]


@pytest.fixture
def set_right(frozen_clock: Traveller) -> Callable[[], None]:
    """A clock that runs a day ahead; what is returned sets it right."""
    frozen_clock.move_to(RIGHT + timedelta(days=1), tick=False)
    return lambda: frozen_clock.move_to(RIGHT, tick=False)


def test_the_entry_that_was_written_later_counts_on_pages_in_reports_and_of_past_days(
    responsible: FocusItem,
    small_edition: Edition,
    record: Record,
    editor: User,
    secretariat: User,
    desk: Client,
    set_right: Callable[[], None],
    frozen_clock: Traveller,
) -> None:
    earlier = record(responsible, by=editor, status="piloting")
    set_right()
    later = record(responsible, by=editor, status="operating")

    assert later.recorded_at >= earlier.recorded_at
    report = opened(small_edition, secretariat)
    told = report_document(report).table("progress")
    assert told is not None
    assert "operating" in {cell.value for cell in told.column("status")}
    frozen_clock.move_to(RIGHT + timedelta(days=5), tick=False)
    for address in ("/items/1-A-1/", "/items/1-A-1/?on=2026-10-16", "/?on=2026-10-16"):
        page = desk.get(address).content.decode()
        assert page.index("運用中") < page.find("試行中") % len(page), address


def test_the_database_takes_no_entry_that_is_dated_before_the_last_one(
    responsible: FocusItem, record: Record, editor: User
) -> None:
    record(responsible, by=editor)
    columns = [
        field.column for field in ProgressEntry._meta.concrete_fields if field.column != "id"
    ]
    values = ["'2026-10-01 00:00:00+00'" if name == "recorded_at" else name for name in columns]
    copy = "INSERT INTO initiatives_progressentry ({}) SELECT {} FROM initiatives_progressentry"

    assert refused(copy.format(", ".join(columns), ", ".join(values)))
    assert not refused(copy.format(", ".join(columns), ", ".join(columns)))


def test_the_step_that_was_taken_later_counts_and_is_shown_today(
    small_edition: Edition,
    secretariat: User,
    welfare: Department,
    set_right: Callable[[], None],
) -> None:
    decision = decided(small_edition, secretariat, welfare)
    step(decision, FollowUpStep.ANSWERED, secretariat)
    set_right()
    step(decision, FollowUpStep.CLOSED, secretariat)

    (row,) = rows_of(Decision.objects.all(), clock.today())
    times = FollowUp.objects.order_by("number").values_list("taken_at", flat=True)
    assert row.state == DecisionState.CLOSED
    assert list(times) == sorted(times)


def test_what_was_written_later_of_a_year_a_study_and_a_department_counts(
    small_edition: Edition, secretariat: User, welfare: Department, set_right: Callable[[], None]
) -> None:
    star = FocusItem.objects.get(code="1-A-2")
    study = ask_question(
        focus_item=star, question="どこからか。", review_by=None, opened_version=0, by=secretariat
    )

    def write(word: str) -> None:
        note_finding(study=study, text=word, by=secretariat)
        record_consideration(
            plan=small_edition.plan,
            fiscal_year=2026,
            outcome=ConsiderationOutcome.KEEP,
            reason=word,
            considered_on=date(2026, 10, 1),
            meeting=None,
            by=secretariat,
        )
        welfare.name = word
        welfare.save()

    write("先")
    set_right()
    write("後")

    standing = considered_years(small_edition.plan, clock.today())[0].standing
    page = study_page(star, clock.today(), tells_downloads=False)
    then = departments_then(
        Moment(date(2026, 10, 15), RIGHT + timedelta(days=9)), also=Consideration.objects.none()
    )
    assert standing is not None
    assert standing.reason == "後"
    assert [note.text for note in page.notes] == ["後", "先"]
    assert [one.name for one in then if one.pk == welfare.pk] == ["後"]
