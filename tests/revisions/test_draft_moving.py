"""Moving an item of a draft, with what moves along; clashes lose nothing (G4)."""

import pytest
from django.test import Client
from draft_cast import ClientOf, reword, text_of

from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end
from revisions.models import Amendment

URL = "/editions/draft/items/1-A-1/move/"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def sent(**overrides: object) -> dict[str, object]:
    """Return what the form sends that puts 1-A-1 behind 1-A-2."""
    values = {
        "spot": "1-A/1-A-2",
        "reason": "順序を改めるため。",
        "origin_kind": "field",
        "opened_version": 1,
        "opened_edition": "1.1",
    }
    return {**values, **overrides}


def places(draft: Edition) -> dict[str, str]:
    texts = draft.item_texts.select_related("policy__axis", "focus_item")
    return {text.focus_item.code: text.place for text in texts}


def test_the_form_offers_every_place_and_stands_on_the_present_one(
    draft: Edition, client: Client
) -> None:
    response = client.get("/editions/draft/items/1-A-2/move/")
    groups = response.context["form"].fields["spot"].choices
    assert [str(name) for name, _ in groups[1:]] == [
        "取組方針 1-A 行かない窓口",
        "取組方針 1-B 迷わない窓口",
        "取組方針 2-A 仕事の自動化",
    ]
    assert [value for value, _ in groups[1][1]] == ["1-A/", "1-A/1-A-1"]
    assert response.context["form"]["spot"].value() == "1-A/1-A-1"
    assert "遠隔相談" in response.content.decode()


def test_moving_within_the_policy_changes_both_numbers_for_one_reason(
    draft: Edition, client: Client
) -> None:
    response = client.post(URL, sent(), follow=True)
    assert response.redirect_chain == [("/editions/draft/#item-1-A-1", 302)]
    page = response.content.decode()
    assert "「申請のオンライン化」を1-A-2に移しました。" in page
    assert "これに伴い、ほかの1項目の番号も変わりました。" in page
    assert places(draft) == {"1-A-1": "1-A-2", "1-A-2": "1-A-1", "1-B-1": "1-B-1", "2-A-1": "2-A-1"}
    told = [(a.focus_item.code, a.kind, a.reason, a.origin) for a in Amendment.objects.all()]
    assert told == [
        ("1-A-1", "renumber", "順序を改めるため。", "field"),
        ("1-A-2", "renumber", "順序を改めるため。", "field"),
    ]


def test_moving_to_another_policy_puts_it_behind_the_neighbour(
    draft: Edition, client: Client
) -> None:
    page = client.post(URL, sent(spot="2-A/2-A-1"), follow=True).content.decode()
    assert "「申請のオンライン化」を2-A-2に移しました。" in page
    assert places(draft)["1-A-1"] == "2-A-2"
    assert [(a.focus_item.code, a.kind) for a in Amendment.objects.all()] == [("1-A-1", "move")]
    assert "<del>1-A-1</del><ins>2-A-2</ins>" in page


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"reason": " "}, "改定の理由を書いてください。"),
        ({"spot": ""}, "置く場所を選んでください。"),
        ({"spot": "9-Z/"}, "その場所は、もうありません。"),
        ({"spot": "1-A/1-A-1"}, "その場所は、もうありません。"),
        ({"spot": "1-A/"}, "いまと同じ場所です。"),
        ({"origin_kind": "decision"}, "どの決定によるかを選んでください。"),
        ({"origin_kind": "rumour"}, "きっかけを、表示されている中から選んでください。"),
    ],
)
def test_bad_input_moves_nothing_and_keeps_what_was_typed(
    draft: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    page = client.post(URL, sent(**{"reason": "打った理由", **bad})).content.decode()
    assert message in page
    assert ("打った理由" in page) == ("reason" not in bad)
    assert places(draft)["1-A-1"] == "1-A-1"
    assert not Amendment.objects.exists()


def test_a_neighbour_that_ended_meanwhile_is_no_place_any_more(
    draft: Edition, client: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft, "1-A-2"), opened_version=1, reason="終了。", by=secretariat)
    page = client.post(URL, sent(reason="打った理由")).content.decode()
    assert "その場所は、もうありません。" in page
    assert "打った理由" in page


def test_a_clash_shows_the_words_that_stand_now_and_keeps_the_choice(
    draft: Edition, client: Client, secretariat: User
) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    response = client.post(URL, sent(reason="打った理由"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ移動していません" in page
    assert "事務 局子さんが" in page
    assert "届出のオンライン化" in page
    form = response.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert (again["spot"], again["reason"], again["opened_version"]) == (
        "1-A/1-A-2",
        "打った理由",
        "2",
    )
    assert client.post(URL, again).status_code == 302
    assert places(draft)["1-A-1"] == "1-A-2"


def test_an_item_that_was_ended_or_never_stood_cannot_be_moved(
    draft: Edition, client: Client, secretariat: User
) -> None:
    assert client.get("/editions/draft/items/9-Z-9/move/").status_code == 404
    amend_end(text=text_of(draft), opened_version=1, reason="終了。", by=secretariat)
    assert client.get(URL).headers["Location"] == "/editions/draft/items/1-A-1/restore/"
    late = client.post(URL, sent(reason="打った理由"))
    assert late.status_code == 409
    assert "打った理由" in late.content.decode()


def test_only_reading_and_sending_are_known(draft: Edition, client: Client) -> None:
    assert client.delete(URL).status_code == 405
