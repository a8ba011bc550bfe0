"""Changing the chapters and sections of a draft."""

from typing import Any

from django.db import transaction
from django.db.models import F

from kirishima_dx.history import explain
from kirishima_dx.quoting import quoted
from plans.actions.drafting.dropped import dropped_part
from plans.actions.drafting.keys import used_keys
from plans.actions.drafting.placing import OUT_OF_THE_WAY
from plans.actions.drafting.turns import current, locked_draft, remove, save, standing
from plans.enums import SectionKind
from plans.errors import DraftRefused, TitleTaken
from plans.models import Edition, Section


@transaction.atomic
def reword_section(
    *,
    section: Section,
    number: str,
    title: str,
    body: str,
    opened_version: int,
    by: Any,
    reason: str,
) -> Section:
    """Change heading and body of a section of a draft. Raises EditConflict, DraftRefused."""
    section = current(section, opened_version)
    section.number, section.title, section.body = number, title, body
    return save(section, "number", "title", "body", by=by, reason=reason)


@transaction.atomic
def add_section(
    *,
    draft: Edition,
    parent: Section | None,
    after: Section | None,
    number: str,
    title: str,
    body: str,
    by: Any,
    reason: str,
) -> Section:
    """Add a section to a draft, below `parent` and behind `after` with all below it, or first.

    Raises DraftRefused, and TitleTaken where one of this heading stands there already.
    """
    draft = locked_draft(draft)
    parent = standing(parent, draft) if parent else None
    if draft.sections.filter(parent=parent, number=number, title=title).exists():
        raise TitleTaken(f"同じ見出し{quoted(title)}の節が、そこにすでにあります。")
    section = Section(
        edition=draft,
        key=_unused_key(draft),
        parent=parent,
        order=OUT_OF_THE_WAY - 1,
        number=number,
        title=title,
        body=body,
    )
    explain(section, by=by, reason=reason)
    section.save()
    _put(section, parent, after)
    return section


@transaction.atomic
def remove_section(*, section: Section, opened_version: int, by: Any, reason: str) -> None:
    """Take a section out of a draft. Raises EditConflict, DraftRefused while others stand below it, and for the place
    where the items stand."""
    section = current(section, opened_version)
    if section.children.exists():
        raise DraftRefused(
            f"{quoted(section.heading)}の下に節があります。先に、ほかの場所に移すか、削ってください。"
        )
    if section.kind == SectionKind.ITEMS:
        raise DraftRefused(f"{quoted(section.heading)}には重点項目が載るので、削れません。")
    remove(section, by=by, reason=reason)


@transaction.atomic
def restore_section(*, draft: Edition, key: str, by: Any, reason: str) -> Section:
    """Put a section that a draft had dropped back, as its base words it, behind the neighbour it had, or at the end
    where what it stood in is gone. Raises DraftRefused."""
    draft = locked_draft(draft)
    old = dropped_part(Section, draft, key)
    parent = draft.sections.filter(key=old.parent.key).first() if old.parent else None
    after = _neighbour_before(old, draft, parent)
    section = Section(
        edition=draft,
        key=key,
        parent=parent,
        order=OUT_OF_THE_WAY - 1,
        number=old.number,
        title=old.title,
        is_supplied=old.is_supplied,
        kind=old.kind,
        body=old.body,
        version=old.version,
    )
    explain(section, by=by, reason=reason)
    section.save()
    _put(section, parent, after)
    return section


def _neighbour_before(old: Section, draft: Edition, parent: Section | None) -> Section | None:
    """Return behind which section of a draft one of its base belongs, below `parent`; None for the first place."""
    beside = list(draft.sections.filter(parent=parent).order_by("order"))
    if old.parent is not None and parent is None:
        return beside[-1] if beside else None
    came_before = Section.objects.filter(
        edition=old.edition_id, parent=old.parent_id, order__lt=old.order
    )
    keys = set(came_before.values_list("key", flat=True))
    return next((section for section in reversed(beside) if section.key in keys), None)


@transaction.atomic
def move_section(
    *,
    section: Section,
    parent: Section | None,
    after: Section | None,
    opened_version: int,
    by: Any,
    reason: str,
) -> Section:
    """Put a section with all below it elsewhere. Raises EditConflict, DraftRefused."""
    section = current(section, opened_version)
    parent = standing(parent, section.edition) if parent else None
    own = {one.pk for one in _branch(section, list(section.edition.sections.all()))}
    if parent is not None and parent.pk in own:
        raise DraftRefused("節は、その節自身の下には移せません。")
    section.parent = parent
    save(section, "parent", by=by, reason=reason)
    _put(section, parent, after)
    return section


def _put(section: Section, parent: Section | None, after: Section | None) -> None:
    """Number all sections anew in document order, `section` and those below it in their new place."""
    everything = list(section.edition.sections.order_by("order"))
    moving = _branch(section, everything)
    moving_keys = {one.pk for one in moving}
    order = [one for one in everything if one.pk not in moving_keys]
    if after is not None:
        standing = next((one for one in order if one.pk == after.pk), None)
        if standing is None or standing.parent_id != (parent.pk if parent else None):
            raise DraftRefused(
                f"{quoted(after.heading)}は、そこにもうありません。置く場所を選び直してください。"
            )
        behind = order.index(_branch(standing, order)[-1]) + 1
    else:
        keys = [one.pk for one in order]
        behind = keys.index(parent.pk) + 1 if parent else 0
    order[behind:behind] = moving
    rows = section.edition.sections
    rows.update(order=F("order") + OUT_OF_THE_WAY)
    for number, one in enumerate(order, start=1):
        rows.filter(pk=one.pk).update(order=number)
    section.order = order.index(section) + 1


def _branch(section: Section, everything: list[Section]) -> list[Section]:
    """Return a section with all below it, in document order."""
    inside = {section.pk}
    found = []
    for one in sorted(everything, key=lambda one: one.order):
        if one.pk == section.pk or one.parent_id in inside:
            inside.add(one.pk)
            found.append(one)
    return found


def _unused_key(draft: Edition) -> str:
    """Return a key that no section of the plan ever had: of the edition it first stood in."""
    used, count = used_keys(Section, draft.plan_id), 1
    while (key := f"added-{draft.major}-{draft.minor}-{count}") in used:
        count += 1
    return key
