"""Taking the end of an axis, a policy or a section of a draft back, and what is not added twice."""

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import ClientOf, reword, section_of, text_of
from part_cast import (
    AXIS,
    AXIS_ADD,
    AXIS_RESTORE,
    POLICY,
    POLICY_ADD,
    POLICY_END,
    POLICY_RESTORE,
    REASON,
    RESTORES,
    SECTION_ADD,
    acts,
    axis_of,
    axis_words,
    policy_of,
    section_words,
    sent,
)
from query_counts import as_many_queries

from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end, amend_move, amend_restore
from revisions.actions.amending_axes import (
    amend_add_axis,
    amend_add_policy,
    amend_end_axis,
    amend_end_policy,
)
from revisions.actions.amending_sections import amend_end_section, amend_restore_section
from revisions.models import Amendment
from revisions.queries.drafts import draft_review

AGAIN = {"reason": "やはり載せる。", "opened_edition": "1.1"}


def end_policy(draft: Edition, key: str, by: User) -> None:
    for text in draft.item_texts.filter(policy__key=key).select_related("focus_item"):
        code = text.focus_item.code
        amend_end(text=text_of(draft, code), opened_version=1, reason="終える。", by=by)
    amend_end_policy(policy=policy_of(draft, key), opened_version=1, reason="終える。", by=by)


@pytest.fixture
@lasting
def without_policy(draft: Edition, secretariat: User) -> Edition:
    """1.1 without 取組方針 1-A."""
    end_policy(draft, "1-A", secretariat)
    return draft


@pytest.fixture
@lasting
def without_axis(without_policy: Edition, secretariat: User) -> Edition:
    """1.1 without 軸1, of which nothing is left."""
    end_policy(without_policy, "1-B", secretariat)
    axis = axis_of(without_policy)
    amend_end_axis(axis=axis, opened_version=1, reason="終える。", by=secretariat)
    return without_policy


def unexplained(draft: Edition) -> list[str]:
    review = draft_review(draft)
    return [one.change.label for one in review.parts if one.unexplained] + [
        item.code for item in review.items if item.unexplained
    ]


def test_a_policy_is_taken_back(without_policy: Edition, desk: Client) -> None:
    assert desk.get(POLICY).headers["Location"] == POLICY_RESTORE
    page = desk.get(POLICY_RESTORE).content.decode()
    assert "<dt>名称</dt><dd>行かない窓口</dd>" in page
    assert "終える。" in page
    response = desk.post(POLICY_RESTORE, AGAIN, follow=True)
    assert response.redirect_chain == [("/editions/draft/#policies-1-A", 302)]
    assert "「取組方針 1-A 行かない窓口」の終了を取りやめました。" in response.content.decode()
    assert policy_of(without_policy).code == "1-A"
    assert acts()[-1] == ("policies/1-A", "restore", "やはり載せる。")
    assert draft_review(without_policy).part("policies/1-A") is None


def test_an_axis_is_taken_back_and_its_policies_after_it(
    without_axis: Edition, desk: Client
) -> None:
    page = desk.get(POLICY_RESTORE).content.decode()
    assert "まだ戻せません" in page
    assert f'href="{AXIS_RESTORE}"' in page
    assert "<textarea" not in page
    refused = desk.post(POLICY_RESTORE, AGAIN).content.decode()
    assert "先に、軸を戻してください。" in refused
    assert "やはり載せる。" in refused
    page = desk.get(AXIS_RESTORE).content.decode()
    assert "<dt>標語</dt><dd>手続きを変える</dd>" in page
    desk.post(AXIS_RESTORE, AGAIN)
    assert axis_of(without_axis).name == "便利なまち"
    assert "まだ戻せません" not in desk.get(POLICY_RESTORE).content.decode()
    desk.post(POLICY_RESTORE, AGAIN)
    assert policy_of(without_axis).code == "1-A"
    assert unexplained(without_axis) == []


def test_without_a_reason_nothing_is_taken_back(without_axis: Edition, desk: Client) -> None:
    page = desk.post(AXIS_RESTORE, {"reason": "　", "opened_edition": "1.1"}).content.decode()
    assert "改定の理由を書いてください。" in page
    assert not without_axis.axes.filter(key="1").exists()


def test_what_comes_back_elsewhere_is_explained_by_the_same_reason(
    without_policy: Edition, desk: Client, secretariat: User
) -> None:
    end_policy(without_policy, "1-B", secretariat)
    axis = axis_of(without_policy)
    amend_add_policy(axis=axis, name="別の方針", reason="設ける。", by=secretariat)
    desk.post(POLICY_RESTORE, AGAIN)
    assert policy_of(without_policy).code == "1-B"
    assert acts()[-2:] == [
        ("policies/1-A", kind, "やはり載せる。") for kind in ("restore", "renumber")
    ]
    assert unexplained(without_policy) == []


def test_an_item_that_comes_back_elsewhere_is_explained_by_the_same_reason(
    draft: Edition, secretariat: User
) -> None:
    gone = text_of(draft)
    amend_end(text=gone, opened_version=1, reason="終える。", by=secretariat)
    amend_move(
        text=text_of(draft, "1-B-1"),
        policy=policy_of(draft),
        after=None,
        opened_version=1,
        reason="移す。",
        by=secretariat,
    )
    back = amend_restore(draft=draft, focus_item=gone.focus_item, reason="戻す。", by=secretariat)
    assert back.place == "1-A-3"
    kinds = Amendment.objects.filter(focus_item=gone.focus_item).values_list("kind", flat=True)
    assert list(kinds) == ["end", "restore", "renumber"]
    assert unexplained(draft) == []


def test_a_section_that_comes_back_elsewhere_is_explained_by_the_same_reason(
    draft: Edition, secretariat: User
) -> None:
    for key in ("results-desk", "results"):
        section = section_of(draft, key)
        amend_end_section(section=section, opened_version=1, reason="削る。", by=secretariat)
    amend_restore_section(draft=draft, key="results-desk", reason="戻す。", by=secretariat)
    assert acts()[-2:] == [
        ("sections/results-desk", kind, "戻す。") for kind in ("restore", "move")
    ]
    assert unexplained(draft) == []


def test_what_stands_is_not_taken_back(draft: Edition, desk: Client) -> None:
    for url, edit in ((AXIS_RESTORE, AXIS), (POLICY_RESTORE, POLICY)):
        assert desk.get(url).headers["Location"] == edit
        response = desk.post(url, {"reason": "打った理由", "opened_edition": "1.1"})
        page = response.content.decode()
        assert (response.status_code, "打った理由" in page) == (409, True)
        assert "にあるので、戻す必要はありません。" in page
    assert acts() == []


def test_what_the_base_never_had_is_not_taken_back(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    words = {"english": "", "tagline": "", "reason": "設ける。", "by": secretariat}
    axis = amend_add_axis(draft=draft, name="空の軸", **words)
    url = "/editions/draft/axes/3/"
    page = desk.get(f"{url}end/").content.decode()
    assert "に載らなくなります。" in page
    assert "終了を取りやめることができます。" not in page
    amend_end_axis(axis=axis, opened_version=1, reason="やめる。", by=secretariat)
    assert desk.get(f"{url}restore/").status_code == 404


def test_ending_says_that_it_can_be_taken_back(draft: Edition, desk: Client) -> None:
    draft.item_texts.filter(policy__key="1-A").delete()
    page = desk.get(POLICY_END).content.decode()
    assert "終了を取りやめることができます。" in page
    assert "新旧対照表には「（削る）」と載ります。" in page


def test_the_page_of_the_draft_offers_to_take_each_end_back(
    without_axis: Edition, desk: Client, secretariat: User
) -> None:
    section = section_of(without_axis)
    amend_end_section(section=section, opened_version=1, reason="削る。", by=secretariat)
    page = desk.get("/editions/draft/").content.decode()
    for url in RESTORES:
        assert page.count(f'href="{url}"') == 1, url
    assert f'href="{POLICY_END}"' not in page


def test_an_end_without_a_reason_can_be_explained_or_taken_back(
    draft: Edition, desk: Client
) -> None:
    draft.item_texts.filter(policy__key="1-A").delete()
    draft.policies.filter(key="1-A").delete()
    page = desk.get("/editions/draft/").content.decode()
    assert f'href="{POLICY_END}"' in page
    assert f'href="{POLICY_RESTORE}"' in page


def test_only_the_secretariat_is_offered_to_take_an_end_back(
    without_axis: Edition, staff: User, client_of: ClientOf
) -> None:
    page = client_of(staff).get("/editions/draft/").content.decode()
    assert "取組方針 1-A 行かない窓口" in page
    assert "/restore/" not in page


def test_taking_back_asks_the_database_as_often_for_a_large_plan_as_for_a_small_one(
    without_axis: Edition, desk: Client, secretariat: User
) -> None:
    axis = axis_of(without_axis, "2")
    with as_many_queries(desk, AXIS_RESTORE, POLICY_RESTORE):
        for number in range(8):
            amend_add_policy(axis=axis, name=f"方針{number}", reason="増やす。", by=secretariat)
            reword(without_axis, "2-A-1", title=f"題{number}", by=secretariat)


# The same form, sent twice


def test_a_form_sent_twice_adds_one_axis(draft: Edition, desk: Client) -> None:
    typed = axis_words(name="つながるまち", tagline="人と人")
    desk.post(AXIS_ADD, typed)
    response = desk.post(AXIS_ADD, typed)
    form = response.context["form"]
    assert form.errors == {"name": ["同じ名称の軸（軸3）が、すでにあります。"]}
    assert "同じ名称の軸（軸3）が、すでにあります。" in response.content.decode()
    for name in ("name", "english", "tagline", "reason"):
        assert form[name].value() == typed[name]
    assert draft.axes.count() == 3


def test_a_form_sent_twice_adds_one_policy(draft: Edition, desk: Client) -> None:
    typed = sent(name="集まる場")
    desk.post(POLICY_ADD, typed)
    form = desk.post(POLICY_ADD, typed).context["form"]
    assert form.errors == {"name": ["同じ名称の取組方針（1-C）が、この軸にすでにあります。"]}
    assert (form["name"].value(), form["reason"].value()) == ("集まる場", REASON)
    assert draft.policies.count() == 4


def test_a_form_sent_twice_adds_one_section(draft: Edition, desk: Client) -> None:
    typed = section_words(heading="庁内", heading_number="", body="打った本文", spot="results/")
    desk.post(SECTION_ADD, typed)
    form = desk.post(SECTION_ADD, typed).context["form"]
    assert form.errors == {"heading": ["同じ見出し「庁内」の節が、そこにすでにあります。"]}
    for name in ("heading", "body", "reason", "spot"):
        assert form[name].value() == typed[name]
    assert draft.sections.count() == 5
