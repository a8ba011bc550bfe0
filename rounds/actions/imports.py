"""Workbooks come back: kept as they came, then applied whole or not at all (F1)."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from initiatives.errors import EntryRefused
from initiatives.rules import writable_initiatives
from kirishima_dx import clock
from people.closed import closed_before
from people.models import User
from rounds.actions.answer_steps import advance, mark_sent, on_behalf_of
from rounds.answer_content import AnswerContent, gaps_of
from rounds.answer_sheet.merging import Side
from rounds.answer_sheet.reading import ReadFile
from rounds.enums import AnswerState, AnswerStep
from rounds.errors import ImportConflict
from rounds.models import Answer, AnswerChange, AnswerImport, AnswerImportFile, ReportingRound
from rounds.queries.import_preview import FilePlan, ImportPlan, Outcome, Picks, RowPlan, import_plan


@transaction.atomic
def keep_upload(
    *, round: ReportingRound, files: Sequence[tuple[str, bytes]], by: User
) -> AnswerImport:
    """Keep files (name, content) as they came, for a preview; nothing is read or changed yet.

    Raises EntryRefused for a file that was closed before (A3).
    """
    closed = [f"「{name}」：{told}" for name, content in files if (told := closed_before(content))]
    if closed:
        raise EntryRefused({"workbooks": "".join(closed)})
    upload = AnswerImport.objects.create(
        round=round,
        uploaded_at=clock.now(),
        uploaded_by=by,
        uploaded_by_name=by.display_name,
    )
    AnswerImportFile.objects.bulk_create(
        AnswerImportFile(
            upload=upload,
            place=place,
            name=name[-255:],
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
        )
        for place, (name, content) in enumerate(files, start=1)
    )
    return upload


@dataclass(frozen=True)
class ImportOrder:
    """What a person decided on the preview with that `stamp`.

    `places` are the files to apply, `picks` the sides taken of conflicts, `sends` whether answers that lack nothing
    are sent on the way.
    """

    stamp: str
    places: Collection[int]
    picks: Picks
    sends: bool


@transaction.atomic
def apply_import(
    *,
    upload: AnswerImport,
    read: Sequence[ReadFile],
    decide: Callable[[ImportPlan], ImportOrder],
    by: User,
) -> AnswerImport:
    """Apply an upload whole, once. `read` is what its files say (read_upload): nobody waits while they are read.

    `decide` is given what the upload would do to the answers as they stand, which are locked, and says what the person
    decided; what it raises undoes all. Raises ImportConflict where an answer changed since the preview, and
    EntryRefused where the upload was applied already, a chosen file has faults, or a conflict was not decided; then
    nothing is changed.
    """
    upload = (
        AnswerImport.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(pk=upload.pk)
    )
    if upload.is_applied:
        raise EntryRefused({"all": "このファイルは、すでに取り込みました。"})
    writable = writable_initiatives(by, clock.today())
    plan = import_plan(upload, read, by=by, writable=writable, lock=True)
    order = decide(plan)
    if plan.stamp != order.stamp:
        raise ImportConflict
    chosen = [file for file in plan.files if file.stored.place in order.places]
    _refuse_undecided(chosen, order)
    upload.result = _apply_files(plan, chosen, order, by)
    upload.applied_at, upload.applied_by = clock.now(), by
    upload.save(update_fields=["applied_at", "applied_by", "result"])
    return upload


def _refuse_undecided(chosen: list[FilePlan], order: ImportOrder) -> None:
    errors = {}
    if not chosen:
        errors["all"] = "取り込むファイルを一つ以上選んでください。"
    for file in chosen:
        if not file.can_apply:
            errors["all"] = f"ファイル「{file.read.name}」に誤りがあるので、取り込めません。"
        for row in file.rows:
            for one in row.conflicts:
                if (row.answer.pk, one.name) not in order.picks:
                    name = conflict_name(row.answer, one.name)
                    errors[name] = "どちらを残すか選んでください。"
    if errors:
        raise EntryRefused(errors)


def conflict_name(answer: Answer, field: str) -> str:
    """Return the name of the choice between the two sides of a field, in forms and in what is refused.

    It goes with the revision: what was picked is asked again once the answer says something else.
    """
    return f"pick-{answer.pk}-{answer.revision}-{field}"


def _apply_files(
    plan: ImportPlan, files: list[FilePlan], order: ImportOrder, by: User
) -> list[dict[str, Any]]:
    """Apply each row of these files and save what it changed; return what became of each."""
    changes, result = [], []
    for file in files:
        for row in file.rows:
            change = _apply_row(plan, row, order, by) if row.merges else None
            if change is not None:
                row.answer.save()
                changes.append(change)
            result.append(_told(file, row, change, order))
    AnswerChange.objects.bulk_create(changes, batch_size=500)
    return result


def _apply_row(plan: ImportPlan, row: RowPlan, order: ImportOrder, by: User) -> AnswerChange | None:
    """Change an answer in memory; None where the person kept everything as it was."""
    answer, scene = row.answer, plan.scenes.scene(row.answer)
    content = row.after(order.picks)
    if content == AnswerContent.of(answer):
        return None
    content.put_into(answer)
    gaps = gaps_of(content, as_of=plan.scenes.round.as_of, last=scene.last)
    _refuse_worse(row, gaps)
    speaker = plan.scenes.speaker(answer, by)
    sends = not gaps and (order.sends or answer.state == AnswerState.SENT)
    change = advance(
        answer,
        AnswerStep.SENT if sends else AnswerStep.SAVED,
        by=by,
        scene=scene,
        department_name=speaker.department_name or on_behalf_of(scene.lead),
        due_on=scene.due_on(answer) if sends else None,
        source=plan.upload,
    )
    if sends:
        mark_sent(answer, by=by, scene=scene, speaker=speaker)
    return change


def _refuse_worse(row: RowPlan, gaps: dict[str, str]) -> None:
    """What was sent stays whole, also where the sides that were picked do not fit each other."""
    if row.answer.state == AnswerState.SENT and gaps:
        message = (
            f"{row.row.code} は提出済みです。選んだ組合せでは、回答に不足があります"
            f"（{''.join(gaps.values())}）。選び直してください。"
        )
        names = [conflict_name(row.answer, one.name) for one in row.conflicts]
        raise EntryRefused({names[0] if names else "all": message})


def _told(
    file: FilePlan, row: RowPlan, change: AnswerChange | None, order: ImportOrder
) -> dict[str, Any]:
    """Return what became of a row, for the record of the upload."""
    fields = [
        {
            "name": one.name,
            "taken": (order.picks[row.answer.pk, one.name] if one.is_conflict else Side.FILE).value,
        }
        for one in row.merges
    ]
    return {
        "file": file.stored.place,
        "row": row.row.number,
        "code": row.row.code,
        "outcome": change.step if change is not None else Outcome.SAME.value,
        "revision": row.answer.revision,
        "fields": fields,
    }
