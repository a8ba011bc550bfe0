"""The words of 新旧対照表 come from the environment; what is misspelt stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from kirishima_dx.environment import COMPARISON_COLUMNS, COMPARISON_WORDS, comparison_table
from revisions.papers.table import TableWords

COLUMNS, WORDS = "KIRISHIMA_COLUMNS", "KIRISHIMA_WORDS"


def test_without_a_word_the_usual_ones_hold() -> None:
    assert comparison_table(COLUMNS, WORDS) == {}
    assert TableWords().columns == COMPARISON_COLUMNS
    assert set(COMPARISON_WORDS) == set(TableWords.__annotations__) - {"columns"}


def test_a_city_names_its_order_and_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COLUMNS, " old, new ,remarks")
    monkeypatch.setenv(WORDS, "new=改正案, old = 現行,dropped=（削除）,")
    found = TableWords(**comparison_table(COLUMNS, WORDS))
    assert found.columns == ("old", "new", "remarks")
    assert (found.new, found.old, found.dropped, found.added) == (
        "改正案",
        "現行",
        "（削除）",
        "（新設）",
    )


@pytest.mark.parametrize("order", ["new,old", "new,old,old", "new,old,remarks,new", "左,右,備考"])
def test_an_order_that_leaves_a_column_out_is_refused(
    monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setenv(COLUMNS, order)
    with pytest.raises(ImproperlyConfigured, match=COLUMNS):
        comparison_table(COLUMNS, WORDS)


@pytest.mark.parametrize("words", ["改正案", "neu=改正案", "new=", "columns=a"])
def test_a_word_without_a_known_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv(WORDS, words)
    with pytest.raises(ImproperlyConfigured, match=WORDS):
        comparison_table(COLUMNS, WORDS)
