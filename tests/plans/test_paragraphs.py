"""Paragraphs are matched by what they say, never by their line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.comparison.paragraphs import compare_paragraphs

lines = st.lists(
    st.sampled_from(
        [
            "",
            "趣旨を述べる。",
            "趣旨を詳しく述べる。",
            "- 窓口の改善",
            "- 窓口と手続きの改善",
            "別の話。",
        ]
    ),
    max_size=8,
)


@given(lines, lines)
@settings(deadline=None)
def test_each_side_is_its_text(old: list[str], new: list[str]) -> None:
    changes = compare_paragraphs("\n".join(old), "\n".join(new))
    assert [c.old for c in changes if c.old is not None] == (old or [""])
    assert [c.new for c in changes if c.new is not None] == (new or [""])
    assert all(c.old is not None or c.new is not None for c in changes)


def test_a_paragraph_that_comes_in_between_changes_no_other_one() -> None:
    changes = compare_paragraphs("一つめ。\n二つめ。", "一つめ。\n間に入る話。\n二つめ。")
    assert [(c.old, c.new) for c in changes] == [
        ("一つめ。", "一つめ。"),
        (None, "間に入る話。"),
        ("二つめ。", "二つめ。"),
    ]


def test_a_reworded_paragraph_is_paired_with_its_old_wording_beside_a_new_one() -> None:
    changes = compare_paragraphs(
        "市民の利便性を高めるため、窓口を改める。",
        "新しく加わった、まったく別の段落。\n市民の利便性をさらに高めるため、窓口を改める。",
    )
    assert [(c.old is None, c.new is None, c.is_same) for c in changes] == [
        (True, False, False),
        (False, False, False),
    ]


def test_what_has_nothing_in_common_is_dropped_and_new() -> None:
    changes = compare_paragraphs("税金の話。", "Wi-Fi整備")
    assert [(c.old, c.new) for c in changes] == [("税金の話。", None), (None, "Wi-Fi整備")]


def test_a_very_long_stretch_is_not_weighed_pair_by_pair() -> None:
    old = "\n".join(f"古い段落{n}の話" for n in range(300))
    new = "\n".join(f"新しい段落{n}の話" for n in range(300))
    changes = compare_paragraphs(old, new)
    assert len(changes) == 600
