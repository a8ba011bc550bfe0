"""Changing the chapters and sections of a draft, each change with its reason.

All raise EditConflict where somebody else saved the text since it was opened (G4), and DraftRefused; what changes
nothing records nothing.
"""

from django.db import transaction

from people.models import User
from plans.actions.drafting import sections as plan_sections
from plans.models import Edition, Section
from plans.places import lasting_place
from revisions.actions.explaining import NO_ORIGIN, explain, explain_return
from revisions.enums import AmendmentKind, Aspect
from revisions.models import Amendment, Origin

REWORD, NEW, END = [AmendmentKind.REWORD], [AmendmentKind.NEW], [AmendmentKind.END]


@transaction.atomic
def amend_section(
    *,
    section: Section,
    number: str,
    title: str,
    body: str,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Change heading and body of a section."""
    words = [Aspect.HEADING] if (number, title) != (section.number, section.title) else []
    words += [Aspect.BODY] if body != section.body else []
    if not words:
        return []
    plan_sections.reword_section(
        section=section,
        number=number,
        title=title,
        body=body,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    return explain(
        section.edition,
        lasting_place(section),
        REWORD,
        reason=reason,
        by=by,
        origin=origin,
        words=words,
    )


@transaction.atomic
def amend_add_section(
    *,
    draft: Edition,
    parent: Section | None,
    after: Section | None,
    number: str,
    title: str,
    body: str,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> Section:
    """Add a section below another one, behind a neighbour or first."""
    section = plan_sections.add_section(
        draft=draft,
        parent=parent,
        after=after,
        number=number,
        title=title,
        body=body,
        by=by,
        reason=reason,
    )
    explain(draft, lasting_place(section), NEW, reason=reason, by=by, origin=origin)
    return section


@transaction.atomic
def amend_move_section(
    *,
    section: Section,
    parent: Section | None,
    after: Section | None,
    opened_version: int,
    reason: str,
    by: User,
    origin: Origin = NO_ORIGIN,
) -> list[Amendment]:
    """Put a section with all below it elsewhere."""
    plan_sections.move_section(
        section=section,
        parent=parent,
        after=after,
        opened_version=opened_version,
        by=by,
        reason=reason,
    )
    kinds = [AmendmentKind.MOVE]
    return explain(
        section.edition, lasting_place(section), kinds, reason=reason, by=by, origin=origin
    )


@transaction.atomic
def amend_end_section(
    *, section: Section, opened_version: int, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> list[Amendment]:
    """Take a section out."""
    edition, place = section.edition, lasting_place(section)
    plan_sections.remove_section(
        section=section, opened_version=opened_version, by=by, reason=reason
    )
    return explain(edition, place, END, reason=reason, by=by, origin=origin)


@transaction.atomic
def amend_restore_section(
    *, draft: Edition, key: str, reason: str, by: User, origin: Origin = NO_ORIGIN
) -> Section:
    """Take the end of a section back."""
    section = plan_sections.restore_section(draft=draft, key=key, by=by, reason=reason)
    explain_return(draft, lasting_place(section), reason=reason, by=by, origin=origin)
    return section
