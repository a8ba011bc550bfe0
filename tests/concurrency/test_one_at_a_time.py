"""What must not go on twice at once does not, in different processes either."""

from collections.abc import Callable

import pytest

from kirishima_dx.one_at_a_time import nobody_else

from .process import Worker, wait


def act(name: str) -> str:
    with nobody_else(name) as is_alone:
        if is_alone:
            wait("alone")
        return "alone" if is_alone else "not alone"


TASKS = {"act": act}


@pytest.fixture
def first() -> str:
    return "migrate"


def test_one_at_a_time_in_whichever_process(start: Callable[..., Worker]) -> None:
    """Whoever is killed in the middle keeps nobody out."""
    one = start("act", "reminding-1")
    one.stands("alone")
    assert start("act", "reminding-1").said() == "not alone"
    other = start("act", "reminding-2")
    other.stands("alone")
    other.go_on()
    assert other.said() == "alone"
    one.kill()

    again = start("act", "reminding-1")
    again.stands("alone")
    again.go_on()
    assert again.said() == "alone"
