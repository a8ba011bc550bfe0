"""What the processes of test_sign_ins_at_once do: each says in a line what came of it."""

from collections.abc import Callable

from people.actions.sign_in import try_password
from people.enums import SignInDoor
from people.errors import LockedOut
from people.lock_out import Who
from people.models import SignIn, User

from .process import wait

STRANGER = Who("jimukyoku", "192.0.2.1")


def guess() -> str:
    """Try a wrong password; hashing takes until the test lets it go on."""
    return _try(lambda: wait("ready"))


def guess_quickly() -> str:
    wait("ready")
    return _try(lambda: None)


def _try(hash_it: Callable[[], None]) -> str:
    tried = []

    def check() -> User | None:
        hash_it()
        tried.append(1)
        return None

    try:
        try_password(who=STRANGER, user=None, door=SignInDoor.LOGIN, check=check)
    except LockedOut:
        return "tried, now locked" if tried else "refused"
    return "tried"


def outcomes() -> str:
    return " ".join(SignIn.objects.order_by("outcome").values_list("outcome", flat=True))


TASKS: dict[str, Callable[..., str]] = {
    "guess": guess,
    "guess_quickly": guess_quickly,
    "outcomes": outcomes,
}
