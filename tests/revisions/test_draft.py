"""/editions/draft/: looking at the draft, opening it, and there being only one (T2)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from draft_cast import add_items, reword, text_of
from meeting_cast import by_decision
from query_counts import as_many_queries

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.errors import DraftRefused
from plans.models import Edition, FocusItemText
from revisions.actions.amending import amend_add, amend_end

ClientOf = Callable[[User | None], Client]
URL = "/editions/draft/"
OPEN = "/editions/draft/open/"


# It works


def test_an_open_draft_is_shown_with_all_items_and_nothing_changed(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).get(URL)
    page = response.content.decode()
    assert response.status_code == 200
    assert "第1.1版（案）の改定" in page
    assert "第1.0版をもとに作成" in page
    assert "第1.0版から何も変わっていません。" in page
    for title in ("申請のオンライン化", "遠隔相談", "手続きの案内", "定型業務の自動化"):
        assert title in page
    counts = response.context["review"].change_counts
    assert [(count.label, count.number) for count in counts] == [("同一", 4)]


def test_each_change_bears_its_mark_and_its_reason(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    reword(
        draft, "1-A-1", by=secretariat, reason="窓口が変わったため。", title="届出のオンライン化"
    )
    reword(
        draft,
        "1-A-2",
        by=secretariat,
        reason="試行の結果、実施を決めたため。",
        is_study=False,
        origin=by_decision(draft, secretariat, "1-A-2"),
    )
    reword(draft, "2-A-1", by=secretariat, reason="改めて調べるため。", is_study=True)
    amend_end(
        text=text_of(draft, "1-B-1"), opened_version=1, reason="役目を終えたため。", by=secretariat
    )
    amend_add(
        policy=text_of(draft, "1-A-1").policy,
        title="書かない窓口",
        overview="申請書を書かずに済むようにします。",
        is_study=False,
        reason="新たに始めるため。",
        by=secretariat,
    )
    response = client_of(secretariat).get(URL)
    review, page = response.context["review"], response.content.decode()
    marks = {item.code: [kind.label for kind in item.kinds] for item in review.items}
    assert marks == {
        "1-A-1": ["文言変更"],
        "1-A-2": ["具体化（★解除）"],
        "1-A-3": ["新設"],
        "1-B-1": ["終了"],
        "2-A-1": ["検討項目とする（★付与）"],
    }
    assert "<del>申請</del><ins>届出</ins>のオンライン化" in page
    for words in (
        "窓口が変わったため。",
        "試行の結果",
        "改めて調べるため。",
        "役目を終えたため。",
        "新たに始める",
    ):
        assert words in page
    assert "理由なし" not in page
    assert "第1.1版（案）は施行できます。" in page


def test_a_change_without_a_reason_is_marked_and_linked(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-1").update(title="裏口の題")
    page = client_of(secretariat).get(URL).content.decode()
    assert "理由なし" in page
    assert "1-A-1「裏口の題」の文言変更に理由がありません。" in page
    assert 'href="/editions/draft/items/1-A-1/"' in page


def test_the_first_edition_tells_that_it_is_a_draft_and_offers_to_edit_and_adopt(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    assert "これは施行前の案です" in page
    assert 'href="/editions/draft/items/1-A-2/"' in page
    assert 'href="/editions/draft/adopt/"' in page
    assert "editions/compare" not in page


def test_changes_of_the_first_edition_are_shown_against_what_was_loaded(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    reword(
        small_draft, "1-A-1", by=secretariat, reason="誤解を避けるため。", title="申請のデジタル化"
    )
    amend_end(
        text=text_of(small_draft, "2-A-1"), opened_version=1, reason="済んだため。", by=secretariat
    )
    added = amend_add(
        policy=text_of(small_draft, "1-A-1").policy,
        title="新しい項目",
        overview="概要",
        is_study=False,
        reason="意見を受けて。",
        by=secretariat,
    )
    review = client_of(secretariat).get(URL).context["review"]
    fates = {item.code: str(item.change.fate) for item in review.items}
    assert fates == {
        "1-A-1": "reworded",
        "1-A-2": "same",
        added.focus_item.code: "new",
        "1-B-1": "same",
        "2-A-1": "ended",
    }
    assert review.obstacles == []


def test_without_a_draft_the_page_offers_the_next_minor_and_major_number(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).get(URL)
    page = response.content.decode()
    assert "いま改定中の案はありません。" in page
    assert [value for value, _ in response.context["form"].fields["number"].choices] == [
        "1.1",
        "2.0",
    ]


def test_with_no_plan_the_page_says_how_to_load_one(secretariat: User, client_of: ClientOf) -> None:
    assert "load_plan" in client_of(secretariat).get(URL).content.decode()


@pytest.mark.parametrize(("number", "name"), [("1.1", "第1.1版（案）"), ("2.0", "第2.0版（案）")])
def test_opening_copies_the_edition_in_force(
    small_edition: Edition, secretariat: User, client_of: ClientOf, number: str, name: str
) -> None:
    response = client_of(secretariat).post(OPEN, {"number": number}, follow=True)
    opened = Edition.objects.get(status="draft")
    assert response.redirect_chain == [(URL, 302)]
    assert f"{name}を作成しました。" in response.content.decode()
    assert (opened.number, opened.base, opened.opened_by) == (number, small_edition, secretariat)
    assert opened.item_texts.count() == 4


# There is one draft (T2)


def test_a_second_draft_is_refused_by_the_page(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).post(OPEN, {"number": "2.0"}, follow=True)
    assert "第1.1版（案）がすでに作成されています。" in response.content.decode()
    assert Edition.objects.filter(status="draft").count() == 1


def test_a_second_draft_is_refused_by_the_action(
    draft: Edition, small_edition: Edition, secretariat: User
) -> None:
    with pytest.raises(DraftRefused, match="すでに作成されています"):
        open_draft(base=small_edition, major=2, minor=0, by=secretariat)


def test_a_second_draft_is_refused_by_the_database(draft: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            plan=draft.plan,
            major=3,
            minor=0,
            first_fiscal_year=2026,
            last_fiscal_year=2027,
        )


def test_a_draft_of_what_is_not_in_force_is_refused(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).post(OPEN, {"number": "1.1"}, follow=True)
    assert "施行中の版がないので" in response.content.decode()
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("number", ["", "1.0", "9.9", "x", "1.1.1"])
def test_a_number_that_was_not_offered_opens_nothing(
    small_edition: Edition, secretariat: User, client_of: ClientOf, number: str
) -> None:
    response = client_of(secretariat).post(OPEN, {"number": number})
    assert "次の版の番号を" in response.content.decode()
    assert not Edition.objects.filter(status="draft").exists()


# It is refused


def test_a_passer_by_signs_in_first(draft: Edition, client_of: ClientOf) -> None:
    response = client_of(None).get(URL)
    assert (response.status_code, response.headers["Location"]) == (302, f"/login/?next={URL}")


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_staff_look_at_the_draft_and_are_offered_no_change(
    draft: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    page = client_of(request.getfixturevalue(role)).get(URL).content.decode()
    assert "第1.1版（案）の改定" in page
    assert "文言を直す" not in page
    assert reverse("draft_adopt") not in page


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_opens_a_draft(
    small_edition: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    response = client_of(request.getfixturevalue(role)).post(OPEN, {"number": "1.1"})
    assert response.status_code == 403
    assert not Edition.objects.filter(status="draft").exists()


def test_opening_is_never_done_by_get(
    small_edition: Edition, secretariat: User, client_of: ClientOf
) -> None:
    assert client_of(secretariat).get(OPEN).status_code == 405
    assert client_of(secretariat).post(URL).status_code == 405


# It costs the same with few and with many


def test_the_page_asks_the_database_as_often_for_many_items_as_for_few(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    client = client_of(secretariat)
    with as_many_queries(client, URL, most=20):
        add_items(draft, 30, by=secretariat)
        reword(draft, "1-A-1", by=secretariat, title="別の題")


def test_a_draft_of_another_day_shows_when_it_was_opened(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    assert draft.opened_at is not None
    assert draft.opened_at.date() == date(2026, 10, 15)
    assert "作成 <time" in client_of(secretariat).get(URL).content.decode()
