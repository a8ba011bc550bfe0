"""Two people at one item of a draft: clashes lose nothing (G4)."""

import pytest
from beginnings import lasting
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
from plans.models import Edition, FocusItemText
from revisions.actions.amending import amend_end, amend_text


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


@pytest.fixture
@lasting
def rewritten(draft: Edition, secretariat: User) -> FocusItemText:
    """1-A-1 was reworded after our form was opened."""
    amend_text(
        text=text_of(draft),
        title="届出のオンライン化",
        overview=OVERVIEW,
        is_study=True,
        opened_version=1,
        reason="ほかの人の理由。",
        by=secretariat,
    )
    return text_of(draft)


def test_a_clash_shows_both_texts_marked_and_changes_nothing(
    rewritten: FocusItemText, client: Client
) -> None:
    response = client.post(EDIT, words(title="手続きのオンライン化", reason="わたしの理由。"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ保存していません" in page
    assert "事務 局子さんが" in page
    assert 'value="手続きのオンライン化"' in page
    assert "わたしの理由。" in page
    assert "<del>申請</del><ins>届出</ins>" in page
    title = response.context["clash"].fields[0]
    assert (title.opened, title.differs) == (TITLE, True)
    assert "".join(run.text for run in title.mine if run.kind != "new") == "届出のオンライン化"
    assert "".join(run.text for run in title.mine if run.kind != "old") == "手続きのオンライン化"
    assert text_of(rewritten.edition).title == "届出のオンライン化"


def test_saving_again_after_a_clash_overwrites_knowingly(
    rewritten: FocusItemText, client: Client
) -> None:
    response = client.post(EDIT, words(title="手続きのオンライン化", reason="わたしの理由。"))
    form = response.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert again["opened_version"] == "2"
    assert client.post(EDIT, again).status_code == 302
    text = text_of(rewritten.edition)
    assert (text.title, text.version, text.is_study) == ("手続きのオンライン化", 3, False)
    assert [record.title for record in text.history.order_by("version")] == [
        "届出のオンライン化",
        "手続きのオンライン化",
    ]


def test_a_clash_with_bad_input_is_not_forgotten(rewritten: FocusItemText, client: Client) -> None:
    page = client.post(EDIT, words(title="手続き", reason="")).content.decode()
    assert 'name="opened_version" value="1"' in page


def test_an_item_ended_meanwhile_gives_the_typed_text_back(
    draft: Edition, client: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft), opened_version=1, reason="終了。", by=secretariat)
    response = client.post(EDIT, words(title="打った題", reason="打った理由"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "終了になっているので、保存できませんでした" in page
    assert "打った題" in page
    assert "打った理由" in page


def test_ending_what_was_reworded_meanwhile_asks_again(
    rewritten: FocusItemText, client: Client
) -> None:
    response = client.post(
        END, {"reason": "役目を終えた。", "opened_version": 1, "opened_edition": "1.1"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "届出のオンライン化" in page
    assert "役目を終えた。" in page
    assert 'name="opened_version" value="2"' in page
    assert text_of(rewritten.edition)
    again = {"reason": "役目を終えた。", "opened_version": 2, "opened_edition": "1.1"}
    assert client.post(END, again).status_code == 302
    assert not FocusItemText.objects.filter(edition=rewritten.edition, focus_item__code="1-A-1")


def test_a_restored_item_does_not_pass_for_the_one_the_form_was_opened_on(
    rewritten: FocusItemText, client: Client
) -> None:
    client.post(END, {"reason": "終了。", "opened_version": 2, "opened_edition": "1.1"})
    client.post(RESTORE, {"reason": "やはり続ける。", "opened_edition": "1.1"})
    assert (
        client.post(EDIT, words(title="古い画面の題", opened_version=2, reason="理由")).status_code
        == 409
    )
