"""The conventions of a section's body."""

from hypothesis import given
from hypothesis import strategies as st

from plans.section_text import Block, Cell, parse_blocks, search_text, under_headings

BODY = """\
はじめの段落です。
- 一つめ
- 二つめ

## 小見出し
> 引用です。
※ 注です。
!図
"""


def test_each_mark_makes_its_block() -> None:
    assert parse_blocks(BODY) == [
        Block("paragraph", "はじめの段落です。"),
        Block("bullets", items=["一つめ", "二つめ"]),
        Block("heading", "小見出し"),
        Block("quotation", "引用です。"),
        Block("note", "※ 注です。"),
        Block("lost_figure"),
    ]


def test_a_blank_line_parts_two_lists() -> None:
    assert [block.items for block in parse_blocks("- 一\n\n- 二")] == [["一"], ["二"]]


def test_joined_cells_cover_columns_and_rows() -> None:
    (table,) = parse_blocks(
        "| 年度 | R8 | R9 |\n|---|---|---|\n| 計画 | R8～R9 | < |\n| ^ | | 別 |"
    )

    assert table.head == [Cell("年度", is_label=True), Cell("R8"), Cell("R9")]
    assert table.rows == [
        [Cell("計画", is_label=True, rows=2), Cell("R8～R9", columns=2)],
        [Cell(""), Cell("別")],
    ]


def test_a_table_of_rules_alone_keeps_them_as_its_text() -> None:
    (table,) = parse_blocks("|---|---|")

    assert [cell.text for cell in table.head] == ["---", "---"]


def test_an_empty_body_has_no_blocks() -> None:
    assert parse_blocks("") == []
    assert parse_blocks("\n\n") == []


def test_search_leaves_the_marks_out() -> None:
    assert (
        search_text(BODY) == "はじめの段落です。\n一つめ\n二つめ\n小見出し\n引用です。\n※ 注です。"
    )
    assert search_text("| a | b |\n|---|---|\n| c | < |") == "a\nb\nc"


@given(
    st.lists(
        st.sampled_from(["", "段落", "- 点", "## 見出し", "> 引用", "※注", "!図"]), max_size=20
    )
)
def test_every_line_of_text_lands_in_exactly_one_block(lines: list[str]) -> None:
    words = [
        line.removeprefix("- ").removeprefix("## ").removeprefix("> ")
        for line in lines
        if line and line != "!図"
    ]

    found = [
        word
        for block in parse_blocks("\n".join(lines))
        for word in ([block.text] if block.text else block.items)
    ]

    assert found == words


def test_texts_stand_under_their_headings() -> None:
    body = "## Before\n紙で申請。\n\n## After\n- スマホで申請\n- 通知もスマホ"

    parts = under_headings(parse_blocks(body))

    assert [(heading, [block.kind for block in blocks]) for heading, blocks in parts] == [
        ("Before", ["paragraph"]),
        ("After", ["bullets"]),
    ]


def test_a_text_before_the_first_heading_is_not_lost() -> None:
    parts = under_headings(parse_blocks("前置き\n\n## Before\n紙"))

    assert [heading for heading, _ in parts] == ["", "Before"]
