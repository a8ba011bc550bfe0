"""Rewording, adding, ending and restoring items of a draft, each with its reason; clashes lose nothing (G4)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User
from plans.actions import open_draft
from plans.models import Edition, FocusItem, FocusItemText
from reviews.actions import adopt_edition, amend_add, amend_end, amend_text
from reviews.models import Amendment

ClientOf = Callable[[User | None], Client]
EDIT = "/editions/draft/items/1-A-1/"
END = "/editions/draft/items/1-A-1/end/"
RESTORE = "/editions/draft/items/1-A-1/restore/"
ADD = "/editions/draft/policies/1-A/add/"
TITLE, OVERVIEW = "申請のオンライン化", "申請から決済までをスマホで完結させます。"


def text_of(edition: Edition, code: str = "1-A-1") -> FocusItemText:
    return FocusItemText.objects.select_related("edition", "policy__axis", "focus_item").get(
        edition=edition, focus_item__code=code
    )


def words(**overrides: object) -> dict[str, object]:
    values: dict[str, object] = {
        "title": TITLE,
        "overview": OVERVIEW,
        "reason": "",
        "opened_version": 1,
        "opened_edition": "1.1",
    }
    return {**values, **overrides}


def adopted(draft: Edition, by: User) -> Edition:
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=by,
    )


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


# Rewording


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


# Two people at once (G4)


@pytest.fixture
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


# Ending and restoring


def test_ending_shows_what_ends_and_asks_why(draft: Edition, client: Client) -> None:
    page = client.get(END).content.decode()
    assert "1-A-1 を終了にする" in page
    assert OVERVIEW in page
    assert "番号 1-A-1 は、ほかの項目に使いません" in page
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


# Adding


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


@pytest.mark.parametrize("url", [EDIT, END, ADD])
def test_the_pages_ask_the_database_as_often_for_many_items_as_for_few(
    draft: Edition, client: Client, secretariat: User, url: str
) -> None:
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(30):
        amend_add(
            policy=text_of(draft).policy,
            title=f"項目{number}",
            overview="概要",
            is_study=False,
            reason="増やす。",
            by=secretariat,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
