"""The laws of word-level differences."""

import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirishima_dx.text_diff import Run, diff, marks, replacement

JAPANESE = st.text(
    alphabet="都市のＤＸを進めるポータルデジタルDXcivic-tech0123456789.,：　。\n★「」令和年",
    max_size=60,
)


def joined(runs: list[Run], *kinds: str) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


@given(JAPANESE, JAPANESE)
def test_the_runs_give_both_texts_back(old: str, new: str) -> None:
    runs = diff(old, new)
    assert joined(runs, "same", "old") == old
    assert joined(runs, "same", "new") == new


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_runs_give_back_any_text_whatever_its_letters(old: str, new: str) -> None:
    runs = diff(old, new)
    assert (joined(runs, "same", "old"), joined(runs, "same", "new")) == (old, new)


@given(JAPANESE, JAPANESE)
def test_neighbouring_runs_differ_in_kind_and_none_is_empty(old: str, new: str) -> None:
    runs = diff(old, new)
    assert all(run.text for run in runs)
    assert all(run.kind != after.kind for run, after in pairwise(runs))


@given(JAPANESE)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.kind == "same" for run in diff(text, text))


@given(
    st.lists(st.sampled_from(["1,234", "10.5", "2026", "７", "AI", "RPA", "の", "を"]), max_size=8),
    st.lists(
        st.sampled_from(["1,235", "10.6", "2027", "８", "AI", "RPAs", "の", "に"]), max_size=8
    ),
)
def test_numbers_and_words_are_never_split(old: list[str], new: list[str]) -> None:
    before, after = "、".join(old), "、".join(new)
    runs = diff(before, after)
    for text, kinds in ((before, ("same", "old")), (after, ("same", "new"))):
        cuts, at = set(), 0
        for run in runs:
            if run.kind in kinds:
                at += len(run.text)
                cuts.add(at)
        for word in re.finditer(r"[0-9０-９]+(?:[.,][0-9０-９]+)*|[A-Za-z]+", text):
            assert not cuts & set(range(word.start() + 1, word.end()))


def test_a_changed_word_is_marked_whole() -> None:
    assert diff("オンライン上のマイページで受領", "オンライン上の市民ポータルで受領") == [
        Run("same", "オンライン上の"),
        Run("old", "マイページ"),
        Run("new", "市民ポータル"),
        Run("same", "で受領"),
    ]


def test_a_changed_number_is_marked_whole() -> None:
    assert diff("1,200件を処理", "1,350件を処理") == [
        Run("old", "1,200"),
        Run("new", "1,350"),
        Run("same", "件を処理"),
    ]


def test_five_thousand_letters_are_compared() -> None:
    old = "重点項目の取組を、DXで進めます。" * 280
    runs = diff(old, old + "追加")
    assert runs == [Run("same", old), Run("new", "追加")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("あい" * 2500, "いあう" * 1666),
        ("あ" * 5000, "あ" * 4999 + "い"),
        ("。、" * 5000, "、、。" * 3000),
    ],
)
def test_a_word_said_over_and_over_is_compared_in_a_bounded_time(old: str, new: str) -> None:
    started = process_time()

    runs = diff(old, new)

    assert process_time() - started < 20  # Without a bound it takes minutes.
    assert (joined(runs, "same", "old"), joined(runs, "same", "new")) == (old, new)


def test_a_choice_is_replaced_whole() -> None:
    assert replacement("概ね順調", "順調") == [Run("old", "概ね順調"), Run("new", "順調")]
    assert replacement("", "順調") == [Run("new", "順調")]


def test_texts_that_share_little_replace_each_other() -> None:
    old, new = "窓口を三つ増やした。", "研修に九十人が参加した。"

    assert diff(old, new) == [Run("old", old), Run("new", new)]


def test_an_addition_to_a_short_text_is_marked_as_one() -> None:
    assert diff("調査した。", "調査した。結果をもとに、全面的な導入を決めた。") == [
        Run("same", "調査した。"),
        Run("new", "結果をもとに、全面的な導入を決めた。"),
    ]


def test_a_field_is_marked_only_where_it_differs_and_a_choice_as_a_whole() -> None:
    assert marks("", "") == []
    assert marks("順調", "順調", whole=True) == [Run("same", "順調")]
    assert marks("7月に2課", "7月に3課") == [
        Run("same", "7月に"),
        Run("old", "2"),
        Run("new", "3"),
        Run("same", "課"),
    ]
    assert marks("7月に2課", "7月に3課", whole=True) == [
        Run("old", "7月に2課"),
        Run("new", "7月に3課"),
    ]


def marked(old: str, new: str) -> tuple[str, str]:
    """Return both sides with what is marked in brackets, the new one first."""
    new_side, old_side = (
        "".join(
            f"[{run.text}]" if run.kind == side else run.text
            for run in diff(old, new)
            if run.kind in ("same", side)
        )
        for side in ("new", "old")
    )
    return new_side, old_side


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[令和8年4月1日]に施行する。", "[令和8年10月15日]に施行する。"),
        ("[令和元年度]から続ける。", "[令和2年度]から続ける。"),
        ("要件を定め、[2027年度]に試行する。", "要件を定め、[2028年1月]に試行する。"),
        ("満足度を[85.5％]とする。", "満足度を[90％]とする。"),
        ("[52]項目を進める。", "[53]項目を進める。"),
        ("窓口を見直します。記録します。", "窓口を見直します。[毎年度、公表します。]記録します。"),
        ("職員が確認します。", "職員が確認します。[職員が点検します。]"),
        ("「書かない窓口」を置く。", "「書かない[・待たない]窓口」を置く。"),
        ("計画（案）を示す。", "計画（案）[（概要）]を示す。"),
        ("電子申請[システム]を使う。", "電子申請[サービス]を使う。"),
        ("公共施設で開く。", "公共施設[や商業施設]で開く。"),
        ("見直します。[公表します。]記録します。", "見直します。記録します。"),
    ],
)
def test_marks_stand_where_a_reader_sees_the_change(old: str, new: str) -> None:
    assert marked(old.translate(_BARE), new.translate(_BARE)) == (new, old)


_BARE = str.maketrans("", "", "[]")


@given(
    st.lists(
        st.sampled_from(["確認します。", "見直します。", "記録", "（", "）", "し", "、"]),
        max_size=12,
    ),
    st.lists(
        st.sampled_from(["確認します。", "見直します。", "記録", "（", "）", "し", "、"]),
        max_size=12,
    ),
)
def test_moving_the_marks_keeps_both_texts(old: list[str], new: list[str]) -> None:
    before, after = "".join(old), "".join(new)
    runs = diff(before, after)
    assert (joined(runs, "same", "old"), joined(runs, "same", "new")) == (before, after)
    assert all(run.text for run in runs)
    assert all(run.kind != later.kind for run, later in pairwise(runs))
