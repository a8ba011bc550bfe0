"""Loading the demo: at whatever time, whole or not at all, and never over real work."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from beginnings import lasting
from django.conf import settings
from django.core.management import CommandError, call_command

from demo import loading
from kirishima_dx import clock
from people.models import User
from plans.actions.loading import load_plan
from plans.models import Edition, Plan
from plans.plan_file.reader import read_plan_file
from reviews.models import Meeting
from rounds.models import ReportingRound

PASSWORD = "demo-no-aikotoba"


@pytest.fixture
@lasting
def real_draft(db: None) -> Edition:
    return load_plan(read_plan_file(Path(settings.PLAN_FILE))).edition


@pytest.mark.parametrize("day", ["2026-11-22", "2031-06-01"])
def test_a_round_and_a_sitting_are_ahead_whenever_it_is_loaded(
    real_draft: Edition, day: str
) -> None:
    loaded_at = datetime.fromisoformat(f"{day}T10:00+09:00")
    with clock.standing_at(loaded_at):
        call_command("load_demo", password=PASSWORD)

    assert_the_demo_goes_on(loaded_at.date())


def assert_the_demo_goes_on(loaded_on: date) -> None:
    """Assert that a round is running and a sitting is planned, both ahead of the day."""
    round = ReportingRound.objects.get(closed_at__isnull=True, is_rehearsal=False)
    assert "デモ" in round.name
    assert round.asks_certification
    assert round.due_on > loaded_on + timedelta(days=60)
    states = Counter(answer.state_label for answer in round.answers.all())
    assert {"未回答", "入力中", "差戻し", "確認済", "提出済", "提出済（課内確認待ち）"} == set(
        states
    )
    assert round.extensions.get().department == round.reminders.get().department
    assert_a_sitting_is_planned(loaded_on)


def assert_a_sitting_is_planned(loaded_on: date) -> None:
    meeting = Meeting.objects.get(closed_at__isnull=True)
    assert loaded_on + timedelta(days=14) < meeting.held_on
    assert meeting.held_on.weekday() < 5
    assert meeting.report is not None
    assert not meeting.report.is_sealed
    agenda = list(meeting.agenda.all())
    assert [item.kind for item in agenda] == ["report", "problem", "problem", "amendment"]
    assert [item.opinions.count() for item in agenda] == [0, 1, 0, 1]


def test_it_refuses_a_database_with_real_work(real_draft: Edition, staff: User) -> None:
    with pytest.raises(CommandError, match="実際の利用者か記録がある"):
        call_command("load_demo", password=PASSWORD)

    assert not Plan.objects.get().is_demo


def test_it_loads_whole_or_not_at_all(real_draft: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("die")

    monkeypatch.setattr(loading, "draft_next_edition", fail)

    with pytest.raises(RuntimeError, match="die"):
        call_command("load_demo", password=PASSWORD)

    assert not User.objects.exists()
    assert not Plan.objects.get().is_demo


def test_a_weak_password_is_refused_with_the_reason(real_draft: Edition) -> None:
    with pytest.raises(CommandError, match="パスワードを見直してください"):
        call_command("load_demo", password="123")
