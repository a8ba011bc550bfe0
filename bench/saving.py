"""Measure how an entry is recorded: the whole POST of its form."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.test import Client

from bench import data
from bench.timing import Row, in_turn, queries_of, row
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.models import User

ITEM = "1-A-1"


def measure_saving(client: Client, runs: int) -> list[Row]:
    save = saving(client)
    save()
    asked = queries_of(save) - 1  # One asks for the revision, which the form's page does.
    return [
        row("進捗の記録の保存", "1行の INSERT と確定", asked, in_turn(save, _inserting(), runs))
    ]


def saving(client: Client) -> Callable[[], None]:
    """Return what saves one more entry of one item."""
    url = f"/items/{ITEM}/progress/"

    def save() -> None:
        revision = Initiative.objects.get(focus_item__code=ITEM).revision
        form = {**data.STATED, "opened_revision": revision}
        response = client.post(url, form)
        assert response.status_code == 302, (response.status_code, response.content.decode()[:3000])

    return save


def _inserting() -> Callable[[], None]:
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

    return insert
