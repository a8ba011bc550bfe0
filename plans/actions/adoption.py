"""Bringing a draft edition into force."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from plans.actions.drafting.turns import locked_draft
from plans.comparison.items import FateRow
from plans.enums import EditionStatus
from plans.errors import DraftRefused
from plans.models import Edition, ItemFate, Plan


@transaction.atomic
def put_in_force(
    *,
    edition: Edition,
    fates: Iterable[FateRow],
    decided_on: date,
    effective_from: date,
    basis: str,
    by: Any,
) -> Edition:
    """Bring a draft into force and supersede its base in one step (T2), recording the fates for good (T3).

    Raises DraftRefused where the draft was adopted meanwhile or its base is no longer in force.
    """
    Plan.objects.select_for_update().get(pk=edition.plan_id)
    edition = locked_draft(edition)
    ItemFate.objects.bulk_create(
        ItemFate(edition=edition, before=fate.before, after=fate.after, fate=fate.fate)
        for fate in fates
    )
    if edition.base_id is not None:
        superseded = Edition.objects.filter(
            pk=edition.base_id, status=EditionStatus.IN_FORCE
        ).update(status=EditionStatus.SUPERSEDED)
        if not superseded:
            raise DraftRefused(f"{edition.name}のもとの版が施行中ではないので、施行できません。")
    edition.status = EditionStatus.IN_FORCE
    edition.decided_on, edition.effective_from, edition.adoption_basis = (
        decided_on,
        effective_from,
        basis,
    )
    edition.adopted_at, edition.adopted_by = _since_last_recall(edition), by
    edition.save(
        update_fields=[
            "status",
            "decided_on",
            "effective_from",
            "adoption_basis",
            "adopted_at",
            "adopted_by",
        ]
    )
    return edition


def _since_last_recall(edition: Edition) -> datetime:
    """Return the present moment, or the one after an earlier adoption was called off where the clock was set back."""
    last = edition.recalls.aggregate(at=Max("recalled_at"))["at"]
    now = clock.now()
    return now if last is None else max(now, last + timedelta(microseconds=1))


def refuse_day(edition: Edition, decided_on: date, effective_from: date) -> None:
    """Raise DraftRefused where an edition cannot take effect on a day."""
    if effective_from < decided_on:
        raise DraftRefused("施行日は決定日以後の日にしてください。")
    base = edition.base
    if (
        base is not None
        and base.effective_from is not None
        and effective_from <= base.effective_from
    ):
        raise DraftRefused(
            f"施行日は、{base.name}の施行日（{wareki_date(base.effective_from)}）より後の日にしてください。"
        )
