"""Where things stand in a draft: moving, numbering, and what stays while they move (T3, G4)."""

import pytest
from beginnings import lasting
from hypothesis import given
from hypothesis import strategies as st

from people.models import User
from plans.actions.drafting.axes import (
    add_axis,
    add_policy,
    move_axis,
    move_policy,
    remove_axis,
    remove_policy,
)
from plans.actions.drafting.items import add_item, remove_item, restore_item
from plans.actions.drafting.opening import open_draft
from plans.actions.drafting.placing import close_gaps, move_item, numbers_in_order
from plans.actions.drafting.sections import (
    add_section,
    move_section,
    remove_section,
    restore_section,
)
from plans.errors import DraftRefused, EditConflict
from plans.models import Axis, Edition, FocusItemText, Policy, Section


@given(st.lists(st.one_of(st.none(), st.integers(1, 30)), max_size=8))
def test_numbers_rise_and_stay_where_they_can(wanted: list[int | None]) -> None:
    given_numbers = numbers_in_order(wanted)
    assert given_numbers == sorted(set(given_numbers))
    for place, (number, got) in enumerate(zip(wanted, given_numbers, strict=True)):
        before = given_numbers[place - 1] if place else 0
        assert got == (before + 1 if number is None else max(number, before + 1))


@pytest.fixture
@lasting
def draft(small_edition: Edition, secretariat: User) -> Edition:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    policy = draft.policies.get(key="1-A")
    for title in ("三つめ", "四つめ"):
        add_item(
            policy=policy,
            title=title,
            overview="概要",
            is_study=False,
            by=secretariat,
            reason="試し",
        )
    return draft


def text_of(draft: Edition, code: str) -> FocusItemText:
    texts = draft.item_texts.select_related("edition", "policy__axis", "focus_item")
    return texts.get(focus_item__code=code)


def policy_of(draft: Edition, key: str) -> Policy:
    return draft.policies.select_related("axis", "edition").get(key=key)


def axis_of(draft: Edition, key: str) -> Axis:
    return draft.axes.select_related("edition").get(key=key)


def section_of(draft: Edition, key: str) -> Section:
    return draft.sections.select_related("edition", "parent").get(key=key)


def standing(draft: Edition, key: str) -> list[tuple[int, str]]:
    texts = draft.item_texts.filter(policy__key=key).order_by("number")
    return list(texts.values_list("number", "focus_item__code"))


def move(text: FocusItemText, key: str, after: str, by: User) -> list[str]:
    behind = text_of(text.edition, after) if after else None
    policy = policy_of(text.edition, key)
    moved = move_item(
        text=text,
        policy=policy,
        after=behind,
        opened_version=text.version,
        by=by,
        reason="並べ替え",
    )
    return [one.focus_item.code for one in moved]


def test_within_a_policy_items_change_places(draft: Edition, secretariat: User) -> None:
    assert move(text_of(draft, "1-A-4"), "1-A", "1-A-1", secretariat) == ["1-A-4", "1-A-2", "1-A-3"]
    assert standing(draft, "1-A") == [(1, "1-A-1"), (2, "1-A-4"), (3, "1-A-2"), (4, "1-A-3")]
    assert text_of(draft, "1-A-1").version == 1
    assert text_of(draft, "1-A-4").version == 2


def test_to_stay_where_it_is_changes_nothing(draft: Edition, secretariat: User) -> None:
    assert move(text_of(draft, "1-A-2"), "1-A", "1-A-1", secretariat) == []
    assert text_of(draft, "1-A-2").version == 1


def test_coming_from_elsewhere_it_takes_the_next_number_and_leaves_a_gap(
    draft: Edition, secretariat: User
) -> None:
    assert move(text_of(draft, "1-A-2"), "1-B", "", secretariat) == ["1-A-2", "1-B-1"]
    assert standing(draft, "1-B") == [(1, "1-A-2"), (2, "1-B-1")]
    assert standing(draft, "1-A") == [(1, "1-A-1"), (3, "1-A-3"), (4, "1-A-4")]
    closed = close_gaps(policy=policy_of(draft, "1-A"), by=secretariat, reason="詰める")
    assert [text.focus_item.code for text in closed] == ["1-A-3", "1-A-4"]
    assert standing(draft, "1-A") == [(1, "1-A-1"), (2, "1-A-3"), (3, "1-A-4")]


def test_behind_a_neighbour_that_left_it_is_not_put(draft: Edition, secretariat: User) -> None:
    text, neighbour = text_of(draft, "1-A-1"), text_of(draft, "1-A-2")
    move(neighbour, "1-B", "", secretariat)
    with pytest.raises(DraftRefused, match="この取組方針にもうありません"):
        move_item(
            text=text,
            policy=policy_of(draft, "1-A"),
            after=neighbour,
            opened_version=1,
            by=secretariat,
            reason="並べ替え",
        )


def test_a_move_on_an_older_version_is_a_clash(draft: Edition, secretariat: User) -> None:
    text = text_of(draft, "1-A-4")
    move(text, "1-A", "1-A-1", secretariat)
    with pytest.raises(EditConflict) as clash:
        move(text, "1-A", "", secretariat)
    assert clash.value.current.number == 2


def test_a_key_is_never_used_again(draft: Edition, secretariat: User) -> None:
    axis = axis_of(draft, "1")
    policy = add_policy(axis=axis, name="仮の方針", by=secretariat, reason="試し")
    assert (policy.key, policy.letter) == ("1-C", "C")
    remove_policy(policy=policy, opened_version=1, by=secretariat, reason="やめる")
    again = add_policy(axis=axis, name="別の方針", by=secretariat, reason="試し")
    assert (again.key, again.letter) == ("1-C-2", "C")
    new_axis = add_axis(
        draft=draft, name="新しい軸", english="", tagline="", by=secretariat, reason="試し"
    )
    assert (new_axis.key, new_axis.number) == ("3", 3)


def test_what_is_not_empty_is_not_ended(draft: Edition, secretariat: User) -> None:
    with pytest.raises(DraftRefused, match="取組方針 1-A に重点項目があります"):
        remove_policy(
            policy=policy_of(draft, "1-A"), opened_version=1, by=secretariat, reason="やめる"
        )
    with pytest.raises(DraftRefused, match="軸1に取組方針があります"):
        remove_axis(axis=axis_of(draft, "1"), opened_version=1, by=secretariat, reason="やめる")
    with pytest.raises(DraftRefused, match="下に節があります"):
        remove_section(
            section=section_of(draft, "results"), opened_version=1, by=secretariat, reason="やめる"
        )
    with pytest.raises(DraftRefused, match="重点項目が載るので、削れません"):
        remove_section(
            section=section_of(draft, "items"), opened_version=1, by=secretariat, reason="やめる"
        )


def test_a_policy_moves_with_its_items_and_those_behind_it_move_up(
    draft: Edition, secretariat: User
) -> None:
    moved = move_policy(
        policy=policy_of(draft, "1-A"),
        axis=axis_of(draft, "2"),
        after=None,
        opened_version=1,
        by=secretariat,
        reason="移す",
    )
    assert [one.key for one in moved] == ["1-A", "2-A"]
    assert [(p.key, p.code) for p in draft.policies.select_related("axis")] == [
        ("1-B", "1-B"),
        ("1-A", "2-A"),
        ("2-A", "2-B"),
    ]
    assert text_of(draft, "1-A-1").place == "2-A-1"


def test_axes_change_places(draft: Edition, secretariat: User) -> None:
    moved = move_axis(
        axis=axis_of(draft, "2"), after=None, opened_version=1, by=secretariat, reason="並べ替え"
    )
    assert [one.key for one in moved] == ["2", "1"]
    assert list(draft.axes.order_by("number").values_list("number", "key")) == [(1, "2"), (2, "1")]
    assert text_of(draft, "2-A-1").place == "1-A-1"


def test_a_section_moves_with_all_below_it(draft: Edition, secretariat: User) -> None:
    move_section(
        section=section_of(draft, "results"),
        parent=None,
        after=None,
        opened_version=1,
        by=secretariat,
        reason="先に置く",
    )
    keys = list(draft.sections.order_by("order").values_list("key", flat=True))
    assert keys[:3] == ["results", "results-desk", "purpose"]
    assert list(draft.sections.order_by("order").values_list("order", flat=True)) == list(
        range(1, len(keys) + 1)
    )


def test_a_section_does_not_move_below_itself(draft: Edition, secretariat: User) -> None:
    with pytest.raises(DraftRefused, match="その節自身の下には移せません"):
        move_section(
            section=section_of(draft, "results"),
            parent=section_of(draft, "results-desk"),
            after=None,
            opened_version=1,
            by=secretariat,
            reason="試し",
        )


def test_a_section_that_was_dropped_comes_back_with_its_words_and_key(
    draft: Edition, secretariat: User
) -> None:
    old = section_of(draft, "results-desk")
    remove_section(section=old, opened_version=1, by=secretariat, reason="削る")
    restored = restore_section(draft=draft, key="results-desk", by=secretariat, reason="戻す")
    assert (restored.title, restored.body, restored.parent) == (old.title, old.body, old.parent)
    with pytest.raises(DraftRefused, match="すでに案にあります"):
        restore_section(draft=draft, key="results-desk", by=secretariat, reason="戻す")


def test_a_new_section_stands_behind_its_neighbour_and_all_below_that(
    draft: Edition, secretariat: User
) -> None:
    new = add_section(
        draft=draft,
        parent=None,
        after=section_of(draft, "results"),
        number="④",
        title="新しい節",
        body="本文",
        by=secretariat,
        reason="加える",
    )
    keys = list(draft.sections.order_by("order").values_list("key", flat=True))
    assert keys[keys.index(new.key) - 1] == "results-desk"
    assert new.key == "added-1-1-1"


def test_an_item_whose_place_is_taken_comes_back_as_the_last_one(
    draft: Edition, secretariat: User
) -> None:
    gone = text_of(draft, "1-A-2")
    remove_item(text=gone, opened_version=1, by=secretariat, reason="やめる")
    move(text_of(draft, "1-B-1"), "1-A", "1-A-1", secretariat)
    assert standing(draft, "1-A")[1] == (2, "1-B-1")
    back = restore_item(draft=draft, focus_item=gone.focus_item, by=secretariat, reason="戻す")
    assert back.number == 5
