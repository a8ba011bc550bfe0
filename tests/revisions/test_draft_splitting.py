"""分割 and 統合 by the pages of a draft; clashes lose nothing (G4)."""

import pytest
from django.test import Client
from draft_cast import ClientOf, reword, text_of

from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end
from revisions.models import Amendment
from revisions.queries.drafts import draft_review

SPLIT = "/editions/draft/items/1-A-1/split/"
MERGE = "/editions/draft/items/1-A-2/merge/"
INTO = f"{MERGE}?into=1-A-1"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def part(**overrides: object) -> dict[str, object]:
    """Return what the form sends that splits payment off 1-A-1."""
    values = {
        "policy": "1-A",
        "title": "手数料の電子決済",
        "overview": "手数料を画面で払えるようにします。",
        "reason": "大きすぎるため。",
        "opened_version": 1,
        "opened_edition": "1.1",
    }
    return {**values, **overrides}


def merged(**overrides: object) -> dict[str, object]:
    values = {"reason": "一つにして進めるため。", "opened_version": 1, "opened_edition": "1.1"}
    return {**values, **overrides}


def codes(draft: Edition) -> list[str]:
    return sorted(draft.item_texts.values_list("focus_item__code", flat=True))


# 分割


def test_splitting_joins_both_items_and_offers_what_comes_next(
    draft: Edition, client: Client
) -> None:
    response = client.post(SPLIT, part(), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(SPLIT, 302)]
    assert "1-A-1から1-A-3「手数料の電子決済」を分けました。" in page
    assert "1-A-1 に残る文言を直す" in page
    assert "1-A-1 を終了にする" in page
    assert [str(text) for text in response.context["split_off"]] == ["1-A-3 手数料の電子決済"]
    told = [(a.focus_item.code, a.kind) for a in Amendment.objects.all()]
    assert told == [("1-A-1", "split"), ("1-A-3", "split")]
    draft_page = client.get("/editions/draft/").content.decode()
    assert '<a href="#item-1-A-3">1-A-3 手数料の電子決済</a> へ' in draft_page
    assert '<a href="#item-1-A-1">1-A-1 申請のオンライン化</a> から' in draft_page


def test_an_item_may_be_split_and_ended_and_its_parts_are_known_to_come_from_it(
    draft: Edition, client: Client
) -> None:
    client.post(SPLIT, part())
    client.post(SPLIT, part(policy="2-A", title="申請の受付", overview="受け付けます。"))
    end = {"reason": "二つに分けたため。", "opened_version": 1, "opened_edition": "1.1"}
    client.post("/editions/draft/items/1-A-1/end/", end)
    review = draft_review(draft)
    assert review.obstacles == []
    rows = {
        (str(r.fate), r.before and r.before.code, r.after and r.after.code) for r in review.fates
    }
    assert {row for row in rows if "1-A-1" in row} == {
        ("split", "1-A-1", "1-A-3"),
        ("split", "1-A-1", "2-A-2"),
    }
    back = {"reason": "残すため。", "opened_edition": "1.1"}
    client.post("/editions/draft/items/1-A-1/restore/", back)
    whole = draft_review(draft).item("1-A-1")
    assert whole is not None
    assert [kin.text.focus_item.code for kin in whole.change.went_into] == ["1-A-3", "2-A-2"]
    assert draft_review(draft).obstacles == []


def test_what_was_split_twice_comes_from_the_first_when_the_middle_one_ends(
    draft: Edition, client: Client
) -> None:
    client.post(SPLIT, part())
    client.post("/editions/draft/items/1-A-3/split/", part(title="電子収納"))
    middle = {"reason": "要らなくなったため。", "opened_version": 1, "opened_edition": "1.1"}
    client.post("/editions/draft/items/1-A-3/end/", middle)
    last = draft_review(draft).item("1-A-4")
    assert last is not None
    assert [kin.text.focus_item.code for kin in last.change.came_from] == ["1-A-1"]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"title": ""}, "重点項目の名称を入れてください。"),
        ({"title": "遠隔相談"}, "同じ名称の重点項目（1-A-2）が、この取組方針にすでにあります。"),
        ({"reason": ""}, "改定の理由を書いてください。"),
        ({"policy": "9-Z"}, "その取組方針は、もう案にありません。"),
    ],
)
def test_bad_input_splits_nothing_and_keeps_what_was_typed(
    draft: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    page = client.post(SPLIT, part(**bad)).content.decode()
    assert message in page
    assert "手数料を画面で払えるようにします。" in page
    assert codes(draft) == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]


def test_a_clash_at_splitting_keeps_what_was_typed(
    draft: Edition, client: Client, secretariat: User
) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    response = client.post(SPLIT, part(is_study="on"))
    assert response.status_code == 409
    assert "まだ分割していません" in response.content.decode()
    assert "届出のオンライン化" in response.content.decode()
    form = response.context["form"]
    assert (form["title"].value(), form["is_study"].value()) == ("手数料の電子決済", True)
    again = {name: form[name].value() or "" for name in form.fields}
    assert client.post(SPLIT, again).status_code == 302
    assert text_of(draft, "1-A-3").is_study


# 統合


def test_the_target_is_chosen_first_and_then_both_texts_are_shown(
    draft: Edition, client: Client
) -> None:
    first = client.get(MERGE)
    assert first.context["into"] is None
    assert "両方の文言を見る" in first.content.decode()
    assert "理由" not in first.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    second = client.get(INTO).content.decode()
    assert "支所から本庁の職員に相談できるようにします。" in second
    assert "申請から決済までをスマホで完結させます。" in second
    assert "固有の番号 1-A-2、進捗の記録、" in second


def test_merging_ends_the_item_and_joins_it_to_the_other(draft: Edition, client: Client) -> None:
    response = client.post(INTO, merged(), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/editions/draft/#item-1-A-1", 302)]
    assert "1-A-2「遠隔相談」を1-A-1「申請のオンライン化」に統合しました。" in page
    assert codes(draft) == ["1-A-1", "1-B-1", "2-A-1"]
    assert "統合を取りやめる" in page
    assert '<a href="#item-1-A-1">1-A-1 申請のオンライン化</a> へ' in page
    told = [(a.focus_item.code, a.kind) for a in Amendment.objects.order_by("pk")]
    assert told == [("1-A-2", "merge"), ("1-A-1", "merge")]
    back = {"reason": "別々に進めるため。", "opened_edition": "1.1"}
    client.post("/editions/draft/items/1-A-2/restore/", back)
    assert codes(draft) == ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]
    assert not draft.descents.exists()


@pytest.mark.parametrize("target", ["", "1-A-2", "9-Z-9"])
def test_a_target_that_is_none_merges_nothing(draft: Edition, client: Client, target: str) -> None:
    response = client.post(f"{MERGE}?into={target}", merged())
    assert "統合先" in response.content.decode()
    assert response.context["target"].errors["into"]
    assert len(codes(draft)) == 4


def test_merging_without_a_reason_is_told(draft: Edition, client: Client) -> None:
    page = client.post(INTO, merged(reason="")).content.decode()
    assert "改定の理由を書いてください。" in page
    assert len(codes(draft)) == 4


def test_a_clash_at_merging_shows_the_words_that_stand_now(
    draft: Edition, client: Client, secretariat: User
) -> None:
    reword(draft, "1-A-2", title="画面での相談", by=secretariat)
    response = client.post(INTO, merged(reason="打った理由"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ統合していません" in page
    assert "画面での相談" in page
    assert "打った理由" in page
    assert len(codes(draft)) == 4


@pytest.mark.parametrize("url", [SPLIT, INTO])
def test_an_item_ended_meanwhile_gives_the_typed_text_back(
    draft: Edition, client: Client, secretariat: User, url: str
) -> None:
    for code in ("1-A-1", "1-A-2"):
        amend_end(text=text_of(draft, code), opened_version=1, reason="終了。", by=secretariat)
    response = client.post(url, part(reason="打った理由"))
    assert response.status_code == 409
    assert "打った理由" in response.content.decode()


@pytest.mark.parametrize("url", [SPLIT, MERGE])
def test_an_item_that_never_stood_is_not_found(draft: Edition, client: Client, url: str) -> None:
    unknown = url.replace("1-A-1", "9-Z-9").replace("1-A-2", "9-Z-9")
    assert client.get(unknown).status_code == 404
    assert client.delete(url).status_code == 405
