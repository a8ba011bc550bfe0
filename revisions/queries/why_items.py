"""The story of a focus item through the editions, going on with the items that it came from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plans.ancestry import ancestry, descents_in
from plans.comparison.items import ItemChange, item_changes
from plans.models import Descent, Edition, FocusItemText
from plans.shelf import ShelvedEdition
from revisions.queries.why_steps import TextStep, before_each

Wordings = dict[int, dict[int, FocusItemText]]
"""What editions say of items: by edition, then by item."""


def item_steps(code: str, readable: Sequence[ShelvedEdition]) -> list[TextStep]:
    """Return what the editions, newest first, say of an item and of those that went over into it, in two queries.

    Empty where none of the editions has the item.
    """
    editions = [shelved.edition for shelved in readable]
    descents = descents_in(editions)
    wordings = _wordings(code, editions, descents)
    item = next(
        (
            t.focus_item_id
            for w in wordings.values()
            for t in w.values()
            if t.focus_item.code == code
        ),
        None,
    )
    if item is None:
        return []
    before = before_each(readable)
    steps = []
    for one, until in [(item, None), *ancestry(item, descents).items()]:
        told = [s for s in readable if until is None or s.edition < until]
        steps += list(_steps(one, told, wordings, before, descents, own=one == item))
    order = {edition.pk: place for place, edition in enumerate(editions)}
    return sorted(steps, key=lambda step: (order[step.shelved.edition.pk], not step.own))


def _wordings(code: str, editions: Iterable[Edition], descents: Iterable[Descent]) -> Wordings:
    """Return what the editions say of an item and of every item that one ever went over into or came from."""
    joined = {key for descent in descents for key in (descent.before_id, descent.after_id)}
    texts = FocusItemText.objects.filter(edition__in=[edition.pk for edition in editions])
    found = texts.filter(focus_item__code=code) | texts.filter(focus_item__in=joined)
    wordings: Wordings = defaultdict(dict)
    for text in found.select_related("edition", "policy__axis", "focus_item"):
        wordings[text.edition_id][text.focus_item_id] = text
    return wordings


def _steps(
    item: int,
    told: Iterable[ShelvedEdition],
    wordings: Wordings,
    before: Mapping[int, Edition],
    descents: Sequence[Descent],
    *,
    own: bool,
) -> Iterator[TextStep]:
    for shelved in told:
        edition, older = shelved.edition, before.get(shelved.edition.pk)
        old = wordings[older.pk] if older else {}
        new = wordings[edition.pk]
        text = new.get(item) or old.get(item)
        if text is None:
            continue
        steps = [d for d in descents if d.edition_id == edition.pk]
        change = _change_of(item, old, new, steps) if older else None
        yield TextStep(shelved, text, change, item in new, own, is_first=older is None)


def _change_of(
    item: int,
    old: dict[int, FocusItemText],
    new: dict[int, FocusItemText],
    descents: Sequence[Descent],
) -> ItemChange | None:
    changes = item_changes(old.values(), new.values(), descents)
    return next((change for change in changes if change.focus_item.pk == item), None)
