"""A scheduled adoption, and the ones that were called off or moved to another day."""

from dataclasses import dataclass
from datetime import date

from initiatives.models import Responsibility
from initiatives.queries.inherited_departments import begins_carried_over
from kirishima_dx.elapsed import days_until
from plans.models import Edition, RecalledAdoption
from plans.recalls import late_errata, recall_refusal
from reviews.models import Decision, DecisionOutcome
from revisions.models import AdoptionDecision, RecalledDecision
from revisions.queries.adoption import carried_because, handed_on_with


@dataclass(frozen=True)
class RecallTold:
    """One recall with the decision that the adoption had rested on, where it was called off."""

    recall: RecalledAdoption
    decision: Decision | None


@dataclass(frozen=True)
class AdoptionPage:
    """The adoption of an edition as it stands, what would go back with it, and what was recalled before.

    A refusal says why it cannot be called off, or moved to another day; empty where it can.
    """

    edition: Edition
    is_scheduled: bool
    until: str
    decision: Decision | None
    refusal_to_call_off: str
    refusal_to_move: str
    carried: list[Responsibility]
    fate_count: int
    erratum_count: int
    outcome_count: int
    recalls: list[RecallTold]


def adoption_page(edition: Edition, today: date) -> AdoptionPage:
    day = edition.effective_from
    is_scheduled = day is not None and not edition.took_effect_by(today)
    link = AdoptionDecision.objects.filter(edition=edition).select_related("decision__meeting")
    found = link.first()
    return AdoptionPage(
        edition=edition,
        is_scheduled=is_scheduled,
        until=days_until(day, today) if day else "",
        decision=found.decision if found else None,
        refusal_to_call_off=recall_refusal(edition, today, calling_off=True),
        refusal_to_move=recall_refusal(edition, today, calling_off=False),
        carried=_carried(edition, day) if day and is_scheduled else [],
        fate_count=edition.fates.count(),
        erratum_count=len(late_errata(edition)) if is_scheduled else 0,
        outcome_count=_told_of(edition),
        recalls=_recalls(edition),
    )


def _told_of(edition: Edition) -> int:
    """Return of how many decisions the edition says what it made of them."""
    counting = DecisionOutcome.objects.counting().filter(edition=edition)
    return counting.values("decision").distinct().order_by().count()


def _carried(edition: Edition, on: date) -> list[Responsibility]:
    descents, reason = handed_on_with(edition), carried_because(edition)
    begin = begins_carried_over(descents, on=on, reason=reason)
    named = begin.select_related("initiative__focus_item", "department")
    return list(named.order_by("initiative__focus_item__code", "kind"))


def _recalls(edition: Edition) -> list[RecallTold]:
    recalls = edition.recalls.defer("kept").order_by("-recalled_at")
    links = RecalledDecision.objects.filter(recall__edition=edition)
    decisions = {
        link.recall_id: link.decision for link in links.select_related("decision__meeting")
    }
    return [RecallTold(recall, decisions.get(recall.pk)) for recall in recalls]
