"""Several people at once on one draft, and one killed while adopting: T1, T2, G4 on the real database."""

from collections.abc import Callable

import pytest

from . import draft_tasks
from .conftest import AtOnce, Start

TASKS = draft_tasks.TASKS

Result = Callable[..., str]

UNTOUCHED = "1.0:in_force 1.1:draft fates:0 decided:0 led:1 upon:0"
ADOPTED = "1.0:superseded 1.1:in_force fates:5 decided:1 led:2 upon:0"
ABANDONED = "1.0:in_force 1.1:abandoned fates:0 decided:0 led:1 upon:0"


def test_t2_of_two_who_adopt_one_does(at_once: AtOnce, result: Result) -> None:
    assert sorted(at_once(("adopt",), ("adopt",))) == ["done", "told DraftRefused"]
    assert result("state") == ADOPTED


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (("axis", "新しい軸"), "axis:新しい軸"),
        (("section", "新しい本文"), "section:新しい本文"),
        (("move", "1-B-1"), "2-A-1=1-B-1"),
    ],
)
def test_t1_an_edit_comes_before_the_adoption_or_not_at_all(
    at_once: AtOnce, result: Result, edit: tuple[str, str], left: str
) -> None:
    """What was not looked at is not adopted, and what is adopted is not changed."""
    said = at_once(("adopt",), edit)

    assert said in (["done", "told DraftRefused"], ["told DraftChanged", "done"])
    is_adopted = said[0] == "done"
    assert result("state") == (ADOPTED if is_adopted else UNTOUCHED)
    assert (left in result("words") + result("places")) is not is_adopted


def test_t2_a_draft_is_adopted_or_given_up(at_once: AtOnce, result: Result) -> None:
    said = at_once(("adopt",), ("abandon",))

    assert sorted(said) == ["done", "told DraftRefused"]
    assert result("state") == (ADOPTED if said[0] == "done" else ABANDONED)


def test_two_moves_to_one_place_both_count_and_no_number_stands_twice(
    at_once: AtOnce, result: Result
) -> None:
    assert at_once(("move", "1-A-1"), ("move", "1-B-1")) == ["done", "done"]

    stands = dict(one.split("=") for one in result("places").split())
    assert stands.pop("2-A-3") == "2-A-1"
    assert {stands.pop("2-A-1"), stands.pop("2-A-2")} == {"1-A-1", "1-B-1"}
    assert set(stands.values()) == {"1-A-2", "1-A-3"}


def test_g4_of_two_who_move_one_item_one_is_told(at_once: AtOnce, result: Result) -> None:
    said = at_once(("move", "1-A-1"), ("move", "1-A-1"))

    assert sorted(said) == ["done", "told EditConflict"]
    assert result("places").count("=1-A-1") == 1


def test_g4_of_two_who_reword_an_axis_one_is_told(at_once: AtOnce, result: Result) -> None:
    said = at_once(("axis", "甲"), ("axis", "乙"))

    assert sorted(said) == ["done", "told EditConflict"]
    assert f"axis:{'甲' if said[0] == 'done' else '乙'} " in result("words")
    assert result("words").endswith("acts:1")


def test_edits_of_different_texts_both_count(at_once: AtOnce, result: Result) -> None:
    assert at_once(("axis", "甲"), ("section", "乙")) == ["done", "done"]
    assert result("words") == "axis:甲 section:乙 acts:2"


def test_t2_of_two_who_open_a_draft_one_does(at_once: AtOnce, result: Result) -> None:
    at_once(("abandon",))

    assert sorted(at_once(("open_one",), ("open_one",))) == ["done", "told DraftRefused"]
    assert result("state").startswith("1.0:in_force 1.1:abandoned 1.1:draft ")
    assert result("state").endswith("upon:1")


def test_t2_who_is_killed_after_the_last_row_has_adopted_nothing(
    start: Start, at_once: AtOnce, result: Result
) -> None:
    adopting = start("adopt", "stop")
    adopting.stands("ready")
    adopting.go_on()
    adopting.stands("inside")
    adopting.kill()

    assert result("state") == UNTOUCHED
    assert at_once(("adopt",)) == ["done"]
    assert result("state") == ADOPTED
