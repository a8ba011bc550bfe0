"""What the tests of a draft's other texts do with it: their pages, and what their forms send."""

from plans.models import Axis, Edition, Policy
from revisions.models import Amendment

COVER = "/editions/draft/cover/"
AXIS_ADD = "/editions/draft/axes/add/"
AXIS = "/editions/draft/axes/1/"
AXIS_MOVE, AXIS_END, AXIS_RESTORE = f"{AXIS}move/", f"{AXIS}end/", f"{AXIS}restore/"
POLICY_ADD = f"{AXIS}policies/add/"
POLICY = "/editions/draft/policies/1-A/"
POLICY_MOVE, POLICY_END, GAPS = f"{POLICY}move/", f"{POLICY}end/", f"{POLICY}gaps/"
POLICY_RESTORE = f"{POLICY}restore/"
SECTION_ADD = "/editions/draft/sections/add/"
SECTION = "/editions/draft/sections/purpose/"
SECTION_MOVE, SECTION_END = f"{SECTION}move/", f"{SECTION}end/"
SECTION_RESTORE = f"{SECTION}restore/"
RESTORES = [AXIS_RESTORE, POLICY_RESTORE, SECTION_RESTORE]
PAGES = [
    COVER,
    AXIS_ADD,
    AXIS,
    AXIS_MOVE,
    AXIS_END,
    POLICY_ADD,
    POLICY,
    POLICY_MOVE,
    POLICY_END,
    GAPS,
    SECTION_ADD,
    SECTION,
    SECTION_MOVE,
    SECTION_END,
]
REASON = "実情に合わせるため。"


def sent(**values: object) -> dict[str, object]:
    """Return what a form sends that was opened on the draft as it was just opened."""
    return {"reason": REASON, "opened_version": 1, "opened_edition": "1.1", **values}


def axis_words(**values: object) -> dict[str, object]:
    words = {"name": "便利なまち", "english": "Service", "tagline": "手続きを変える"}
    return sent(**{**words, **values})


def section_words(**values: object) -> dict[str, object]:
    body = "この計画は、ためし町のDXを進めるためのものです。\n\n- 生きた計画です。\n- 毎年度、見直します。"
    words = {"heading_number": "①", "heading": "趣旨", "body": body}
    return sent(**{**words, **values})


def axis_of(draft: Edition, key: str = "1") -> Axis:
    return draft.axes.get(key=key)


def policy_of(draft: Edition, key: str = "1-A") -> Policy:
    return draft.policies.select_related("axis").get(key=key)


def acts() -> list[tuple[str, str, str]]:
    """Return all amendments as place, kind and reason, oldest first."""
    return list(Amendment.objects.order_by("pk").values_list("place", "kind", "reason"))
