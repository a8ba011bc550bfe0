"""Whether something goes on: so many bytes more in any so many seconds, by whatever steps."""


class Pace:
    """How a body comes in, or an answer goes out. Bytes beyond what is asked are no credit for later."""

    def __init__(self, total: int, now: float) -> None:
        self._first, self._began = total, now
        self._total, self._since = total, now

    def is_kept(self, total: int, now: float, *, seconds: float, least: float) -> bool:
        if total - self._total >= least:
            self._total, self._since = total, now
        return now - self._since < seconds

    def rate(self, total: int, now: float) -> float:
        """Return bytes a second since it began; one second old at least, as many bytes go out at once."""
        return (total - self._first) / max(now - self._began, 1)
