"""What the processes of test_drafts_at_once do: each says in a line what came of it."""

from collections.abc import Callable
from datetime import date

from initiatives.actions.departments import assign_departments
from initiatives.models import Responsibility
from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from people.models import Department, User
from plans.actions.drafting.opening import abandon_draft
from plans.errors import DraftRefused, EditConflict
from plans.models import Axis, Edition, FocusItem, FocusItemText, ItemFate, Policy, Section
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.considering import record_consideration
from reviews.actions.deciding import Verdict, record_decision
from reviews.actions.meetings import Sitting, plan_meeting
from reviews.enums import ConsiderationOutcome, DecisionKind
from reviews.models import Consideration, Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_move, amend_split
from revisions.actions.amending_axes import amend_axis
from revisions.actions.amending_sections import amend_section
from revisions.actions.opening import open_considered_draft
from revisions.errors import DraftChanged
from revisions.models import AdoptionDecision, Amendment
from revisions.queries.drafts import draft_review

from . import plan_tasks
from .process import wait


def prepare() -> str:
    """Make the small plan in force, a draft 1.1 with a split, whom the split item goes over to, and a decision."""
    plan_tasks.prepare()
    by, draft = User.objects.get(), Edition.objects.get(minor=1)
    assign_departments(
        focus_item=FocusItem.objects.get(code="1-A-2"),
        lead=Department.objects.create(code="one", name="一課"),
        supporting=[],
        from_date=date(2026, 4, 1),
        reason="割当て",
        opened_revision=0,
        by=by,
    )
    text = text_of(draft, "1-A-2")
    amend_split(
        text=text,
        policy=text.policy,
        title="分けた項目",
        overview="概要",
        is_study=False,
        opened_version=text.version,
        reason="分ける。",
        by=by,
    )
    today = clock.today()
    meeting = plan_meeting(plan=draft.plan, sitting=Sitting(number=1, held_on=today), by=by)
    item = add_agenda_item(meeting=meeting, matter=Matter(kind="other", title="議題"), by=by)
    decided = Verdict(kind=DecisionKind.AMENDMENT, text="改定する。")
    record_decision(agenda_item=item, verdict=decided, by=by)
    record_consideration(
        plan=draft.plan,
        fiscal_year=fiscal_year_of(today),
        outcome=ConsiderationOutcome.REVISE,
        reason="改める。",
        considered_on=today,
        meeting=meeting,
        by=by,
    )
    return "prepared"


def text_of(draft: Edition, code: str) -> FocusItemText:
    texts = draft.item_texts.select_related("policy__axis", "edition", "focus_item")
    return texts.get(focus_item__code=code)


def at_once(act: Callable[[], object]) -> str:
    """Act when all are ready; say what was done, or what somebody was told."""
    wait("ready")
    try:
        act()
    except (DraftChanged, DraftRefused, EditConflict) as refusal:
        return f"told {type(refusal).__name__}"
    return "done"


def adopt(stop: str = "") -> str:
    """Adopt what was looked at before, on the decision; to be killed, stand still after the last row is written."""
    draft, by = Edition.objects.get(minor=1), User.objects.get()
    digest, today = draft_review(draft).digest(), clock.today()
    if stop:
        save = Edition.save

        def save_and_wait(self: Edition, **options: object) -> None:
            save(self, **options)  # type: ignore[arg-type]  # Passed on as they are.
            wait("inside")

        Edition.save = save_and_wait  # type: ignore[assignment,method-assign]  # In this process alone.
    return at_once(
        lambda: adopt_edition(
            edition=draft,
            decided_on=today,
            effective_from=today,
            basis="決定",
            decision=Decision.objects.get(),
            digest=digest,
            by=by,
        )
    )


def abandon() -> str:
    draft, by = Edition.objects.get(minor=1), User.objects.get()
    return at_once(lambda: abandon_draft(draft=draft, reason="やめる。", by=by))


def open_one() -> str:
    base, by = Edition.objects.get(status="in_force"), User.objects.get()
    upon = Consideration.objects.get()
    return at_once(
        lambda: open_considered_draft(base=base, major=1, minor=1, consideration=upon, by=by)
    )


def axis(name: str) -> str:
    by = User.objects.get()
    row = Axis.objects.select_related("edition").get(edition__minor=1, number=1)
    return at_once(
        lambda: amend_axis(
            axis=row,
            name=name,
            english=row.english,
            tagline=row.tagline,
            opened_version=row.version,
            reason="改める。",
            by=by,
        )
    )


def section(body: str) -> str:
    by, rows = User.objects.get(), Section.objects.select_related("edition")
    row = rows.get(edition__minor=1, key="purpose")
    return at_once(
        lambda: amend_section(
            section=row,
            number=row.number,
            title=row.title,
            body=body,
            opened_version=row.version,
            reason="改める。",
            by=by,
        )
    )


def move(code: str) -> str:
    """Move an item to the head of 2-A, before what stands there."""
    draft, by = Edition.objects.get(minor=1), User.objects.get()
    text = text_of(draft, code)
    policy = Policy.objects.select_related("axis", "edition").get(edition=draft, axis__number=2)
    return at_once(
        lambda: amend_move(
            text=text,
            policy=policy,
            after=None,
            opened_version=text.version,
            reason="移す。",
            by=by,
        )
    )


def state() -> str:
    editions = " ".join(f"{e.number}:{e.status}" for e in Edition.objects.order_by("minor", "pk"))
    counts = {
        "fates": ItemFate.objects.count(),
        "decided": AdoptionDecision.objects.count(),
        "led": Responsibility.objects.count(),
        "upon": Consideration.objects.filter(edition__isnull=False).count(),
    }
    return " ".join((editions, *(f"{name}:{count}" for name, count in counts.items())))


def words() -> str:
    """Say how the first axis is called, what the first section says, and how many reasons were given for them."""
    name = Axis.objects.get(edition__minor=1, number=1).name
    body = Section.objects.get(edition__minor=1, key="purpose").body.splitlines()[0]
    acts = Amendment.objects.filter(edition__minor=1, place__gt="").count()
    return f"axis:{name} section:{body} acts:{acts}"


def places() -> str:
    """Say where each item stands: its code at its place."""
    texts = FocusItemText.objects.filter(edition__minor=1).select_related(
        "policy__axis", "focus_item"
    )
    return " ".join(sorted(f"{text.place}={text.focus_item.code}" for text in texts))


TASKS: dict[str, Callable[..., str]] = {
    task.__name__: task
    for task in (prepare, adopt, abandon, open_one, axis, section, move, state, words, places)
}
