"""What the processes of test_two_at_once do: each says in a line what came of it."""

from datetime import date
from pathlib import Path

from initiatives.actions.progress import record_progress
from initiatives.errors import RevisionConflict
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from people.actions.accounts import create_account
from people.enums import Role
from people.models import User
from plans.actions import adoption
from plans.actions.drafting.opening import open_draft
from plans.actions.loading import load_plan
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, ItemFate
from plans.plan_file.reader import read_plan_file
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text

from .process import wait

PLAN_FILE = Path(__file__).parent.parent / "plans" / "small_plan.yaml"


def prepare() -> str:
    """Make the small plan in force, an open draft 1.1 with one change, and a 事務局."""
    edition = load_plan(read_plan_file(PLAN_FILE)).edition
    by = create_account(
        username="jimukyoku", name="事務局", password="x", roles={Role.SECRETARIAT: None}
    )
    edition = adopt_edition(
        edition=edition,
        decided_on=date(2026, 3, 25),
        effective_from=date(2026, 4, 1),
        basis="",
        by=by,
    )
    draft = open_draft(base=edition, major=1, minor=1, by=by)
    text = draft.item_texts.select_related("edition", "focus_item").get(focus_item__code="1-A-1")
    amend_text(
        text=text,
        title="新しい題",
        overview=text.overview,
        is_study=text.is_study,
        opened_version=1,
        reason="理由",
        by=by,
    )
    return "prepared"


def load() -> str:
    """Load the plan; the connection is made before everybody acts."""
    source = read_plan_file(PLAN_FILE)
    assert not Edition.objects.exists()
    wait("ready")
    result = load_plan(source)
    return "created" if result.created else f"unchanged {len(result.differences)}"


def record(words: str) -> str:
    item, by = FocusItem.objects.get(code="1-A-1"), User.objects.get()
    statement = Statement(
        status="piloting",
        step="action",
        rating="on_track",
        rating_reason=words,
        direction="continue",
    )
    wait("ready")
    try:
        record_progress(
            focus_item=item, statement=statement, as_of=date(2026, 9, 30), opened_revision=0, by=by
        )
    except RevisionConflict:
        return "conflict"
    return "recorded"


def adopt() -> str:
    draft, by = Edition.objects.get(minor=1), User.objects.get()
    wait("ready")
    try:
        adopt_edition(
            edition=draft,
            decided_on=date(2026, 10, 1),
            effective_from=date(2026, 10, 1),
            basis="",
            by=by,
        )
    except DraftRefused:
        return "refused"
    return "adopted"


def adopt_slowly() -> str:
    """Adopt, standing still inside the transaction after the fates are recorded."""
    record_fates = ItemFate.objects.bulk_create

    def record_and_wait(*args: object, **kwargs: object) -> object:
        rows = record_fates(*args, **kwargs)  # type: ignore[arg-type]
        wait("inside")
        return rows

    adoption.ItemFate.objects.bulk_create = record_and_wait  # type: ignore[assignment,method-assign]
    return adopt()


def state() -> str:
    editions = " ".join(f"{e.number}:{e.status}" for e in Edition.objects.order_by("minor"))
    fates, entries = ItemFate.objects.count(), ProgressEntry.objects.count()
    return f"{editions} fates:{fates} entries:{entries} initiatives:{Initiative.objects.count()}"


TASKS = {task.__name__: task for task in (prepare, load, record, adopt, adopt_slowly, state)}
