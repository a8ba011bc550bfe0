"""A scheduled adoption is called off, or moved to another day, until its day has come (rule A4)."""

from datetime import date
from typing import Any

import pytest
from adopt_cast import statuses
from draft_cast import reword, split_off, text_of

from people.models import User
from plans.models import Edition, ItemFate
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.recalling import call_off_adoption
from revisions.models import AdoptionDecision, RecalledDecision

COMING, MISTYPED = date(2027, 4, 1), date(2072, 4, 1)


def schedule(draft: Edition, by: User, day: date = COMING, **more: Any) -> Edition:
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=day,
        basis="本部会議",
        by=by,
        **more,
    )


@pytest.fixture
def scheduled(amended: Edition, secretariat: User) -> Edition:
    """1.1 decided on 2026-10-01, in effect from a mistyped 2072-04-01, upon a decision, with an item split off."""
    split_off(amended, by=secretariat)
    return schedule(amended, secretariat, MISTYPED, decision=Decision.objects.get())


def test_a_called_off_adoption_is_a_draft_again_and_what_it_wrote_goes_into_rows(
    scheduled: Edition, secretariat: User
) -> None:
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}

    recall = call_off_adoption(edition=scheduled, reason="年の打ち間違い。", by=secretariat)

    assert statuses() == {"1.0": "in_force", "1.1": "draft"}
    draft = Edition.objects.get(minor=1)
    assert (draft.effective_from, draft.decided_on, draft.adoption_basis) == (None, None, "")
    assert not ItemFate.objects.exists()
    assert not AdoptionDecision.objects.exists()
    assert RecalledDecision.objects.get(recall=recall).decision == Decision.objects.get()
    assert (recall.effective_from, recall.adoption_basis) == (MISTYPED, "本部会議")
    assert recall.adopted_at == scheduled.adopted_at

    reword(draft, "1-A-1", title="もう一度直した題", by=secretariat)
    again = schedule(draft, secretariat)
    assert again.effective_from == COMING
    assert text_of(again, "1-A-1").title == "もう一度直した題"
