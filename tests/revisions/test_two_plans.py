"""No record of one plan gives rise to a change of another, whatever a form was made to send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from draft_cast import adopted, reword
from meeting_cast import by_decision, held

from initiatives.models import ProgressEntry
from people.models import User
from plans.actions.loading import load_plan
from plans.errors import DraftRefused
from plans.models import Axis, Edition, Erratum, FocusItem
from plans.plan_file.source import PlanFile
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome
from reviews.errors import ConsiderationRefused
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending_axes import amend_axis
from revisions.actions.explaining import explain_changes, explain_part
from revisions.actions.opening import open_considered_draft
from revisions.enums import OriginKind
from revisions.models import AdoptionDecision, Amendment, Origin
from rounds.models import ReportingRound

OTHERS = "きっかけに選んだ記録は、ほかの計画のものです。"


@pytest.fixture
@lasting
def other_draft(draft: Edition, small_plan: PlanFile) -> Edition:
    """The first edition of a second plan, with the same words."""
    return load_plan(replace(small_plan, code="other", name="別の計画")).edition


@pytest.fixture
def sources(
    draft: Edition,
    secretariat: User,
    editor: User,
    reporting_round: ReportingRound,
    record: Callable[..., ProgressEntry],
) -> dict[OriginKind, Any]:
    """A record of each kind that belongs to the plan of `draft`."""
    item = FocusItem.objects.get(plan=draft.plan, code="1-A-1")
    decision = by_decision(draft, secretariat, "1-A-2")
    return {
        OriginKind.DECISION: decision.source,
        OriginKind.PROBLEM: record(item, by=editor, problem="費用。", for_headquarters=True),
        OriginKind.ROUND: reporting_round,
        OriginKind.ERRATUM: Erratum.objects.filter(edition=draft.base).get(),
    }


@pytest.mark.parametrize(
    "kind", [OriginKind.DECISION, OriginKind.PROBLEM, OriginKind.ROUND, OriginKind.ERRATUM]
)
def test_a_record_gives_rise_to_changes_of_its_own_plan_alone(
    draft: Edition,
    other_draft: Edition,
    sources: dict[OriginKind, Any],
    secretariat: User,
    kind: OriginKind,
) -> None:
    origin = Origin(kind, sources[kind])
    with pytest.raises(DraftRefused, match=OTHERS):
        reword(other_draft, "1-A-1", title="届出のオンライン化", by=secretariat, origin=origin)
    assert other_draft.item_texts.get(focus_item__code="1-A-1").title == "申請のオンライン化"
    assert not Amendment.objects.exists()
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat, origin=origin)
    assert Amendment.objects.get().origin == kind


def test_a_reason_given_later_names_no_record_of_another_plan(
    draft: Edition, other_draft: Edition, secretariat: User
) -> None:
    other_draft.item_texts.filter(focus_item__code="1-A-1").update(title="裏口の題")
    Axis.objects.filter(edition=other_draft, number=1).update(name="裏口の軸")
    origin = by_decision(draft, secretariat, "1-A-2")
    told: dict[str, Any] = {"draft": other_draft, "reason": "後から。", "by": secretariat}
    item = FocusItem.objects.get(plan=other_draft.plan, code="1-A-1")
    with pytest.raises(DraftRefused, match=OTHERS):
        explain_changes(focus_item=item, origin=origin, **told)
    with pytest.raises(DraftRefused, match=OTHERS):
        explain_part(place="axes/1", origin=origin, **told)
    axis = other_draft.axes.select_related("edition").get(number=2)
    with pytest.raises(DraftRefused, match=OTHERS):
        amend_axis(
            axis=axis,
            name="別の名称",
            english=axis.english,
            tagline=axis.tagline,
            opened_version=axis.version,
            reason="改める。",
            by=secretariat,
            origin=origin,
        )
    assert not Amendment.objects.exists()


def test_an_adoption_rests_on_a_decision_about_its_own_plan(
    draft: Edition, other_draft: Edition, secretariat: User
) -> None:
    decision = by_decision(draft, secretariat, "1-A-2").source
    assert isinstance(decision, Decision)
    terms: dict[str, Any] = {
        "decided_on": date(2026, 10, 14),
        "effective_from": date(2026, 10, 15),
        "basis": "本部会議",
        "by": secretariat,
        "decision": decision,
    }
    with pytest.raises(DraftRefused, match="ほかの計画についての会議"):
        adopt_edition(edition=other_draft, **terms)
    assert Edition.objects.get(pk=other_draft.pk).is_draft
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    adopt_edition(edition=draft, **terms)
    assert AdoptionDecision.objects.get().edition == draft


def test_a_consideration_keeps_to_its_plan(
    draft: Edition, other_draft: Edition, secretariat: User
) -> None:
    adopted(other_draft, secretariat)
    told: dict[str, Any] = {
        "plan": other_draft.plan,
        "fiscal_year": 2026,
        "outcome": ConsiderationOutcome.REVISE,
        "reason": "見直すため。",
        "considered_on": date(2026, 10, 14),
        "by": secretariat,
    }
    with pytest.raises(ConsiderationRefused, match="ほかの計画についての会議"):
        record_consideration(meeting=held(draft, secretariat), **told)
    considered = record_consideration(meeting=None, **{**told, "plan": draft.plan})
    base = Edition.objects.get(pk=other_draft.pk)
    with pytest.raises(DraftRefused, match="この検討の記録からは"):
        open_considered_draft(base=base, major=1, minor=1, consideration=considered, by=secretariat)
    assert not Edition.objects.filter(base=base).exists()
