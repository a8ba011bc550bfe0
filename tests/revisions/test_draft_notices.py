"""What wants a look before an adoption without forbidding it, on the page of the draft and of its adoption."""

import pytest
from adopt_cast import URL as ADOPT
from adopt_cast import filled, statuses
from django.test import Client
from draft_cast import ClientOf, adopted, reword, section_of, text_of, write_section
from meeting_cast import decide, held, planned, put
from part_cast import COVER, axis_of, policy_of, sent
from query_counts import as_many_queries

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.models import Axis, Edition, FocusItemText, Policy
from reviews.enums import AgendaKind
from reviews.models import Decision, Meeting
from revisions.actions.amending import amend_end
from revisions.actions.amending_axes import (
    amend_add_axis,
    amend_add_policy,
    amend_axis,
    amend_end_policy,
    amend_policy,
)
from revisions.actions.explaining import explain_changes
from revisions.queries.draft_notices import draft_notices
from revisions.queries.drafts import draft_review

URL = "/editions/draft/"


def told(draft: Edition) -> list[tuple[str, list[str]]]:
    """Return all notices, each with the texts that it leads to."""
    notices = draft_notices(draft_review(draft), clock.today())
    return [(one.message, [text.label for text in one.texts]) for one in notices]


def shown(client: Client, url: str = URL) -> str:
    """Return the part of a page that the notices stand in, empty without any."""
    page = client.get(url).content.decode()
    return page.partition('id="notices-title"')[2].partition("</section>")[0]


def rename_axis(axis: Axis, name: str, *, by: User) -> None:
    amend_axis(
        axis=axis,
        name=name,
        english=axis.english,
        tagline=axis.tagline,
        opened_version=axis.version,
        reason="改める。",
        by=by,
    )


def rename_policy(policy: Policy, name: str, *, by: User) -> None:
    version = policy.version
    amend_policy(policy=policy, name=name, opened_version=version, reason="改める。", by=by)


def test_a_draft_that_leaves_nothing_behind_has_no_notices(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    write_section(draft, "purpose", "便利なまちと、行かない窓口。2つの軸。", by=secretariat)
    text = text_of(draft, "1-A-2")
    amend_end(text=text, opened_version=text.version, reason="終える。", by=secretariat)
    reword(draft, "1-A-1", title="便利なまちの届出", by=secretariat)
    assert told(draft) == []
    assert shown(desk) == shown(desk, ADOPT) == ""


def test_a_star_that_goes_off_without_a_changed_word_is_told(
    draft: Edition, secretariat: User
) -> None:
    reword(draft, "1-A-2", is_study=False, by=secretariat)
    ((message, labels),) = told(draft)
    assert message.startswith("★を外して、文言を一字も改めていません。")
    assert labels == ["1-A-2 遠隔相談"]

    reword(draft, "1-A-2", overview="支所から相談できます。", by=secretariat)
    assert told(draft) == []


# Names and numbers


def test_a_text_that_still_gives_an_old_name_is_told(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    write_section(draft, "purpose", "便利なまちをつくる。", by=secretariat)
    reword(draft, "2-A-1", overview="行かない窓口を支える。", by=secretariat)
    rename_axis(axis_of(draft), "やさしいまち", by=secretariat)
    rename_policy(policy_of(draft), "「行かない」役場", by=secretariat)
    assert told(draft) == [
        ("改める前の軸の名称「便利なまち」が残っています。", ["① 趣旨"]),
        ("改める前の取組方針の名称「行かない窓口」が残っています。", ["2-A-1 定型業務の自動化"]),
    ]
    for url in (URL, ADOPT):
        page = shown(desk, url)
        assert f'<a href="{URL}sections/purpose/">① 趣旨を直す</a>' in page
        assert f'<a href="{URL}items/2-A-1/">2-A-1 定型業務の自動化を直す</a>' in page


def test_staff_are_led_to_where_the_text_stands(
    draft: Edition, client_of: ClientOf, staff: User, secretariat: User
) -> None:
    write_section(draft, "purpose", "便利なまちをつくる。", by=secretariat)
    rename_axis(axis_of(draft), "やさしいまち", by=secretariat)
    assert f'<a href="{URL}#sections-purpose">① 趣旨</a>' in shown(client_of(staff))


@pytest.mark.parametrize("new", ["とても便利なまち", "便利なまちづくり"])
def test_an_old_name_within_a_new_one_is_none_that_was_left(
    draft: Edition, secretariat: User, new: str
) -> None:
    write_section(draft, "purpose", f"{new}をつくる。", by=secretariat)
    rename_axis(axis_of(draft), new, by=secretariat)
    assert told(draft) == []
    write_section(draft, "purpose", f"{new}をつくる。\n\n便利なまち。", by=secretariat)
    assert [labels for _, labels in told(draft)] == [["① 趣旨"]]


def test_a_name_that_is_a_word_of_the_language_says_nothing(
    draft: Edition, secretariat: User
) -> None:
    rename_axis(axis_of(draft), "計画", by=secretariat)
    base = adopted(draft, secretariat)
    assert "計画" in section_of(base).body
    following = open_draft(base=base, major=1, minor=2, by=secretariat)
    rename_axis(axis_of(following), "便利なまちづくり", by=secretariat)
    assert told(following) == []


def test_the_name_of_a_policy_that_ended_is_told(draft: Edition, secretariat: User) -> None:
    write_section(draft, "purpose", "迷わない窓口。2つの軸、2つの取組方針。", by=secretariat)
    text = text_of(draft, "1-B-1")
    amend_end(text=text, opened_version=1, reason="終える。", by=secretariat)
    policy = policy_of(draft, "1-B")
    amend_end_policy(policy=policy, opened_version=1, reason="終える。", by=secretariat)
    assert told(draft) == [("なくした取組方針の名称「迷わない窓口」が残っています。", ["① 趣旨"])]


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("2つの軸が噛み合う。", ["軸"]),
        ("2つの軸である「eな」、3つの「取組方針」が噛み合う。", ["軸", "取組方針"]),
        ("| 軸 (2) | 取組方針（3） | 重点項目 （４） |", ["軸", "取組方針", "重点項目"]),
        ("12つの軸、2つの車軸、3つの軸、軸 (3)、取組方針 (4)、4つの柱。", []),
    ],
)
def test_a_text_that_still_gives_an_old_number_is_told(
    draft: Edition, secretariat: User, words: str, counted: list[str]
) -> None:
    write_section(draft, "purpose", words, by=secretariat)
    assert told(draft) == []
    reason = {"reason": "加える。", "by": secretariat}
    axis = amend_add_axis(draft=draft, name="新しい軸", english="", tagline="", **reason)
    policy = amend_add_policy(axis=axis, name="新しい方針", **reason)
    FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-2").update(
        policy=policy, number=1
    )
    text = text_of(draft, "1-A-1")
    amend_end(text=text, opened_version=1, reason="終える。", by=secretariat)
    numbers = {"軸": "2から3", "取組方針": "3から4", "重点項目": "4から3"}
    messages = [f"{kind}の数が{numbers[kind]}に変わりましたが、" for kind in counted]
    assert [message.partition("前の数")[0] for message, _ in told(draft)][
        : len(counted)
    ] == messages
    assert len([1 for message, _ in told(draft) if "前の数" in message]) == len(counted)


# What is empty, left as it was, or to come


def test_a_policy_without_items_is_told(draft: Edition, desk: Client, secretariat: User) -> None:
    text = text_of(draft, "1-B-1")
    amend_end(text=text, opened_version=1, reason="終える。", by=secretariat)
    label = "取組方針 1-B 迷わない窓口"
    assert told(draft) == [(f"「{label}」に重点項目がありません。", [label])]
    assert f'<a href="{URL}policies/1-B/">{label}を直す</a>' in shown(desk)


def test_a_major_edition_for_the_years_of_its_base_is_told(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    assert draft.base is not None
    assert told(draft) == []
    abandon_draft(draft=draft, reason="改めて大きく直す。", by=secretariat)
    major = open_draft(base=draft.base, major=2, minor=0, by=secretariat)
    said = "第2.0版の計画期間が、もとの第1.0版と同じ令和8年度～令和9年度です。"
    assert told(major) == [(said, ["計画期間・策定者"])]
    assert f'<a href="{URL}cover/">計画期間・策定者を直す</a>' in shown(desk)
    Edition.objects.filter(pk=major.pk).update(last_fiscal_year=2029)
    assert told(Edition.objects.get(pk=major.pk)) == []


def test_a_sitting_to_come_that_has_the_draft_before_it_is_told(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    meeting = planned(draft, secretariat)
    item = put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=draft)
    said = "令和8年度第1回DX推進本部会議（令和8年10月29日）で審議する予定です。"
    for url in (URL, ADOPT):
        assert said in shown(desk, url)
        assert f'<a href="{item.get_absolute_url()}">議題を見る' in shown(desk, url)
    Meeting.objects.filter(pk=meeting.pk).update(held_on=clock.today())
    assert told(draft) == []


def test_a_notice_forbids_no_adoption(amended: Edition, desk: Client, secretariat: User) -> None:
    write_section(amended, "purpose", "便利なまちをつくる。", by=secretariat)
    rename_axis(axis_of(amended), "やさしいまち", by=secretariat)
    assert shown(desk, ADOPT)
    assert desk.post(ADOPT, filled(desk)).status_code == 302
    assert statuses()["1.1"] == "in_force"


# What was changed after it was decided


@pytest.fixture
def approved(draft: Edition, secretariat: User) -> Edition:
    """1.1 as a sitting of yesterday approved it, before anything was changed."""
    meeting = held(draft, secretariat)
    put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=draft)
    decide(meeting, secretariat, text="案のとおり了承する。")
    return draft


SINCE = "（令和8年10月14日）の後に変更された文言が{}か所あります。"
DECIDED = f"令和8年度第1回DX推進本部会議の決定{SINCE}"


def test_what_was_changed_after_the_decision_is_told(
    approved: Edition, desk: Client, secretariat: User
) -> None:
    assert shown(desk, ADOPT) == ""
    reword(approved, "1-A-1", title="後の題", by=secretariat)
    amend_end(text=text_of(approved, "1-A-2"), opened_version=1, reason="終了。", by=secretariat)
    write_section(approved, "purpose", "後の本文。", by=secretariat)
    rename_policy(policy_of(approved, "2-A"), "後の方針", by=secretariat)
    desk.post(COVER, sent(first_fiscal_year=2026, last_fiscal_year=2028, issuer="企画課"))
    page = shown(desk, ADOPT)
    assert DECIDED.format(5) in page
    for leaf in ("items/1-A-1/", "items/1-A-2/", "sections/purpose/", "policies/2-A/", "cover/"):
        assert f'<a href="{URL}{leaf}">' in page
    assert shown(desk) == ""


def test_what_was_copied_after_the_decision_was_not_changed(
    small_edition: Edition, desk: Client, secretariat: User
) -> None:
    desk.post("/editions/draft/open/", {"number": "1.1"})
    draft = Edition.objects.get(status="draft")
    reword(draft, "1-A-1", title="後の題", by=secretariat)
    lacking = {"effective_from": "", "decided_on": "2026-10-14"}

    page = desk.post(ADOPT, filled(desk, **lacking)).content.decode()

    assert f"決定日{SINCE.format(1)}" in page


def test_a_reason_given_after_the_decision_changes_no_text(
    approved: Edition, desk: Client, secretariat: User
) -> None:
    FocusItemText.objects.filter(edition=approved, focus_item__code="2-A-1").update(title="題")
    item = text_of(approved, "2-A-1").focus_item
    explain_changes(draft=approved, focus_item=item, reason="補う。", by=secretariat)
    assert shown(desk, ADOPT) == ""


def test_the_day_typed_goes_before_that_of_the_last_sitting(
    approved: Edition, desk: Client, secretariat: User
) -> None:
    reword(approved, "1-A-1", title="後の題", by=secretariat)
    assert DECIDED.format(1) in shown(desk, ADOPT)
    lacking = {"effective_from": "", "decided_on": "2026-10-15"}
    page = desk.post(ADOPT, filled(desk, **lacking)).content.decode()
    assert "後に変更された文言" not in page
    page = desk.post(
        ADOPT, filled(desk, **{**lacking, "decided_on": "2026-10-14"})
    ).content.decode()
    assert f"決定日{SINCE.format(1)}" in page
    decision = Decision.objects.get()
    page = desk.post(ADOPT, filled(desk, **lacking, decision=str(decision.pk))).content.decode()
    assert DECIDED.format(1) in page


def test_the_notices_cost_the_same_however_many_there_are(
    approved: Edition, desk: Client, secretariat: User
) -> None:
    reword(approved, "1-A-1", title="後の題", by=secretariat)
    write_section(approved, "purpose", "便利なまち。", by=secretariat)
    with as_many_queries(desk, ADOPT):
        for code in ("1-A-2", "2-A-1"):
            reword(approved, code, title=f"{code}の題", by=secretariat)
        write_section(approved, "results", "行かない窓口。", by=secretariat)
        for key in ("1-A", "1-B", "2-A"):
            rename_policy(policy_of(approved, key), f"{key}の方針", by=secretariat)
        for number in (3, 4):
            meeting = planned(approved, secretariat, number=number)
            put(meeting, secretariat, "案", kind=AgendaKind.AMENDMENT, edition=approved)
    assert shown(desk, ADOPT).count("△ 確認") == 4
