"""Rewording an item of a draft with its reason; who may change one, and until when (T1)."""

import pytest
from django.test import Client
from draft_cast import (
    ADD,
    EDIT,
    END,
    OVERVIEW,
    RESTORE,
    TITLE,
    ClientOf,
    add_items,
    adopted,
    text_of,
    words,
)
from query_counts import as_many_queries

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItemText
from revisions.actions.amending import amend_end, amend_text
from revisions.models import Amendment


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def test_the_form_shows_the_words_as_they_stand_and_the_base_beside(
    draft: Edition, client: Client, secretariat: User
) -> None:
    text = text_of(draft)
    amend_text(
        text=text,
        title="届出のオンライン化",
        overview=OVERVIEW,
        is_study=False,
        opened_version=1,
        reason="対象を広げるため。",
        by=secretariat,
    )
    page = client.get(EDIT).content.decode()
    assert 'value="届出のオンライン化"' in page
    assert "第1.0版の文言" in page
    assert TITLE in page
    assert "対象を広げるため。" in page


def test_rewording_is_saved_with_who_when_and_why(
    draft: Edition, client: Client, secretariat: User
) -> None:
    response = client.post(EDIT, words(title="届出のオンライン化", reason="対象を広げるため。"))
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/editions/draft/#item-1-A-1",
    )
    assert (text_of(draft).title, text_of(draft).version) == ("届出のオンライン化", 2)
    (amendment,) = Amendment.objects.all()
    assert (amendment.kind, amendment.reason, amendment.amended_by_name) == (
        "reword",
        "対象を広げるため。",
        "事務 局子",
    )
    history = text_of(draft).history.first()
    assert (history.history_user, history.history_change_reason) == (
        secretariat,
        "対象を広げるため。",
    )


def test_taking_the_star_off_is_told_apart_from_rewording(draft: Edition, client: Client) -> None:
    text = text_of(draft, "1-A-2")
    client.post(
        "/editions/draft/items/1-A-2/",
        words(title="遠隔窓口", overview=text.overview, reason="試行の結果、実施を決めたため。"),
    )
    assert [a.kind for a in Amendment.objects.order_by("pk")] == ["reword", "concretise"]
    assert not text_of(draft, "1-A-2").is_study


def test_line_breaks_of_the_browser_are_no_change(draft: Edition, client: Client) -> None:
    typed = words(overview="一行目\r\n二行目", reason="行を分ける。")
    client.post(EDIT, typed)
    assert text_of(draft).overview == "一行目\n二行目"
    again = client.post(EDIT, {**typed, "opened_version": 2}).content.decode()
    assert "案のいまの文言と同じです" in again
    assert text_of(draft).version == 2


def test_a_change_of_the_first_edition_without_a_reason_stops_its_adoption_too(
    small_draft: Edition, client: Client
) -> None:
    FocusItemText.objects.filter(pk=text_of(small_draft).pk).update(title="裏口の題")
    page = client.get("/editions/draft/").content.decode()
    assert "1-A-1「裏口の題」の文言変更に理由がありません。" in page
    client.post(EDIT, words(title="裏口の題", reason="後から書いた理由。", opened_edition="1.0"))
    assert "施行できます" in client.get("/editions/draft/").content.decode()


def test_saving_what_already_stands_says_so_and_keeps_the_reason_typed(
    draft: Edition, client: Client
) -> None:
    response = client.post(EDIT, words(reason="書いたばかりの理由"))
    page = response.content.decode()
    assert "案のいまの文言と同じです" in page
    assert "書いたばかりの理由" in page
    assert Amendment.objects.count() == 0


def test_a_missing_reason_can_be_given_without_changing_the_words(
    draft: Edition, client: Client
) -> None:
    FocusItemText.objects.filter(pk=text_of(draft).pk).update(title="裏口の題")
    assert "理由のない変更があります" in client.get(EDIT).content.decode()
    client.post(EDIT, words(title="裏口の題", reason="後から書いた理由。"))
    (amendment,) = Amendment.objects.all()
    assert (amendment.kind, amendment.reason) == ("reword", "後から書いた理由。")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"reason": ""}, "改定の理由を書いてください。"),
        ({"reason": "　 \n"}, "改定の理由を書いてください。"),
        ({"title": ""}, "重点項目の名称を入れてください。"),
        ({"title": "長" * 201}, "200文字以内にしてください（いま201文字です）。"),
        ({"overview": "長" * 5001}, "5000文字以内にしてください（いま5001文字です）。"),
    ],
)
def test_bad_input_is_answered_with_all_that_was_typed(
    draft: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    typed = words(title="打った題", overview="打った概要", reason="打った理由", is_study="on")
    page = client.post(EDIT, {**typed, **bad}).content.decode()
    assert message in page
    kept = {"title": "打った題", "overview": "打った概要", "reason": "打った理由", **bad}
    for text in kept.values():
        assert str(text).strip() in page
    assert "checked" in page
    assert (text_of(draft).title, Amendment.objects.count()) == (TITLE, 0)


def test_typed_text_is_shown_as_text(draft: Edition, client: Client) -> None:
    client.post(EDIT, words(title="<script>x</script>", reason="<b>太い</b>"))
    page = client.get("/editions/draft/").content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;太い&lt;/b&gt;" in page


# After adoption nothing of it changes (T1)


@pytest.mark.parametrize("url", [EDIT, END, RESTORE, ADD])
def test_after_adoption_a_form_that_was_open_is_refused_and_given_back(
    draft: Edition, client: Client, secretariat: User, url: str
) -> None:
    amend_text(
        text=text_of(draft, "2-A-1"),
        title="別の題",
        overview="概要",
        is_study=False,
        opened_version=1,
        reason="改める。",
        by=secretariat,
    )
    adopted(draft, secretariat)
    response = client.post(url, words(title="打った題", reason="打った理由"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "第1.1版はすでに施行されているので、変更できません。" in page
    assert "打った理由" in page
    assert text_of(draft).title == TITLE


def test_a_form_opened_on_an_adopted_draft_does_not_change_the_next_one(
    draft: Edition, client: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft, "2-A-1"), opened_version=1, reason="終了。", by=secretariat)
    adopted(draft, secretariat)
    later = open_draft(base=draft, major=1, minor=2, by=secretariat)
    assert client.post(EDIT, words(title="打った題", reason="打った理由")).status_code == 409
    assert text_of(later).title == TITLE


@pytest.mark.parametrize("url", [EDIT, END, RESTORE, ADD])
def test_without_a_draft_the_pages_lead_to_where_one_is_opened(
    small_edition: Edition, client: Client, url: str
) -> None:
    response = client.get(url, follow=True)
    assert response.redirect_chain == [("/editions/draft/", 302)]
    assert "改定中の案はありません。" in response.content.decode()


# It is refused


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
@pytest.mark.parametrize("url", [EDIT, END, RESTORE, ADD])
def test_only_the_secretariat_changes_a_draft(
    draft: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str, url: str
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(url).status_code == 403
    assert client.post(url, words(title="よその題", reason="理由")).status_code == 403
    assert (text_of(draft).title, draft.item_texts.count()) == (TITLE, 4)


@pytest.mark.parametrize("url", [EDIT, END, RESTORE, ADD])
def test_a_passer_by_signs_in_first_and_keeps_what_was_typed(
    draft: Edition, client_of: ClientOf, url: str
) -> None:
    assert client_of(None).get(url).headers["Location"] == f"/login/?next={url}"
    page = client_of(None).post(url, words(title="打った題", reason="打った理由")).content.decode()
    assert "打った理由" in page
    assert Amendment.objects.count() == 0


@pytest.mark.parametrize(
    "url",
    [
        "/editions/draft/items/9-Z-9/",
        "/editions/draft/items/9-Z-9/end/",
        "/editions/draft/items/9-Z-9/restore/",
        "/editions/draft/policies/9-Z/add/",
        "/editions/draft/policies/x/add/",
    ],
)
def test_what_is_not_there_is_not_found(draft: Edition, client: Client, url: str) -> None:
    assert client.get(url).status_code == 404
    assert client.post(url, words(reason="理由")).status_code == 404


@pytest.mark.parametrize("url", [EDIT, END, RESTORE, ADD])
def test_other_methods_are_refused(draft: Edition, client: Client, url: str) -> None:
    assert client.put(url).status_code == 405
    assert client.delete(url).status_code == 405


def test_the_pages_ask_the_database_as_often_for_many_items_as_for_few(
    draft: Edition, client: Client, secretariat: User
) -> None:
    with as_many_queries(client, EDIT, END, ADD):
        add_items(draft, 30, by=secretariat)
