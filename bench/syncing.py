"""What it costs that a commit waits for the disk: `.venv/bin/python -m bench.syncing`. Needs no database of its own.

Real actions on the real plan, in a file of SQLite below var/, with `synchronous=NORMAL` and with `FULL` in turn. What
differs between the two is how long the commit of an action takes, so that is timed, and beside it the whole action.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.moving import PREPARE, ROOT, run

MODES = ("NORMAL", "FULL")
SENTENCE = "予定した工程に沿って関係課と調整し、対象とする手続きを広げた。"
Ready = Callable[[int], Callable[[], object]]
"""Does what comes before, and returns what is timed."""


def main() -> None:
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        url = f"sqlite:///{Path(folder) / 'x.sqlite3'}"
        run(url, "-c", PREPARE, "1", "1")
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kirishima_dx.settings"}
        import django

        django.setup()
        print("| 行為 | 回数 | 確定の待ち NORMAL | FULL | 行為の全体 NORMAL | FULL |")
        print("|---|--:|--:|--:|--:|--:|")
        for name, ready, times in _actions():
            _measure(name, ready, times)


def _measure(name: str, ready: Ready, times: int) -> None:
    """Print the medians of an action, and of the commits in it, in milliseconds."""
    from django.db import connection

    waited: dict[str, list[float]] = {mode: [] for mode in MODES}
    took: dict[str, list[float]] = {mode: [] for mode in MODES}
    for number in range(2 * times):
        mode = MODES[number % 2]
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={mode}")
        act = ready(number)
        begun = time.perf_counter()
        with _commits() as seconds:
            act()
        took[mode].append(time.perf_counter() - begun)
        waited[mode].append(sum(seconds))
    told = [statistics.median(kind[mode]) * 1000 for kind in (waited, took) for mode in MODES]
    print(f"| {name} | {times} | " + " | ".join(f"{one:.1f} ms" for one in told) + " |", flush=True)


@contextmanager
def _commits() -> Iterator[list[float]]:
    """Time the commits inside the block."""
    from django.db import connection as proxy

    connection: Any = proxy  # Types know nothing of _commit.
    seconds: list[float] = []
    commit = connection._commit

    def timed() -> None:
        begun = time.perf_counter()
        commit()
        seconds.append(time.perf_counter() - begun)

    connection._commit = timed
    try:
        yield seconds
    finally:
        connection._commit = commit


def _actions() -> list[tuple[str, Ready, int]]:
    return [
        ("進捗の記録", _recorded(), 40),
        ("年次報告の確定", _sealed(), 5),
        ("版の施行", _adopted(), 5),
    ]


def _by() -> Any:
    from people.models import User

    return User.objects.get()


def _recorded() -> Ready:
    """Record one entry of one item after the other."""
    from initiatives.actions.progress import record_progress
    from initiatives.models import Initiative
    from initiatives.statement import Statement
    from plans.models import FocusItem

    by, items = _by(), list(FocusItem.objects.order_by("pk"))
    said = Statement(
        status="piloting",
        step="action",
        rating="on_track",
        rating_reason=SENTENCE,
        direction="continue",
    )

    def ready(number: int) -> Callable[[], object]:
        item = items[number % len(items)]
        opened = Initiative.objects.get(focus_item=item).revision
        day = date(2026, 10, 1) + timedelta(days=number // len(items))
        return lambda: record_progress(
            focus_item=item, statement=said, as_of=day, opened_revision=opened, by=by
        )

    return ready


def _sealed() -> Ready:
    """Seal one issue after the other of a report."""
    from plans.models import Plan
    from reviews.actions.reporting import open_correction, open_report, seal_report, write_report
    from reviews.models import AnnualReport
    from reviews.workbooks.report import sealed_workbook

    by = _by()
    sealed: list[AnnualReport] = []

    def ready(number: int) -> Callable[[], None]:
        report = (
            open_correction(report=sealed[-1], reason=SENTENCE, by=by)
            if sealed
            else open_report(plan=Plan.objects.get(), year=2026, as_of=date(2026, 9, 30), by=by)
        )
        report = write_report(
            report=report,
            overview=f"{SENTENCE}{number}",
            technology_trends="",
            national_trends="",
            opened_version=report.version,
            by=by,
        )
        return lambda: sealed.append(
            seal_report(
                report=report,
                reason=SENTENCE,
                opened_version=report.version,
                draw=sealed_workbook,
                by=by,
            )
        )

    return ready


def _adopted() -> Ready:
    """Bring one edition after the other into force, each with one text that differs."""
    from plans.actions.drafting.opening import open_draft
    from plans.models import Edition
    from revisions.actions.adoption import adopt_edition
    from revisions.actions.amending import amend_text

    by = _by()

    def ready(number: int) -> Callable[[], object]:
        base = Edition.objects.get(status="in_force")
        draft = open_draft(base=base, major=base.major, minor=base.minor + 1, by=by)
        text = draft.item_texts.select_related("edition", "focus_item", "policy__axis")[0]
        amend_text(
            text=text,
            title=text.title,
            overview=f"{text.overview}{number}",
            is_study=text.is_study,
            opened_version=text.version,
            reason=SENTENCE,
            by=by,
        )
        day = date(2026, 4, 2) + timedelta(days=number)
        return lambda: adopt_edition(
            edition=draft, decided_on=day, effective_from=day, basis=SENTENCE, by=by
        )

    return ready


if __name__ == "__main__":
    main()
