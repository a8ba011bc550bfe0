"""Taking back an adoption, or moving it to another day, before its day has come (rule A4)."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kirishima_dx import clock
from plans.actions.adoption import refuse_day
from plans.enums import EditionStatus
from plans.errors import AdoptionMoved, DraftRefused
from plans.models import Edition, Plan, RecalledAdoption
from plans.recalls import PlannedAdoption, kept_of, late_errata, recall_refusal

ADOPTION = ("decided_on", "effective_from", "adoption_basis", "adopted_at", "adopted_by")
NO_REASON = "理由を書いてください。"


def locked_adoption(
    edition: Edition, *, opened: datetime | None, calling_off: bool
) -> tuple[Edition, PlannedAdoption]:
    """Take an edition whose day is to come for this transaction. `opened` is the adoption that the person saw.

    Raises DraftRefused where it may not be taken back or moved, AdoptionMoved where it is another adoption by now.
    """
    Plan.objects.select_for_update().get(pk=edition.plan_id)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    refusal = recall_refusal(locked, clock.today(), calling_off=calling_off)
    planned = PlannedAdoption.of(locked)
    if refusal or planned is None:
        raise DraftRefused(refusal)
    if opened is not None and planned.adopted_at != opened:
        raise AdoptionMoved
    return locked, planned


def _record(
    edition: Edition,
    planned: PlannedAdoption,
    *,
    new_effective_from: date | None,
    reason: str,
    by: Any,
) -> RecalledAdoption:
    if not reason.strip():
        raise DraftRefused(NO_REASON)
    return RecalledAdoption.objects.create(
        edition=edition,
        **vars(planned),
        adopted_by_name=planned.adopted_by.display_name,
        new_effective_from=new_effective_from,
        reason=reason,
        kept=kept_of(edition) if new_effective_from is None else {},
        recalled_on=clock.today(),
        # Never before what it takes back, even where the clock was set back: days in between are told apart by it.
        recalled_at=max(clock.now(), planned.adopted_at + timedelta(microseconds=1)),
        recalled_by=by,
        recalled_by_name=by.display_name,
    )


@transaction.atomic
def take_out_of_force(
    *, edition: Edition, reason: str, opened: datetime | None = None, by: Any
) -> RecalledAdoption:
    """Make an edition whose day is to come a draft again, and its base the edition in force.

    What adoption recorded goes into the row that is returned: the fates of the items, and the errata that were
    recorded of the fixed text, which can be put right in the draft. Raises as locked_adoption does.
    """
    edition, planned = locked_adoption(edition, opened=opened, calling_off=True)
    errata = late_errata(edition)
    recall = _record(edition, planned, new_effective_from=None, reason=reason, by=by)
    edition.status, edition.adoption_basis = EditionStatus.DRAFT, ""
    edition.decided_on = edition.effective_from = None
    edition.adopted_at = edition.adopted_by = None
    edition.save(update_fields=["status", *ADOPTION])
    if edition.base_id is not None:
        Edition.objects.filter(pk=edition.base_id).update(status=EditionStatus.IN_FORCE)
    edition.fates.all().delete()
    for erratum in errata:
        with suppress(
            ProtectedError
        ):  # One that a later draft, given up since, names as its reason stays.
            erratum.delete()
    return recall


@transaction.atomic
def move_to_day(
    *,
    edition: Edition,
    effective_from: date,
    reason: str,
    opened: datetime | None = None,
    by: Any,
) -> RecalledAdoption:
    """Let an edition whose day is to come take effect on another day, by the rules of an adoption for that day.

    Its text and what the adoption rests on stay. The adoption bears from then on who moved it, and when: that is
    since when the day is known. Raises as locked_adoption does, DraftRefused for a wrong day.
    """
    edition, planned = locked_adoption(edition, opened=opened, calling_off=False)
    refuse_day(edition, planned.decided_on, effective_from)
    if effective_from == planned.effective_from:
        raise DraftRefused("施行日が、いまの予定と同じです。")
    recall = _record(edition, planned, new_effective_from=effective_from, reason=reason, by=by)
    edition.effective_from = effective_from
    edition.adopted_at, edition.adopted_by = recall.recalled_at, by
    edition.save(update_fields=["effective_from", "adopted_at", "adopted_by"])
    return recall
