"""Changes to accounts."""

from django.db import transaction

from kirishima_dx import clock
from kirishima_dx.history import explain
from people.actions.sign_in import unlock
from people.counted_tries import locks_standing
from people.enums import Role
from people.models import Department, PasswordSetting, RoleAssignment, User
from people.models.sign_in import BY_COMMAND


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    password: str,
    roles: dict[Role, Department | None],
    reason: str = "",
    by: User | None = None,
) -> User:
    """Create an account with its roles, each with its department where the role is one of a department.

    For commands: who runs one is taken for the owner, and need not change the password.
    """
    user = User(username=User.normalize_username(username), name=name)
    user.set_password(password)
    explain(user, by=by, reason=reason)
    user.save()
    record_password(user=user, by=by)
    for role, department in roles.items():
        held = RoleAssignment(user=user, role=role, department=department, valid_from=clock.today())
        explain(held, by=by, reason=reason)
        held.save()
    return user


@transaction.atomic
def record_password(*, user: User, by: User | None) -> PasswordSetting:
    """Record who set the password of an account (`by` None: a command).

    Guesses at the former password say nothing of this one: where the 事務局 sets it, a lock of the name is lifted.
    """
    setting = PasswordSetting.objects.create(
        user=user,
        set_at=clock.now(),
        set_by=by,
        set_by_name=by.display_name if by else BY_COMMAND,
    )
    locked = {lock.who.username for lock in locks_standing()} if by not in (None, user) else set()
    if user.username in locked:
        unlock(username=user.username, reason="パスワードを設定し直したため", by=by)
    return setting
