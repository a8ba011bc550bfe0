"""Sittings for the tests: planned, held, decided and closed through the actions."""

from datetime import date, time
from typing import Any

from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.deciding import Verdict, record_decision
from reviews.actions.meetings import Member, Sitting, plan_meeting, set_members
from reviews.actions.minutes import close_meeting, write_discussion
from reviews.enums import AgendaKind, AttendanceKind, DecisionKind
from reviews.models import AgendaItem, AnnualReport, Decision, Meeting
from revisions.enums import OriginKind
from revisions.models import Origin

COMING, PAST = date(2026, 10, 29), date(2026, 10, 14)
"""Days before and after the moment at which the clock of the tests stands."""
MEMBERS = (
    Member(post="町長", name="町野 長子"),
    Member(post="副町長", name="副野 町夫"),
    Member(post="総務部長", name="総野 務"),
)
DISCUSSION = "来年度の予算に間に合うよう、早めに調べるべきだという意見があった。"
INSTRUCTION = "オンライン化する手続きの候補を調べて報告すること。"
DUE = date(2026, 12, 25)


def planned(edition: Edition, by: User, **overrides: Any) -> Meeting:
    """A sitting to come, with three members who are expected; name what of it shall differ."""
    terms: dict[str, Any] = {
        "number": 1,
        "held_on": COMING,
        "starts_at": time(13, 30),
        "place": "大会議室",
    }
    sitting = Sitting(**{**terms, **overrides})
    meeting = plan_meeting(plan=edition.plan, sitting=sitting, by=by)
    return set_members(meeting=meeting, members=MEMBERS, opened_version=meeting.version, by=by)


def put(meeting: Meeting, by: User, title: str = "その他の報告", **named: Any) -> AgendaItem:
    """Put a matter on the agenda: a free one, unless `kind` and what it concerns are named."""
    matter = Matter(**{"kind": AgendaKind.OTHER, "title": title, **named})
    return add_agenda_item(meeting=meeting, matter=matter, by=by)


def put_item(meeting: Meeting, item: FocusItem, by: User, **named: Any) -> AgendaItem:
    """Put one focus item on the agenda."""
    title = named.pop("title", f"{item.code}について")
    return put(meeting, by, title, kind=AgendaKind.ITEM, focus_item=item, **named)


def put_report(meeting: Meeting, report: AnnualReport, by: User) -> AgendaItem:
    """Put an annual report on the agenda."""
    return put(meeting, by, report.title, kind=AgendaKind.REPORT, report=report)


def said(item: AgendaItem, by: User, discussion: str = DISCUSSION) -> AgendaItem:
    """Write the gist of what was said of an agenda item."""
    current = AgendaItem.objects.get(pk=item.pk)
    return write_discussion(
        agenda_item=current, discussion=discussion, opened_version=current.version, by=by
    )


def held(edition: Edition, by: User, **overrides: Any) -> Meeting:
    """A sitting of yesterday: who was there is written, and one free matter was talked about."""
    meeting = planned(edition, by, **{"held_on": PAST, **overrides})
    came = [
        Member(post=one.post, name=one.name, kind=AttendanceKind.PRESENT) for one in MEMBERS[:-1]
    ]
    absent = Member(post=MEMBERS[-1].post, name=MEMBERS[-1].name, kind=AttendanceKind.ABSENT)
    meeting = set_members(
        meeting=meeting, members=[*came, absent], opened_version=meeting.version, by=by
    )
    said(put(meeting, by), by)
    return meeting


def verdict(owner: Department | None = None, **overrides: Any) -> Verdict:
    """An instruction to a department until the end of the year or, without one, a plain 了承."""
    plain: dict[str, Any] = {"kind": DecisionKind.NOTED, "text": "報告のとおり了承する。"}
    owed: dict[str, Any] = {
        "kind": DecisionKind.INSTRUCTION,
        "text": INSTRUCTION,
        "owner": owner,
        "due_on": DUE,
    }
    return Verdict(**{**(owed if owner else plain), **overrides})


def decided(
    edition: Edition, by: User, owner: Department | None, *items: FocusItem, **overrides: Any
) -> Decision:
    """A decision of a sitting of yesterday about some items, owed by a department (None: by nobody)."""
    meeting = Meeting.objects.filter(plan=edition.plan, held_on=PAST).first()
    meeting = meeting or held(edition, by)
    return decide(meeting, by, owner, focus_items=items, **overrides)


def by_decision(edition: Edition, by: User, *codes: str) -> Origin:
    """That the DX推進本部 decided yesterday to make some ★ items concrete, as the origin of a change."""
    items = FocusItem.objects.filter(plan=edition.plan, code__in=codes)
    kind, text = DecisionKind.CONCRETISE, "検討の結果のとおり具体化する。"
    return Origin(OriginKind.DECISION, decided(edition, by, None, *items, kind=kind, text=text))


def decide(meeting: Meeting, by: User, owner: Department | None = None, **named: Any) -> Decision:
    """Record a decision on the first agenda item of a sitting that is held."""
    item = meeting.agenda.first()
    assert item is not None
    return record_decision(agenda_item=item, verdict=verdict(owner, **named), by=by)


def closed(meeting: Meeting, by: User) -> Meeting:
    """Close the record of a sitting that is held."""
    current = Meeting.objects.get(pk=meeting.pk)
    return close_meeting(meeting=current, opened_version=current.version, by=by)


def address(item: AgendaItem, leaf: str = "minutes") -> str:
    """Return where something about an agenda item is written."""
    return f"/meetings/{item.meeting_id}/agenda/{item.pk}/{leaf}/"


def decision_address(decision: Decision, leaf: str) -> str:
    """Return where something about a decision is written while the record is open."""
    return f"/meetings/{decision.meeting_id}/decisions/{decision.pk}/{leaf}/"


def planning_form(**overrides: Any) -> dict[str, Any]:
    """Return what the form of a sitting's plan sends."""
    values = {
        "held_on": "2026-11-05",
        "number": "1",
        "starts_at": "午後1時半",
        "place": "大会議室",
        "report": "",
        "paper_prefix": "資料",
        "first_paper": "1",
    }
    return {**values, **overrides}
