"""Moving and ending axes and policies of a draft, and closing the gaps in the numbers of items."""

import pytest
from django.test import Client
from draft_cast import text_of
from part_cast import (
    AXIS_END,
    AXIS_MOVE,
    GAPS,
    POLICY,
    POLICY_END,
    POLICY_MOVE,
    POLICY_RESTORE,
    REASON,
    acts,
    axis_of,
    policy_of,
    sent,
)

from people.models import User
from plans.models import Axis, Edition, Policy
from revisions.actions.amending import amend_end
from revisions.actions.amending_axes import amend_add_axis, amend_add_policy, amend_policy
from revisions.models import Amendment

NEW_AXIS_END = "/editions/draft/axes/3/end/"
DRAFT = "/editions/draft/"


@pytest.fixture
def empty_axis(draft: Edition, secretariat: User) -> Axis:
    """軸3, in which nothing stands."""
    return amend_add_axis(
        draft=draft, name="空の軸", english="", tagline="", reason="設ける。", by=secretariat
    )


def test_an_axis_is_moved_and_all_that_get_another_number_are_explained(
    draft: Edition, desk: Client
) -> None:
    page = desk.get(AXIS_MOVE).content.decode()
    assert "最初に置く（いまの場所）" in page
    assert "軸2 身軽な役場 の後に置く" in page
    response = desk.post(AXIS_MOVE, sent(spot="/2"))
    assert response.headers["Location"] == "/editions/draft/#axes-1"
    assert [axis.key for axis in draft.axes.order_by("number")] == ["2", "1"]
    assert acts() == [("axes/1", "renumber", REASON), ("axes/2", "renumber", REASON)]


def test_a_policy_is_moved_to_another_axis_with_its_items(draft: Edition, desk: Client) -> None:
    page = desk.get(POLICY_MOVE).content.decode()
    assert '<optgroup label="軸2 身軽な役場">' in page
    desk.post(POLICY_MOVE, sent(spot="2/2-A", origin_kind="field"))
    policy = policy_of(draft)
    assert (policy.code, policy.key) == ("2-B", "1-A")
    assert text_of(draft).place == "2-B-1"
    assert ("policies/1-A", "move", REASON) in acts()


def test_the_place_where_it_stands_is_no_move(draft: Edition, desk: Client) -> None:
    page = desk.post(POLICY_MOVE, sent(spot="1/")).content.decode()
    assert "いまと同じ場所です。" in page
    assert REASON in page
    assert acts() == []


@pytest.mark.parametrize(
    ("spot", "message"),
    [
        ("", "置く場所を選んでください。"),
        ("2/9-Z", "その場所は、もうありません。置く場所を選び直してください。"),
        ("1/1-A", "その場所は、もうありません。置く場所を選び直してください。"),
    ],
)
def test_a_place_that_is_none_is_asked_for_again(
    draft: Edition, desk: Client, spot: str, message: str
) -> None:
    page = desk.post(POLICY_MOVE, sent(spot=spot)).content.decode()
    assert message in page
    assert REASON in page
    assert (policy_of(draft).code, acts()) == ("1-A", [])


def test_moving_what_was_reworded_meanwhile_asks_again(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    amend_policy(
        policy=policy_of(draft), name="別の窓口", opened_version=1, reason="改。", by=secretariat
    )
    response = desk.post(POLICY_MOVE, sent(spot="2/2-A"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ移していません" in page
    assert "事務 局子さんが" in page
    assert "別の窓口" in page
    assert policy_of(draft).code == "1-A"
    form = response.context["form"]
    assert (form["spot"].value(), form["opened_version"].value()) == ("2/2-A", "2")
    assert desk.post(POLICY_MOVE, sent(spot="2/2-A", opened_version=2)).status_code == 302
    assert policy_of(draft).code == "2-B"


def test_an_empty_axis_is_ended(draft: Edition, empty_axis: Axis, desk: Client) -> None:
    assert "に載らなくなります" in desk.get(NEW_AXIS_END).content.decode()
    desk.post(NEW_AXIS_END, sent())
    assert list(draft.axes.values_list("key", flat=True)) == ["1", "2"]
    assert acts()[-1] == ("axes/3", "end", REASON)


def test_what_is_not_empty_says_what_has_to_leave_first(draft: Edition, desk: Client) -> None:
    page = desk.get(AXIS_END).content.decode()
    assert "1-A 行かない窓口" in page
    assert "まだ終了にできません" in page
    assert "1-A-1 申請のオンライン化" in desk.get(POLICY_END).content.decode()
    refused = desk.post(POLICY_END, sent()).content.decode()
    assert "取組方針 1-A に重点項目があります。" in refused
    assert (draft.axes.count(), draft.policies.count(), acts()) == (2, 3, [])


def test_ending_what_was_reworded_meanwhile_asks_again(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    policy = amend_add_policy(
        axis=axis_of(draft, "2"), name="空の方針", reason="設ける。", by=secretariat
    )
    amend_policy(
        policy=policy, name="別の方針", opened_version=1, reason="改める。", by=secretariat
    )
    response = desk.post("/editions/draft/policies/2-B/end/", sent())
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ終了にしていません" in page
    assert "別の方針" in page
    assert REASON in page
    assert desk.post("/editions/draft/policies/2-B/end/", sent(opened_version=2)).status_code == 302
    assert draft.policies.count() == 3


def test_an_end_without_a_reason_is_explained_afterwards(draft: Edition, desk: Client) -> None:
    draft.item_texts.filter(policy__key="1-A").delete()
    Policy.objects.filter(edition=draft, key="1-A").delete()
    assert desk.get(POLICY).headers["Location"] == POLICY_END
    assert "理由がまだ記録されていません" in desk.get(POLICY_END).content.decode()
    desk.post(POLICY_END, {"reason": "後から書いた理由。", "opened_edition": "1.1"})
    assert acts() == [("policies/1-A", "end", "後から書いた理由。")]
    assert desk.get(POLICY).headers["Location"] == POLICY_RESTORE


def test_the_words_typed_for_a_policy_that_ended_meanwhile_are_given_back(
    draft: Edition, desk: Client
) -> None:
    draft.item_texts.filter(policy__key="1-A").delete()
    Policy.objects.filter(edition=draft, key="1-A").delete()
    response = desk.post(POLICY, sent(name="打った名称"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "終了になっているので、保存できませんでした。" in page
    assert "打った名称" in page
    assert REASON in page


def test_gaps_are_shown_and_closed(draft: Edition, desk: Client, secretariat: User) -> None:
    assert "欠番はありません" in desk.get(GAPS).content.decode()
    assert GAPS not in desk.get(DRAFT).content.decode()
    amend_end(text=text_of(draft), opened_version=1, reason="終える。", by=secretariat)
    assert GAPS in desk.get(DRAFT).content.decode()
    page = desk.get(GAPS).content.decode()
    assert "1-A-2 → 1-A-1" in page
    assert "きっかけ" in page
    desk.post(GAPS, {"reason": REASON, "opened_edition": "1.1", "origin_kind": "field"})
    assert text_of(draft, "1-A-2").place == "1-A-1"
    assert Amendment.objects.values_list("kind", "origin", "reason").last() == (
        "renumber",
        "field",
        REASON,
    )
    assert GAPS not in desk.get(DRAFT).content.decode()
    again = desk.post(GAPS, {"reason": REASON, "opened_edition": "1.1"}).content.decode()
    assert "番号は、すでに1から順に付いています。" in again


def test_gaps_to_be_closed_by_a_decision_need_to_name_it(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft), opened_version=1, reason="終える。", by=secretariat)
    page = desk.post(GAPS, sent(origin_kind="decision")).content.decode()
    assert "どの決定によるかを選んでください。" in page
    assert REASON in page
    assert text_of(draft, "1-A-2").place == "1-A-2"
