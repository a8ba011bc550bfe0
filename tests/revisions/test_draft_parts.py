"""The pages on which cover, axes and policies of a draft are reworded and added."""

import pytest
from django.test import Client
from draft_cast import ADD, EDIT, END, ClientOf, reword
from part_cast import (
    AXIS,
    AXIS_ADD,
    AXIS_END,
    COVER,
    GAPS,
    PAGES,
    POLICY,
    POLICY_ADD,
    POLICY_END,
    REASON,
    acts,
    axis_of,
    axis_words,
    policy_of,
    sent,
)

from people.models import User
from plans.models import Axis, Edition, Policy
from revisions.actions.amending_axes import amend_axis, amend_cover, amend_move_policy
from revisions.models import Amendment

COVER_WORDS = {"first_fiscal_year": 2026, "last_fiscal_year": 2027, "issuer": "ためし町企画課"}


def test_an_axis_is_reworded_with_its_reason_and_what_gave_rise_to_it(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    page = desk.get(AXIS).content.decode()
    assert 'value="便利なまち"' in page
    assert "変わっていません。" in page
    response = desk.post(AXIS, axis_words(name="もっと便利なまち", origin_kind="nation"))
    assert (response.status_code, response.headers["Location"]) == (302, "/editions/draft/#axes-1")
    axis = axis_of(draft)
    assert (axis.name, axis.tagline, axis.version) == ("もっと便利なまち", "手続きを変える", 2)
    amendment = Amendment.objects.get()
    assert (amendment.place, amendment.kind, amendment.reason) == ("axes/1", "reword", REASON)
    assert (amendment.origin, amendment.amended_by) == ("nation", secretariat)
    page = desk.get(AXIS).content.decode()
    assert "<ins>もっと</ins>" in page
    assert REASON in page


def test_a_policy_is_reworded(draft: Edition, desk: Client) -> None:
    desk.post(POLICY, sent(name="行かなくてよい窓口"))
    assert (policy_of(draft).name, acts()) == (
        "行かなくてよい窓口",
        [("policies/1-A", "reword", REASON)],
    )


def test_the_cover_is_changed(draft: Edition, desk: Client) -> None:
    assert "令和9年度（2027年度）" in desk.get(COVER).content.decode()
    response = desk.post(COVER, sent(**{**COVER_WORDS, "last_fiscal_year": 2028}))
    assert response.headers["Location"] == "/editions/draft/#edition"
    draft.refresh_from_db()
    assert (draft.last_fiscal_year, draft.version) == (2028, 2)
    assert acts() == [("edition", "reword", REASON)]


def test_a_period_that_ends_before_it_begins_is_refused_on_the_form(
    draft: Edition, desk: Client
) -> None:
    page = desk.post(
        COVER, sent(**{**COVER_WORDS, "last_fiscal_year": 2025, "issuer": "打った課"})
    ).content.decode()
    assert "最後の年度は、最初の年度以後にしてください。" in page
    assert 'value="打った課"' in page
    assert REASON in page
    draft.refresh_from_db()
    assert draft.last_fiscal_year == 2027


def test_an_axis_and_its_first_policy_are_added(draft: Edition, desk: Client) -> None:
    assert "最後の軸の次" in desk.get(AXIS_ADD).content.decode()
    desk.post(AXIS_ADD, sent(name="つながるまち", english="", tagline="人と人"))
    axis = draft.axes.get(number=3)
    assert (axis.key, axis.name) == ("3", "つながるまち")
    url = "/editions/draft/axes/3/policies/add/"
    page = desk.get(url).content.decode()
    assert "軸3 つながるまち" in page
    assert "取組方針を加える" in page
    response = desk.post(url, sent(name="集まる場"))
    assert response.headers["Location"] == "/editions/draft/#policies-3-A"
    assert acts() == [("axes/3", "new", REASON), ("policies/3-A", "new", REASON)]
    assert "この案で新しく設けました。" in desk.get("/editions/draft/axes/3/").content.decode()


def test_items_are_added_to_a_policy_by_its_key_wherever_it_stands(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    amend_move_policy(
        policy=policy_of(draft),
        axis=axis_of(draft, "2"),
        after=policy_of(draft, "2-A"),
        opened_version=1,
        reason=REASON,
        by=secretariat,
    )
    page = desk.get(ADD).content.decode()
    assert "2-B 行かない窓口" in page


def test_saving_what_already_stands_says_so_and_keeps_the_reason_typed(
    draft: Edition, desk: Client
) -> None:
    for url, typed in (
        (AXIS, axis_words()),
        (POLICY, sent(name="行かない窓口")),
        (COVER, sent(**COVER_WORDS)),
    ):
        page = desk.post(url, typed).content.decode()
        assert "案のいまの文言と同じです。" in page, url
        assert REASON in page
    assert acts() == []


def test_a_change_that_lacks_its_reason_takes_only_the_reason(draft: Edition, desk: Client) -> None:
    Axis.objects.filter(pk=axis_of(draft).pk).update(name="裏口の名称")
    assert "理由のない変更があります" in desk.get(AXIS).content.decode()
    desk.post(AXIS, axis_words(name="裏口の名称", reason="後から書いた理由。"))
    assert acts() == [("axes/1", "reword", "後から書いた理由。")]
    assert "理由のない変更があります" not in desk.get(AXIS).content.decode()


@pytest.mark.parametrize(
    ("url", "bad", "message"),
    [
        (AXIS, {"name": ""}, "軸の名称を入れてください。"),
        (AXIS, {"name": "長" * 101}, "100文字以内にしてください（いま101文字です）。"),
        (AXIS_ADD, {"name": " \n"}, "軸の名称を入れてください。"),
        (AXIS, {"reason": "　"}, "改定の理由を書いてください。"),
        (AXIS, {"origin_kind": "decision"}, "どの決定によるかを選んでください。"),
        (POLICY, {"name": ""}, "取組方針の名称を入れてください。"),
        (POLICY_ADD, {"name": "長" * 201}, "200文字以内にしてください（いま201文字です）。"),
        (COVER, {"last_fiscal_year": "1867"}, "年度を、表示されている中から選んでください。"),
    ],
)
def test_bad_input_is_answered_with_all_that_was_typed(
    draft: Edition, desk: Client, url: str, bad: dict[str, str], message: str
) -> None:
    typed = {**axis_words(name="打った名称", tagline="打った標語"), **COVER_WORDS, **bad}
    response = desk.post(url, typed)
    page = response.content.decode()
    assert message in page
    form = response.context["form"]
    for name in ("name", "tagline", "reason", "opened_version"):
        if name in form.fields:
            assert form[name].value() == str(typed[name]), name
    assert acts() == []


def test_typed_text_is_shown_as_text(draft: Edition, desk: Client) -> None:
    desk.post(AXIS, axis_words(name="<script>x</script>"))
    page = desk.get(AXIS).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;" in page


# Two people at one text (G4)


def test_a_clash_shows_both_texts_marked_and_changes_nothing(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    amend_axis(
        axis=axis_of(draft),
        name="快適なまち",
        english="Service",
        tagline="手続きを変える",
        opened_version=1,
        reason="ほかの人の理由。",
        by=secretariat,
    )
    response = desk.post(AXIS, axis_words(name="便利で楽しいまち", reason="わたしの理由。"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "まだ保存していません" in page
    assert "事務 局子さんが" in page
    assert 'value="便利で楽しいまち"' in page
    assert "わたしの理由。" in page
    name, english, _ = response.context["clash"].fields
    assert (name.opened, name.now, name.differs, english.differs) == (
        "便利なまち",
        "快適なまち",
        True,
        False,
    )
    assert axis_of(draft).name == "快適なまち"
    form = response.context["form"]
    again = {one: form[one].value() or "" for one in form.fields}
    assert again["opened_version"] == "2"
    assert desk.post(AXIS, again).status_code == 302
    assert (axis_of(draft).name, axis_of(draft).version) == ("便利で楽しいまち", 3)


def test_a_clash_at_the_cover_shows_its_years_as_people_read_them(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    amend_cover(
        draft=draft,
        first_fiscal_year=2026,
        last_fiscal_year=2028,
        issuer="ためし町企画課",
        opened_version=1,
        reason="ほかの人の理由。",
        by=secretariat,
    )
    response = desk.post(COVER, sent(**{**COVER_WORDS, "last_fiscal_year": 2030}))
    assert response.status_code == 409
    clash = response.context["clash"]
    last = clash.fields[1]
    assert (last.opened, last.now) == ("令和9年度（2027年度）", "令和10年度（2028年度）")
    assert [run.text for run in last.mine] == ["令和10年度（2028年度）", "令和12年度（2030年度）"]
    assert (clash.now.by_name, clash.now.at is None) == ("事務 局子", False)


@pytest.mark.parametrize(
    "url",
    [
        *(page for page in PAGES if page not in {AXIS_END, POLICY_END, GAPS}),
        *(ADD, EDIT, END, f"{EDIT}move/", f"{EDIT}split/"),
    ],
)
def test_a_form_says_on_which_draft_it_was_opened(draft: Edition, desk: Client, url: str) -> None:
    assert 'name="opened_edition" value="1.1"' in desk.get(url).content.decode()


@pytest.mark.parametrize("opened", ["1.0", ""])
def test_a_form_opened_for_another_draft_or_none_is_given_back(
    draft: Edition, desk: Client, opened: str
) -> None:
    response = desk.post(AXIS, axis_words(name="打った名称", opened_edition=opened))
    page = response.content.decode()
    assert response.status_code == 409
    assert "打った名称" in page
    assert REASON in page
    assert axis_of(draft).name == "便利なまち"


def test_a_first_edition_that_was_never_adopted_is_reworded_too(
    small_draft: Edition, desk: Client
) -> None:
    assert desk.get(AXIS).status_code == 200
    desk.post(AXIS, axis_words(name="別のまち", opened_edition="1.0"))
    assert axis_of(small_draft).name == "別のまち"


def test_what_was_reworded_of_an_item_does_not_show_at_its_policy(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    assert "変わっていません。" in desk.get(POLICY).content.decode()
    assert Policy.objects.get(edition=draft, key="1-A").version == 1


def test_a_passer_by_keeps_what_was_typed(draft: Edition, client_of: ClientOf) -> None:
    page = client_of(None).post(AXIS, axis_words(name="打った名称")).content.decode()
    assert "打った名称" in page
    assert acts() == []
