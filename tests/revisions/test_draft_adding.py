"""Adding an item to a draft; a code is never used again."""

import pytest
from django.test import Client
from draft_cast import (
    ADD,
    ClientOf,
    adopted,
    text_of,
    words,
)

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from revisions.actions.amending import amend_add, amend_end
from revisions.models import Amendment


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def test_an_item_is_added_at_the_end_of_its_policy(draft: Edition, client: Client) -> None:
    assert "取組方針 1-A 行かない窓口" in client.get(ADD).content.decode()
    response = client.post(
        ADD,
        words(
            title="書かない窓口",
            overview="書かずに済むようにします。",
            is_study="on",
            reason="新たに始める。",
        ),
    )
    assert response.headers["Location"] == "/editions/draft/#item-1-A-3"
    text = text_of(draft, "1-A-3")
    assert (text.title, text.is_study, text.number) == ("書かない窓口", True, 3)
    (amendment,) = Amendment.objects.all()
    assert (amendment.kind, amendment.focus_item) == ("new", text.focus_item)


def test_a_code_is_never_used_again(draft: Edition, client: Client, secretariat: User) -> None:
    amend_end(text=text_of(draft, "1-A-2"), opened_version=1, reason="終了。", by=secretariat)
    client.post(ADD, words(title="書かない窓口", reason="新たに始める。"))
    assert text_of(draft, "1-A-3").title == "書かない窓口"
    amend_end(text=text_of(draft, "1-A-3"), opened_version=1, reason="やめる。", by=secretariat)
    client.post(ADD, words(title="待たない窓口", reason="新たに始める。"))
    assert text_of(draft, "1-A-4").title == "待たない窓口"
    adopted(draft, secretariat)
    later = open_draft(base=draft, major=1, minor=2, by=secretariat)
    text = amend_add(
        policy=later.policies.get(axis__number=1, letter="A"),
        title="後の版の項目",
        overview="概要",
        is_study=False,
        reason="増やす。",
        by=secretariat,
    )
    assert text.focus_item.code == "1-A-5"


def test_an_addition_with_bad_input_keeps_what_was_typed(draft: Edition, client: Client) -> None:
    page = client.post(
        ADD, words(title="", overview="打った概要", reason="打った理由")
    ).content.decode()
    assert "重点項目の名称を入れてください。" in page
    assert "打った概要" in page
    assert "打った理由" in page
    assert draft.item_texts.count() == 4


def test_a_form_sent_twice_adds_one_item(draft: Edition, client: Client) -> None:
    sent = words(title="書かない窓口", overview="打った概要", reason="打った理由")
    client.post(ADD, sent)

    page = client.post(ADD, sent).content.decode()

    assert "同じ名称の重点項目（1-A-3）が、この取組方針にすでにあります。" in page
    assert "打った概要" in page
    assert draft.item_texts.filter(title="書かない窓口").count() == 1
