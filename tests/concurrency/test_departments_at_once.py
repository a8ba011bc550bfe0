"""Two people of the 事務局 at the same moment: one is told, and nothing happens by half (F1, G4)."""

from collections.abc import Callable

from . import department_tasks
from .conftest import AtOnce, Start

TASKS = department_tasks.TASKS

Result = Callable[..., str]


def test_f1_of_two_lists_at_once_one_is_applied_whole(at_once: AtOnce, result: Result) -> None:
    assert sorted(at_once(("apply", "甲"), ("apply", "乙"))) == ["applied", "outdated"]
    assert result("state").startswith("lists:1 listed:30 leads:0 applied:1")


def test_f1_a_list_is_not_applied_twice(at_once: AtOnce, result: Result) -> None:
    assert sorted(at_once(("apply", "甲"), ("apply", "甲"))) == ["applied", "outdated"]


def test_a_preview_opens_no_transaction(result: Result) -> None:
    assert result("preview", "甲") == "new:30 asked:SELECT"


def test_g4_of_two_assignments_of_all_items_one_holds_whole(
    at_once: AtOnce, result: Result
) -> None:
    assert sorted(at_once(("assign", "welfare"), ("assign", "planning"))) == ["assigned", "refused"]
    assert "leads:1 " in result("state")


def test_of_two_handovers_of_one_department_one_is_made(at_once: AtOnce, result: Result) -> None:
    at_once(("assign", "welfare"))

    assert sorted(at_once(("rename", "new-a"), ("rename", "new-b"))) == ["handed over", "refused"]
    assert "leads:1 applied:0 successions:1" in result("state")


def test_a4_a_handover_is_called_off_whole_and_never_under_what_builds_on_it(
    at_once: AtOnce, start: Start, result: Result
) -> None:
    """Killed before it is committed it has not happened; of two at once the other one is told."""
    at_once(("assign", "welfare"))
    at_once(("rename", "new", "100"))
    planned = result("stands")
    assert planned == "leads:new ends:True recalled:0"
    recalling = start("recall", "stop")
    for word in ("ready", "inside"):
        recalling.stands(word)
        if word == "ready":
            recalling.go_on()
    recalling.kill()
    assert result("stands") == planned

    said = sorted(at_once(("recall", ""), ("build_upon", "planning")))

    if "called off" in said:
        assert said == ["called off", "refused"]
        assert result("stands") == "leads:welfare ends:False recalled:1"
    else:
        assert said == ["assigned", "refused"]
        assert result("stands") == "leads:new,planning ends:True recalled:0"
