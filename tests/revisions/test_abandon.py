"""/editions/draft/abandon/ and /editions/abandoned/<pk>/: a draft is given up, and kept."""

from collections.abc import Callable

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import (
    ClientOf,
    add_items,
    adopted,
    reword,
    section_of,
    split_off,
    text_of,
    write_section,
)
from meeting_cast import held, put
from query_counts import asked_by_page, assert_as_many
from row_numbers import ABSENT

from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem
from reviews.enums import AgendaKind
from revisions.actions.commenting import comment_on_draft, settle_question

URL = "/editions/draft/abandon/"
BECAUSE = "国の方針が変わったため、\n作り直す。"
GiveUp = Callable[..., Edition]


@pytest.fixture
@lasting
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """1.1 with one item reworded."""
    opened = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    reword(opened, "1-A-1", title="届出のオンライン化", by=secretariat, reason="語をそろえる。")
    return opened


def filled(draft: Edition, **overrides: str) -> dict[str, str]:
    return {"reason": BECAUSE, "opened_edition": draft.mark, **overrides}


# Giving it up


def test_the_page_says_what_is_kept(draft: Edition, desk: Client) -> None:
    page = desk.get(URL).content.decode()

    assert "第1.1版（案）を取りやめる" in page
    assert "変わった重点項目 1項目、そのほかの文言 0か所、意見・質問 0件" in page
    assert "第1.1版という番号は空き" in page
    assert Edition.objects.get(pk=draft.pk).is_draft


def test_the_draft_is_kept_with_who_when_and_why(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    response = desk.post(URL, filled(draft), follow=True)

    assert response.redirect_chain == [(f"/editions/abandoned/{draft.pk}/", 302)]
    assert "第1.1版の案を取りやめました。" in response.content.decode()
    draft.refresh_from_db()
    assert (draft.is_abandoned, draft.abandoned_by) == (True, secretariat)
    assert draft.abandoned_because == BECAUSE
    assert text_of(draft, "1-A-1").title == "届出のオンライン化"


def test_the_next_draft_may_bear_the_number_again(draft: Edition, desk: Client) -> None:
    desk.post(URL, filled(draft))
    desk.post("/editions/draft/open/", {"number": "1.1"})

    again = Edition.objects.get(status="draft")
    assert (again.number, text_of(again, "1-A-1").title) == ("1.1", "申請のオンライン化")
    assert "申請のオンライン化" in desk.get("/editions/1.1/").content.decode()


@pytest.mark.parametrize("reason", ["", " 　\n"])
def test_it_takes_a_reason(draft: Edition, desk: Client, reason: str) -> None:
    page = desk.post(URL, filled(draft, reason=reason)).content.decode()

    assert "取りやめの理由を書いてください。" in page
    assert Edition.objects.get(pk=draft.pk).is_draft


def test_the_first_draft_of_a_plan_stays(
    small_draft: Edition, desk: Client, secretariat: User
) -> None:
    page = desk.post(URL, filled(small_draft)).content.decode()

    assert "最初の版の案なので、取りやめられません。" in page
    assert "作り直す。" in page
    assert Edition.objects.get().is_draft


def test_what_was_adopted_meanwhile_is_not_given_up(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    adopted(draft, secretariat)

    response = desk.post(URL, filled(draft))

    assert response.status_code == 409
    assert "作り直す。" in response.content.decode()
    assert Edition.objects.get(pk=draft.pk).is_in_force
    with pytest.raises(DraftRefused, match="施行されている"):
        abandon_draft(draft=draft, reason=BECAUSE, by=secretariat)


def test_another_draft_of_the_same_number_is_not_given_up_instead(
    draft: Edition, desk: Client, secretariat: User, small_edition: Edition
) -> None:
    abandon_draft(draft=draft, reason="先に取りやめた。", by=secretariat)
    again = open_draft(base=small_edition, major=1, minor=1, by=secretariat)

    response = desk.post(URL, filled(draft))

    assert response.status_code == 409
    assert "作り直す。" in response.content.decode()
    assert Edition.objects.get(pk=again.pk).is_draft


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_gives_it_up(
    draft: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    client = client_of(request.getfixturevalue(role))

    assert client.get(URL).status_code == client.post(URL, filled(draft)).status_code == 403
    assert Edition.objects.get(pk=draft.pk).is_draft


def test_looking_gives_nothing_up(draft: Edition, desk: Client, client_of: ClientOf) -> None:
    desk.get(URL, filled(draft))
    client_of(None).post(URL, filled(draft))

    assert desk.put(URL).status_code == 405
    assert Edition.objects.get(pk=draft.pk).is_draft


def test_without_a_draft_there_is_nothing_to_give_up(small_edition: Edition, desk: Client) -> None:
    assert desk.get(URL).headers["Location"] == "/editions/draft/"


def test_g4_a_form_of_it_changes_no_later_draft_of_the_same_number(
    draft: Edition, desk: Client, secretariat: User, small_edition: Edition
) -> None:
    form = desk.get("/editions/draft/items/1-A-2/").context["form"]
    sent = {name: form[name].value() for name in ("title", "opened_version", "opened_edition")}
    abandon_draft(draft=draft, reason=BECAUSE, by=secretariat)
    again = open_draft(base=small_edition, major=1, minor=1, by=secretariat)

    response = desk.post(
        "/editions/draft/items/1-A-2/", {**sent, "title": "打った題", "reason": "打った理由。"}
    )

    assert response.status_code == 409
    page = response.content.decode()
    for words in (
        "第1.1版の案は取りやめになったので、変更できません。",
        "打った題",
        "打った理由。",
    ):
        assert words in page
    assert text_of(again, "1-A-2").title == "遠隔相談"
    form = desk.get("/editions/draft/items/1-A-2/").context["form"]
    assert form["opened_edition"].value() == "1.1+1"


# Reading it afterwards


@pytest.fixture
@lasting
def gone(draft: Edition, secretariat: User) -> Edition:
    """1.1 given up after an item, a section and a split, a comment and a question; and 1.1 opened again."""
    words = {"title": "分けた項目", "overview": "分けた取組。", "reason": "分けて進める。"}
    new = split_off(draft, "1-A-2", by=secretariat, **words)
    body = f"{section_of(draft).body}\n\n書き足した段落。"
    write_section(draft, "purpose", body, by=secretariat, reason="補う。")
    asked = comment_on_draft(
        draft=draft,
        focus_item=new,
        place="",
        text="分けるのか。",
        is_question=True,
        by=secretariat,
    )
    settle_question(comment=asked, settlement="分ける。", by=secretariat)
    given_up = abandon_draft(draft=draft, reason=BECAUSE, by=secretariat)
    assert given_up.base is not None
    again = open_draft(base=given_up.base, major=1, minor=1, by=secretariat)
    reword(again, "1-B-1", title="あとの案の題", by=secretariat, reason="あとの案の理由。")
    return given_up


def test_its_text_reasons_and_comments_are_there(
    gone: Edition, client_of: ClientOf, staff: User
) -> None:
    page = client_of(staff).get(f"/editions/abandoned/{gone.pk}/").content.decode()

    for words in (
        "第1.1版（取りやめた案）",
        "国の方針が変わったため",
        "語をそろえる。",
        "分けて進める。",
    ):
        assert words in page
    for words in ("分けた取組。", "書き足した段落。", "補う。", "分けるのか。", "→ ", "事務 局子"):
        assert words in page
    assert "あとの案" not in page
    assert "/editions/1.1/items/" not in page
    assert "/why/" not in page


def test_a_passer_by_signs_in_first(gone: Edition, client_of: ClientOf) -> None:
    url = f"/editions/abandoned/{gone.pk}/"
    assert client_of(None).get(url).headers["Location"] == f"/login/?next={url}"


def test_no_other_edition_is_found_there(gone: Edition, desk: Client) -> None:
    for edition in Edition.objects.exclude(pk=gone.pk):
        assert desk.get(f"/editions/abandoned/{edition.pk}/").status_code == 404
    assert desk.get(f"/editions/abandoned/{ABSENT}/").status_code == 404
    assert desk.post(f"/editions/abandoned/{gone.pk}/").status_code == 405


def test_the_list_of_editions_names_it_to_staff(
    gone: Edition, client_of: ClientOf, staff: User
) -> None:
    line = f'<a href="/editions/abandoned/{gone.pk}/">第1.1版（取りやめた案）</a>'

    assert line in client_of(staff).get("/editions/").content.decode()
    passer_by = client_of(None).get("/editions/").content.decode()
    assert "第1.0版" in passer_by
    assert "取りやめ" not in passer_by


def test_its_page_asks_no_more_for_many_changes(
    draft: Edition, desk: Client, secretariat: User, small_edition: Edition
) -> None:
    def queries(given_up: Edition) -> list[str]:
        desk.get(f"/editions/abandoned/{given_up.pk}/")
        return asked_by_page(desk, f"/editions/abandoned/{given_up.pk}/")

    few = queries(abandon_draft(draft=draft, reason=BECAUSE, by=secretariat))
    again = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    for text in add_items(again, 30, by=secretariat):
        comment_on_draft(
            draft=again,
            focus_item=text.focus_item,
            place="",
            text="よい。",
            is_question=False,
            by=secretariat,
        )
    assert_as_many(few, queries(abandon_draft(draft=again, reason=BECAUSE, by=secretariat)))


# Everywhere else


def test_a_sitting_that_had_it_before_it_leads_there(
    draft: Edition, desk: Client, secretariat: User, small_edition: Edition
) -> None:
    meeting = held(small_edition, secretariat)
    put(meeting, secretariat, "改定案について", kind=AgendaKind.AMENDMENT, edition=draft)
    abandon_draft(draft=draft, reason=BECAUSE, by=secretariat)

    page = desk.get(meeting.get_absolute_url()).content.decode()

    assert f'href="/editions/abandoned/{draft.pk}/">第1.1版（取りやめた案）</a>' in page
    assert "/editions/compare/1.0/1.1/" not in page
    for leaf in ("papers/", "present/", "workbook.xlsx", "minutes/"):
        assert desk.get(f"{meeting.get_absolute_url()}{leaf}").status_code == 200
    kept = desk.get(f"/editions/abandoned/{draft.pk}/").content.decode()
    assert meeting.title in kept


def test_an_item_that_only_it_had_is_not_found(gone: Edition, desk: Client) -> None:
    item = FocusItem.objects.get(texts__title="分けた項目")

    assert desk.get(item.get_absolute_url()).status_code == 404
    for url in ("/items/", "/", "/editions/compare/", "/items.csv"):
        assert "分けた項目" not in desk.get(url).content.decode()


def test_the_admin_shows_no_wording_of_it_as_the_newest(gone: Edition, desk: Client) -> None:
    page = desk.get("/admin/plans/focusitem/").content.decode()

    assert "申請のオンライン化" in page
    assert "届出のオンライン化" not in page
    assert desk.get(f"/admin/plans/edition/{gone.pk}/change/").status_code == 200
