"""A draft with changes, and what was decided on the 課題 of an answer."""

import pytest
from beginnings import lasting
from draft_cast import reword, text_of
from meeting_cast import by_decision, held, put
from report_cast import sealed

from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import Verdict, record_decision
from reviews.enums import DecisionKind
from reviews.models import Decision
from revisions.actions.amending import amend_add, amend_end
from rounds.models import Answer


@pytest.fixture
@lasting
def amended(draft: Edition, secretariat: User) -> Edition:
    """第1.1版（案） with one item reworded, one made concrete, one ended and one added."""
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    origin = by_decision(draft, secretariat, "1-A-2")
    reword(
        draft, "1-A-2", is_study=False, reason="実施を決めたため。", by=secretariat, origin=origin
    )
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終えるため。", by=secretariat)
    amend_add(
        policy=text_of(draft, "2-A-1").policy,
        title="業務の見直し",
        overview="自動化の前に見直します。",
        is_study=True,
        reason="順序を改めるため。",
        by=secretariat,
    )
    return draft


@pytest.fixture
@lasting
def upon_problem(accepted: Answer, small_edition: Edition, secretariat: User) -> Decision:
    """What the 本部 decided on the 課題 of the accepted answer, with the sealed report before it."""
    item = FocusItem.objects.get(code="1-A-1")
    meeting = held(small_edition, secretariat, report=sealed(small_edition, secretariat))
    agenda = put(
        meeting, secretariat, "窓口の名", kind="problem", focus_item=item, entry=accepted.entry
    )
    verdict = Verdict(kind=DecisionKind.AMENDMENT, text="名を改める。", focus_items=[item])
    return record_decision(agenda_item=agenda, verdict=verdict, by=secretariat)
