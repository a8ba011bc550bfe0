"""Searching the plan's text."""

import pytest

from plans.models import Edition
from plans.queries import edition_outline
from plans.search import Hit, search


@pytest.mark.parametrize(
    ("words", "anchors"),
    [
        ("RPA", ["item-2-A-1"]),
        ("ｒｐａ", ["item-2-A-1"]),
        ("窓口", ["policy-1-A", "policy-1-B", "results-desk"]),
        ("手続き　判定", ["item-1-B-1"]),
        ("便利なまち", ["axis-1"]),
        ("Efficiency", ["axis-2"]),
        ("毎年度", ["purpose"]),
        ("来庁", ["results-desk"]),
        ("##", []),
        ("見当たらない語", []),
        ("", []),
        ("　 ", []),
    ],
)
def test_words_are_found_in_the_order_of_the_document(
    small_draft: Edition, words: str, anchors: list[str]
) -> None:
    assert [hit.anchor for hit in search(edition_outline(small_draft), words)] == anchors


def test_a_hit_shows_the_words_as_printed_and_what_stands_around(small_draft: Edition) -> None:
    assert search(edition_outline(small_draft), "ｓで") == []
    assert search(edition_outline(small_draft), "rpaで") == [
        Hit(
            "item-2-A-1",
            "2-A-1 定型業務の自動化",
            "2-A 仕事の自動化",
            "",
            "RPAで",
            "定型業務を自動化します。",
        )
    ]


def test_a_hit_below_a_chapter_names_it(small_draft: Edition) -> None:
    (hit,) = search(edition_outline(small_draft), "来庁")

    assert (hit.heading, hit.where) == ("窓口", "③ 成果と課題")


def test_items_are_found_where_no_section_shows_them(small_draft: Edition) -> None:
    small_draft.sections.filter(kind="items").delete()

    assert [h.anchor for h in search(edition_outline(small_draft), "RPA")] == ["item-2-A-1"]
