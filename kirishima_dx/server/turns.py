"""Which of several processes takes the next connection: who has the fewest, if it comes for it.

A browser keeps its connections. Left to chance, eight of them were with one process of two every fifth time.
"""

from mmap import mmap
from time import sleep

NOBODY = (1 << 63) - 1
"""How many connections a process has that is not there: none is left to it."""
LEFT = 10
"""How many times a connection is left to a process that has fewer: it may be busy, or about to end."""
BREATH = 0.001
"""Seconds each time, in which it may come."""


class Turn:
    """What one process tells the others of its connections, and sees of theirs."""

    def __init__(self, counts: "memoryview[int]", place: int) -> None:
        self._counts = counts
        self._place = place
        self._left = 0

    def tell(self, number: int) -> None:
        self._counts[self._place] = number

    def end(self) -> None:
        self.tell(NOBODY)

    def is_anothers(self) -> bool:
        """Whether to leave a connection that waits to another process, after a breath in which it may be taken."""
        mine = self._counts[self._place]
        if all(mine <= count for count in self._counts):
            return False
        if self._left == LEFT:
            self._left = 0
            return False
        self._left += 1
        sleep(BREATH)
        return True


def turns(number: int) -> list[Turn]:
    """Return the turns of so many processes, in memory that they go on sharing when they part."""
    counts = memoryview(mmap(-1, 8 * number)).cast("q")
    found = [Turn(counts, place) for place in range(number)]
    for one in found:
        one.end()
    return found
