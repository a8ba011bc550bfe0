"""Measure one size on DATABASE_URL, an empty database: `python -m bench.measure TIMES YEARS`. Prints rows as JSON."""

import json
import sys
from datetime import date

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from bench import data
from bench.any_day import measure_any_day
from bench.dashboard import measure_dashboard
from bench.reports import measure_reports
from bench.revisions import measure_revisions
from bench.rounds import measure_rounds
from bench.timing import Row, in_turn, measure_page, queries_of, row
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.models import User

ITEM = "1-A-1"


def measure_saving(client: Client, runs: int) -> Row:
    url = f"/items/{ITEM}/progress/"

    def save() -> None:
        revision = Initiative.objects.get(focus_item__code=ITEM).revision
        form = {
            "as_of": "2026-10-01",
            "status": "piloting",
            "step": "action",
            "rating": "on_track",
            "rating_reason": data.SENTENCE,
            "direction": "continue",
            "opened_revision": revision,
        }
        response = client.post(url, form)
        assert response.status_code == 302, (response.status_code, response.content.decode()[:3000])

    initiative, by = Initiative.objects.get(focus_item__code=ITEM), User.objects.get()

    def insert() -> None:
        with transaction.atomic():
            ProgressEntry.objects.create(
                initiative=initiative,
                kind="update",
                as_of=date(2026, 10, 1),
                status="piloting",
                step="action",
                rating="on_track",
                rating_reason=data.SENTENCE,
                direction="continue",
                recorded_at=clock.now(),
                recorded_by=by,
                recorded_by_name=by.name,
            )

    save()
    asked = queries_of(save) - 1  # One asks for the revision, which the form's page does.
    return row("進捗の記録の保存", "1行の INSERT と確定", asked, in_turn(save, insert, runs))


def main(times: int, years: int) -> list[Row]:
    call_command("migrate", verbosity=0)
    edition = data.prepare(times=times, years=years)
    runs = 20 if times == 1 else 5
    staff = Client()
    staff.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return [
        measure_page("`/`（だれでも）", "/", Client(), runs),
        measure_page("`/`（事務局）", "/", staff, runs),
        measure_page("`/items/`（だれでも）", "/items/", Client(), runs),
        measure_page("`/items/1-A-1/`（だれでも）", f"/items/{ITEM}/", Client(), runs),
        measure_saving(staff, runs),
        *measure_rounds(staff, runs),
        *measure_reports(edition, runs),
        *measure_revisions(edition, staff, runs),
        *measure_any_day(runs),
        *measure_dashboard(edition, staff, runs),
    ]


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout, ensure_ascii=False)
