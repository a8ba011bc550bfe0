"""新旧対照表 row by row: what stands on which side, what of it is marked, what is remarked; items, words, laws."""

from dataclasses import replace
from itertools import pairwise

import pytest
from compare_cast import (
    WORDS,
    add,
    amend,
    change,
    policy_of,
    rows_of,
    side,
    table_of,
)
from draft_cast import text_of
from hypothesis import given
from hypothesis import strategies as st

from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end, amend_merge, amend_move, amend_split
from revisions.papers.bodies import body_pairs, readable
from revisions.papers.ordering import with_ended

AXIS_2 = ("軸2　身軽な役場　（略）", "軸2　身軽な役場　（略）", "1項目 同一")


@pytest.fixture
def base(small_edition: Edition) -> Edition:
    return small_edition


# Items


def test_the_rows_stand_in_the_order_of_the_document(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    change(draft, secretariat)
    assert rows_of(base, draft) == [
        ("① 趣旨　（略）", "① 趣旨　（略）", ""),
        ("② 取組の概要", "② 取組の概要", ""),
        ("軸1　便利なまち", "軸1　便利なまち", ""),
        ("1-A　行かない窓口", "1-A　行かない窓口", ""),
        (
            "1-A-1　申請のオンライン化/申請から決済までを[スマートフォン]で完結させます。",
            "1-A-1　申請のオンライン化/申請から決済までを[スマホ]で完結させます。",
            "文言変更 窓口が変わったため。",
        ),
        (
            "1-A-2　遠隔相談/（略）",
            "1-A-2　遠隔相談　[★検討項目]/（略）",
            "具体化（★解除） 実施を決めたため。",
        ),
        (
            "[1-A-3　書かない窓口　★検討項目]/[申請書を書かずに済むようにします。]",
            "（新設）",
            "新設 始めるため。",
        ),
        ("1-B　迷わない窓口", "1-B　迷わない窓口", ""),
        (
            "（削る）",
            "[1-B-1　手続きの案内]/[必要な手続きを事前に判定できるようにします。]",
            "終了 終えるため。",
        ),
        AXIS_2,
        ("③ 成果と課題　（略）", "③ 成果と課題　（略）", ""),
    ]


def test_an_edition_has_no_rows_against_itself(base: Edition, draft: Edition) -> None:
    assert rows_of(base, base) == []
    assert rows_of(base, draft) == []


def test_what_is_renumbered_is_not_shown_as_rewritten(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_move(
        text=text_of(draft, "1-A-2"),
        policy=policy_of(draft, "1-A"),
        after=None,
        opened_version=1,
        reason="順を改めるため。",
        by=secretariat,
    )
    found = [row for row in rows_of(base, draft) if "番号の変更" in row[2]]
    assert found == [
        (
            "[1-A-1]　遠隔相談　★検討項目/（略）",
            "[1-A-2]　遠隔相談　★検討項目/（略）",
            "番号の変更 順を改めるため。",
        ),
        (
            "[1-A-2]　申請のオンライン化/（略）",
            "[1-A-1]　申請のオンライン化/（略）",
            "番号の変更 順を改めるため。",
        ),
    ]


def test_a_move_names_both_policies(base: Edition, draft: Edition, secretariat: User) -> None:
    amend_move(
        text=text_of(draft, "1-A-2"),
        policy=policy_of(draft, "1-B"),
        after=text_of(draft, "1-B-1"),
        opened_version=1,
        reason="合わせるため。",
        by=secretariat,
    )
    assert (
        "[1-B-2]　遠隔相談　★検討項目/（略）",
        "[1-A-2]　遠隔相談　★検討項目/（略）",
        "移動 取組方針「1-A 行かない窓口」から「1-B 迷わない窓口」へ移動 合わせるため。",
    ) in rows_of(base, draft)


def test_a_split_names_both_ends_on_both_rows(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_split(
        text=text_of(draft, "1-A-1"),
        policy=policy_of(draft, "1-A"),
        title="決済のオンライン化",
        overview="決済を進めます。",
        is_study=False,
        opened_version=1,
        reason="分けるため。",
        by=secretariat,
    )
    found = [row for row in rows_of(base, draft) if "分割" in row[2]]
    assert found == [
        (
            "1-A-1　申請のオンライン化/（略）",
            "1-A-1　申請のオンライン化/（略）",
            "分割 1-A-3「決済のオンライン化」へ分割 分けるため。",
        ),
        (
            "[1-A-3　決済のオンライン化]/[決済を進めます。]",
            "（新設）",
            "分割 1-A-1「申請のオンライン化」から分割 分けるため。",
        ),
    ]


def test_a_merger_names_both_ends_on_both_rows(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_merge(
        text=text_of(draft, "1-A-2"),
        into=text_of(draft, "1-A-1"),
        opened_version=1,
        reason="まとめるため。",
        by=secretariat,
    )
    found = [row for row in rows_of(base, draft) if "統合" in row[2]]
    assert found == [
        (
            "1-A-1　申請のオンライン化/（略）",
            "1-A-1　申請のオンライン化/（略）",
            "統合 1-A-2「遠隔相談」を統合 まとめるため。",
        ),
        (
            "（削る）",
            "[1-A-2　遠隔相談　★検討項目]/[支所から本庁の職員に相談できるようにします。]",
            "統合 1-A-1「申請のオンライン化」に統合 まとめるため。",
        ),
    ]


def test_a_star_that_is_put_on_is_marked_on_the_new_side(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend(draft, "1-A-1", by=secretariat, reason="調べるため。", is_study=True)
    assert (
        "1-A-1　申請のオンライン化　[★検討項目]/（略）",
        "1-A-1　申請のオンライン化/（略）",
        "検討項目とする（★付与） 調べるため。",
    ) in rows_of(base, draft)


def test_each_changed_paragraph_of_an_item_stands_level_on_both_sides(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    text = text_of(draft, "1-A-1").overview
    amend(draft, "1-A-1", by=secretariat, reason="書き足す。", overview=f"{text}\n対象を広げます。")
    rows = table_of(base, draft).rows
    place = next(n for n, row in enumerate(rows) if side(row.new).startswith("1-A-1"))
    first, second = rows[place : place + 2]
    assert (first.span, second.continues) == (2, True)
    assert (side(second.new), side(second.old)) == ("[対象を広げます。]", "（新設）")
    assert not second.remarks.in_words


def test_a_reason_that_is_lacking_is_told_of_a_draft_and_not_of_what_was_adopted(
    base: Edition, draft: Edition
) -> None:
    draft.item_texts.filter(focus_item__code="1-A-1").update(title="届出のオンライン化")
    (row,) = (row for row in table_of(base, draft).rows if "届出" in side(row.new))
    assert "（理由が書かれていません）" in row.remarks.in_words


def test_unchanged_neighbours_are_left_out_together(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    add(draft, by=secretariat)
    assert ("1-A-1～1-A-2　（略）", "1-A-1～1-A-2　（略）", "2項目 同一") in rows_of(base, draft)


# Words and columns are settings


def test_a_city_has_its_own_words_and_order(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終える。", by=secretariat)
    add(draft, by=secretariat)
    own = replace(
        WORDS,
        columns=("old", "new", "remarks"),
        old="現行",
        added="（追加）",
        dropped="（削除）",
        omitted="（省略）",
    )
    table = table_of(base, draft, own)
    assert [(column.label, column.edition) for column in table.columns] == [
        ("現行", "第1.0版"),
        ("改正後", "第1.1版（案）"),
        ("備考", ""),
    ]
    said = {line.text for row in table.rows for line in (*row.new, *row.old) if line.kind == "note"}
    assert {"（追加）", "（削除）"} < said
    assert not any("（略）" in text or "（新設）" in text for text in said)


# Laws

paragraphs = st.lists(
    st.sampled_from(
        [
            "",
            "- 生きた計画です。",
            "## 見出し",
            "毎年度、見直します。",
            "毎年度、必ず見直します。",
            "| a | < |",
        ]
    ),
    max_size=8,
).map("\n".join)


@given(paragraphs, paragraphs)
def test_both_sides_of_a_body_say_what_the_texts_say_but_for_what_stayed(
    old: str, new: str
) -> None:
    pairs = body_pairs(old, new, WORDS)
    for position, text in ((0, new), (1, old)):
        said = [line.text for pair in pairs for line in pair[position] if line.kind == "text"]
        written = [readable(line) for line in text.split("\n") if line.strip()]
        remaining = iter(written)
        assert all(any(line == one for one in remaining) for line in said)
    assert all(
        one != later for one, later in pairwise(pairs) if one[0] and one[0][0].text == "（略）"
    )
    is_changed = [readable(line) for line in old.split("\n") if line.strip()] != [
        readable(line) for line in new.split("\n") if line.strip()
    ]
    assert not is_changed or any(
        stretch.is_marked
        for pair in pairs
        for side_lines in pair
        for line in side_lines
        for stretch in line.stretches
    )


keys = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(keys, keys, st.sets(st.sampled_from("abcdefgh")))
def test_what_ended_stands_once_among_what_goes_on(
    old: list[str], new: list[str], elsewhere: set[str]
) -> None:
    found = with_ended(old, new, stays={*new, *elsewhere})
    assert [key for key in found if key in new] == new
    assert sorted(found) == sorted({*new, *(set(old) - elsewhere)})
    for key, behind in pairwise(found):
        # What ended stands behind what it stood behind, or behind what ended there as well.
        if behind not in new and key in old:
            assert old.index(key) < old.index(behind)
