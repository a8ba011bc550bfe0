"""Where something shall go, and who ended it after the form was opened (G4): refused in words, nothing half done."""

from collections.abc import Callable
from typing import Any

import pytest
from beginnings import lasting

from people.models import User
from plans.actions.drafting.axes import (
    add_axis,
    add_policy,
    move_policy,
    remove_axis,
    remove_policy,
)
from plans.actions.drafting.descent import merge_item, split_item
from plans.actions.drafting.items import add_item, remove_item
from plans.actions.drafting.opening import open_draft
from plans.actions.drafting.placing import move_item
from plans.actions.drafting.sections import add_section, move_section, remove_section
from plans.errors import DraftRefused
from plans.models import Axis, Descent, Edition, FocusItemText, Policy, Section

Act = Callable[["Standing"], Any]
WORDS = {"title": "新しい項目", "overview": "概要", "is_study": False}


class Standing:
    """A draft and what a form about it was opened on: an axis, a policy, a section and an item that end meanwhile."""

    def __init__(self, draft: Edition, by: User) -> None:
        self.draft, self.said = draft, {"by": by, "reason": "改めるため。"}
        self.axis = add_axis(draft=draft, name="新しい軸", english="", tagline="", **self.said)
        self.policy = add_policy(axis=self.axis, name="新しい方針", **self.said)
        self.section = add_section(
            draft=draft, parent=None, after=None, number="", title="新しい節", body="", **self.said
        )
        self.into = self.text("1-B-1")

    def text(self, code: str, edition: Edition | None = None) -> FocusItemText:
        texts = (edition or self.draft).item_texts.select_related(
            "edition", "policy__axis", "focus_item"
        )
        return texts.get(focus_item__code=code)

    def part(self, kind: type, key: str, edition: Edition | None = None) -> Any:
        return kind.objects.select_related("edition").get(edition=edition or self.draft, key=key)

    def end_all(self) -> None:
        remove_policy(policy=self.policy, opened_version=1, **self.said)
        remove_axis(axis=self._again(Axis), opened_version=1, **self.said)
        remove_section(section=self._again(Section), opened_version=1, **self.said)
        remove_item(text=self.text("1-B-1"), opened_version=1, **self.said)

    def use_base(self) -> None:
        """Name what stands in the edition in force instead."""
        base = self.draft.base
        self.axis = self.part(Axis, "1", base)
        self.policy = self.part(Policy, "1-B", base)
        self.section = self.part(Section, "purpose", base)
        self.into = self.text("1-B-1", base)

    def _again(self, kind: type) -> Any:
        return self.part(kind, {Axis: self.axis, Section: self.section}[kind].key)


ACTS: dict[str, Act] = {
    "追加": lambda on: add_item(policy=on.policy, **WORDS, **on.said),
    "分割": lambda on: split_item(
        text=on.text("1-A-1"), policy=on.policy, opened_version=1, **WORDS, **on.said
    ),
    "移動": lambda on: move_item(
        text=on.text("1-A-1"), policy=on.policy, after=None, opened_version=1, **on.said
    ),
    "統合": lambda on: merge_item(text=on.text("1-A-1"), into=on.into, opened_version=1, **on.said),
    "方針の追加": lambda on: add_policy(axis=on.axis, name="別の方針", **on.said),
    "方針の移動": lambda on: move_policy(
        policy=on.part(Policy, "1-A"), axis=on.axis, after=None, opened_version=1, **on.said
    ),
    "節の追加": lambda on: add_section(
        draft=on.draft, parent=on.section, after=None, number="", title="別の節", body="", **on.said
    ),
    "節の移動": lambda on: move_section(
        section=on.part(Section, "purpose"),
        parent=on.section,
        after=None,
        opened_version=1,
        **on.said,
    ),
}


@pytest.fixture
@lasting
def on(small_edition: Edition, secretariat: User) -> Standing:
    return Standing(open_draft(base=small_edition, major=1, minor=1, by=secretariat), secretariat)


def words_of(draft: Edition) -> list[Any]:
    return [
        list(draft.axes.order_by("pk").values()),
        list(draft.policies.order_by("pk").values()),
        list(draft.item_texts.order_by("pk").values()),
        list(draft.sections.order_by("pk").values()),
        list(Descent.objects.values()),
    ]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_g4_nothing_goes_where_something_was_ended_meanwhile(on: Standing, act: Act) -> None:
    on.end_all()
    before = words_of(on.draft)
    with pytest.raises(DraftRefused, match="案からなくなりました"):
        act(on)
    assert words_of(on.draft) == before


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_t1_nothing_goes_into_another_edition(on: Standing, act: Act) -> None:
    on.use_base()
    before = words_of(on.draft)
    with pytest.raises(DraftRefused):
        act(on)
    assert words_of(on.draft) == before


@pytest.mark.parametrize("number", ["9" * 5000 + ".0", "0." + "9" * 5000, "1.0.0", "１.０", "1."])
def test_a_number_that_no_edition_bears_finds_none(small_edition: Edition, number: str) -> None:
    assert not Edition.objects.numbered(number).exists()
