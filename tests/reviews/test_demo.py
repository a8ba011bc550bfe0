"""The demo: two fictitious years, made by the actions, told as such on every page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.models import ProgressEntry
from people.models import User
from plans.actions import load_plan
from plans.models import Edition, Plan
from plans.plan_file import read_plan_file
from reviews import demo
from reviews.models import AnnualReport
from reviews.queries import draft_review, is_intact, report_document

PASSWORD = "demo-no-aikotoba"
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def real_draft(db: None) -> Edition:
    return load_plan(read_plan_file(Path(settings.PLAN_FILE))).edition


@pytest.fixture
def loaded(real_draft: Edition) -> Plan:
    call_command("load_demo", password=PASSWORD)
    return real_draft.plan


def test_it_plays_two_years(loaded: Plan) -> None:
    reports = {report.fiscal_year: report for report in AnnualReport.objects.all()}

    assert [e.name for e in loaded.editions.order_by("minor")] == ["第2.0版", "第2.1版（案）"]
    assert ProgressEntry.objects.filter(as_of__year=2026, as_of__month=3).count() == 52
    assert ProgressEntry.objects.filter(as_of__month=9).count() == 52 - len(demo.SILENT)
    assert reports[2025].is_sealed
    assert is_intact(reports[2025], report_document(reports[2025]))
    assert not reports[2026].is_sealed


def test_its_draft_may_be_adopted(loaded: Plan) -> None:
    draft = loaded.editions.get(status="draft")

    assert draft_review(draft).obstacles == []


def test_its_accounts_have_their_roles_and_the_password(loaded: Plan) -> None:
    roles = {
        user.username: [role.label for role in user.current_roles] for user in User.objects.all()
    }

    assert roles == {
        "jimukyoku": ["事務局"],
        "tantou": ["担当課・入力者（デモ窓口課）"],
        "kakunin": ["担当課・確認者（デモ窓口課）"],
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


def test_it_refuses_a_database_with_real_work(real_draft: Edition, staff: User) -> None:
    with pytest.raises(CommandError, match="実際の利用者か記録がある"):
        call_command("load_demo", password=PASSWORD)

    assert not Plan.objects.get().is_demo


def test_it_loads_whole_or_not_at_all(real_draft: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("die")

    monkeypatch.setattr(demo, "_draft", fail)

    with pytest.raises(RuntimeError, match="die"):
        call_command("load_demo", password=PASSWORD)

    assert not User.objects.exists()
    assert not Plan.objects.get().is_demo


def test_a_weak_password_is_refused_with_the_reason(real_draft: Edition) -> None:
    with pytest.raises(CommandError, match="パスワードを見直してください"):
        call_command("load_demo", password="123")
