"""Who may change the text of the plan (design.md §6)."""

from django.contrib.auth.models import AnonymousUser

from people.models import User


def can_draft(user: User | AnonymousUser) -> bool:
    """事務局 changes the draft of the next edition and adopts it; all staff may read it."""
    return isinstance(user, User) and user.is_secretariat
