"""What is looked up lately is looked up once, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from kirishima_dx.readiness.lately import Lately


def test_of_threads_that_ask_at_once_one_looks() -> None:
    looks: list[int] = []
    seconds = [0.0]
    go_on, begun, together = Event(), Event(), Barrier(8)

    def look() -> int:
        looks.append(1)
        begun.set()
        assert go_on.wait(30)
        return len(looks)

    def ask() -> int:
        together.wait(30)
        return lately.ask()

    lately = Lately(look, seconds=60, now=lambda: seconds[0])
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(ask) for _ in range(8)]
        assert begun.wait(30)
        go_on.set()
        assert [one.result(30) for one in asked] == [1] * 8
        assert len(looks) == 1

        seconds[0] = 59.9
        assert lately.ask() == 1
        seconds[0] = 60
        go_on.clear()
        begun.clear()
        slow = threads.submit(lately.ask)
        assert begun.wait(30)
        assert lately.ask() == 1, "waits for a look although something is known"
        go_on.set()
        assert slow.result(30) == 2
    assert lately.ask() == 2


def test_a_look_that_fails_is_not_kept() -> None:
    answers = iter((OSError("down"), "up"))

    def look() -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    lately = Lately(look, seconds=60)
    with pytest.raises(OSError, match="down"):
        lately.ask()
    assert lately.ask() == "up"
