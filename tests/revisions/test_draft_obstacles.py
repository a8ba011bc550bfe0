"""The list of what stands in the way of an adoption: duplicate numbers, and of what a question is asked."""

from typing import Any

import pytest
from django.test import Client
from draft_cast import ClientOf, adopted, text_of
from part_cast import policy_of

from people.models import User
from plans.models import Edition, FocusItemText, Section
from revisions.actions.amending_sections import amend_add_section
from revisions.actions.commenting import comment_on_draft
from revisions.errors import AdoptionRefused
from revisions.queries.drafts import draft_review

URL = "/editions/draft/"


def add_section(draft: Edition, *, by: User, **words: Any) -> Section:
    told = {"parent": None, "after": None, "number": "", "body": "本文です。", **words}
    return amend_add_section(draft=draft, reason="加える。", by=by, **told)


def told(draft: Edition) -> list[str]:
    return [obstacle.message for obstacle in draft_review(draft).obstacles]


def todo(client: Client) -> str:
    page = client.get(URL).content.decode()
    return page.split('id="obstacles-title"', 1)[1].split("</section>", 1)[0]


def test_two_sections_beside_each_other_do_not_bear_one_number(
    draft: Edition, secretariat: User, staff: User, desk: Client, client_of: ClientOf
) -> None:
    added = add_section(draft, by=secretariat, number="③", title="新しい「章」")

    assert told(draft) == ["「③ 新しい『章』」と「③ 成果と課題」の見出し番号が、同じ「③」です。"]
    shown = todo(desk)
    assert f'<a href="{URL}sections/{added.key}/">③ 新しい「章」を直す</a>、' in shown
    assert f'<a href="{URL}sections/results/">③ 成果と課題を直す</a>' in shown
    read = todo(client_of(staff))
    assert f'<a href="{URL}#sections-{added.key}">③ 新しい「章」</a>、' in read


def test_sections_of_different_chapters_may_bear_one_number(
    draft: Edition, secretariat: User
) -> None:
    chapter = draft.sections.get(key="results")
    add_section(draft, by=secretariat, number="①", title="役場の中", parent=chapter)
    add_section(draft, by=secretariat, title="番号のない一つめ")
    add_section(draft, by=secretariat, title="番号のない二つめ")
    assert told(draft) == []


def test_a_duplicate_number_refuses_the_adoption(amended: Edition, secretariat: User) -> None:
    add_section(amended, by=secretariat, number="①", title="もう一つの趣旨")
    with pytest.raises(AdoptionRefused, match="見出し番号が、同じ「①」です"):
        adopted(amended, secretariat)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("items/1-A-2", "1-A-2 遠隔相談"),
        ("axes/1", "軸1 便利なまち"),
        ("policies/1-A", "取組方針 1-A 行かない窓口"),
        ("sections/results", "③ 成果と課題"),
        ("edition", "計画期間・策定者"),
        ("", "案の全体"),
    ],
)
def test_a_question_says_which_text_it_is_about(
    draft: Edition, staff: User, desk: Client, place: str, label: str
) -> None:
    item = text_of(draft, place.partition("/")[2]).focus_item if "items" in place else None
    comment_on_draft(
        draft=draft,
        focus_item=item,
        place="" if item else place,
        text="これでよいか。",
        is_question=True,
        by=staff,
    )
    said = f"「{label}」について、解決していない質問があります：これでよいか。"
    assert said in told(draft)
    assert said in todo(desk)


def test_a_question_about_what_ended_says_what_it_was(draft: Edition, staff: User) -> None:
    item = text_of(draft, "1-B-1").focus_item
    ask: dict[str, Any] = {"draft": draft, "text": "残しますか。", "is_question": True, "by": staff}
    comment_on_draft(focus_item=item, place="", **ask)
    comment_on_draft(focus_item=None, place="sections/results-desk", **ask)
    FocusItemText.objects.filter(edition=draft, focus_item=item).delete()
    Section.objects.filter(edition=draft, key="results-desk").delete()
    assert [words for words in told(draft) if "質問" in words] == [
        "「1-B-1 手続きの案内」について、解決していない質問があります：残しますか。",
        "「窓口」について、解決していない質問があります：残しますか。",
    ]


def test_names_that_hold_brackets_can_be_told_from_the_message(draft: Edition) -> None:
    policy = policy_of(draft)
    FocusItemText.objects.filter(edition=draft, policy=policy, number=1).update(
        title="「やさしい窓口」の推進", overview=""
    )
    assert told(draft)[0] == "1-A-1「『やさしい窓口』の推進」の取組の概要が空です。"
