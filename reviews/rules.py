"""Who may do what with reports, meetings and decisions (design.md §5, §6)."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from people.enums import Role
from people.models import Department, User
from people.queries import Heirs
from reviews.models import Decision


def can_see_drafts(user: User | AnonymousUser) -> bool:
    """What is published is for anyone; what is still being written, or sealed and not published yet, for staff."""
    return user.is_authenticated


def can_write_reports(user: User | AnonymousUser) -> bool:
    """事務局 opens, writes, seals, publishes and corrects."""
    return isinstance(user, User) and user.is_secretariat


def can_record_considerations(user: User | AnonymousUser) -> bool:
    """事務局 records whether the year's update of the plan was considered; all staff may read it."""
    return isinstance(user, User) and user.is_secretariat


def can_run_meetings(user: User | AnonymousUser) -> bool:
    """事務局 plans sittings and records what was said and decided; all staff may read it."""
    return isinstance(user, User) and user.is_secretariat


def can_write_opinions(user: User | AnonymousUser) -> bool:
    """本部員 leave opinions on agenda items (design.md §6)."""
    return isinstance(user, User) and any(r.role == Role.HEADQUARTERS for r in user.current_roles)


def can_read_opinions(user: User | AnonymousUser) -> bool:
    """What a 本部員 thinks before the sitting is for the 本部 and the 事務局."""
    return can_write_opinions(user) or can_run_meetings(user)


def acting_department(user: User, decision: Decision, at: date) -> Department | None:
    """Return the department of somebody that answers for a decision: the one named, or one that took over from it."""
    if decision.owner_id is None:
        return None
    heirs = Heirs(at).of(decision.owner_id)
    return next((one for one in user.writing_departments if one.pk in heirs), None)


def can_answer_decision(user: User | AnonymousUser, decision: Decision, at: date) -> bool:
    """事務局, and writers of the department that owes the answer."""
    if not isinstance(user, User) or not decision.is_owed:
        return False
    return user.is_secretariat or acting_department(user, decision, at) is not None


def can_settle_decisions(user: User | AnonymousUser) -> bool:
    """事務局 asks again, closes with a reason, and reopens."""
    return isinstance(user, User) and user.is_secretariat
