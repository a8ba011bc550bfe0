"""Who may do what with reports and drafts of the plan (design.md §5, §6)."""

from django.contrib.auth.models import AnonymousUser

from people.models import User


def can_see_drafts(user: User | AnonymousUser) -> bool:
    """Sealed reports are published; what is still being written is for staff."""
    return user.is_authenticated


def can_write_reports(user: User | AnonymousUser) -> bool:
    """事務局 opens, writes, seals and corrects."""
    return isinstance(user, User) and user.is_secretariat


def can_draft(user: User | AnonymousUser) -> bool:
    """事務局 changes the draft of the next edition and adopts it; all staff may read it."""
    return isinstance(user, User) and user.is_secretariat
