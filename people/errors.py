"""What actions of the people app raise."""

from people.lock_out import Lock


class ClosingOutdated(Exception):
    """What was to be closed is not what was looked at any more."""


class ClosingRefused(Exception):
    """Nothing was closed, or a closed file came again; the message says why, in Japanese."""


class ShorteningRefused(Exception):
    """No record was let go; the message says why, in Japanese."""


class LockedOut(Exception):
    """An attempt to sign in was refused, or was the last one that was left."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(lock)
        self.lock = lock
