"""What the processes of test_recalls_at_once do: each says in a line what came of it."""

from collections.abc import Callable
from datetime import date, timedelta

from initiatives.models import Responsibility
from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.errors import AdoptionMoved, DraftRefused
from plans.models import Edition, ItemFate, RecalledAdoption
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.recalling import call_off_adoption, redate_adoption
from revisions.errors import DraftChanged
from revisions.models import AdoptionDecision, RecalledDecision
from revisions.queries.drafts import draft_review

from . import draft_tasks
from .process import wait


def prepare() -> str:
    """Schedule 1.1, with an item split off in it, for a day in a month, upon a decision."""
    draft_tasks.prepare()
    _adopt(draft_review(Edition.objects.get(minor=1)).digest())
    return "prepared"


def _adopt(digest: str) -> None:
    today = clock.today()
    adopt_edition(
        edition=Edition.objects.get(minor=1),
        decided_on=today,
        effective_from=_day(30),
        basis="決定",
        decision=Decision.objects.get(),
        digest=digest,
        by=User.objects.get(),
    )


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def at_once(act: Callable[[], object]) -> str:
    """Act when all are ready; say what was done, or what somebody was told."""
    wait("ready")
    try:
        act()
    except (AdoptionMoved, DraftChanged, DraftRefused) as refusal:
        return f"told {type(refusal).__name__}"
    return "done"


def call_off(stop: str = "") -> str:
    """Call off the adoption that was looked at; to be killed, stand still after the last row is written."""
    edition, by = Edition.objects.get(minor=1), User.objects.get()
    if stop:
        save = Responsibility.save

        def save_and_wait(self: Responsibility, **options: object) -> None:
            save(self, **options)  # type: ignore[arg-type]  # Passed on as they are.
            wait("inside")

        Responsibility.save = save_and_wait  # type: ignore[assignment,method-assign]  # In this process alone.
    return at_once(
        lambda: call_off_adoption(edition=edition, reason="誤り", opened=edition.adopted_at, by=by)
    )


def redate() -> str:
    edition, by = Edition.objects.get(minor=1), User.objects.get()
    return at_once(
        lambda: redate_adoption(
            edition=edition,
            effective_from=_day(60),
            reason="誤り",
            opened=edition.adopted_at,
            by=by,
        )
    )


def adopt() -> str:
    """Adopt what was looked at; nobody has looked at what a calling off brings back."""
    digest = draft_review(Edition.objects.get(minor=1)).digest()
    return at_once(lambda: _adopt(digest))


def open_next() -> str:
    edition, by = Edition.objects.get(minor=1), User.objects.get()
    return at_once(lambda: open_draft(base=edition, major=1, minor=2, by=by))


def state() -> str:
    editions = " ".join(f"{e.number}:{e.status}" for e in Edition.objects.order_by("minor", "pk"))
    counts = {
        "fates": ItemFate.objects.count(),
        "decided": AdoptionDecision.objects.count(),
        "led": Responsibility.objects.filter(valid_until=None).count(),
        "recalls": RecalledAdoption.objects.count(),
        "kept": RecalledDecision.objects.count(),
    }
    return " ".join((editions, *(f"{name}:{count}" for name, count in counts.items())))


TASKS: dict[str, Callable[..., str]] = {
    task.__name__: task for task in (prepare, call_off, redate, adopt, open_next, state)
}
