"""The draft as a document: what ended stands where it stood, and changed bodies lose no word."""

from draft_cast import section_of, text_of
from hypothesis import given
from hypothesis import strategies as st

from people.models import User
from plans.comparison.paragraphs import compare_paragraphs
from plans.models import Edition
from plans.section_text import search_text
from revisions.actions.amending import amend_end, amend_move
from revisions.actions.amending_axes import amend_end_policy
from revisions.actions.amending_sections import amend_add_section, amend_end_section, amend_section
from revisions.queries.draft_document import DraftDocument, SectionNode, draft_document
from revisions.queries.drafts import draft_review
from revisions.queries.marked_text import marked_blocks


def document(draft: Edition) -> DraftDocument:
    draft.refresh_from_db()
    return draft_document(draft_review(draft))


def tree(nodes: list[SectionNode]) -> list[object]:
    return [
        (("-" if node.is_ended else "+" if node.is_new else "") + node.key, tree(node.children))
        for node in nodes
    ]


def test_sections_that_ended_stand_where_they_stood(draft: Edition, secretariat: User) -> None:
    added = amend_add_section(
        draft=draft,
        parent=None,
        after=section_of(draft, "purpose"),
        number="",
        title="期間",
        body="二年です。",
        reason="加える。",
        by=secretariat,
    )
    for key in ("results-desk", "purpose"):
        amend_end_section(
            section=section_of(draft, key), opened_version=1, reason="削る。", by=secretariat
        )
    assert tree(document(draft).sections) == [
        ("-purpose", []),
        (f"+{added.key}", []),
        ("items", []),
        ("results", [("-results-desk", [])]),
    ]


def test_a_branch_that_ended_stays_a_branch(draft: Edition, secretariat: User) -> None:
    for key in ("results-desk", "results"):
        amend_end_section(
            section=section_of(draft, key), opened_version=1, reason="削る。", by=secretariat
        )
    found = document(draft)
    assert tree(found.sections)[2:] == [("-results", [("-results-desk", [])])]
    assert [node.depth for node in found.sections[2].walk()] == [1, 2]
    assert [node.key for node in found.noted_sections] == ["results", "results-desk"]


def test_chapters_unfold_for_what_there_is_to_see(draft: Edition, secretariat: User) -> None:
    assert [(n.key, n.shows_open) for n in document(draft).sections] == [
        ("purpose", False),
        ("items", True),
        ("results", False),
    ]
    desk = section_of(draft, "results-desk")
    amend_section(
        section=desk,
        number="",
        title="窓口の成果",
        body=desk.body,
        opened_version=1,
        reason="改める。",
        by=secretariat,
    )
    assert document(draft).sections[2].shows_open


def test_a_policy_without_items_that_ended_is_still_told(draft: Edition, secretariat: User) -> None:
    text = text_of(draft, "1-B-1")
    amend_move(
        text=text,
        policy=text_of(draft, "2-A-1").policy,
        after=None,
        opened_version=1,
        reason="移す。",
        by=secretariat,
    )
    amend_end_policy(policy=text.policy, opened_version=1, reason="なくす。", by=secretariat)
    assert [node.label for node in document(draft).gone] == ["取組方針 1-B 迷わない窓口"]


def test_an_item_that_ended_counts_no_more(draft: Edition, secretariat: User) -> None:
    amend_end(text=text_of(draft, "1-A-2"), opened_version=1, reason="終了。", by=secretariat)
    axis = document(draft).axes[0]
    assert (axis.item_count, [len(policy.items) for policy in axis.policies]) == (2, [2, 1])


PROSE = ["", "- 一つ目です。", "- 二つ目。", "## 小見出し", "> 引用", "※ 注です。", "本文です。"]
ROWS = ["| 甲 | 乙 |", "| 丙 | < |", "| 丁 |"]
LINES = st.sampled_from([*PROSE, *ROWS])
BODIES = st.lists(LINES, max_size=8).map("\n".join)


@given(old=BODIES, new=BODIES)
def test_a_marked_body_holds_both_texts(old: str, new: str) -> None:
    blocks = marked_blocks(compare_paragraphs(old, new))

    def letters(side: str) -> list[str]:
        found = ""
        for block in blocks:
            for plain in block.plain:
                cells = [cell.text for row in [plain.head, *plain.rows] for cell in row]
                found += "".join([plain.text, *plain.items, *cells])
            runs = [*block.runs, *(run for row in block.rows for cell in row for run in cell.runs)]
            found += "".join(run.text for run in runs if run.kind in ("same", side))
        return sorted(found)

    assert letters("old") == sorted(search_text(old).replace("\n", ""))
    assert letters("new") == sorted(search_text(new).replace("\n", ""))


def test_a_table_row_is_marked_cell_by_cell() -> None:
    old = "| 区分 | 内容 |\n| --- | --- |\n| 窓口 | 紙で受ける。 |"
    (table,) = marked_blocks(compare_paragraphs(old, old.replace("紙", "画面")))
    cell = [(run.kind, run.text) for run in table.rows[1][1].runs]
    assert (table.kind, len(table.rows)) == ("table", 2)
    assert cell == [("old", "紙"), ("new", "画面"), ("same", "で受ける。")]


def test_cells_that_are_joined_stay_so_in_a_marked_table() -> None:
    old = "| 計画 | < | R8 |\n| 市 | 一次 | 甲 |\n| ^ | 二次 | 乙 |"
    (table,) = marked_blocks(compare_paragraphs(old, old.replace("乙", "丙")))
    spans = [[(cell.columns, cell.rows) for cell in row] for row in table.rows]
    assert spans == [[(2, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1)]]
