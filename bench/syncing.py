"""What it costs that a commit waits for the disk: `.venv/bin/python -m bench.syncing`, on an empty SQLite database.

Saving an entry, sealing and adopting with `synchronous=NORMAL` and with `FULL`, in turn; medians. The folder of the
database must lie on a real disk.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "kirishima_dx.settings"
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client

    from bench import data
    from people.models import User
    from plans.actions.drafting.opening import open_draft
    from plans.models import Edition
    from reviews.actions.reporting import open_report, seal_report, write_report
    from reviews.workbooks.report import sealed_workbook
    from revisions.actions.adoption import adopt_edition

    call_command("migrate", verbosity=0)
    edition = data.prepare(times=1, years=1)
    by = User.objects.get()
    client = Client()
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")

    def save() -> None:
        from initiatives.models import Initiative

        revision = Initiative.objects.get(focus_item__code="1-A-1").revision
        form = {
            "as_of": "2026-10-01",
            "status": "piloting",
            "step": "action",
            "rating": "on_track",
            "rating_reason": data.SENTENCE,
            "direction": "continue",
            "opened_revision": revision,
        }
        assert client.post("/items/1-A-1/progress/", form).status_code == 302

    def write() -> None:
        with transaction.atomic():
            User.objects.filter(pk=by.pk).update(name="計測")

    years = iter(range(2000, 2026))

    def seal() -> None:
        report = open_report(plan=edition.plan, year=next(years), as_of=date(2026, 9, 30), by=by)
        report = write_report(
            report=report,
            overview="総括",
            technology_trends="",
            national_trends="",
            opened_version=report.version,
            by=by,
        )
        seal_report(
            report=report, reason="計測", opened_version=report.version, draw=sealed_workbook, by=by
        )

    def adopt() -> None:
        base = Edition.objects.get(status="in_force")
        draft = open_draft(base=base, major=base.major, minor=base.minor + 1, by=by)
        adopt_edition(
            edition=draft,
            decided_on=date(2026, 10, 1),
            effective_from=date(2026, 10, 1),
            basis="",
            by=by,
        )

    for name, act, runs in (
        ("1行の UPDATE", write, 60),
        ("進捗の記録の保存", save, 20),
        ("年次報告の作成と確定", seal, 5),
        ("改定案の作成と施行", adopt, 5),
    ):
        took: dict[str, list[float]] = {"NORMAL": [], "FULL": []}
        for _ in range(runs):
            for mode, seconds in took.items():
                with connection.cursor() as cursor:
                    cursor.execute(f"PRAGMA synchronous={mode}")
                seconds.append(_timed(act))
        normal, full = (statistics.median(seconds) * 1000 for seconds in took.values())
        print(f"| {name} | {normal:,.1f} ms | {full:,.1f} ms | {full - normal:+,.1f} ms |")


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
