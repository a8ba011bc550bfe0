"""Which focus item people mean by what they type, once items have moved."""

import pytest
from draft_cast import text_of

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from plans.queries import edition_outline
from reviews.queries.meeting_offers import ItemNames, UnknownItem
from revisions.actions.amending import amend_move


def test_a_number_that_means_two_items_since_one_moved_is_no_guess(
    small_edition: Edition, secretariat: User
) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    text = text_of(draft, "1-A-2")
    amend_move(
        text=text,
        policy=text.policy,
        after=None,
        opened_version=text.version,
        reason="先に進めるため。",
        by=secretariat,
    )
    names = ItemNames(edition_outline(draft).items)

    with pytest.raises(UnknownItem, match="二つの項目の番号です"):
        names.find("1-A-1")

    assert names.find("1-A-1 遠隔相談").focus_item.code == "1-A-2"
    assert names.find("申請のオンライン化").focus_item.code == "1-A-1"
    assert names.find("2-A-1").focus_item.code == "2-A-1"
