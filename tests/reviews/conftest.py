"""A draft that is open, a sitting that is being recorded, and what was decided on the 課題 of an answer."""

from collections.abc import Callable

import pytest
from draft_cast import reword, text_of
from meeting_cast import by_decision, held, put, put_item
from report_cast import sealed

from initiatives.actions.answers import send_answer
from initiatives.actions.checking import accept_answer
from initiatives.answer_content import AnswerContent
from initiatives.models import Answer, Initiative
from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from reviews.actions.amending import amend_add, amend_end
from reviews.actions.deciding import Verdict, record_decision
from reviews.enums import DecisionKind
from reviews.models import AgendaItem, Decision, Meeting


@pytest.fixture
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）, as just opened."""
    return open_draft(base=small_edition, major=1, minor=1, by=secretariat)


@pytest.fixture
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
def meeting(small_edition: Edition, secretariat: User) -> Meeting:
    """A sitting of yesterday of whose first agenda item something is said."""
    return held(small_edition, secretariat)


@pytest.fixture
def item(meeting: Meeting, secretariat: User, responsible: FocusItem) -> AgendaItem:
    """A second agenda item, about 1-A-1, of which nothing is said yet; a third one follows."""
    item = put_item(meeting, responsible, secretariat, explanation="来年度の進め方を決める。")
    put(meeting, secretariat, "三つめ")
    return item


@pytest.fixture
def accepted(
    answer: Answer, content: Callable[..., AnswerContent], editor: User, secretariat: User
) -> Answer:
    """The answer of 1-A-1 with a 課題, accepted: it became an entry."""
    said = content(problem="窓口の名が古い。", for_headquarters=True)
    send_answer(answer=answer, content=said, opened_revision=0, by=editor)
    sent = Answer.objects.get(pk=answer.pk)
    accept_answer(
        answer=sent,
        opened_revision=sent.revision,
        initiative_revision=Initiative.objects.get(pk=sent.initiative_id).revision,
        by=secretariat,
    )
    return Answer.objects.select_related("entry", "round").get(pk=answer.pk)


@pytest.fixture
def upon_problem(accepted: Answer, small_edition: Edition, secretariat: User) -> Decision:
    """What the 本部 decided on the 課題 of the accepted answer, with the sealed report before it."""
    item = FocusItem.objects.get(code="1-A-1")
    meeting = held(small_edition, secretariat, report=sealed(small_edition, secretariat))
    agenda = put(
        meeting, secretariat, "窓口の名", kind="problem", focus_item=item, entry=accepted.entry
    )
    verdict = Verdict(kind=DecisionKind.AMENDMENT, text="名を改める。", focus_items=[item])
    return record_decision(agenda_item=agenda, verdict=verdict, by=secretariat)
