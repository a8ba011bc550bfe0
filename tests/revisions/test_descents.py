"""分割 and 統合: who leads what came of them, which fates are recorded, and what is taken back (T3)."""

from datetime import date

from draft_cast import adopted, merge, reword, split_off, text_of

from initiatives.models import Responsibility
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from revisions.actions.amending import amend_add, amend_end, amend_restore
from revisions.queries.drafts import draft_review
from revisions.queries.revisions import revision


def led(item: FocusItem) -> list[tuple[str, str, date]]:
    rows = Responsibility.objects.filter(initiative__focus_item=item).select_related("department")
    return [(one.department.code, one.kind, one.valid_from) for one in rows.order_by("kind")]


def fates(edition: Edition) -> set[tuple[str, str, str]]:
    rows = edition.fates.select_related("before", "after")
    return {(str(row.before or ""), str(row.after or ""), row.fate) for row in rows}


def test_what_is_split_off_is_led_by_who_led_the_whole(
    responsible: FocusItem, draft: Edition, secretariat: User
) -> None:
    new = split_off(draft, "1-A-1", by=secretariat)
    assert led(new) == []
    edition = adopted(draft, secretariat)
    assert led(new) == [
        ("welfare", "lead", date(2026, 10, 10)),
        ("planning", "supporting", date(2026, 10, 10)),
    ]
    assert fates(edition) >= {
        ("1-A-1", "1-A-1", "split"),
        ("1-A-1", "1-A-3", "split"),
        ("1-A-2", "1-A-2", "same"),
    }
    assert ("", "1-A-3", "new") not in fates(edition)


def test_what_is_merged_into_keeps_its_own_departments(
    responsible: FocusItem, draft: Edition, secretariat: User, planning: Department
) -> None:
    merge(draft, "1-A-2", "1-A-1", by=secretariat)
    edition = adopted(draft, secretariat)
    assert led(responsible)[0] == ("welfare", "lead", date(2026, 4, 1))
    assert len(led(responsible)) == 2
    assert fates(edition) >= {("1-A-1", "1-A-1", "merged"), ("1-A-2", "1-A-1", "merged")}


def test_what_was_split_off_and_merged_into_a_standing_item_is_merged_into_it(
    responsible: FocusItem, draft: Edition, secretariat: User
) -> None:
    part = split_off(draft, "1-A-1", by=secretariat)
    merge(draft, part.code, "1-A-2", by=secretariat)
    assert draft_review(draft).obstacles == []

    assert fates(adopted(draft, secretariat)) >= {
        ("1-A-1", "1-A-1", "merged"),
        ("1-A-1", "1-A-2", "merged"),
        ("1-A-2", "1-A-2", "merged"),
    }


def test_several_items_become_a_new_one(
    responsible: FocusItem, draft: Edition, secretariat: User
) -> None:
    new = amend_add(
        policy=text_of(draft, "1-A-1").policy,
        title="一つにした取組",
        overview="概要です。",
        is_study=False,
        reason="まとめるため。",
        by=secretariat,
    ).focus_item
    merge(draft, "1-A-1", new.code, by=secretariat)
    merge(draft, "1-A-2", new.code, by=secretariat)
    assert draft_review(draft).obstacles == []
    edition = adopted(draft, secretariat)
    assert fates(edition) >= {("1-A-1", new.code, "merged"), ("1-A-2", new.code, "merged")}
    assert not any(before == "" for before, _, _ in fates(edition))
    assert led(new)[0] == ("welfare", "lead", date(2026, 10, 10))


def test_what_was_merged_along_the_way_is_followed_to_the_end(
    draft: Edition, secretariat: User
) -> None:
    merge(draft, "1-A-2", "1-A-1", by=secretariat)
    merge(draft, "1-A-1", "1-B-1", by=secretariat)
    assert fates(adopted(draft, secretariat)) == {
        ("1-A-1", "1-B-1", "merged"),
        ("1-A-2", "1-B-1", "merged"),
        ("1-B-1", "1-B-1", "merged"),
        ("2-A-1", "2-A-1", "same"),
    }


def test_taking_a_merger_back_leaves_no_descent(draft: Edition, secretariat: User) -> None:
    merge(draft, "1-A-2", "1-A-1", by=secretariat)
    item = FocusItem.objects.get(code="1-A-2")
    amend_restore(draft=draft, focus_item=item, reason="やめるため。", by=secretariat)
    assert not draft.descents.exists()
    assert [o.message for o in draft_review(draft).obstacles] == [
        "第1.0版から何も変わっていません。"
    ]


def test_ending_what_others_were_merged_into_ends_them_with_it(
    draft: Edition, secretariat: User
) -> None:
    merge(draft, "1-A-2", "1-A-1", by=secretariat)
    amend_end(
        text=text_of(draft, "1-A-1"),
        opened_version=text_of(draft, "1-A-1").version,
        reason="どちらも終えるため。",
        by=secretariat,
    )
    review = draft_review(draft)
    assert review.obstacles == []
    ended = review.item("1-A-2")
    assert ended is not None
    assert [reason.text for reason in ended.standing_reasons] == ["どちらも終えるため。"]


def test_a_reader_is_told_both_ends_across_two_editions(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    new = split_off(draft, "1-A-1", by=secretariat)
    middle = adopted(draft, secretariat)
    last = open_draft(base=middle, major=1, minor=2, by=secretariat)
    merge(last, new.code, "1-B-1", by=secretariat)
    reword(last, "2-A-1", title="業務の自動化", by=secretariat)
    across = {one.code: one.change for one in revision(small_edition, last).items}
    assert [kin.text.focus_item.code for kin in across["1-A-1"].went_into] == ["1-B-1"]
    assert [kin.text.focus_item.code for kin in across["1-B-1"].came_from] == ["1-A-1"]
    assert new.code not in across
