"""/editions/draft/comments/: what staff say of a draft, and questions settled before adoption."""

import pytest
from django.test import Client
from draft_cast import ClientOf, adopted, reword, text_of
from query_counts import as_many_queries
from row_numbers import ABSENT

from people.models import User
from plans.actions.drafting.opening import abandon_draft
from plans.models import Edition, FocusItem
from revisions.actions.amending import amend_end
from revisions.actions.commenting import comment_on_draft, settle_question
from revisions.models import DraftComment

URL = "/editions/draft/comments/"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def said(**overrides: object) -> dict[str, object]:
    values = {
        "about": "items/1-A-1",
        "comment": "担当課に確かめましたか。",
        "is_question": "on",
        "opened_edition": "1.1",
    }
    return {**values, **overrides}


def comment(
    draft: Edition, by: User, code: str = "", place: str = "", **more: object
) -> DraftComment:
    item = FocusItem.objects.get(code=code) if code else None
    values = {"text": "どうしますか。", "is_question": True, **more}
    return comment_on_draft(draft=draft, focus_item=item, place=place, by=by, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters", "secretariat"])
def test_all_staff_ask_and_the_question_stands_in_the_way(
    draft: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    user = request.getfixturevalue(role)
    response = client_of(user).post(URL, said(), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(f"{URL}?place=items%2F1-A-1", 302)]
    assert "1-A-1 申請のオンライン化への質問を載せました。" in page
    (kept,) = DraftComment.objects.all()
    assert (kept.focus_item.code, kept.place, kept.is_open) == ("1-A-1", "", True)  # type: ignore[union-attr]
    assert (kept.said_by, kept.said_by_name) == (user, user.display_name)
    listed = client_of(user).get("/editions/draft/").content.decode()
    assert "解決していない質問があります：担当課に確かめましたか。" in listed
    assert "意見・質問 1件（未解決 1件）" in listed


def test_the_same_form_sent_twice_says_it_once(
    draft: Edition, client: Client, staff: User, client_of: ClientOf
) -> None:
    client.post(URL, said())
    again = client.post(URL, said())
    assert again.status_code == 200
    assert "同じ内容を、すでに載せています。" in again.content.decode()
    assert "担当課に確かめましたか。</textarea>" in again.content.decode()
    assert DraftComment.objects.count() == 1
    client.post(URL, said(about="sections/purpose"))
    client_of(staff).post(URL, said())
    client.post(URL, said(comment="ほかの課にも確かめますか。"))
    assert DraftComment.objects.count() == 4


@pytest.mark.parametrize(
    ("about", "place"),
    [("whole", ""), ("edition", "edition"), ("axes/1", "axes/1"), ("sections/purpose",) * 2],
)
def test_every_text_can_be_spoken_of(
    draft: Edition, client: Client, about: str, place: str
) -> None:
    client.post(URL, said(about=about, is_question=""))
    (kept,) = DraftComment.objects.all()
    assert (kept.focus_item, kept.place, kept.is_question) == (None, place, False)
    listed = client.get(f"{URL}?place={about}").content.decode()
    assert "担当課に確かめましたか。" in listed
    other = client.get(f"{URL}?place=axes/2").content.decode()
    assert "担当課に確かめましたか。" not in other


def test_an_item_that_ended_is_spoken_of_too(
    draft: Edition, client: Client, secretariat: User
) -> None:
    amend_end(text=text_of(draft), opened_version=1, reason="終了。", by=secretariat)
    client.post(URL, said())
    assert "1-A-1 申請のオンライン化" in client.get(f"{URL}?item=1-A-1").content.decode()
    assert DraftComment.objects.get().focus_item == FocusItem.objects.get(code="1-A-1")


def test_the_list_is_narrowed_to_a_text_and_to_what_is_open(
    draft: Edition, client: Client, secretariat: User
) -> None:
    comment(draft, secretariat, "1-A-1", text="項目の質問")
    comment(draft, secretariat, "1-A-2", text="別の項目の意見", is_question=False)
    comment(draft, secretariat, place="sections/purpose", text="節の意見", is_question=False)

    def shown(query: str) -> list[str]:
        rows = client.get(f"{URL}{query}").context["talk"].rows
        return [row.comment.text for row in rows]

    assert shown("") == ["項目の質問", "別の項目の意見", "節の意見"]
    assert shown("?item=1-A-1") == ["項目の質問"]
    assert shown("?place=items/1-A-2") == ["別の項目の意見"]
    assert shown("?place=sections/purpose") == ["節の意見"]
    assert shown("?only_open=on") == ["項目の質問"]
    asked = client.get(f"{URL}?item=1-A-2").context["form"]
    assert asked["about"].value() == "items/1-A-2"


def test_a_filter_that_makes_no_sense_says_so(draft: Edition, client: Client) -> None:
    for query in ("?item=9-Z-9", "?place=sections/nowhere"):
        response = client.get(f"{URL}{query}")
        assert response.status_code == 200
        assert "その箇所は、案にありません。" in response.content.decode()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"comment": " \n"}, "意見または質問を書いてください。"),
        ({"about": "items/9-Z-9"}, "その箇所は、案にありません。"),
        ({"about": ""}, "どこについてかを選んでください。"),
        ({"comment": "長" * 2001}, "2000文字以内にしてください（いま2001文字です）。"),
    ],
)
def test_bad_input_is_answered_with_all_that_was_typed(
    draft: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    typed = said(**bad)
    page = client.post(URL, typed).content.decode()
    assert message in page
    assert str(typed["comment"]).strip() in page
    assert not DraftComment.objects.exists()


# Settling


def test_a_question_is_settled_with_how(draft: Edition, client: Client, secretariat: User) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    asked = comment(draft, secretariat, "1-A-1")
    url = f"{URL}{asked.pk}/settle/"
    assert f'href="{url}"' in client.get(URL).content.decode()
    assert "どうしますか。" in client.get(url).content.decode()
    sent = {"settlement": "担当課に確かめた。", "opened_edition": "1.1"}
    page = client.post(url, sent, follow=True).content.decode()
    assert "質問を解決済みにしました。" in page
    assert "担当課に確かめた。" in page
    asked.refresh_from_db()
    assert (asked.settled_by, asked.is_open) == (secretariat, False)
    assert "施行できます" in client.get("/editions/draft/").content.decode()


def test_settling_without_saying_how_is_refused(
    draft: Edition, client: Client, secretariat: User
) -> None:
    asked = comment(draft, secretariat, "1-A-1")
    sent = {"settlement": " ", "opened_edition": "1.1"}
    page = client.post(f"{URL}{asked.pk}/settle/", sent).content.decode()
    assert "どう解決したかを書いてください。" in page
    asked.refresh_from_db()
    assert asked.is_open


def test_a_question_settled_meanwhile_keeps_both_answers(
    draft: Edition, client: Client, secretariat: User
) -> None:
    asked = comment(draft, secretariat, "1-A-1")
    settle_question(comment=asked, settlement="先に確かめた。", by=secretariat)
    sent = {"settlement": "打った答え", "opened_edition": "1.1"}
    page = client.post(f"{URL}{asked.pk}/settle/", sent).content.decode()
    assert "この質問は、すでに解決しています。" in page
    assert "先に確かめた。" in page
    assert "打った答え" in page
    asked.refresh_from_db()
    assert asked.settlement == "先に確かめた。"


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_settles(
    draft: Edition,
    client_of: ClientOf,
    secretariat: User,
    request: pytest.FixtureRequest,
    role: str,
) -> None:
    asked = comment(draft, secretariat, "1-A-1")
    client = client_of(request.getfixturevalue(role))
    assert client.post(f"{URL}{asked.pk}/settle/", {"settlement": "済み"}).status_code == 403
    assert "解決済みにする" not in client.get(URL).content.decode()


def test_what_is_no_question_or_of_another_draft_cannot_be_settled(
    draft: Edition, small_edition: Edition, client: Client, secretariat: User
) -> None:
    opinion = comment(draft, secretariat, "1-A-1", is_question=False)
    assert client.get(f"{URL}{opinion.pk}/settle/").status_code == 404
    assert client.get(f"{URL}{ABSENT}/settle/").status_code == 404


# Once the draft is open no more


def test_comments_stay_readable_after_adoption_and_abandonment(
    draft: Edition, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    comment(draft, secretariat, "1-A-1", text="残る意見", is_question=False)
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    url = f"/editions/comments/{draft.pk}/"
    assert client_of(staff).get(url).headers["Location"] == URL
    adopted(draft, secretariat)
    page = client_of(staff).get(url).content.decode()
    assert "残る意見" in page
    assert "1-A-1 届出のオンライン化" in page
    assert "<form" not in page.split("<main", 1)[1].split("</main", 1)[0]
    assert client_of(None).get(url).status_code == 302
    assert f'href="{url}"' in client_of(staff).get("/editions/").content.decode()
    assert url not in client_of(None).get("/editions/").content.decode()


def test_comments_of_an_abandoned_draft_stay(
    draft: Edition, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    comment(draft, secretariat, text="残る質問")
    abandon_draft(draft=draft, reason="作り直すため。", by=secretariat)
    page = client_of(staff).get(f"/editions/comments/{draft.pk}/").content.decode()
    assert "残る質問" in page
    assert "解決していない質問" in page
    assert client_of(staff).get(f"/editions/comments/{ABSENT}/").status_code == 404


def test_a_comment_on_a_draft_adopted_meanwhile_is_given_back(
    draft: Edition, client: Client, secretariat: User
) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    adopted(draft, secretariat)
    response = client.post(URL, said(comment="打った意見"))
    assert response.status_code == 409
    assert "打った意見" in response.content.decode()


def test_without_a_draft_there_is_nothing_to_discuss(
    small_edition: Edition, client: Client
) -> None:
    assert client.get(URL).headers["Location"] == "/editions/draft/"
    assert client.delete(URL).status_code == 405


def test_passers_by_sign_in_first(draft: Edition, client_of: ClientOf) -> None:
    assert client_of(None).get(URL).headers["Location"] == f"/login/?next={URL}"


def test_the_list_asks_the_database_as_often_for_many_comments_as_for_few(
    draft: Edition, client: Client, secretariat: User
) -> None:
    comment(draft, secretariat, "1-A-1")
    with as_many_queries(client, URL):
        for number in range(30):
            comment(draft, secretariat, "1-A-2" if number % 2 else "", text=f"意見{number}")
