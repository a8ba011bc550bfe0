"""Who may read what of the plan's text (design.md §5 and §6)."""

from typing import Any

from plans.models import Edition
from plans.shelf import UPCOMING, EditionShelf, ShelvedEdition


def can_read_edition(user: Any, shelved: ShelvedEdition) -> bool:
    """Anyone reads what is published; a draft beside an edition in force is for staff."""
    return shelved.is_public or bool(user.is_authenticated)


def readable_editions(user: Any, shelf: EditionShelf) -> list[Edition]:
    """Return the editions whose texts somebody reads, newest first; those of one called off are not kept."""
    shelved = (one for one in shelf.editions if can_read_edition(user, one))
    return [one.edition for one in shelved if not one.edition.was_called_off]


def can_read_abandoned(user: Any) -> bool:
    """Drafts that were given up are for staff, as they were while they were drafts."""
    return bool(user.is_authenticated)


def can_record_misprint(user: Any, shelved: ShelvedEdition) -> bool:
    """The 事務局, once the text may no longer be changed (T1)."""
    return _is_secretariat(user) and not shelved.edition.is_draft


def can_recall_adoption(user: Any, shelved: ShelvedEdition) -> bool:
    """The 事務局, until the day of the edition has come (A4)."""
    return _is_secretariat(user) and shelved.status == UPCOMING


def can_open_draft(user: Any, shelf: EditionShelf) -> bool:
    """The 事務局, while no other draft is open (T2)."""
    return _is_secretariat(user) and shelf.draft is None and shelf.living is not None


def _is_secretariat(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_secretariat)
