"""The demo: two fictitious years, made by the actions, told as such on every page."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from beginnings import BEGINNINGS
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.utils.timezone import localtime
from pytest_django import DjangoDbBlocker
from test_demo_loading import assert_the_demo_goes_on

from demo import statements
from initiatives.models import Evidence, ProgressEntry, Study, StudyNote
from kirishima_dx import clock
from people.models import User
from plans.actions.loading import load_plan
from plans.enums import Fate
from plans.models import Plan
from plans.plan_file.reader import read_plan_file
from reviews.enums import DecisionKind
from reviews.models import (
    AgendaItem,
    AnnualReport,
    Attendance,
    Consideration,
    Decision,
    FollowUp,
    Meeting,
    Opinion,
)
from reviews.queries.decisions import decision_rows
from reviews.queries.reports import is_intact, report_document
from reviews.report.late import late_items_of
from revisions.actions.adoption import adopt_edition
from revisions.enums import AmendmentKind, OriginKind
from revisions.models import Amendment, DraftComment
from revisions.queries.drafts import draft_review
from rounds.enums import RoundKind
from rounds.models import Answer, ReportingRound

PASSWORD = "demo-no-aikotoba"
LOADED_AT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
SAID: dict[type[Model], tuple[str, ...]] = {
    AgendaItem: ("title",),
    Attendance: ("name", "post"),
    Opinion: ("text",),
    Decision: ("text",),
    FollowUp: ("text",),
    Study: ("question",),
    StudyNote: ("text",),
    Evidence: ("title", "name"),
    Consideration: ("reason",),
    Amendment: ("reason",),
    DraftComment: ("text",),
}
ClientOf = Callable[[User | None], Client]


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for the tests of this file; what each of them does is taken back."""
    with django_db_blocker.unblock():
        BEGINNINGS.go_back_to([])
    with django_db_blocker.unblock(), transaction.atomic():
        with (
            time_machine.travel(LOADED_AT, tick=False),
            override_settings(PASSWORD_HASHERS=[QUICK]),
        ):
            load_plan(read_plan_file(Path(settings.PLAN_FILE)))
            call_command("load_demo", password=PASSWORD)
        yield
        BEGINNINGS.go_back_to([])
        transaction.set_rollback(True)


@pytest.fixture
def loaded(played: None, db: None) -> Plan:
    return Plan.objects.get()


def test_it_plays_two_years(loaded: Plan) -> None:
    reports = {report.fiscal_year: report for report in AnnualReport.objects.all()}

    assert [e.name for e in loaded.editions.order_by("minor")] == ["第2.0版", "第2.1版（案）"]
    assert ProgressEntry.objects.filter(as_of__year=2026, as_of__month=3).count() == 52
    assert ProgressEntry.objects.filter(as_of__month=9).count() == 52 - len(statements.SILENT)
    assert reports[2025].is_sealed
    assert reports[2025].is_published
    assert is_intact(reports[2025], report_document(reports[2025]))
    assert not reports[2026].is_sealed


def test_two_items_slipped_and_each_report_tells_the_date_of_its_day(loaded: Plan) -> None:
    reports = {report.fiscal_year: report for report in AnnualReport.objects.all()}
    first, second = (late_items_of(report_document(reports[year])) for year in (2025, 2026))

    promised = {item.place: list(item.promises) for item in first}
    assert promised == {place: [day] for place, day in statements.SLIPPED.items()}
    slipped = {item.place: list(item.promises) for item in second if item.months_slipped}
    assert slipped == {place: [day, statements.DUE] for place, day in statements.SLIPPED.items()}
    assert len(second) == len(statements.LATE)


def test_a_round_and_a_sitting_are_ahead(loaded: Plan) -> None:
    """On the first day on which it is loaded; test_demo_loading.py plays later ones."""
    assert_the_demo_goes_on(LOADED_AT.date())


def test_its_first_half_was_asked_answered_and_closed(loaded: Plan) -> None:
    round = ReportingRound.objects.get(kind=RoundKind.FIRST_HALF)
    answers = Answer.objects.filter(round=round).select_related("initiative__focus_item")
    by_code = {answer.initiative.focus_item.code: answer for answer in answers}

    assert round.is_closed
    assert {code for code, answer in by_code.items() if answer.entry is None} == statements.SILENT
    assert Counter(answer.state for answer in answers) == {"accepted": 49, "unanswered": 3}
    assert {code for code, answer in by_code.items() if _is_late(answer)} == {"3-B-1"}
    assert by_code["3-A-1"].applied_due_on == date(2026, 10, 16)
    steps = [change.get_step_display() for change in by_code["2-A-3"].changes.all()]
    assert steps == ["照会", "提出", "差戻し", "提出", "事務局の確認"]
    assert round.reminders.count() == 3


def _is_late(answer: Answer) -> bool:
    sent, due = answer.sent_at, answer.applied_due_on
    return sent is not None and due is not None and localtime(sent).date() > due


def test_its_practice_becomes_no_record(loaded: Plan) -> None:
    practice = Answer.objects.filter(round__is_rehearsal=True)

    assert practice.filter(state="accepted", entry__isnull=True).count() == 1
    assert practice.filter(entry__isnull=False).count() == 0


def test_its_decisions_stand_at_every_point_of_their_way(loaded: Plan) -> None:
    meeting = Meeting.objects.get(number=1)
    rows = {
        row.decision.number: row
        for row in decision_rows(Decision.objects.filter(meeting=meeting), clock.today())
    }

    assert meeting.is_closed
    assert [row.state_label for _, row in sorted(rows.items())] == [
        "対応を要しない",
        "対応中",
        "報告あり",
        "決着",
        "対応中",
        "対応を要しない",
    ]
    assert [number for number, row in rows.items() if row.is_overdue] == [2]
    assert [step.step for step in rows[5].steps] == ["answered", "returned"]
    kinds = {row.decision.kind for row in rows.values()}
    assert kinds == {*DecisionKind} - {DecisionKind.CONCRETISE, DecisionKind.STOP}
    assert Counter(meeting.attendances.values_list("kind", flat=True)) == {
        "present": 3,
        "substitute": 1,
        "absent": 1,
    }


def test_one_star_is_studied(loaded: Plan) -> None:
    study = Study.objects.get()

    assert study.initiative.focus_item.code == "1-A-3"
    assert study.notes.count() == 2
    assert study.evidence.get().media_type == "text/csv"


def test_every_text_of_the_sittings_says_demo(loaded: Plan) -> None:
    for model, fields in SAID.items():
        rows = list(model._default_manager.values_list(*fields))
        assert rows
        assert [row for row in rows if not all("デモ" in text for text in row)] == []


def test_its_update_was_considered_at_a_sitting(loaded: Plan) -> None:
    consideration = Consideration.objects.get()

    assert consideration.meeting == Meeting.objects.get(number=2)
    assert consideration.meeting.is_closed
    assert consideration.edition == loaded.editions.get(status="draft")
    assert (consideration.fiscal_year, consideration.outcome) == (2026, "revise")


def test_its_draft_shows_a_change_of_each_kind(loaded: Plan) -> None:
    review = draft_review(loaded.editions.get(status="draft"))
    kinds = {kind for change in (*review.items, *review.parts) for kind in change.kinds}

    assert kinds == {*AmendmentKind} - {AmendmentKind.STUDY, AmendmentKind.RESTORE}
    assert [part.change.place.partition("/")[0] for part in review.parts] == [
        "policies",
        "sections",
    ]
    origins = set(Amendment.objects.values_list("origin", flat=True))
    assert origins == {*OriginKind} - {OriginKind.ERRATUM}
    assert [comment.is_open for comment in review.comments] == [False, False]
    assert [bool(comment.settlement) for comment in review.comments] == [False, True]


def test_its_star_goes_by_a_decision(loaded: Plan) -> None:
    act = Amendment.objects.get(kind=AmendmentKind.CONCRETISE)

    assert act.focus_item is not None
    assert act.focus_item.code == "1-A-3"
    assert act.decision is not None
    assert act.decision.kind == DecisionKind.CONCRETISE


def test_what_it_decided_of_an_item_was_deliberated_of_that_item(loaded: Plan) -> None:
    upon = Amendment.objects.filter(decision__isnull=False, focus_item__isnull=False)
    chains = [
        (act.focus_item, act.decision.agenda_item)
        for act in upon.select_related("focus_item", "decision__agenda_item__entry__initiative")
        if act.decision
    ]

    assert {item.code for item, _ in chains} == {"1-C-1", "1-A-3"}
    assert all(item == matter.focus_item for item, matter in chains)
    assert any(
        matter.entry and matter.entry.initiative.focus_item_id == item.pk for item, matter in chains
    )


def test_its_draft_may_be_adopted(loaded: Plan) -> None:
    draft = loaded.editions.get(status="draft")
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        adopted = adopt_edition(
            edition=draft,
            decided_on=date(2026, 11, 20),
            effective_from=date(2027, 4, 1),
            basis="（デモ）試しに施行する",
            decision=Decision.objects.get(kind="amendment", meeting__number=2),
            by=User.objects.get(username="jimukyoku"),
        )

    assert draft_review(draft).obstacles == []
    assert adopted.is_in_force
    assert set(adopted.fates.values_list("fate", flat=True)) == {*Fate}


def test_its_accounts_have_their_roles_and_the_password(loaded: Plan) -> None:
    roles = {
        user.username: [role.label for role in user.current_roles] for user in User.objects.all()
    }

    assert roles == {
        "jimukyoku": ["事務局"],
        "tantou": ["担当課・入力者（デモ窓口課）"],
        "kakunin": ["担当課・確認者（デモ窓口課）"],
        "bousai": ["担当課・入力者（デモ防災課）"],
        "soumu": ["担当課・入力者（デモ総務課）"],
        "kyouiku": ["担当課・入力者（デモ教育課）"],
        "honbu": ["本部員"],
        "shokuin": [],
    }
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/items/",
        "/items/1-A-3/",
        "/reports/",
        "/reports/2025/",
        "/editions/",
        "/login/",
        "/nowhere/",
    ],
)
def test_every_page_says_demo(loaded: Plan, client_of: ClientOf, url: str) -> None:
    page = client_of(None).get(url).content.decode()

    assert "デモ" in page.replace("（デモ）", "").replace("デモ課", "")


def test_a_second_time_changes_nothing(loaded: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    entries = ProgressEntry.objects.count()

    call_command("load_demo", password=PASSWORD)

    assert "何も変えていません" in capsys.readouterr().out
    assert ProgressEntry.objects.count() == entries
