"""What people record of an initiative."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from initiatives.enums import EntryKind
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.models import Initiative, ProgressEntry
from initiatives.queries.speaker import Speaker
from initiatives.statement import (
    Statement,
    faults_of,
    is_overtaken,
    overtaken_message,
    texts_of,
)
from kirishima_dx import clock
from people.closed import closed_words, is_cell_of
from people.models import User
from plans.models import FocusItem


def taken(focus_item: FocusItem, opened_revision: int) -> Initiative:
    """Take the initiative for this transaction, or raise RevisionConflict."""
    initiative = Initiative.objects.for_item(focus_item)
    initiative = (
        Initiative.objects.select_for_update().select_related("focus_item").get(pk=initiative.pk)
    )
    if initiative.revision != opened_revision:
        raise RevisionConflict(initiative)
    initiative.revision += 1
    initiative.save(update_fields=["revision"])
    return initiative


def add_entry(
    initiative: Initiative,
    statement: Statement,
    *,
    kind: EntryKind,
    as_of: date,
    by: Speaker,
    repeats: ProgressEntry | None = None,
    corrects: ProgressEntry | None = None,
    correction_reason: str = "",
) -> ProgressEntry:
    """Append an entry to an initiative taken for this transaction.

    Of two entries of one day the later recorded one counts, so none is recorded as earlier than the last.
    Raises EntryRefused (G3, a day in the future, words that were closed).
    """
    if as_of > clock.today():
        raise EntryRefused({"as_of": "基準日に未来の日は入れられません。"})
    faults = faults_of(statement, as_of) or _closed_words(initiative, statement)
    if faults:
        raise EntryRefused(faults)
    last_recorded_at = initiative.entries.aggregate(last=Max("recorded_at"))["last"]
    return ProgressEntry.objects.create(
        initiative=initiative,
        kind=kind,
        as_of=as_of,
        **statement.values,
        repeats=repeats,
        corrects=corrects,
        correction_reason=correction_reason,
        recorded_at=clock.not_before(last_recorded_at),
        recorded_by=by.user,
        recorded_by_name=by.name,
        department=by.department,
        department_name=by.department_name,
    )


def _closed_words(initiative: Initiative, statement: Statement) -> dict[str, str]:
    return closed_words(
        texts_of(statement),
        is_of_it=lambda cell: is_cell_of(cell, ProgressEntry, initiative=initiative),
    )


@transaction.atomic
def record_progress(
    *, focus_item: FocusItem, statement: Statement, as_of: date, opened_revision: int, by: User
) -> ProgressEntry:
    """Append an entry. Raises RevisionConflict (G4) and EntryRefused (G3, a day in the future, one before the last)."""
    initiative = taken(focus_item, opened_revision)
    _refuse_backdating(initiative, as_of)
    return add_entry(
        initiative,
        statement,
        kind=EntryKind.UPDATE,
        as_of=as_of,
        by=Speaker.now(by, initiative),
    )


@transaction.atomic
def record_unchanged(
    *, focus_item: FocusItem, as_of: date, opened_revision: int, by: User
) -> ProgressEntry:
    """Append 変更なし: the last statement, said again of a later day. Raises as record_progress does."""
    initiative = taken(focus_item, opened_revision)
    _refuse_backdating(initiative, as_of)
    last = initiative.entries.standing().filter(as_of__lte=as_of).latest_first().first()
    if last is None:
        raise EntryRefused({"as_of": "前回の記録がないので「変更なし」では記録できません。"})
    if is_overtaken(last.new_due_date, as_of):
        raise EntryRefused({"new_due_date": overtaken_message(last.new_due_date)})
    return add_entry(
        initiative,
        last.statement,
        kind=EntryKind.UNCHANGED,
        as_of=as_of,
        by=Speaker.now(by, initiative),
        repeats=last,
    )


@transaction.atomic
def correct_entry(
    *,
    entry: ProgressEntry,
    statement: Statement,
    as_of: date,
    reason: str,
    opened_revision: int,
    by: User,
) -> ProgressEntry:
    """Append a 訂正 that takes the place of an entry, which stays as it is (G1)."""
    initiative = taken(entry.initiative.focus_item, opened_revision)
    if not reason.strip():
        raise EntryRefused({"correction_reason": "訂正の理由を書いてください。"})
    if ProgressEntry.objects.filter(corrects=entry).exists():
        raise EntryRefused({"correction_reason": "この記録はすでに訂正されています。"})
    return add_entry(
        initiative,
        statement,
        kind=EntryKind.CORRECTION,
        as_of=as_of,
        by=Speaker.now(by, initiative),
        corrects=entry,
        correction_reason=reason,
    )


def _refuse_backdating(initiative: Initiative, as_of: date) -> None:
    newest = initiative.entries.standing().order_by("-as_of").first()
    if newest is not None and as_of < newest.as_of:
        raise EntryRefused(
            {
                "as_of": f"基準日は、最後の記録の基準日（{newest.as_of.isoformat()}）以後の日にしてください。"
                "前の記録の誤りは「訂正」で直してください。"
            }
        )
