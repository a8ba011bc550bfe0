"""What a draft had dropped of its base, to be put back."""

from typing import TypeVar

from plans.actions.drafting.turns import FETCHED_ALONG
from plans.errors import DraftRefused
from plans.models import Axis, Edition, Policy, Section

Part = TypeVar("Part", Axis, Policy, Section)


def dropped_part(kind: type[Part], draft: Edition, key: str) -> Part:
    """Return a part as the base of a draft words it, with the version that it comes back in.

    Raises DraftRefused where the base does not have it, and where it stands in the draft.
    """
    rows = kind._default_manager.select_related(*FETCHED_ALONG[kind])
    old: Part | None = rows.filter(edition=draft.base_id, key=key).first()
    if old is None or rows.filter(edition=draft, key=key).exists():
        raise DraftRefused(
            f"この{kind._meta.verbose_name}は、もとの版にないか、すでに案にあります。"
        )
    gone = kind.history.filter(edition_id=draft.pk, key=key, history_type="-")
    last = gone.order_by("-history_id").first()
    # A form opened on the dropped text must not pass for one opened on the restored text (G4).
    old.version = last.version + 1 if last else 1
    return old
