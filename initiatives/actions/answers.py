"""What is done to an answer, from the first letter to the entry that it becomes.

Every step is one transaction that takes the answer, compares the revision on which the form was opened (G4), and
leaves an AnswerChange (A2). Each raises AnswerConflict where somebody was there first, and EntryRefused where a rule
or the state of the answer stands against it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from initiatives.actions.answer_content import AnswerContent, gaps_of
from initiatives.actions.progress import Speaker, Statement, add_entry, taken
from initiatives.deadlines import Deadlines
from initiatives.enums import STEPS, AnswerKind, AnswerState, AnswerStep, EntryKind
from initiatives.errors import AnswerConflict, EntryRefused
from initiatives.models import (
    Answer,
    AnswerChange,
    AnswerImport,
    Initiative,
    ProgressEntry,
    Responsibility,
)
from initiatives.rules import can_certify
from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.models import Department, User

ON_BEHALF = "事務局代行"


@dataclass(frozen=True)
class Scene:
    """What an answer is judged by: who owes it today, until when, and what was said before."""

    lead: Department | None
    deadlines: Deadlines
    last: ProgressEntry | None
    at: datetime
    today: date

    @classmethod
    def of(cls, answer: Answer) -> "Scene":
        today = clock.today()
        held = Responsibility.objects.filter(initiative_id=answer.initiative_id)
        return cls(
            lead=held.leads_on(today).get(answer.initiative_id),
            deadlines=Deadlines.of(answer.round),
            last=last_of(answer),
            at=clock.now(),
            today=today,
        )

    def due_on(self, answer: Answer) -> date:
        return self.deadlines.of_answer(answer, self.lead.pk if self.lead else None)

    def refuse_closed(self, answer: Answer) -> None:
        """Raise where the window to answer is not open."""
        refusal = self.deadlines.refusal(answer, self.lead.pk if self.lead else None, self.today)
        if refusal:
            raise EntryRefused({"all": refusal})

    def gaps(self, answer: Answer) -> dict[str, str]:
        return gaps_of(AnswerContent.of(answer), as_of=answer.round.as_of, last=self.last)


def last_of(answer: Answer) -> ProgressEntry | None:
    """Return the entry that an answer is compared with (前回)."""
    entries = ProgressEntry.objects.before_round(answer.round)
    return entries.filter(initiative_id=answer.initiative_id).latest_first().first()


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


def _unsend(answer: Answer) -> None:
    answer.sent_at = answer.sent_by = answer.applied_due_on = answer.sent_department = None
    answer.sent_by_name = answer.sent_department_name = ""
    answer.certified_at = answer.certified_by = answer.accepted_at = answer.accepted_by = None
    answer.certified_by_name = ""


def _wrong_state(answer: Answer, step: AnswerStep) -> str:
    return f"この回答はいま「{answer.state_label}」なので、{AnswerStep(step).label}はできません。"


def _taken(answer: Answer, opened_revision: int) -> Answer:
    """Take the answer for this transaction, or raise AnswerConflict."""
    now = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("round", "initiative__focus_item")
        .get(pk=answer.pk)
    )
    if now.revision != opened_revision:
        raise AnswerConflict(now)
    return now


def _keep(answer: Answer, change: AnswerChange) -> Answer:
    answer.save()
    change.save()
    return answer


@transaction.atomic
def save_answer(
    *, answer: Answer, content: AnswerContent, opened_revision: int, by: User
) -> Answer:
    """Keep what is written so far, however little. Nothing is kept of a save that changes nothing."""
    answer = _taken(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    if content == AnswerContent.of(answer):
        return answer
    return _save(answer, content, by, scene)


def _save(answer: Answer, content: AnswerContent, by: User, scene: Scene) -> Answer:
    content.put_into(answer)
    speaker = Speaker.now(by, answer.initiative)
    name = speaker.department_name
    return _keep(
        answer, advance(answer, AnswerStep.SAVED, by=by, scene=scene, department_name=name)
    )


@transaction.atomic
def send_answer(
    *, answer: Answer, content: AnswerContent, opened_revision: int, by: User
) -> Answer:
    """Send an answer that lacks nothing; EntryRefused names what it lacks, and nothing is saved."""
    answer = _taken(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    content.put_into(answer)
    gaps = scene.gaps(answer)
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
    return _keep(answer, change)


def answer_unchanged(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """Send 変更なし: an answer of its own (G2). What was written before stays in the answer's history."""
    content = AnswerContent(kind=AnswerKind.UNCHANGED)
    return send_answer(answer=answer, content=content, opened_revision=opened_revision, by=by)


@transaction.atomic
def withdraw_answer(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """Take back what was sent, to write on, as long as the 事務局 has not accepted it and the window is open."""
    answer = _taken(answer, opened_revision)
    scene = Scene.of(answer)
    scene.refuse_closed(answer)
    change = advance(
        answer,
        AnswerStep.WITHDRAWN,
        by=by,
        scene=scene,
        department_name=Speaker.now(by, answer.initiative).department_name,
    )
    _unsend(answer)
    return _keep(answer, change)


@transaction.atomic
def certify_answer(*, answer: Answer, opened_revision: int, by: User) -> Answer:
    """確認者 confirms for the department; the answer goes on to the 事務局."""
    answer = _taken(answer, opened_revision)
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
    return _keep(answer, change)


@transaction.atomic
def return_answer(*, answer: Answer, reason: str, opened_revision: int, by: User) -> Answer:
    """Give an answer back to be mended: the 事務局, or the 確認者 while it waits for them."""
    answer = _taken(answer, opened_revision)
    if not reason.strip():
        raise EntryRefused({"reason": "差し戻す理由を書いてください。"})
    scene = Scene.of(answer)
    change = advance(answer, AnswerStep.RETURNED, by=by, scene=scene, reason=reason)
    _unsend(answer)
    answer.return_reason = reason
    if scene.deadlines.round.is_closed and answer.own_due_on is None:
        raise EntryRefused(
            {"all": "締め切った照会の回答は、差し戻せません。「再開」を使ってください。"}
        )
    return _keep(answer, change)


@transaction.atomic
def accept_answer(
    *, answer: Answer, opened_revision: int, initiative_revision: int, by: User
) -> Answer:
    """事務局 accepts: the answer becomes an entry in the name of who sent it (rehearsals excepted).

    `initiative_revision` is that of the item's record as it was looked at; RevisionConflict where it has changed.
    """
    answer = _taken(answer, opened_revision)
    scene = Scene.of(answer)
    if answer.awaits_certifier:
        raise EntryRefused({"all": "課内の確認（確認者）がまだなので、受け付けられません。"})
    change = advance(answer, AnswerStep.ACCEPTED, by=by, scene=scene)
    if not answer.round.is_rehearsal:
        initiative = taken(answer.initiative.focus_item, initiative_revision)
        answer.entry = _recorded(answer, initiative, scene)
    answer.accepted_at, answer.accepted_by = scene.at, by
    return _keep(answer, change)


def _recorded(answer: Answer, initiative: Initiative, scene: Scene) -> ProgressEntry:
    """Append the entry that an answer becomes; a second one corrects the first."""
    if answer.round.as_of > scene.today:
        day = wareki_date(answer.round.as_of)
        raise EntryRefused({"all": f"基準日（{day}）より前には、進捗の記録にできません。"})
    unchanged = answer.kind == AnswerKind.UNCHANGED
    if unchanged and (scene.last is None or scene.last.pk != answer.basis_id):
        raise EntryRefused(
            {
                "all": "「変更なし」と回答された後に、前回の記録が変わりました。差し戻して確かめてください。"
            }
        )
    statement = (
        Statement.of(scene.last) if unchanged and scene.last else AnswerContent.of(answer).statement
    )
    assert answer.sent_by is not None  # noqa: S101 — the database holds it of what was sent
    speaker = Speaker(
        answer.sent_by, answer.sent_by_name, answer.sent_department, answer.sent_department_name
    )
    before = answer.entry
    if before is not None and not hasattr(before, "corrected_by"):
        return add_entry(
            initiative,
            statement,
            kind=EntryKind.CORRECTION,
            as_of=answer.round.as_of,
            by=speaker,
            corrects=before,
            correction_reason=_reopened_because(answer),
        )
    return add_entry(
        initiative,
        statement,
        kind=EntryKind.UNCHANGED if unchanged else EntryKind.UPDATE,
        as_of=answer.round.as_of,
        by=speaker,
        repeats=scene.last if unchanged else None,
    )


def _reopened_because(answer: Answer) -> str:
    reopened = answer.changes.filter(step=AnswerStep.REOPENED).order_by("-revision").first()
    return reopened.reason if reopened else "照会への回答を直したため"


@transaction.atomic
def reopen_answer(
    *, answer: Answer, due_on: date, reason: str, opened_revision: int, by: User
) -> Answer:
    """Let a department write again, until a day, also after the round was closed; what it had said is kept."""
    answer = _taken(answer, opened_revision)
    scene = Scene.of(answer)
    errors = {}
    if not reason.strip():
        errors["reason"] = "再開する理由を書いてください。"
    if due_on < scene.today:
        errors["due_on"] = "新しい期限は、きょう以後の日にしてください。"
    if errors:
        raise EntryRefused(errors)
    change = advance(answer, AnswerStep.REOPENED, by=by, scene=scene, reason=reason, due_on=due_on)
    _unsend(answer)
    answer.own_due_on = due_on
    return _keep(answer, change)
