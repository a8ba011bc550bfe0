"""The steps of an answer, in memory: what each is judged by, what it leaves behind."""

from datetime import date

from initiatives.errors import EntryRefused
from initiatives.queries.speaker import Speaker
from initiatives.statement import texts_of
from people.closed import closed_words
from people.models import Department, User
from rounds.answer_content import AnswerContent
from rounds.enums import STEPS, AnswerStep
from rounds.errors import AnswerConflict
from rounds.models import Answer, AnswerChange, AnswerImport
from rounds.queries.closed_words import is_of_item
from rounds.queries.scenes import Scene

ON_BEHALF = "事務局代行"


def advance(
    answer: Answer,
    step: AnswerStep,
    *,
    by: User,
    scene: Scene,
    department_name: str = "",
    reason: str = "",
    due_on: date | None = None,
    source: AnswerImport | None = None,
) -> AnswerChange:
    """Take a step with an answer in memory; the caller saves the answer and the change that is returned."""
    allowed, state = STEPS[step]
    if answer.state not in allowed:
        raise EntryRefused({"all": _wrong_state(answer, step)})
    answer.state = state
    answer.revision += 1
    answer.updated_at, answer.updated_by_name = scene.at, by.display_name
    return AnswerChange(
        answer=answer,
        revision=answer.revision,
        step=step,
        content=AnswerContent.of(answer).as_json(),
        reason=reason,
        due_on=due_on,
        source=source,
        changed_at=scene.at,
        changed_by=by,
        changed_by_name=by.display_name,
        department_name=department_name,
    )


def mark_sent(answer: Answer, *, by: User, scene: Scene, speaker: Speaker) -> None:
    """Put into an answer who sent it, under which names, and the deadline that applied."""
    answer.sent_at, answer.sent_by, answer.sent_by_name = scene.at, by, by.display_name
    answer.sent_department = speaker.department or scene.lead
    answer.sent_department_name = speaker.department_name or on_behalf_of(scene.lead)
    answer.applied_due_on = scene.due_on(answer)
    answer.basis = scene.last
    answer.return_reason = ""
    answer.certified_at = answer.certified_by = None
    answer.certified_by_name = ""


def on_behalf_of(lead: Department | None) -> str:
    """Return how an answer names whoever owes it where the 事務局 sends it for them."""
    return f"{lead.name}（{ON_BEHALF}）" if lead else "事務局"


def unsend(answer: Answer) -> None:
    """Take out of an answer that it was sent, confirmed and accepted; its history keeps it."""
    answer.sent_at = answer.sent_by = answer.applied_due_on = answer.sent_department = None
    answer.sent_by_name = answer.sent_department_name = ""
    answer.certified_at = answer.certified_by = answer.accepted_at = answer.accepted_by = None
    answer.certified_by_name = ""


def _wrong_state(answer: Answer, step: AnswerStep) -> str:
    return f"この回答はいま「{answer.state_label}」なので、{AnswerStep(step).label}はできません。"


def taken_answer(answer: Answer, opened_revision: int) -> Answer:
    """Take the answer for this transaction, or raise AnswerConflict."""
    now = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("round", "initiative__focus_item")
        .get(pk=answer.pk)
    )
    if now.revision != opened_revision:
        raise AnswerConflict(now)
    return now


def refuse_closed_words(answer: Answer, content: AnswerContent) -> None:
    """Refuse texts that were closed of the same item before (A3), each at its column."""
    closed = closed_words(
        texts_of(content), is_of_it=lambda cell: is_of_item(cell, answer.initiative_id)
    )
    if closed:
        raise EntryRefused(closed)


def keep(answer: Answer, change: AnswerChange) -> Answer:
    """Save a step that was taken in memory."""
    answer.save()
    change.save()
    return answer
