"""The plan, for the head and foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from plans.served import served_plan


def plan(request: HttpRequest) -> dict[str, Any]:
    """Give templates `plan` and `is_demo`, asked once a request and only where a page shows them."""
    lazy = SimpleLazyObject(lambda: served_plan(request))
    return {"plan": lazy, "is_demo": SimpleLazyObject(lambda: bool(lazy and lazy.is_demo))}
