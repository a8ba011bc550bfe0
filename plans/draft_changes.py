"""Which items a draft changed: against the edition that it was made from, else against what it was loaded with."""

from plans.comparison.items import ItemChange
from plans.comparison.whole import compare
from plans.enums import Fate
from plans.models import Edition, FocusItemText, Policy
from plans.queries import (
    EditionOutline,
    descents_between,
    draft_outline,
    edition_outline,
    former_policy,
)


def changed_items(draft: Edition) -> list[ItemChange]:
    """Return the items that a draft changes, in a fixed number of queries."""
    outline, base = draft_outline(draft), draft.base
    if base is None:
        changes = items_since_loading(outline)
    else:
        old = edition_outline(base) if base.is_adopted else draft_outline(base)
        changes = compare(old, outline, descents_between(base, draft)).items
    return [change for change in changes if change.fate != Fate.SAME]


def items_since_loading(outline: EditionOutline) -> list[ItemChange]:
    """Return the items of a first draft, which has no base, beside the wording that it was loaded with."""
    before, added = _loaded_texts(outline)
    changes = []
    for text in outline.items:
        key = text.focus_item_id
        changes.append(ItemChange(before.pop(key, None if key in added else text), text))
    return [*changes, *(ItemChange(old, None) for old in before.values())]


def _loaded_texts(outline: EditionOutline) -> tuple[dict[int, FocusItemText], set[int]]:
    """Return the wordings an edition was loaded with, those that nobody signed, by item; and the items that somebody
    added."""
    policies = {
        policy.policy.pk: policy.policy for axis in outline.axes for policy in axis.policies
    }
    texts: dict[int, FocusItemText] = {}
    added: set[int] = set()
    former: dict[int, Policy] = {}
    records = FocusItemText.history.filter(edition_id=outline.edition.pk, history_type="+")
    for record in records.select_related("focus_item"):
        if record.history_user_id is not None:
            added.add(record.focus_item_id)
            continue
        text = record.instance
        text.edition, text.focus_item = outline.edition, record.focus_item
        key = record.policy_id
        if key not in policies and key not in former:
            former[key] = former_policy(key)
        text.policy = policies.get(key) or former[key]
        texts[text.focus_item_id] = text
    return texts, added
