"""What the pages of drafting say once something was saved, and where it is seen."""

import pytest
from django.test import Client
from draft_cast import ADD, EDIT, merge, reword, words
from part_cast import (
    AXIS,
    COVER,
    POLICY,
    POLICY_END,
    SECTION,
    SECTION_END,
    axis_words,
    section_words,
    sent,
)

from people.models import User
from plans.actions.drafting.opening import abandon_draft
from plans.models import Edition, FocusItemText, Policy, Section

URL = "/editions/draft/"
COVERED = sent(first_fiscal_year=2026, last_fiscal_year=2028, issuer="ためし町企画課")
NAMED = "「やさしい窓口」の推進"


@pytest.mark.parametrize(
    ("url", "form", "said"),
    [
        (POLICY, sent(name=f"{NAMED}へ"), "「取組方針 1-A 『やさしい窓口』の推進へ」の改定を"),
        (SECTION_END, sent(), "「① 『やさしい窓口』の推進」を終了にしました。"),
        (f"{EDIT}end/", sent(), "1-A-1「『やさしい窓口』の推進」を終了にしました。"),
        (f"{EDIT}move/", sent(spot="1-B/1-B-1"), "「『やさしい窓口』の推進」を1-B-2に移しました。"),
    ],
)
def test_names_that_hold_brackets_are_told_apart_from_the_message(
    draft: Edition, desk: Client, url: str, form: dict[str, object], said: str
) -> None:
    FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-1").update(title=NAMED)
    Policy.objects.filter(edition=draft, key="1-A").update(name=NAMED)
    Section.objects.filter(edition=draft, key="purpose").update(title=NAMED)
    page = desk.post(url, form, follow=True).content.decode()
    assert said in page
    assert "「「" not in page


def test_a_part_that_is_to_end_is_named_likewise(draft: Edition, desk: Client) -> None:
    Policy.objects.filter(edition=draft, key="2-A").update(name=NAMED)
    FocusItemText.objects.filter(edition=draft, policy__key="2-A").delete()
    page = desk.get(POLICY_END.replace("1-A", "2-A")).content.decode()
    assert "「取組方針 2-A 『やさしい窓口』の推進」は、第1.1版（案）に載らなくなります。" in page


# Where it is seen


def shown(page: str, *, opens: str) -> str:
    """Return what stands between a text's own tag and its first act."""
    return page.split(opens, 1)[1].split("draft-row__actions", 1)[0]


@pytest.mark.parametrize(
    ("url", "form", "opens", "said"),
    [
        (
            EDIT,
            words(title="届出", reason="改める。"),
            'id="item-1-A-1"',
            "1-A-1の改定を理由とともに",
        ),
        (f"{EDIT}end/", sent(), 'id="item-1-A-1"', "終了にしました。"),
        (COVER, COVERED, 'id="edition"', "の改定を理由とともに保存しました。"),
        (AXIS, axis_words(name="新しい軸"), 'id="axes-1"', "の改定を理由とともに保存しました。"),
        (POLICY, sent(name="窓口"), 'id="policies-1-A"', "の改定を理由とともに保存しました。"),
        (SECTION, section_words(heading="目的"), 'id="sections-purpose"', "の改定を理由とともに"),
        (SECTION_END, sent(), 'id="sections-purpose"', "終了にしました。"),
    ],
)
def test_what_was_saved_is_said_once_at_the_text_that_the_page_jumps_to(
    draft: Edition, desk: Client, url: str, form: dict[str, object], opens: str, said: str
) -> None:
    response = desk.post(url, form)
    assert response.headers["Location"] == f"{URL}#{opens[4:-1]}"
    page = desk.get(URL).content.decode()
    assert said in shown(page, opens=opens)
    assert page.count(said) == 1
    assert said not in desk.get(URL).content.decode()


def test_what_moved_is_called_as_it_was_and_as_it_is(draft: Edition, desk: Client) -> None:
    desk.post(f"{AXIS}move/", sent(spot="/2"))
    page = desk.get(URL).content.decode()
    assert "「軸1 便利なまち」を移しました。いまは「軸2 便利なまち」です。" in page
    row = page[page.index('id="item-1-A-1"') :].partition("</li>")[0]
    assert '<span class="label label--renumber">番号の変更</span>' in row


def test_a_merger_is_taken_back_as_a_merger(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    merge(draft, "1-A-2", by=secretariat)
    url = "/editions/draft/items/1-A-2/restore/"
    assert "1-A-2 の統合を取りやめる</h1>" in desk.get(url).content.decode()
    desk.post(url, sent())
    page = desk.get(URL).content.decode()
    assert "1-A-2「遠隔相談」の統合を取りやめました。" in page
    assert page.count("いまは、もとの版との違いはありません。") == 2


def test_a_star_that_lacks_its_decision_says_so_at_the_item(draft: Edition, desk: Client) -> None:
    desk.post(EDIT.replace("A-1", "A-2"), words(title="遠隔相談", reason="始める。"))
    page = shown(desk.get(URL).content.decode(), opens='id="item-1-A-2"')
    assert '<li class="notice notice--success">1-A-2の改定を' in page
    assert '<li class="notice notice--warning">★を外す根拠になる本部会議の決定が' in page


def test_what_is_said_in_a_chapter_without_changes_opens_it(draft: Edition, desk: Client) -> None:
    chapter = '<details class="draft-chapter" id="chapter-results"'
    desk.post(
        "/editions/draft/sections/results/",
        section_words(heading="成果", heading_number="③", body=""),
    )
    back = section_words(heading="成果と課題", heading_number="③", body="", opened_version=2)
    desk.post("/editions/draft/sections/results/", back)
    assert f"{chapter} open>" in desk.get(URL).content.decode()
    assert f"{chapter}>" in desk.get(URL).content.decode()


def test_what_is_said_of_a_text_that_is_drawn_no_more_stands_at_the_top(
    draft: Edition, desk: Client
) -> None:
    desk.post(ADD, {**words(title="新しい項目", reason="始める。")})
    desk.get(URL)
    desk.post(f"{URL}items/1-A-3/end/", sent())
    page = desk.get(URL).content.decode()
    assert 'id="item-1-A-3"' not in page
    assert "1-A-3「新しい項目」を終了にしました。" in page.split("<h1>", 1)[0]


# What a change lacks


@pytest.mark.parametrize("page", ["draft/", "compare/1.0/1.1/", "compare/1.0/1.1/summary/"])
def test_a_star_off_with_a_reason_lacks_its_decision_alone(
    draft: Edition, desk: Client, secretariat: User, page: str
) -> None:
    reword(draft, "1-A-2", is_study=False, reason="実施を決めたため。", by=secretariat)
    shown = desk.get(f"/editions/{page}").content.decode()
    assert "実施を決めたため。" in shown
    assert "決定なし" in shown
    assert "理由なし" not in shown


@pytest.mark.parametrize("page", ["draft/", "compare/1.0/1.1/", "compare/1.0/1.1/summary/"])
def test_a_star_off_without_a_reason_lacks_its_reason(
    draft: Edition, desk: Client, page: str
) -> None:
    FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-2").update(is_study=False)
    shown = desk.get(f"/editions/{page}").content.decode()
    assert "理由なし" in shown
    assert "決定なし" not in shown


# What comes too late


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("/editions/draft/items/1-A-2/", "改定の理由"),
        ("/editions/draft/items/1-A-2/end/", "理由"),
        ("/editions/draft/axes/1/", "理由"),
        ("/editions/draft/sections/purpose/end/", "理由"),
        ("/editions/draft/abandon/", "取りやめの理由"),
    ],
)
def test_what_was_typed_too_late_is_named_as_on_its_form(
    draft: Edition, secretariat: User, desk: Client, url: str, label: str
) -> None:
    typed = {"reason": "打った理由。", "opened_edition": draft.mark}
    assert f">{label}<span" in desk.get(url).content.decode()
    abandon_draft(draft=draft, reason="改めて検討する。", by=secretariat)

    page = desk.post(url, typed).content.decode()

    assert f"<dt>{label}</dt><dd>打った理由。</dd>" in page
