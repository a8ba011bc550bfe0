"""How much the server takes from whom, and how many connections this machine allows."""

import select
from dataclasses import dataclass, replace

try:
    import resource
except ImportError:  # Windows has none.
    resource = None  # type: ignore[assignment]  # A module elsewhere.

MOST_CONNECTIONS = 2000
"""What is aimed at: each pass of the loop looks at every connection, and takes a few milliseconds for so many."""
RESERVED_DESCRIPTORS = 128
"""For the database, static files, logs and libraries."""
SELECTED_SOCKETS = 512
"""How many sockets Python's select() takes on Windows; where there is no poll() there is no other way."""
LEAST_CONNECTIONS = 32
"""What a process takes however many share: some for who comes, beside those that the loop keeps for itself."""
LEAST_HELD = 128 * 1024 * 1024
"""Bytes that may lie in a process however many share: the largest upload, and answers beside it."""
BODY_RATE, ANSWER_RATE = 500, 4096
"""Bytes a second that a client must send of a body, and take of an answer."""


@dataclass(frozen=True)
class Limits:
    """What a client may take of time and memory. Every connection ends that oversteps one, and no other does.

    A head must be whole within `head_seconds` of its first byte; a new connection says something within the same.
    Bodies and answers go on by `body_bytes` and `answer_bytes` in any `pace_seconds`. `held_bytes` is what may lie
    here at once, of all bodies that are not whole and all answers that are not taken: beyond it the slowest ends.
    Who was refused may go on sending for `linger_seconds`: closed at once, he would never see why.
    `looks_every` is how often the server looks for all this, `stop_seconds` how long it takes leave.
    `processes` is how many servers share the address; `connections` and `held_bytes` are what each of them takes.
    """

    connections: int = MOST_CONNECTIONS
    head_seconds: float = 10
    pace_seconds: float = 30
    idle_seconds: float = 120
    linger_seconds: float = 2
    stop_seconds: float = 10
    looks_every: float = 1
    held_bytes: int = 512 * 1024 * 1024
    processes: int = 1

    @property
    def body_bytes(self) -> float:
        return BODY_RATE * self.pace_seconds

    @property
    def answer_bytes(self) -> float:
        return ANSWER_RATE * self.pace_seconds

    def shared_by(self, processes: int) -> "Limits":
        """Return what one of so many processes takes; `connections` are those of one already."""
        held = max(self.held_bytes // processes, LEAST_HELD)
        return replace(self, held_bytes=held, processes=processes)


@dataclass(frozen=True)
class Reach:
    """How many connections this machine allows each process, and what the operator should know of it."""

    connections: int
    words: str


def reach(wanted: int, processes: int = 1) -> Reach:
    """Return how many of the wanted connections can be had, raising the limit of open files where that is allowed."""
    descriptors = descriptors_for(_share(wanted, processes))
    return reach_of(wanted, descriptors, has_poll=hasattr(select, "poll"), processes=processes)


def reach_of(wanted: int, descriptors: int | None, *, has_poll: bool, processes: int = 1) -> Reach:
    """Return how many connections so many descriptors allow: each may need a second one, for a file with its data."""
    if not has_poll:
        connections = min(wanted, SELECTED_SOCKETS - RESERVED_DESCRIPTORS)
        return Reach(
            connections,
            f"同時に受ける接続は {connections} までです。この OS では多くの接続を受けられません。"
            "利用者の端末から直接つながず、必ず前に IIS などを置いてください（docs/operations.md）。",
        )
    share = _share(wanted, processes)
    if descriptors is None or descriptors >= _needed(share):
        return Reach(share, f"同時に受ける接続は {share * processes} までです。")
    connections = max((descriptors - RESERVED_DESCRIPTORS) // 2, 1)
    return Reach(
        connections,
        f"同時に受ける接続は {connections * processes} までです。開けるファイルの数の上限が {descriptors} のためで、"
        f"{wanted} 接続を受けるには上限を {_needed(share)} 以上にしてください（ulimit -Hn、LimitNOFILE）。",
    )


def _share(wanted: int, processes: int) -> int:
    """Return how many connections each process takes, so that together they take as many as are wanted."""
    return wanted if processes == 1 else max(-(-wanted // processes), LEAST_CONNECTIONS)


def descriptors_for(connections: int) -> int | None:
    """Raise the soft limit of open files towards what is needed and return it; None where there is no such limit."""
    if resource is None:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    aim = _needed(connections)
    if hard != resource.RLIM_INFINITY:
        aim = min(aim, hard)
    if soft == resource.RLIM_INFINITY or soft >= aim:
        return None if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (aim, hard))
    except (OSError, ValueError):
        return soft
    return aim


def _needed(connections: int) -> int:
    return 2 * connections + RESERVED_DESCRIPTORS
