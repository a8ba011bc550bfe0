"""新旧対照表 row by row, of all that is no item: axes, policies, sections, the cover."""

import pytest
from compare_cast import axis_of, policy_of, rows_of
from draft_cast import section_of, write_section

from people.models import User
from plans.models import Edition
from revisions.actions.amending_axes import (
    amend_add_axis,
    amend_add_policy,
    amend_axis,
    amend_cover,
    amend_move_axis,
    amend_policy,
)
from revisions.actions.amending_sections import (
    amend_add_section,
    amend_end_section,
    amend_move_section,
)

BODY = "この計画は、ためし町のDXを進めるためのものです。\n\n- 生きた計画です。\n- 毎年度、見直します。\n"


@pytest.fixture
def base(small_edition: Edition) -> Edition:
    return small_edition


# Axes and policies


def test_the_words_of_an_axis_and_a_policy_are_marked_in_their_headings(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    axis, policy = axis_of(draft, "2"), policy_of(draft, "1-B")
    amend_axis(
        axis=axis,
        name=axis.name,
        english=axis.english,
        tagline="仕事の仕方を変える",
        opened_version=1,
        reason="標語を改める。",
        by=secretariat,
    )
    amend_policy(
        policy=policy, name="迷わない案内", opened_version=1, reason="名を改める。", by=secretariat
    )
    rows = rows_of(base, draft)
    assert (
        "軸2　身軽な役場/仕事[の仕方]を変える",
        "軸2　身軽な役場/仕事を変える",
        "文言変更 標語を改める。",
    ) in rows
    assert ("1-B　迷わない[案内]", "1-B　迷わない[窓口]", "文言変更 名を改める。") in rows


def test_what_an_axis_that_moved_carries_along_is_renumbered_and_not_rewritten(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_move_axis(
        axis=axis_of(draft, "2"), after=None, opened_version=1, reason="先にする。", by=secretariat
    )
    above = "番号の変更（軸・取組方針の番号の変更による）"
    rows = rows_of(base, draft)
    assert ("[軸1]　身軽な役場", "[軸2]　身軽な役場", "番号の変更 先にする。") in rows
    assert ("[1-A]　仕事の自動化", "[2-A]　仕事の自動化", above) in rows
    assert ("[1-A-1]　定型業務の自動化/（略）", "[2-A-1]　定型業務の自動化/（略）", above) in rows


def test_a_new_axis_is_marked_whole(base: Edition, draft: Edition, secretariat: User) -> None:
    axis = amend_add_axis(
        draft=draft,
        name="守るまち",
        english="",
        tagline="備える",
        reason="加える。",
        by=secretariat,
    )
    amend_add_policy(axis=axis, name="災害への備え", reason="加える。", by=secretariat)
    rows = rows_of(base, draft)
    assert ("[軸3　守るまち]/[備える]", "（新設）", "新設 加える。") in rows
    assert ("[3-A　災害への備え]", "（新設）", "新設 加える。") in rows


# Sections and the cover


def test_a_section_is_compared_paragraph_by_paragraph(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    assert section_of(draft, "purpose").body.strip() == BODY.strip()
    body = BODY.replace("毎年度、", "毎年度、必ず").replace("- 生きた計画です。\n", "")
    write_section(draft, "purpose", f"{body}\n終わりに書き足します。", by=secretariat)
    rows = rows_of(base, draft)
    assert rows[:4] == [
        ("① 趣旨/（略）", "① 趣旨/（略）", "文言変更 改めるため。"),
        ("（削る）", "[・生きた計画です。]", ""),
        ("・毎年度、[必ず]見直します。", "・毎年度、見直します。", ""),
        ("[終わりに書き足します。]", "（新設）", ""),
    ]


def test_a_section_that_came_or_ended_is_marked_whole(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_add_section(
        draft=draft,
        parent=None,
        after=section_of(draft, "purpose"),
        number="",
        title="用語",
        body="一つ目。\n\n- 二つ目。",
        reason="加える。",
        by=secretariat,
    )
    amend_end_section(
        section=section_of(draft, "results-desk"),
        opened_version=1,
        reason="終える。",
        by=secretariat,
    )
    rows = rows_of(base, draft)
    place = rows.index(("[用語]/[一つ目。]", "（新設）", "新設 加える。"))
    assert rows[place + 1] == ("[・二つ目。]", "", "")
    assert rows[-5:] == [
        ("③ 成果と課題", "③ 成果と課題", ""),
        ("（削る）", "[窓口]/[Before]", "終了 終える。"),
        ("", "[・来庁が要る。]", ""),
        ("", "[After]", ""),
        ("", "[・来庁が要らない。]", ""),
    ]


def test_the_rule_below_the_head_of_a_table_is_no_row(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    table = "| 年度 | 内容 |\n|---|---|\n| R8 | 試行 |"
    write_section(draft, "purpose", f"{BODY}\n{table}\n", by=secretariat, reason="表を加える。")
    amend_add_section(
        draft=draft,
        parent=None,
        after=section_of(draft, "purpose"),
        number="",
        title="予定",
        body=table,
        reason="加える。",
        by=secretariat,
    )

    rows = rows_of(base, draft)

    assert rows[:3] == [
        ("① 趣旨/（略）", "① 趣旨/（略）", "文言変更 表を加える。"),
        ("[年度 ｜ 内容]", "（新設）", ""),
        ("[R8 ｜ 試行]", "（新設）", ""),
    ]
    assert rows[3:5] == [
        ("[予定]/[年度 ｜ 内容]", "（新設）", "新設 加える。"),
        ("[R8 ｜ 試行]", "", ""),
    ]


def test_a_section_that_moved_names_where_from_and_where_to(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    section = section_of(draft, "results-desk")
    amend_move_section(
        section=section,
        parent=section_of(draft, "purpose"),
        after=None,
        opened_version=1,
        reason="移す。",
        by=secretariat,
    )
    found = [row for row in rows_of(base, draft) if "移動" in row[2]]
    assert found == [
        (
            "窓口/（略）",
            "窓口/（略）",
            "移動 「③ 成果と課題」から「① 趣旨」へ移動 移す。",
        )
    ]


def test_the_facts_of_the_cover_stand_first(
    base: Edition, draft: Edition, secretariat: User
) -> None:
    amend_cover(
        draft=draft,
        first_fiscal_year=2026,
        last_fiscal_year=2028,
        issuer="ためし町企画課",
        opened_version=draft.version,
        reason="延ばす。",
        by=secretariat,
    )
    draft.refresh_from_db()
    assert rows_of(base, draft)[0] == (
        "計画期間　令和8年度～[令和10年度]",
        "計画期間　令和8年度～[令和9年度]",
        "文言変更 延ばす。",
    )
