"""What a draft takes back of its base, and what it does not take twice."""

import pytest
from beginnings import lasting

from people.models import User
from plans.actions.drafting.axes import (
    add_axis,
    add_policy,
    move_policy,
    remove_axis,
    remove_policy,
    restore_axis,
    restore_policy,
    reword_policy,
)
from plans.actions.drafting.opening import open_draft
from plans.actions.drafting.sections import (
    add_section,
    move_section,
    remove_section,
    restore_section,
)
from plans.errors import DraftRefused, EditConflict, TitleTaken
from plans.models import Axis, Edition, FocusItemText, Policy


@pytest.fixture
@lasting
def draft(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案） without items: its axes and policies can be ended."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    FocusItemText.objects.filter(edition=draft).delete()
    return draft


def policy_of(draft: Edition, key: str) -> Policy:
    return draft.policies.select_related("axis", "edition").get(key=key)


def end_policy(draft: Edition, key: str, by: User) -> None:
    policy = policy_of(draft, key)
    remove_policy(policy=policy, opened_version=policy.version, by=by, reason="やめる")


def end_axis(draft: Edition, key: str, by: User) -> Axis:
    """End an axis with its policies, and return it as it was."""
    axis = draft.axes.get(key=key)
    for policy in axis.policies.all():
        end_policy(draft, policy.key, by)
    remove_axis(axis=axis, opened_version=axis.version, by=by, reason="やめる")
    return axis


def end_section(draft: Edition, key: str, by: User) -> None:
    section = draft.sections.get(key=key)
    remove_section(section=section, opened_version=section.version, by=by, reason="削る")


def order_of(draft: Edition) -> list[str]:
    return list(draft.sections.order_by("order").values_list("key", flat=True))


def test_an_axis_comes_back_with_its_words_and_number(draft: Edition, secretariat: User) -> None:
    old = end_axis(draft, "1", secretariat)
    back = restore_axis(draft=draft, key="1", by=secretariat, reason="戻す")
    assert (back.number, back.name, back.english, back.tagline) == (
        old.number,
        old.name,
        old.english,
        old.tagline,
    )
    record = Axis.history.filter(id=back.pk).latest()
    assert (record.history_user, record.history_change_reason) == (secretariat, "戻す")


def test_an_axis_whose_number_is_taken_comes_back_as_the_last_one(
    draft: Edition, secretariat: User
) -> None:
    end_axis(draft, "2", secretariat)
    words = {"english": "", "tagline": "", "by": secretariat, "reason": "設ける"}
    new = add_axis(draft=draft, name="新しい軸", **words)
    assert (new.number, new.key) == (2, "2-2")
    back = restore_axis(draft=draft, key="2", by=secretariat, reason="戻す")
    assert (back.number, back.key) == (3, "2")


def test_a_policy_comes_back_with_its_letter_or_as_the_last_one(
    draft: Edition, secretariat: User
) -> None:
    end_policy(draft, "1-A", secretariat)
    back = restore_policy(draft=draft, key="1-A", by=secretariat, reason="戻す")
    assert (back.code, back.name) == ("1-A", "行かない窓口")
    end_policy(draft, "1-B", secretariat)
    add_policy(axis=draft.axes.get(key="1"), name="別の方針", by=secretariat, reason="設ける")
    back = restore_policy(draft=draft, key="1-B", by=secretariat, reason="戻す")
    assert (back.code, back.key) == ("1-C", "1-B")


def test_a_policy_that_had_moved_comes_back_where_the_base_has_it(
    draft: Edition, secretariat: User
) -> None:
    move_policy(
        policy=policy_of(draft, "1-B"),
        axis=draft.axes.get(key="2"),
        after=None,
        opened_version=1,
        by=secretariat,
        reason="移す",
    )
    end_policy(draft, "1-B", secretariat)
    back = restore_policy(draft=draft, key="1-B", by=secretariat, reason="戻す")
    assert back.code == "1-B"


def test_a_policy_comes_back_only_into_its_axis(draft: Edition, secretariat: User) -> None:
    end_axis(draft, "2", secretariat)
    with pytest.raises(DraftRefused, match="先に、軸を戻してください"):
        restore_policy(draft=draft, key="2-A", by=secretariat, reason="戻す")
    restore_axis(draft=draft, key="2", by=secretariat, reason="戻す")
    assert restore_policy(draft=draft, key="2-A", by=secretariat, reason="戻す").code == "2-A"


def test_a_policy_does_not_come_back_into_a_full_axis(draft: Edition, secretariat: User) -> None:
    end_policy(draft, "1-A", secretariat)
    axis = draft.axes.get(key="1")
    for number in range(24):
        add_policy(axis=axis, name=f"方針{number}", by=secretariat, reason="増やす")
    move_policy(
        policy=policy_of(draft, "2-A"),
        axis=axis,
        after=None,
        opened_version=1,
        by=secretariat,
        reason="移す",
    )
    with pytest.raises(DraftRefused, match="26件"):
        restore_policy(draft=draft, key="1-A", by=secretariat, reason="戻す")


@pytest.mark.parametrize("key", ["1", "no-such", "3"])
def test_what_stands_or_the_base_never_had_does_not_come_back(
    draft: Edition, secretariat: User, key: str
) -> None:
    words = {"english": "", "tagline": "", "by": secretariat, "reason": "設ける"}
    added = add_axis(draft=draft, name="新しい軸", **words)
    remove_axis(axis=added, opened_version=1, by=secretariat, reason="やめる")
    assert added.key == "3"
    with pytest.raises(DraftRefused, match="もとの版にないか、すでに案にあります"):
        restore_axis(draft=draft, key=key, by=secretariat, reason="戻す")
    with pytest.raises(DraftRefused, match="もとの版にないか、すでに案にあります"):
        restore_policy(draft=draft, key="2-A", by=secretariat, reason="戻す")


def test_a_form_opened_before_the_end_is_a_clash_after_the_return(
    draft: Edition, secretariat: User
) -> None:
    end_policy(draft, "1-A", secretariat)
    back = restore_policy(draft=draft, key="1-A", by=secretariat, reason="戻す")
    assert back.version == 2
    with pytest.raises(EditConflict):
        reword_policy(policy=back, name="別名", opened_version=1, by=secretariat, reason="改める")


def test_a_section_comes_back_behind_the_neighbour_it_had(
    draft: Edition, secretariat: User
) -> None:
    before = order_of(draft)
    end_section(draft, "purpose", secretariat)
    restore_section(draft=draft, key="purpose", by=secretariat, reason="戻す")
    assert order_of(draft) == before
    end_section(draft, "results-desk", secretariat)
    end_section(draft, "results", secretariat)
    restore_section(draft=draft, key="results", by=secretariat, reason="戻す")
    restore_section(draft=draft, key="results-desk", by=secretariat, reason="戻す")
    assert order_of(draft) == before


def test_a_section_comes_back_at_the_end_where_what_held_it_is_gone(
    draft: Edition, secretariat: User
) -> None:
    end_section(draft, "results-desk", secretariat)
    end_section(draft, "results", secretariat)
    back = restore_section(draft=draft, key="results-desk", by=secretariat, reason="戻す")
    assert back.parent is None
    assert order_of(draft) == ["purpose", "items", "results-desk"]


def test_a_section_comes_back_behind_the_neighbour_that_is_left(
    draft: Edition, secretariat: User
) -> None:
    end_section(draft, "results-desk", secretariat)
    end_section(draft, "results", secretariat)
    move_section(
        section=draft.sections.select_related("edition").get(key="items"),
        parent=None,
        after=None,
        opened_version=1,
        by=secretariat,
        reason="先に置く",
    )
    restore_section(draft=draft, key="results", by=secretariat, reason="戻す")
    assert order_of(draft) == ["items", "purpose", "results"]


def test_nothing_is_added_twice_by_the_same_name(draft: Edition, secretariat: User) -> None:
    why = {"by": secretariat, "reason": "設ける"}
    with pytest.raises(TitleTaken, match="同じ名称の軸（軸1）が、すでにあります"):
        add_axis(draft=draft, name="便利なまち", english="", tagline="", **why)
    with pytest.raises(TitleTaken, match="同じ名称の取組方針（1-A）が、この軸にすでにあります"):
        add_policy(axis=draft.axes.get(key="1"), name="行かない窓口", **why)
    with pytest.raises(TitleTaken, match="同じ見出し「趣旨」の節が、そこにすでにあります"):
        add_section(
            draft=draft, parent=None, after=None, number="①", title="趣旨", body="本文", **why
        )
    assert (draft.axes.count(), draft.policies.count(), draft.sections.count()) == (2, 3, 4)


def test_elsewhere_the_same_name_may_stand_again(draft: Edition, secretariat: User) -> None:
    why = {"by": secretariat, "reason": "設ける"}
    policy = add_policy(axis=draft.axes.get(key="2"), name="行かない窓口", **why)
    section = add_section(
        draft=draft,
        parent=draft.sections.get(key="results"),
        after=None,
        number="①",
        title="趣旨",
        body="本文",
        **why,
    )
    assert (policy.code, section.order) == ("2-B", 4)
