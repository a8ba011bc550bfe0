"""How texts are set on slides: nothing lost, nothing longer than a slide holds."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.queries.slide_texts import (
    SIZES,
    TITLE_SIZES,
    Words,
    lines_of,
    set_words,
    share_rows,
    title_setting,
)

TEXTS = st.text(alphabet="漢字かな、。「」 abcWM-_/\n（）1234", max_size=400)


@given(TEXTS, st.integers(5, 60))
def test_lines_together_are_the_text(text: str, columns: int) -> None:
    assert "".join(lines_of(text, columns)) == text


@given(st.text(alphabet="漢字かな、。「」", min_size=1, max_size=300), st.integers(5, 60))
def test_no_line_is_longer_than_its_columns(text: str, columns: int) -> None:
    assert all(len(line) <= columns for line in lines_of(text, columns))


@given(st.lists(TEXTS.filter(lambda text: text.strip("\n") == text != ""), max_size=6), TEXTS)
def test_no_word_is_lost_on_the_way_to_the_slides(texts: list[str], title: str) -> None:
    words = [Words(str(place), text) for place, text in enumerate(texts)]
    setting = set_words(words, title=title[:200])

    shown: dict[str, str] = {}
    for slide in setting.slides:
        for one in slide:
            shown[one.label] = shown.get(one.label, "") + one.text
    assert {key: text.replace("\n", "") for key, text in shown.items()} == {
        one.label: one.text.replace("\n", "") for one in words
    }


def test_little_is_set_huge_and_much_small() -> None:
    sizes = [
        set_words([Words("", "文" * letters)], title="題").size
        for letters in (20, 200, 300, 400, 2000)
    ]

    assert sizes == sorted(sizes, key=[name for name, _ in SIZES].index)
    assert (sizes[0], sizes[-1]) == ("huge", "small")


def test_nothing_to_say_makes_no_slide_of_words() -> None:
    assert set_words([], title="題").slides == ()


def test_a_long_title_is_set_smaller_and_leaves_less_room() -> None:
    short, long = title_setting("題" * 20), title_setting("題" * 200)

    assert (short[0], long[0]) == (TITLE_SIZES[0][0], TITLE_SIZES[-1][0])
    assert long[1] > short[1]
    assert len(set_words([Words("", "文" * 900)], title="題" * 200).slides) >= len(
        set_words([Words("", "文" * 900)], title="題").slides
    )


def test_bars_share_out_over_slides() -> None:
    shared = list(share_rows(["短い名前"] * 7 + ["長い名前" * 20], title="題"))

    assert [place for some in shared for place in some] == list(range(8))
    assert len(shared) > 1
    assert 7 not in shared[0]
