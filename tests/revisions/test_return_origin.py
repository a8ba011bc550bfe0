"""What gave rise to taking an end back: asked for as of every other change, told in the story of the text, and no
amendment of the plan (rule O3)."""

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import RESTORE, ClientOf, adopted, reword, section_of, text_of
from meeting_cast import by_decision
from part_cast import AXIS_RESTORE, POLICY_RESTORE, SECTION_RESTORE, axis_of, policy_of
from why_cast import shown, turns

from people.models import User
from plans.models import Edition
from reviews.models import Decision
from revisions.actions.amending import amend_end, amend_restore
from revisions.actions.amending_axes import amend_end_axis, amend_end_policy
from revisions.actions.amending_sections import amend_end_section
from revisions.enums import OriginKind
from revisions.models import Amendment, Origin
from revisions.queries.came_of import changed_upon_decision

REASON = "やはり続ける。"
ADDRESSES = {
    RESTORE: "items/1-A-1",
    AXIS_RESTORE: "axes/1",
    POLICY_RESTORE: "policies/1-A",
    SECTION_RESTORE: "sections/purpose",
}


@pytest.fixture
@lasting
def decision(draft: Edition, secretariat: User) -> Decision:
    source = by_decision(draft, secretariat, "1-A-2").source
    assert isinstance(source, Decision)
    return source


def end(draft: Edition, by: User, address: str) -> None:
    """End what an address takes back, and before it what stands in it."""
    told = {"opened_version": 1, "reason": "終える。", "by": by}
    if address == SECTION_RESTORE:
        amend_end_section(section=section_of(draft), **told)
        return
    held = [text.focus_item.code for text in draft.item_texts.filter(policy__axis__number=1)]
    for code in ["1-A-1"] if address == RESTORE else held:
        amend_end(text=text_of(draft, code), **told)
    if address in {AXIS_RESTORE, POLICY_RESTORE}:
        amend_end_policy(policy=policy_of(draft, "1-A"), **told)
    if address == AXIS_RESTORE:
        amend_end_policy(policy=policy_of(draft, "1-B"), **told)
        amend_end_axis(axis=axis_of(draft), **told)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_end_is_taken_back_upon_a_decision(
    draft: Edition, desk: Client, secretariat: User, decision: Decision, address: str
) -> None:
    end(draft, secretariat, address)
    sent = {"reason": REASON, "opened_edition": "1.1", "origin_kind": "decision"}
    unnamed = desk.post(address, sent).content.decode()
    assert "どの決定によるかを選んでください。" in unnamed
    assert REASON in unnamed

    desk.post(address, {**sent, "origin_decision": str(decision.pk)})

    back = Amendment.objects.filter(kind="restore").get()
    assert (back.origin, back.decision, back.reason) == ("decision", decision, REASON)
    told = turns(shown(desk, f"/editions/1.1/why/{ADDRESSES[address]}/"))[0]
    assert f"変更の取りやめ 理由：{REASON}" in told
    assert f"決定 {decision.code}" in told
    assert changed_upon_decision(decision) == [], "it reads as before: nothing came of it"


def test_the_form_remembers_what_was_chosen_when_the_reason_is_missing(
    draft: Edition, desk: Client, secretariat: User, decision: Decision
) -> None:
    end(draft, secretariat, RESTORE)
    sent = {"reason": "", "opened_edition": "1.1", "origin_kind": "decision"}
    page = desk.post(RESTORE, {**sent, "origin_decision": str(decision.pk)}).content.decode()
    assert "改定の理由を書いてください。" in page
    assert f'<option value="{decision.pk}" selected>' in page


@pytest.mark.parametrize(
    ("kind", "ends_again"), [(OriginKind.OTHER, False), (OriginKind.FIELD, True)]
)
def test_what_gave_rise_to_nothing_that_lasts_is_not_told(
    draft: Edition, secretariat: User, client_of: ClientOf, kind: OriginKind, ends_again: bool
) -> None:
    end(draft, secretariat, RESTORE)
    item = draft.base and text_of(draft.base).focus_item
    assert item is not None
    amend_restore(draft=draft, focus_item=item, reason=REASON, by=secretariat, origin=Origin(kind))
    if ends_again:
        text = text_of(draft)
        amend_end(text=text, opened_version=text.version, reason="終える。", by=secretariat)
    else:
        reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    adopted(draft, secretariat)
    assert REASON not in shown(client_of(None), "/editions/1.1/why/items/1-A-1/")
