"""The law of any day: whatever happens later, a day that has passed is shown as it was shown at its end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from beginnings import lasting
from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from time_machine import Traveller

from initiatives.actions.departments import assign_departments
from initiatives.actions.planned_ends import Recall
from initiatives.actions.progress import correct_entry, record_progress
from initiatives.actions.recalling import recall_turns
from initiatives.errors import EntryRefused, RecallRefused
from initiatives.filters import ItemFilter
from initiatives.models import Initiative, ProgressEntry, Responsibility
from initiatives.queries.item import item_page
from initiatives.queries.item_list import listed_states
from initiatives.queries.planned_turns import planned_turns
from initiatives.queries.states import living_plan
from initiatives.queries.wordings import readable_wordings
from initiatives.statement import Statement
from kirishima_dx import clock
from kirishima_dx.moment import Moment
from people.models import Department, User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.descent import merge_item, split_item
from plans.actions.drafting.items import add_item
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.actions.recalling import move_to_day, take_out_of_force
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, FocusItemText, Plan
from plans.shelf import edition_shelf
from rounds.actions.handover import Handover, HandoverRefused, hand_over
from rounds.actions.recalling_handover import recall_handover
from rounds.queries.handover import holdings_of
from rounds.queries.planned_handover import planned_handover

FIRST = date(2026, 10, 16)
HOURS = ((0, 0, 0, 0), (9, 30, 0, 0), (23, 59, 59, 999_990))
"""When something happens: at the very beginning, in the course and at the very end of a day in Tokyo."""
LAST = (23, 59, 59, 999_999)
UNCOMPARED = {"moment", "revision", "unheard", "is_early"}
"""What a page of the day itself has no use for: whose knowledge it is, and on what a form would be opened."""


def tokyo(day: date, hour: Sequence[int]) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, *hour))


@dataclass
class Town:
    """A town whose plan is in force, and what its people may do next; `n` and `shift` choose what and of which day."""

    plan: Plan
    by: User
    statement: Callable[..., Statement]
    count: int = 0

    def _item(self, n: int) -> FocusItem:
        items = list(self.plan.focus_items.order_by("pk"))
        return items[n % len(items)]

    def _department(self, n: int) -> Department:
        departments = list(Department.objects.order_by("pk"))
        return departments[n % len(departments)]

    def _statement(self) -> Statement:
        status = ("not_started", "piloting", "operating")[self.count % 3]
        return self.statement(status=status, outcome=f"成果{self.count}")

    def say(self, n: int, shift: int) -> None:
        item = self._item(n)
        record_progress(
            focus_item=item,
            statement=self._statement(),
            as_of=clock.today() - timedelta(days=abs(shift)),
            opened_revision=Initiative.objects.revision_of(item),
            by=self.by,
        )

    def correct(self, n: int, shift: int) -> None:
        entries = list(ProgressEntry.objects.standing().order_by("pk"))
        if not entries:
            return
        entry = entries[n % len(entries)]
        correct_entry(
            entry=entry,
            statement=self._statement(),
            as_of=clock.today() - timedelta(days=abs(shift)),
            reason="誤り",
            opened_revision=Initiative.objects.revision_of(entry.initiative.focus_item),
            by=self.by,
        )

    def assign(self, n: int, shift: int) -> None:
        item, departments = self._item(n), list(Department.objects.order_by("pk"))
        lead = departments[(n + shift) % len(departments)] if n % 4 else None
        assign_departments(
            focus_item=item,
            lead=lead,
            supporting=[one for one in departments[n % 3 : n % 3 + 2] if one != lead],
            from_date=clock.today() + timedelta(days=shift),
            reason="担当の変更",
            opened_revision=Initiative.objects.revision_of(item),
            by=self.by,
        )

    def rename(self, n: int, shift: int) -> None:
        department = self._department(n)
        department.name, department.order = f"改名{self.count}課", (n * 7 + shift) % 5
        department.save()

    def hand_over(self, n: int, shift: int) -> None:
        before, day = self._department(n), clock.today() + timedelta(days=shift)
        after = Department(code=f"new{self.count}", name=f"新{self.count}課", order=n)
        holdings = holdings_of(before, day)
        handover = Handover(
            before=before,
            successors=[after],
            items={held.pk: after for held in holdings.responsibilities},
            roles={role.pk: after for role in holdings.roles},
            day=day,
            reason="機構改革",
        )
        hand_over(handover=handover, seen=holdings.fingerprint, by=self.by)

    def recall(self, n: int, shift: int) -> None:
        """Call a planned change of responsibility off or, every second time, move it."""
        turns = planned_turns(clock.today())
        if turns:
            turn = turns[n % len(turns)]
            recall_turns(seen={turn.name: turn.fingerprint}, recall=self._recall(n, shift))

    def recall_handover(self, n: int, shift: int) -> None:
        planned = planned_handover(self._department(n), clock.today())
        if planned is not None:
            recall_handover(
                department=planned.before, seen=planned.fingerprint, recall=self._recall(n, shift)
            )

    def _recall(self, n: int, shift: int) -> Recall:
        new_day = clock.today() + timedelta(days=abs(shift) + 1) if n % 2 else None
        return Recall("日の誤り", self.by, new_day)

    def _text(self, draft: Edition, n: int) -> FocusItemText:
        texts = list(draft.item_texts.select_related("edition", "policy__axis").order_by("pk"))
        return texts[n % len(texts)]

    def _reword(self, draft: Edition, n: int) -> None:
        text = self._text(draft, n)
        text.title, text.is_study = f"別の題名{self.count}", not text.is_study
        text.save()

    def _end(self, draft: Edition, n: int) -> None:
        if draft.item_texts.count() > 1:
            self._text(draft, n).delete()

    def _new(self, draft: Edition) -> dict[str, Any]:
        words = {"title": f"新しい項目{self.count}", "overview": "概要", "is_study": True}
        policy = draft.policies.select_related("axis", "edition").order_by("pk")[0]
        return {**words, "policy": policy, "by": self.by, "reason": "試し"}

    def _add(self, draft: Edition, n: int) -> None:
        add_item(**self._new(draft))

    def _split(self, draft: Edition, n: int) -> None:
        text = self._text(draft, n)
        split_item(text=text, opened_version=text.version, **self._new(draft))

    def _merge(self, draft: Edition, n: int) -> None:
        if draft.item_texts.count() > 1:
            text, into = self._text(draft, n), self._text(draft, n + 1)
            merge_item(text=text, into=into, opened_version=text.version, by=self.by, reason="試し")

    def _revise(self, draft: Edition, n: int) -> None:
        revise = (self._reword, self._end, self._add, self._split, self._merge)[n % 5]
        revise(draft, n)

    def call_off(self, n: int, shift: int) -> None:
        """Take back the adoption of the last edition, and go on with the draft or give it up."""
        edition = Edition.objects.get(plan=self.plan, status="in_force")
        take_out_of_force(edition=edition, reason="誤り", by=self.by)
        draft = Edition.objects.get(pk=edition.pk)
        self._revise(draft, n)
        if n % 3 == 0:
            abandon_draft(draft=draft, reason="やめる", by=self.by)

    def move(self, n: int, shift: int) -> None:
        """Let the last edition take effect on another day, also one gone by."""
        edition = Edition.objects.get(plan=self.plan, status="in_force")
        day = clock.today() + timedelta(days=shift)
        move_to_day(edition=edition, effective_from=day, reason="誤り", by=self.by)

    def adopt(self, n: int, shift: int) -> None:
        """Bring the next edition into force, for a day gone by, today or a coming one."""
        base = Edition.objects.get(plan=self.plan, status="in_force")
        day = clock.today() + timedelta(days=shift)
        assert base.effective_from
        if day <= base.effective_from:
            return
        draft = Edition.objects.draft_of(self.plan)
        if draft is None:
            draft = open_draft(base=base, major=1, minor=base.minor + 1, by=self.by)
        self._revise(draft, n)
        put_in_force(
            edition=draft,
            fates=[],
            decided_on=min(day, clock.today()) - timedelta(days=3),
            effective_from=day,
            basis="決定",
            by=self.by,
        )


Happening = tuple[Callable[[Town, int, int], None], int, int]
HAPPENINGS = (Town.say, Town.correct, Town.assign, Town.rename, Town.hand_over, Town.adopt)
RECALLS = (Town.call_off, Town.move)
PLANNED = (Town.recall, Town.recall_handover)
HAPPENING = st.tuples(
    st.sampled_from((*HAPPENINGS, *RECALLS, *PLANNED)), st.integers(0, 11), st.integers(-3, 3)
)
DAYS = st.lists(
    st.lists(st.tuples(st.sampled_from(HOURS), HAPPENING), max_size=4), min_size=1, max_size=4
)


def plain(value: Any) -> Any:
    """Return what a page is drawn from as plain values, so that it can be kept and compared."""
    if is_dataclass(value):
        kept = (field.name for field in fields(value) if field.name not in UNCOMPARED)
        return tuple((name, plain(getattr(value, name))) for name in kept)
    if isinstance(value, Responsibility):
        period = (value.valid_from, value.valid_until, value.ended_at)
        return (value.pk, plain(value.department), *period)
    if isinstance(value, Department):
        return (value.code, value.name, value.order)
    if isinstance(value, models.Model):
        return (value._meta.label, value.pk)
    if isinstance(value, (list, tuple)):
        return tuple(plain(one) for one in value)
    return value


def shown(plan: Plan, at: Moment) -> dict[str, Any]:
    """Return what /, /items/ and the pages of the items say to the public."""
    living, shelf = living_plan(plan, at), edition_shelf(plan, at)
    assert living is not None
    public = [one for one in living.shelf.editions if one.is_public]
    known = replace(living, shelf=replace(living.shelf, editions=public))
    pages: dict[str, Any] = {"/": plain(known)}
    for sort in ("number", "department", "-as_of"):
        listing = ItemFilter(QueryDict(f"sort={sort}"), edition=living.outline.edition, at=at)
        pages[f"/items/ {sort}"] = plain(listed_states(listing.qs, at))
        pages["/items/ departments"] = listing.filters["department"].extra["choices"]
    for item in plan.focus_items.order_by("pk"):
        wordings = readable_wordings(item, shelf, drafts=False)
        page = item_page(item, wordings, shelf, at) if wordings else None
        if page:
            pages[f"/items/{item.code}/"] = (plain(page), [w.shelved.status for w in wordings])
    return pages


@pytest.fixture
@lasting
def town(responsible: FocusItem, secretariat: User, statement: Callable[..., Statement]) -> Town:
    return Town(responsible.plan, secretariat, statement)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def happen(town: Town, happening: Happening) -> None:
    """Let something happen, or be refused without a trace."""
    what, n, shift = happening
    town.count += 1
    try:
        with transaction.atomic():
            what(town, n, shift)
    except (DraftRefused, EntryRefused, HandoverRefused, RecallRefused):
        pass


def live(
    town: Town, days: Sequence[Sequence[tuple[Sequence[int], Happening]]], clock_hand: Traveller
) -> dict[date, dict[str, Any]]:
    """Let what happens happen, day by day; return what was shown at the end of each."""
    kept = {}
    for number, happenings in enumerate(days):
        day = FIRST + timedelta(days=number)
        for count, (hour, happening) in enumerate(sorted(happenings, key=lambda one: one[0])):
            clock_hand.move_to(tokyo(day, hour) + timedelta(microseconds=count))
            happen(town, happening)
        clock_hand.move_to(tokyo(day, LAST))
        kept[day] = shown(town.plan, Moment.today())
    return kept


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=DAYS)
@example(
    # Each way in which something can reach back: said late, corrected, assigned and adopted for a day gone by.
    days=[
        [(HOURS[1], (Town.say, 0, 2)), (HOURS[2], (Town.rename, 0, 1))],
        [(HOURS[0], (Town.correct, 0, 1)), (HOURS[2], (Town.assign, 1, -1))],
        [(HOURS[0], (Town.adopt, 0, -1)), (HOURS[1], (Town.hand_over, 1, -1))],
        [(HOURS[0], (Town.adopt, 3, 1)), (HOURS[2], (Town.adopt, 4, 2))],
        [],
        [(HOURS[0], (Town.rename, 0, 3)), (HOURS[0], (Town.rename, 0, 2))],
    ]
)
@example(
    # Adoptions that are moved, also to a day gone by, called off, given up, and made again in other words.
    days=[
        [(HOURS[1], (Town.adopt, 0, 3))],
        [(HOURS[0], (Town.move, 0, 2)), (HOURS[1], (Town.say, 0, 0))],
        [(HOURS[0], (Town.call_off, 1, 0)), (HOURS[2], (Town.adopt, 2, 2))],
        [(HOURS[1], (Town.move, 0, -1))],
        [(HOURS[0], (Town.adopt, 3, 2)), (HOURS[1], (Town.assign, 5, 1))],
        [(HOURS[1], (Town.call_off, 3, 0)), (HOURS[2], (Town.adopt, 0, 1))],
        [],
    ]
)
@example(
    # Planned, moved and called off: a 担当 of another day, then a handover.
    days=[
        [(HOURS[1], (Town.assign, 1, 3))],
        [(HOURS[0], (Town.recall, 1, 3)), (HOURS[1], (Town.assign, 1, 0))],
        [(HOURS[1], (Town.recall, 0, 0)), (HOURS[2], (Town.hand_over, 1, 3))],
        [(HOURS[1], (Town.recall_handover, 1, 3))],
        [(HOURS[1], (Town.recall_handover, 2, 0)), (HOURS[2], (Town.recall_handover, 1, 1))],
        [(HOURS[1], (Town.recall, 0, 0))],
    ]
)
def test_a_day_that_has_passed_is_shown_as_it_was_at_its_end(
    town: Town, frozen_clock: Traveller, days: list[list[tuple[Sequence[int], Happening]]]
) -> None:
    with taken_back():
        frozen_clock.move_to(tokyo(FIRST, HOURS[0]))
        town.count = 0
        kept = live(town, days, frozen_clock)
        frozen_clock.move_to(tokyo(FIRST + timedelta(days=len(days)), HOURS[0]))
        for day, pages in kept.items():
            then = shown(town.plan, Moment.end_of(day))
            assert {url: page for url, page in then.items() if page != pages.get(url)} == {}
            assert then.keys() == pages.keys()


REACHING_BACK = (Town.say, Town.correct, Town.assign, Town.adopt, Town.rename, Town.hand_over)


@pytest.mark.parametrize("what", [*REACHING_BACK, *RECALLS], ids=lambda what: str(what.__name__))
def test_each_happening_would_show_on_the_day_before_by_what_is_known_now(
    town: Town, frozen_clock: Traveller, what: Callable[[Town, int, int], None]
) -> None:
    """The law above is worth something only if what happens reaches back to the days before."""
    eve = FIRST + timedelta(days=1)
    frozen_clock.move_to(tokyo(eve, HOURS[1]))
    happen(town, (Town.say, 0, 1))
    if what in RECALLS:
        happen(town, (Town.adopt, 0, 4))
    before = shown(town.plan, Moment(eve))
    frozen_clock.move_to(tokyo(eve + timedelta(days=1), HOURS[0]))

    happen(town, (what, 1 if what is Town.assign else 0, -1))

    assert shown(town.plan, Moment(eve)) != before
    assert shown(town.plan, Moment.end_of(eve)) == before
