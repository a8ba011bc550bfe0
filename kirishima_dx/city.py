"""The name of the city, told by the app that knows it, for apps that come before that one."""

from collections.abc import Callable

_asked: list[Callable[[], str]] = []


def named_by(ask: Callable[[], str]) -> None:
    """Have the city's name told by `ask`, which an app above gives when it starts."""
    _asked[:] = [ask]


def city_name() -> str:
    """Return the name of the city, empty before a plan is loaded."""
    return _asked[0]() if _asked else ""
