"""Where what ended stands among what goes on: behind what it stood behind."""

from collections import defaultdict
from collections.abc import Container, Sequence


def with_ended(old: Sequence[str], new: Sequence[str], *, stays: Container[str]) -> list[str]:
    """Return the keys of `new` in their order, with those of `old` that no longer stand anywhere (`stays`) put in.

    Each stands behind the last one before it in the old order that is still there, at the beginning if there is none.
    """
    known = set(new)
    ended: dict[str, list[str]] = defaultdict(list)
    behind = ""
    for key in old:
        if key in known:
            behind = key
        elif key not in stays:
            ended[behind].append(key)
    return [*ended[""], *(one for key in new for one in (key, *ended[key]))]
