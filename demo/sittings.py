"""The sittings of the demo: one in April 2026 that is over and followed up, one in October, one that is planned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from demo.april import Said, problem_of, said_in_april
from demo.cast import Cast, at
from demo.october import said_in_october
from initiatives.models import ProgressEntry
from kirishima_dx import clock
from kirishima_dx.fiscal_year import fiscal_year_of
from people.models import User
from plans.models import Edition, FocusItem, Plan
from reviews.actions.agenda import Matter, add_agenda_item
from reviews.actions.deciding import record_decision
from reviews.actions.following_up import follow_up
from reviews.actions.meetings import Member, Sitting, plan_meeting, set_members
from reviews.actions.minutes import close_meeting, write_discussion, write_opinion
from reviews.enums import AgendaKind, AttendanceKind, FollowUpStep
from reviews.models import AgendaItem, AnnualReport, Decision, Meeting

PLACE = "（デモ）大会議室"
MEMBERS = (
    Member("デモ 一郎", "本部長（デモ）"),
    Member("デモ 二葉", "副本部長（デモ）"),
    Member("デモ 三郎", "デモ部長"),
    Member("デモ 四季", "デモ支所長"),
    Member("デモ 五月", "デモ教育部長"),
)
PLANNED_IN = timedelta(days=21)
OVERDUE, ANSWERED, SETTLED, RETURNED = 2, 3, 4, 5
"""The decisions that somebody owes an answer for, by their numbers, called after what came of them."""


@dataclass(frozen=True)
class Days:
    """When a sitting is planned, held, and its record closed."""

    planned: datetime
    held: datetime
    closed: datetime


APRIL = Days(at(2026, 4, 21), at(2026, 4, 28, hour=15), at(2026, 5, 1))
OCTOBER = Days(at(2026, 10, 20, hour=14), at(2026, 10, 26, hour=15), at(2026, 10, 30))


def hold_sitting(plan: Plan, report: AnnualReport, cast: Cast) -> Meeting:
    """Play the sitting in April, which had the report of the past year before it."""
    return _hold(plan, 1, APRIL, said_in_april(plan, report), cast, report)


def hold_second_sitting(plan: Plan, cast: Cast) -> Meeting:
    """Play the sitting in October, which considered the year's update of the plan."""
    return _hold(plan, 2, OCTOBER, said_in_october(plan), cast)


def _hold(
    plan: Plan,
    number: int,
    days: Days,
    said: Sequence[Said],
    cast: Cast,
    report: AnnualReport | None = None,
) -> Meeting:
    """Play a sitting from its plan to the closing of its record."""
    held_on = days.held.date()
    sitting = Sitting(number, held_on, starts_at=time(10), place=PLACE, report=report)
    with clock.standing_at(days.planned):
        meeting = plan_meeting(plan=plan, sitting=sitting, by=cast.jimukyoku)
        items = [
            add_agenda_item(meeting=meeting, matter=one.matter, by=cast.jimukyoku) for one in said
        ]
    with clock.standing_at(days.held):
        _set_members(meeting, _who_came(), cast)
        for item, one in zip(items, said, strict=True):
            _minute(item, one, cast)
    with clock.standing_at(days.closed):
        current = Meeting.objects.get(pk=meeting.pk)
        return close_meeting(meeting=current, opened_version=current.version, by=cast.jimukyoku)


def _who_came() -> list[Member]:
    came = [replace(member, kind=AttendanceKind.PRESENT) for member in MEMBERS]
    came[3] = replace(came[3], kind=AttendanceKind.SUBSTITUTE, substitute="デモ 六花")
    came[4] = replace(came[4], kind=AttendanceKind.ABSENT)
    return came


def _set_members(meeting: Meeting, members: list[Member], cast: Cast) -> None:
    version = Meeting.objects.get(pk=meeting.pk).version
    set_members(meeting=meeting, members=members, opened_version=version, by=cast.jimukyoku)


def _minute(item: AgendaItem, said: Said, cast: Cast) -> None:
    write_discussion(
        agenda_item=item,
        discussion=said.discussion,
        opened_version=item.version,
        by=cast.jimukyoku,
    )
    for verdict in said.verdicts:
        record_decision(agenda_item=item, verdict=verdict, by=cast.jimukyoku)


def follow_decisions_up(meeting: Meeting, cast: Cast) -> None:
    """Let one decision be answered, one settled, one asked about again; one stays without an answer beyond its day."""
    answered, settled, returned = (
        Decision.objects.get(meeting=meeting, number=number)
        for number in (ANSWERED, SETTLED, RETURNED)
    )
    step, editors = FollowUpStep, cast.editors
    with clock.standing_at(at(2026, 9, 18)):
        _take(
            settled,
            step.ANSWERED,
            "（デモ）検討の記録のとおり、方法を一つに絞った。",
            editors["demo-madoguchi"],
        )
        _take(returned, step.ANSWERED, "（デモ）試している。", editors["demo-kyoiku"])
    with clock.standing_at(at(2026, 9, 24)):
        _take(
            returned,
            step.RETURNED,
            "（デモ）手間がどれだけ減ったかを、数で示してください。",
            cast.jimukyoku,
        )
        _take(
            settled,
            step.CLOSED,
            "（デモ）始める手続きと方法が定まり、改定案に入れるため。",
            cast.jimukyoku,
        )
    with clock.standing_at(at(2026, 9, 28)):
        _take(
            answered,
            step.ANSWERED,
            "（デモ）工程表を作り、費用の見込みを添えて提出した。",
            editors["demo-somu"],
        )


def _take(decision: Decision, step: FollowUpStep, text: str, by: User) -> None:
    follow_up(
        decision=decision,
        step=step,
        text=text,
        opened_number=decision.follow_ups.count(),
        by=by,
    )


def plan_next_sitting(plan: Plan, draft: Edition, since: datetime, cast: Cast) -> Meeting:
    """Plan a sitting about three weeks after the loading, on the draft report of the running year."""
    report = AnnualReport.objects.filter(plan=plan, corrects=None).latest("fiscal_year")
    with clock.standing_at(max(clock.now() - timedelta(days=2), since)):
        held_on = _weekday(clock.today() + PLANNED_IN)
        in_its_year = plan.meetings.filter(fiscal_year=fiscal_year_of(held_on)).count()
        meeting = plan_meeting(
            plan=plan,
            sitting=Sitting(
                in_its_year + 1, held_on, starts_at=time(13, 30), place=PLACE, report=report
            ),
            by=cast.jimukyoku,
        )
        _set_members(meeting, list(MEMBERS), cast)
        matters = _matters_of_the_next(plan, report, draft)
        items = [
            add_agenda_item(meeting=meeting, matter=matter, by=cast.jimukyoku) for matter in matters
        ]
        _think_ahead(items, cast)
    return meeting


def _think_ahead(items: list[AgendaItem], cast: Cast) -> None:
    """Let the 本部員 say something of the first problem and of the next edition."""
    first = "（デモ）関係する課だけで決めず、支所の意見も聞いてほしい。"
    last = "（デモ）市民に分かる言葉になっているか確かめたい。"
    write_opinion(agenda_item=items[1], text=first, by=cast.honbu)
    write_opinion(agenda_item=items[-1], text=last, by=cast.honbu)


def _weekday(day: date) -> date:
    """Return a day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _matters_of_the_next(plan: Plan, report: AnnualReport, draft: Edition) -> list[Matter]:
    put = ProgressEntry.objects.standing().filter(
        initiative__focus_item__plan=plan, for_headquarters=True, as_of__lte=report.as_of
    )
    items = [entry.initiative.focus_item for entry in put.order_by("initiative__focus_item__code")]
    return [
        Matter(AgendaKind.REPORT, f"{report.title}（案）について（デモ）", report=report),
        *(_problem_to_decide(item) for item in items),
        Matter(
            AgendaKind.AMENDMENT,
            f"{draft.name}について（デモ）",
            "（デモ）案：新旧対照表のとおり改める。",
            f"（デモ）{draft.name}の内容で、改定の手続きを進めてよいか",
            edition=draft,
        ),
    ]


def _problem_to_decide(item: FocusItem) -> Matter:
    matter = problem_of(item, f"{item.code} の遅れと今後の進め方（デモ）")
    question = f"（デモ）{item.code} を、できる所から始めてよいか"
    return replace(
        matter, question=question, explanation="（デモ）案：1か所で始め、結果を見て広げる。"
    )
