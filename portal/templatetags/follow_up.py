"""What came of items, entries, answers, reports and decisions, on their own pages (decision 0014).

Each tag takes as many queries however much there is. To somebody who is not signed in only sealed reports that were
published are named.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context

from initiatives.models import ProgressEntry
from kirishima_dx import clock
from people.models import User
from plans.models import FocusItem, FocusItemText, Plan
from portal.queries import traces as traced
from portal.queries.my_follow_up import MyFollowUp, my_follow_up
from portal.queries.traces import EntryTraces
from reviews.models import AnnualReport, Decision
from reviews.queries import follow_up as queries
from reviews.queries.decisions import DecisionRow
from reviews.queries.follow_up import ItemFollowUp
from reviews.queries.studied import last_outcomes, settles_study
from reviews.report.cells import Way
from reviews.rules import can_run_meetings, can_see_drafts, can_write_opinions
from revisions.queries.came_of import (
    adopted_upon,
    amended_upon_report,
    changed_upon_decision,
    changed_upon_round,
)
from rounds.models import ReportingRound

register = template.Library()


def _visitor(context: Context) -> User | AnonymousUser:
    visitor: User | AnonymousUser = context.get("user") or AnonymousUser()
    return visitor


@register.inclusion_tag("portal/_follow_item.html", takes_context=True)
def item_decisions(context: Context, focus_item: FocusItem) -> dict[str, Any]:
    """Show what the DX推進本部 had before it and decided about an item."""
    found: ItemFollowUp | None = None
    if can_see_drafts(_visitor(context)):
        found = queries.item_follow_up(focus_item, clock.today())
    return {"found": found}


@register.inclusion_tag("portal/_follow_question.html", takes_context=True)
def question_decisions(context: Context, focus_item: FocusItem) -> dict[str, Any]:
    """Show, beside the question of a round, what the DX推進本部 wants to know of an item."""
    shown = can_see_drafts(_visitor(context))
    rows = queries.unsettled_about(focus_item, clock.today()) if shown else []
    return {"rows": rows, "is_writing": bool(context.get("shows_form"))}


@register.inclusion_tag("portal/_follow_outcome.html", takes_context=True)
def entry_outcome(context: Context, entry_id: int | None, focus_item: FocusItem) -> dict[str, Any]:
    """Show what came of an answer that became an entry: reports, agenda items, decisions."""
    if entry_id is None or not can_see_drafts(_visitor(context)):
        return {"traces": None}
    traces = traced.outcome_of_entry(entry_id, focus_item, clock.today())
    return {"traces": traces}


@register.inclusion_tag("portal/_follow_last.html", takes_context=True)
def last_outcome(context: Context, last: ProgressEntry, focus_item: FocusItem) -> dict[str, Any]:
    """Show, beside what was said last time, what came of it."""
    return {"last": last, **entry_outcome(context, last.pk, focus_item)}


@register.inclusion_tag("portal/_follow_round.html", takes_context=True)
def round_amendments(context: Context, asked: ReportingRound) -> dict[str, Any]:
    """Show what a round changed in the plan, for staff."""
    shown = can_see_drafts(_visitor(context))
    return {"changes": changed_upon_round(asked) if shown else []}


@register.inclusion_tag("portal/_decision_amended.html")
def decision_amendments(decision: Decision) -> dict[str, Any]:
    """Show what the plan or its draft shows of a decision, and which editions were adopted on it."""
    changes = changed_upon_decision(decision)
    draft = next((one.edition for one in changes if one.edition.is_draft), None)
    return {"changes": changes, "draft": draft, "adopted": adopted_upon(decision)}


@register.simple_tag(takes_context=True)
def report_amendments(context: Context, report: AnnualReport) -> dict[str, list[Way]]:
    """Return for staff which editions changed the items of a report upon it, by their numbers there, for `under`."""
    return amended_upon_report(report) if can_see_drafts(_visitor(context)) else {}


@register.simple_tag(takes_context=True)
def my_decisions(context: Context) -> MyFollowUp:
    """Return what waits for the visitor."""
    visitor, plan = _visitor(context), context.get("plan")
    if not isinstance(visitor, User) or not isinstance(plan, Plan):
        return MyFollowUp()
    return my_follow_up(visitor, plan, clock.today(), reads_papers=can_write_opinions(visitor))


@register.simple_tag(takes_context=True)
def entry_traces(
    context: Context, focus_item: FocusItem, texts: Iterable[FocusItemText]
) -> dict[int, EntryTraces]:
    """Return where the entries of an item went, by the key of the entry, for `under`; `texts` is how the editions word
    the item."""
    is_staff = can_see_drafts(_visitor(context))
    return traced.entry_traces(focus_item, is_staff=is_staff, texts=texts)


@register.simple_tag(takes_context=True)
def study_outcomes(context: Context, items: Iterable[FocusItem]) -> dict[int, list[DecisionRow]]:
    """Return what came of the study of items, by the key of the item, for `under`."""
    if not can_see_drafts(_visitor(context)):
        return {}
    return queries.study_outcomes(items, clock.today())


@register.simple_tag(takes_context=True)
def study_outcome(context: Context, focus_item: FocusItem) -> list[DecisionRow]:
    """Return what came of the study of one item, newest first."""
    found: dict[int, list[DecisionRow]] = study_outcomes(context, [focus_item])
    return found.get(focus_item.pk, [])


@register.filter
def is_settled(outcomes: Sequence[DecisionRow]) -> bool:
    """Whether a study is over by what was decided on it, newest first: its day of review is not awaited then."""
    return bool(outcomes) and settles_study(outcomes[0])


@register.simple_tag
def still_studied(items: Collection[FocusItem] | None) -> list[FocusItem]:
    """Return the items on whose study nothing was decided that ends it; asks nothing where there are none."""
    if not items:
        return []
    last = last_outcomes([item.pk for item in items], clock.today())
    return [item for item in items if item.pk not in last or not settles_study(last[item.pk])]


@register.simple_tag(takes_context=True)
def may_record_decisions(context: Context) -> bool:
    return can_run_meetings(_visitor(context))
