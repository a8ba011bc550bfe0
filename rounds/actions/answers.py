"""What a department does with an answer: write, send, take back.

Every step is one transaction that takes the answer, compares the revision on which the form was opened (G4), and
leaves an AnswerChange (A2). Each raises AnswerConflict where somebody was there first, and EntryRefused where a rule
or the state of the answer stands against it.
"""

from django.db import transaction

from initiatives.errors import EntryRefused
from initiatives.queries.speaker import Speaker
from people.models import User
from rounds.actions.answer_steps import (
    advance,
    keep,
    mark_sent,
    on_behalf_of,
    refuse_closed_words,
    taken_answer,
    unsend,
)
from rounds.answer_content import AnswerContent, gaps_of
from rounds.enums import AnswerKind, AnswerStep
from rounds.models import Answer
from rounds.queries.scenes import Scene


@transaction.atomic
def save_answer(
    *, answer: Answer, content: AnswerContent, opened_revision: int, by: User
) -> Answer:
    """Keep what is written so far, however little. Nothing is kept of a save that changes nothing."""
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    if content == AnswerContent.of(answer):
        return answer
    refuse_closed_words(answer, content)
    return _save(answer, content, by, scene)


def _save(answer: Answer, content: AnswerContent, by: User, scene: Scene) -> Answer:
    content.put_into(answer)
    speaker = Speaker.now(by, answer.initiative)
    name = speaker.department_name
    return keep(answer, advance(answer, AnswerStep.SAVED, by=by, scene=scene, department_name=name))


@transaction.atomic
def send_answer(
    *, answer: Answer, content: AnswerContent, opened_revision: int, by: User
) -> Answer:
    """Send an answer that lacks nothing; EntryRefused names what it lacks, and nothing is saved."""
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    content.put_into(answer)
    refuse_closed_words(answer, content)
    gaps = gaps_of(AnswerContent.of(answer), as_of=answer.round.as_of, last=scene.last)
    if gaps:
        raise EntryRefused(gaps)
    speaker = Speaker.now(by, answer.initiative)
    change = advance(
        answer,
        AnswerStep.SENT,
        by=by,
        scene=scene,
        department_name=speaker.department_name or on_behalf_of(scene.lead),
        due_on=scene.due_on(answer),
    )
    mark_sent(answer, by=by, scene=scene, speaker=speaker)
    return keep(answer, change)


def answer_unchanged(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """Send 変更なし: an answer of its own (G2). What was written before stays in the answer's history."""
    content = AnswerContent(kind=AnswerKind.UNCHANGED)
    return send_answer(answer=answer, content=content, opened_revision=opened_revision, by=by)


@transaction.atomic
def withdraw_answer(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """Take back what was sent, to write on, as long as the 事務局 has not accepted it and the window is open."""
    answer = taken_answer(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    change = advance(
        answer,
        AnswerStep.WITHDRAWN,
        by=by,
        scene=scene,
        department_name=Speaker.now(by, answer.initiative).department_name,
    )
    unsend(answer)
    return keep(answer, change)
