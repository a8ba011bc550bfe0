"""What is done with an answer that was sent: confirmed, returned, accepted, reopened. It works as in `answers`."""

from datetime import date

from django.db import transaction

from initiatives.actions.progress import add_entry, taken
from initiatives.enums import EntryKind
from initiatives.errors import EntryRefused
from initiatives.models import Initiative, ProgressEntry
from initiatives.queries.speaker import Speaker
from kirishima_dx.fiscal_year import wareki_date
from people.models import User
from rounds.actions.answer_steps import advance, keep, taken_answer, unsend
from rounds.enums import AnswerKind, AnswerState, AnswerStep
from rounds.models import Answer
from rounds.queries.scenes import Scene
from rounds.rules import can_certify


@transaction.atomic
def certify_answer(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """確認者 confirms for the department; the answer goes on to the 事務局."""
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    if not can_certify(by, scene.lead):
        raise EntryRefused({"all": "確認できるのは、この項目の主担当課の確認者だけです。"})
    if answer.state == AnswerState.SENT and not answer.awaits_certifier:
        raise EntryRefused({"all": "この回答に、課内の確認は要りません。"})
    change = advance(
        answer,
        AnswerStep.CERTIFIED,
        by=by,
        scene=scene,
        department_name=scene.lead.name if scene.lead else "",
    )
    answer.certified_at, answer.certified_by = scene.at, by
    answer.certified_by_name = by.display_name
    return keep(answer, change)


@transaction.atomic
def return_answer(*, answer: Answer, reason: str, opened_revision: int, by: User) -> Answer:
    """Give an answer back to be mended: the 事務局, or the 確認者 while it waits for them."""
    answer = taken_answer(answer, opened_revision)
    if not reason.strip():
        raise EntryRefused({"reason": "差し戻す理由を書いてください。"})
    scene = Scene.of(answer)
    change = advance(answer, AnswerStep.RETURNED, by=by, scene=scene, reason=reason)
    unsend(answer)
    answer.return_reason = reason
    if scene.deadlines.round.is_closed and answer.own_due_on is None:
        raise EntryRefused(
            {"all": "締め切った照会の回答は、差し戻せません。「再開」を使ってください。"}
        )
    return keep(answer, change)


@transaction.atomic
def accept_answer(
    *, answer: Answer, opened_revision: int, initiative_revision: int, by: User
) -> Answer:
    """事務局 accepts: the answer becomes an entry in the name of who sent it (rehearsals excepted).

    `initiative_revision` is that of the item's record as it was looked at; RevisionConflict where it has changed.
    """
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    if answer.awaits_certifier:
        raise EntryRefused({"all": "課内の確認（確認者）がまだなので、確認済にできません。"})
    change = advance(answer, AnswerStep.ACCEPTED, by=by, scene=scene)
    if not answer.round.is_rehearsal:
        initiative = taken(answer.initiative.focus_item, initiative_revision)
        answer.entry = _recorded(answer, initiative, scene)
    answer.accepted_at, answer.accepted_by = scene.at, by
    return keep(answer, change)


def _recorded(answer: Answer, initiative: Initiative, scene: Scene) -> ProgressEntry:
    """Append the entry that an answer becomes; a second one corrects what stands in the place of the first."""
    _refuse_unrecordable(answer, scene)
    repeats = scene.last if answer.kind == AnswerKind.UNCHANGED else None
    statement = (repeats or answer).statement
    assert answer.sent_by is not None  # noqa: S101 — the database holds it of what was sent
    speaker = Speaker(
        answer.sent_by, answer.sent_by_name, answer.sent_department, answer.sent_department_name
    )
    if answer.entry is not None:
        return add_entry(
            initiative,
            statement,
            kind=EntryKind.CORRECTION,
            as_of=answer.round.as_of,
            by=speaker,
            corrects=answer.entry.as_corrected,
            correction_reason=_reopened_because(answer),
        )
    return add_entry(
        initiative,
        statement,
        kind=EntryKind.UNCHANGED if repeats else EntryKind.UPDATE,
        as_of=answer.round.as_of,
        by=speaker,
        repeats=repeats,
    )


def _refuse_unrecordable(answer: Answer, scene: Scene) -> None:
    """Refuse a day that has not come, and 変更なし of an entry that is no longer the last."""
    if answer.round.as_of > scene.today:
        day = wareki_date(answer.round.as_of)
        raise EntryRefused({"all": f"基準日（{day}）より前には、進捗の記録にできません。"})
    is_basis_last = scene.last is not None and scene.last.pk == answer.basis_id
    if answer.kind == AnswerKind.UNCHANGED and not is_basis_last:
        raise EntryRefused(
            {
                "all": "「変更なし」と回答された後に、前回の記録が変わりました。差し戻して確かめてください。"
            }
        )


def _reopened_because(answer: Answer) -> str:
    reopened = answer.changes.filter(step=AnswerStep.REOPENED).order_by("-revision").first()
    return reopened.reason if reopened else "照会への回答を直したため"


@transaction.atomic
def reopen_answer(
    *, answer: Answer, due_on: date, reason: str, opened_revision: int, by: User
) -> Answer:
    """Let a department write again, until a day, also after the round was closed; what it had said is kept."""
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    errors = {}
    if not reason.strip():
        errors["reason"] = "再開する理由を書いてください。"
    if due_on < scene.today:
        errors["due_on"] = "新しい期限は、きょう以後の日にしてください。"
    if errors:
        raise EntryRefused(errors)
    change = advance(answer, AnswerStep.REOPENED, by=by, scene=scene, reason=reason, due_on=due_on)
    unsend(answer)
    answer.own_due_on = due_on
    return keep(answer, change)
