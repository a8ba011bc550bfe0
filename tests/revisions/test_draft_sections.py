"""The chapters and sections of a draft: writing them, looking before saving, placing, ending and taking back."""

import pytest
from django.test import Client
from draft_cast import section_of
from part_cast import (
    REASON,
    SECTION,
    SECTION_ADD,
    SECTION_END,
    SECTION_MOVE,
    SECTION_RESTORE,
    acts,
    section_words,
    sent,
)

from people.models import User
from plans.models import Edition, Section
from revisions.actions.amending_sections import amend_section

DESK = "/editions/draft/sections/results-desk/"
ITEMS = "/editions/draft/sections/items/"


def order_of(draft: Edition) -> list[str]:
    return list(draft.sections.order_by("order").values_list("key", flat=True))


def test_a_section_is_reworded(draft: Edition, desk: Client) -> None:
    page = desk.get(SECTION).content.decode()
    assert "本文の書き方" in page
    assert "- 毎年度、見直します。" in page
    body = "この計画は、ためし町のDXを進めます。\r\n\r\n- 生きた計画です。"
    response = desk.post(SECTION, section_words(heading="目的", body=body, origin_kind="field"))
    assert response.headers["Location"] == "/editions/draft/#sections-purpose"
    section = section_of(draft)
    assert (section.title, section.body) == ("目的", body.replace("\r\n", "\n"))
    assert acts() == [("sections/purpose", "reword", REASON)]


def test_opening_and_saving_a_section_is_no_change(draft: Edition, desk: Client) -> None:
    body = section_of(draft).body.replace("\n", "\r\n")
    page = desk.post(SECTION, section_words(body=body)).content.decode()
    assert "案のいまの文言と同じです。" in page
    assert (section_of(draft).version, acts()) == (1, [])


def test_the_preview_shows_what_was_typed_and_saves_nothing(draft: Edition, desk: Client) -> None:
    typed = section_words(
        heading="目的", body="## 小さな見出し\n- 一つ目\n| 甲 | 乙 |\n| 丙 | 丁 |", reason=""
    )
    page = desk.post(SECTION, {**typed, "preview": "1"}).content.decode()
    shown = page.partition('class="draft-preview"')[2].partition("<form")[0]
    assert '<h4 class="prose__heading">小さな見出し</h4>' in shown
    assert "<li>一つ目</li>" in shown
    assert '<th scope="col">甲</th>' in shown
    assert "| 丙 | 丁 |" in page
    assert 'value="目的"' in page
    assert 'name="opened_version" value="1"' in page
    assert "改定の理由を書いてください。" not in page
    assert (section_of(draft).title, acts()) == ("趣旨", [])


def test_the_preview_of_two_sides_puts_them_beside_one_another(
    draft: Edition, desk: Client
) -> None:
    page = desk.get(DESK).content.decode()
    assert "左右に並びます" in page
    typed = section_words(body="## Before\n- 紙\n\n## After\n- スマホ", preview="1")
    page = desk.post(DESK, typed).content.decode()
    shown = page.partition('class="draft-preview"')[2].partition("<form")[0]
    assert "before-after__side--after" in shown
    assert "<li>スマホ</li>" in shown


def test_the_section_of_the_items_has_no_body_to_write(draft: Edition, desk: Client) -> None:
    page = desk.get(ITEMS).content.decode()
    assert "軸・取組方針・重点項目の一覧が載ります" in page
    assert '<input type="hidden" name="body"' in page
    assert (
        "重点項目の一覧が載るので、終了にできません。" in desk.get(f"{ITEMS}end/").content.decode()
    )
    refused = desk.post(f"{ITEMS}end/", sent()).content.decode()
    assert "には重点項目が載るので、削れません。" in refused
    assert draft.sections.filter(key="items").exists()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"heading": ""}, "見出しを入れてください。"),
        ({"heading": "長" * 201}, "200文字以内にしてください（いま201文字です）。"),
        ({"heading_number": "長" * 21}, "20文字以内にしてください（いま21文字です）。"),
        ({"body": "長" * 20001}, "20000文字以内にしてください（いま20001文字です）。"),
        ({"reason": ""}, "改定の理由を書いてください。"),
    ],
)
def test_bad_input_is_answered_with_all_that_was_typed(
    draft: Edition, desk: Client, bad: dict[str, str], message: str
) -> None:
    typed = {**section_words(heading="打った見出し", body="打った本文"), **bad}
    for url in (SECTION, SECTION_ADD):
        response = desk.post(url, {**typed, "spot": "/"})
        assert message in response.content.decode()
        form = response.context["form"]
        for name in ("heading_number", "heading", "body", "reason"):
            assert form[name].value() == typed[name]
    assert (section_of(draft).title, acts()) == ("趣旨", [])


def test_a_clash_shows_both_bodies_marked(draft: Edition, desk: Client, secretariat: User) -> None:
    section = section_of(draft)
    amend_section(
        section=section,
        number="①",
        title="趣旨",
        body=section.body.replace("進める", "深める"),
        opened_version=1,
        reason="ほかの人の理由。",
        by=secretariat,
    )
    typed = section.body.replace("進める", "広げる")
    response = desk.post(SECTION, section_words(body=typed, reason="わたしの理由。"))
    page = response.content.decode()
    assert response.status_code == 409
    body = response.context["clash"].fields[2]
    assert "<del>進</del><ins>深</ins>" in page
    assert (body.opened, body.now) == (section.body, section_of(draft).body)
    assert "".join(run.text for run in body.mine if run.kind != "old") == typed
    assert "わたしの理由。" in page
    assert "広げる" in page
    again = section_words(body=typed, reason="わたしの理由。", opened_version=2)
    assert desk.post(SECTION, again).status_code == 302
    assert section_of(draft).body == typed


def test_a_section_is_added_where_it_was_put(draft: Edition, desk: Client) -> None:
    page = desk.get(SECTION_ADD, {"below": "results"}).content.decode()
    assert '<option value="results/results-desk" selected>' in page
    assert "「③ 成果と課題」の下" in page
    response = desk.post(
        SECTION_ADD, section_words(heading="庁内", heading_number="", spot="results/")
    )
    assert order_of(draft) == ["purpose", "items", "results", "added-1-1-1", "results-desk"]
    assert response.headers["Location"] == "/editions/draft/#sections-added-1-1-1"
    assert acts() == [("sections/added-1-1-1", "new", REASON)]


def test_a_section_to_be_added_needs_a_place(draft: Edition, desk: Client) -> None:
    page = desk.post(SECTION_ADD, section_words(spot="")).content.decode()
    assert "置く場所を選んでください。" in page
    preview = desk.post(SECTION_ADD, section_words(spot="", preview="1")).content.decode()
    assert 'class="draft-preview"' in preview
    assert order_of(draft) == ["purpose", "items", "results", "results-desk"]


def test_a_section_is_moved_below_another_one_but_not_below_itself(
    draft: Edition, desk: Client
) -> None:
    page = desk.get(SECTION_MOVE).content.decode()
    assert 'value="results/results-desk"' in page
    assert 'value="purpose/"' not in page
    desk.post(SECTION_MOVE, sent(spot="results/results-desk"))
    assert order_of(draft) == ["items", "results", "results-desk", "purpose"]
    assert section_of(draft).parent == section_of(draft, "results")
    assert acts() == [("sections/purpose", "move", REASON)]


def test_a_section_moves_with_those_below_it(draft: Edition, desk: Client) -> None:
    desk.post("/editions/draft/sections/results/move/", sent(spot="/"))
    assert order_of(draft) == ["results", "results-desk", "purpose", "items"]


def test_the_place_where_a_section_stands_is_no_move(draft: Edition, desk: Client) -> None:
    page = desk.post(SECTION_MOVE, sent(spot="/")).content.decode()
    assert "いまと同じ場所です。" in page
    assert (section_of(draft).version, acts()) == (1, [])


def test_a_section_is_ended_and_taken_back(draft: Edition, desk: Client) -> None:
    assert "毎年度、見直します。" in desk.get(SECTION_END).content.decode()
    desk.post(SECTION_END, sent())
    assert not Section.objects.filter(edition=draft, key="purpose").exists()
    assert desk.get(SECTION).headers["Location"] == SECTION_RESTORE
    page = desk.get(SECTION_RESTORE).content.decode()
    assert "毎年度、見直します。" in page
    assert REASON in page
    unsaid = desk.post(SECTION_RESTORE, sent(reason=""))
    assert "改定の理由を書いてください。" in unsaid.content.decode()
    desk.post(SECTION_RESTORE, {"reason": "やはり載せる。", "opened_edition": "1.1"})
    assert section_of(draft).title == "趣旨"
    assert acts()[-1] == ("sections/purpose", "restore", "やはり載せる。")


def test_a_section_with_others_below_it_stays(draft: Edition, desk: Client) -> None:
    url = "/editions/draft/sections/results/end/"
    assert "窓口" in desk.get(url).content.decode()
    assert "の下に節があります。" in desk.post(url, sent()).content.decode()
    assert draft.sections.filter(key="results").exists()


def test_what_stands_is_not_taken_back(draft: Edition, desk: Client) -> None:
    assert desk.get(SECTION_RESTORE).headers["Location"] == SECTION
    response = desk.post(SECTION_RESTORE, {"reason": "打った理由", "opened_edition": "1.1"})
    assert (response.status_code, "打った理由" in response.content.decode()) == (409, True)
