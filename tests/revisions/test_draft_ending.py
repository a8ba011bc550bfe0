"""Ending an item of a draft and restoring it, each with its reason."""

from typing import Any

import pytest
from django.test import Client
from draft_cast import (
    EDIT,
    END,
    OVERVIEW,
    RESTORE,
    TITLE,
    ClientOf,
    text_of,
    words,
)

from people.models import User
from plans.models import Edition, FocusItem, FocusItemText
from revisions.actions.amending import amend_end
from revisions.actions.amending_axes import amend_end_axis, amend_end_policy, amend_move_policy
from revisions.models import Amendment


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def test_ending_shows_what_ends_and_asks_why(draft: Edition, client: Client) -> None:
    page = client.get(END).content.decode()
    assert "1-A-1 を終了にする" in page
    assert OVERVIEW in page
    assert "固有の番号 1-A-1、進捗の記録" in page
    assert text_of(draft)


def test_an_ended_item_leaves_the_draft_and_comes_back(draft: Edition, client: Client) -> None:
    client.post(END, {"reason": "役目を終えた。", "opened_version": 1, "opened_edition": "1.1"})
    assert not FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-1").exists()
    assert FocusItem.objects.filter(code="1-A-1").exists()
    assert TITLE in client.get(RESTORE).content.decode()
    client.post(RESTORE, {"reason": "やはり続ける。", "opened_edition": "1.1"})
    text = text_of(draft)
    assert (text.title, text.overview, text.place) == (TITLE, OVERVIEW, "1-A-1")
    assert [a.kind for a in Amendment.objects.order_by("pk")] == ["end", "restore"]


def test_an_item_of_the_first_edition_comes_back_with_its_last_words(
    small_draft: Edition, client: Client
) -> None:
    client.post(EDIT, words(title="直した題", reason="直す。", opened_edition="1.0"))
    client.post(END, {"reason": "終える。", "opened_version": 2, "opened_edition": "1.0"})
    assert "直した題" in client.get(RESTORE).content.decode()
    client.post(RESTORE, {"reason": "戻す。", "opened_edition": "1.0"})
    assert text_of(small_draft).title == "直した題"


@pytest.mark.parametrize("url", [END, RESTORE])
def test_ending_and_restoring_ask_for_a_reason(
    draft: Edition, client: Client, secretariat: User, url: str
) -> None:
    if url == RESTORE:
        amend_end(text=text_of(draft), opened_version=1, reason="終了。", by=secretariat)
    before = Amendment.objects.count()
    page = client.post(
        url, {"reason": " ", "opened_version": 1, "opened_edition": "1.1"}
    ).content.decode()
    assert "改定の理由を書いてください。" in page
    assert Amendment.objects.count() == before


def test_an_end_without_a_reason_can_be_explained(draft: Edition, client: Client) -> None:
    text_of(draft).delete()
    response = client.get(EDIT, follow=True)
    assert response.redirect_chain == [(END, 302)]
    client.post(END, {"reason": "後から書いた理由。", "opened_edition": "1.1"})
    (amendment,) = Amendment.objects.all()
    assert (amendment.kind, amendment.reason) == ("end", "後から書いた理由。")


def test_pages_of_an_item_lead_to_where_it_stands(
    draft: Edition, client: Client, secretariat: User
) -> None:
    assert client.get(RESTORE).headers["Location"] == EDIT
    amend_end(text=text_of(draft), opened_version=1, reason="終了。", by=secretariat)
    assert client.get(EDIT).headers["Location"] == RESTORE
    assert client.get(END).headers["Location"] == RESTORE
    assert client.post(END, {"reason": "二度目"}).status_code == 409


def test_an_item_of_the_first_edition_does_not_come_back_without_its_policy(
    small_draft: Edition, client: Client, secretariat: User
) -> None:
    said: dict[str, Any] = {"reason": "やめる。", "by": secretariat}
    amend_end(text=text_of(small_draft, "2-A-1"), opened_version=1, **said)
    policy = small_draft.policies.select_related("axis", "edition").get(key="2-A")
    amend_end_policy(policy=policy, opened_version=1, **said)
    amend_end_axis(axis=policy.axis, opened_version=1, **said)
    assert "2-A-1" in client.get("/editions/draft/").content.decode()
    restore = "/editions/draft/items/2-A-1/restore/"
    assert client.get(restore).context["text"].place == "2-A-1"
    page = client.post(restore, {"reason": "戻す。", "opened_edition": "1.0"}).content.decode()
    assert f"2-A-1 があった取組方針「{policy.name}」が案にありません。" in page
    assert "戻す。</textarea>" in page


def test_an_ended_item_is_listed_under_its_policy_whatever_letter_that_has_now(
    draft: Edition, client: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft, "1-A-1"), opened_version=1, reason="終える。", by=secretariat)
    policy = draft.policies.select_related("axis", "edition").get(key="1-B")
    amend_move_policy(
        policy=policy,
        axis=policy.axis,
        after=None,
        opened_version=1,
        reason="先に置く。",
        by=secretariat,
    )
    axes = client.get("/editions/draft/").context["review"].axes
    found = {
        item.code: (group.policy.key, group.policy.code)
        for axis in axes
        for group in axis.policies
        for item in group.items
    }
    assert (found["1-A-1"], found["1-B-1"]) == (("1-A", "1-B"), ("1-B", "1-A"))
