"""What comes of a decision: the department reports, the 事務局 asks again or closes."""

from django.db import transaction

from kirishima_dx import clock
from people.models import User
from reviews.enums import FOLLOW_UPS, FollowUpStep, state_after
from reviews.errors import DecisionRefused, RecordConflict
from reviews.models import Decision, FollowUp
from reviews.rules import acting_department

_MISSING = {
    FollowUpStep.ANSWERED: "対応の内容を書いてください。",
    FollowUpStep.RETURNED: "差し戻す理由を書いてください。",
    FollowUpStep.CLOSED: "決着とする理由を書いてください。",
    FollowUpStep.REOPENED: "再開する理由を書いてください。",
}


@transaction.atomic
def follow_up(
    *,
    decision: Decision,
    step: FollowUpStep,
    text: str,
    opened_number: int,
    by: User,
    seen_version: int | None = None,
) -> FollowUp:
    """Take a step about a decision. `opened_number` is how many steps there were when the form was opened.

    `seen_version` is the version of the decision that was looked at; None: not looked at.
    Raises RecordConflict where somebody took another step since, or put its words right (G4), DecisionRefused where
    the step is not to be taken now or says nothing.
    """
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    last = current.follow_ups.order_by("-number").first()
    taken = last.number if last else 0
    if taken != opened_number or seen_version not in (None, current.version):
        raise RecordConflict(current)
    _refuse_step(current, last, step, text)
    department = acting_department(by, current, clock.today())
    return FollowUp.objects.create(
        decision=current,
        number=taken + 1,
        step=step,
        text=text,
        taken_at=clock.not_before(last.taken_at if last else None),
        taken_by=by,
        taken_by_name=by.display_name,
        department_name=department.name if department else "",
    )


def _refuse_step(decision: Decision, last: FollowUp | None, step: FollowUpStep, text: str) -> None:
    state = state_after(last.step if last else None)
    is_own = step in (FollowUpStep.CLOSED, FollowUpStep.REOPENED) and decision.can_be_settled
    if not decision.is_owed and not is_own:
        raise DecisionRefused("この決定には担当がないので、対応を報告するものではありません。")
    if state not in FOLLOW_UPS[step][0]:
        raise DecisionRefused(f"いま「{state.label}」なので、「{step.label}」はできません。")
    if not text.strip():
        raise DecisionRefused(_MISSING[step])
