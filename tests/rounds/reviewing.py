"""Where an answer is checked, and what the 事務局 sends from there."""

from typing import Any

from answering import now

from initiatives.models import Initiative
from rounds.models import Answer


def url_of(answer: Answer) -> str:
    return f"/rounds/{answer.round_id}/review/{answer.initiative.focus_item.code}/"


def typed(answer: Answer, step: str, **more: Any) -> dict[str, Any]:
    """Return the form of a review as it opens on the answer that stands."""
    item = answer.initiative.focus_item
    opened = {
        "opened_revision": now(answer).revision,
        "initiative_revision": Initiative.objects.revision_of(item),
    }
    return {"step": step, "reason": "", **opened, **more}
