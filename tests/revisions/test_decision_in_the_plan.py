"""A decision that the plan was changed upon: it is not taken back, and once an edition is in force not reworded."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from draft_cast import adopted
from meeting_cast import decided, decision_address

from people.models import User
from plans.models import Edition
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.models import AdoptionDecision


def told(decision: Decision, **overrides: Any) -> dict[str, Any]:
    """Return what the form of a decision sends."""
    codes = "、".join(item.code for item in decision.focus_items.all())
    plain = {
        "kind": decision.kind,
        "text": decision.text,
        "owner": "",
        "due_on": "",
        "items": codes,
    }
    return {**plain, "version": decision.version, **overrides}


def withdrawn(desk: Client, decision: Decision) -> str:
    page = desk.post(decision_address(decision, "withdraw"), {"reason": "誤って記録した"})
    return page.content.decode()


def test_a_decision_that_a_draft_was_changed_upon_is_not_taken_back(
    amended: Edition, desk: Client
) -> None:
    decision = Decision.objects.get(amendments__edition=amended)
    page = withdrawn(desk, decision)
    assert "計画の改定の理由になっているので、取り消せません。" in page
    assert "誤って記録した</textarea>" in page
    edit = decision_address(decision, "edit")
    desk.post(edit, told(decision, text="言い回しを直した決定。"))
    decision.refresh_from_db()
    assert decision.text == "言い回しを直した決定。"


@pytest.mark.parametrize("rests", [False, True], ids=["改定の理由", "施行の根拠"])
def test_t1_a_decision_that_an_edition_rests_on_keeps_its_words(
    amended: Edition, desk: Client, secretariat: User, rests: bool
) -> None:
    decision = Decision.objects.get(amendments__edition=amended)
    if rests:
        decision = decided(amended, secretariat, None, kind="noted", text="施行する。")
        adopt_edition(
            edition=amended,
            decided_on=date(2026, 10, 15),
            effective_from=date(2026, 10, 15),
            basis="本部会議の決定",
            decision=decision,
            by=secretariat,
        )
    else:
        adopted(amended, secretariat)
    words = "この決定にもとづいて版を施行したので、直すことも取り消すこともできません。"
    assert words in withdrawn(desk, decision)
    page = desk.post(decision_address(decision, "edit"), told(decision, text="別の決定。"))
    assert words in page.content.decode()
    assert "別の決定。</textarea>" in page.content.decode()
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.text, kept.version) == (decision.text, decision.version)
    assert AdoptionDecision.objects.exists() == rests
