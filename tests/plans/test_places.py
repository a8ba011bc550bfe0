"""What the places of an erratum are called, and where they lead."""

import pytest

from plans.models import Edition
from plans.places import Place, anchor, locate
from plans.queries import edition_outline


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("items/1-A-3/overview", Place("重点項目 1-A-3 取組の概要", "item-1-A-3")),
        ("items/1-A-3/title", Place("重点項目 1-A-3 題", "item-1-A-3")),
        ("axes/1/tagline", Place("軸1 標語", "axis-1")),
        ("policies/1-A/name", Place("取組方針 1-A 名称", "policy-1-A")),
        ("sections/purpose/body", Place("① 趣旨 本文", "purpose")),
        ("sections/purpose/title", Place("① 趣旨 見出し", "purpose")),
        ("sections/gone/body", Place("節「gone」 本文", "gone")),
        ("edition/issuer", Place("策定者", "")),
        ("errata/sections/purpose/body/DXを進ぬる", Place("正誤 ① 趣旨 本文", "purpose")),
    ],
)
def test_a_place_has_a_name_and_an_anchor(place: str, expected: Place) -> None:
    assert locate(place, {"purpose": "① 趣旨"}) == expected


def test_anchors_of_the_page_and_of_the_errata_agree(small_draft: Edition) -> None:
    outline = edition_outline(small_draft)
    axis, policy, item = outline.axes[0].axis, outline.axes[0].policies[0].policy, outline.items[0]
    section = outline.sections[0].section

    assert anchor(axis) == locate("axes/1/name").anchor
    assert anchor(policy) == locate("policies/1-A/name").anchor
    assert anchor(item) == locate("items/1-A-1/title").anchor
    assert anchor(section) == locate("sections/purpose/body").anchor
