"""会議資料: what is put before a sitting, as workbook, print pages and screen show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from initiatives.late_items import Lateness
from initiatives.queries.late_items import lateness
from initiatives.queries.states import living_plan
from kirishima_dx.fiscal_year import first_day, wareki_date
from kirishima_dx.moment import Moment
from plans.models import Edition
from reviews.enums import AgendaKind
from reviews.models import AgendaItem, AnnualReport, Attendance, Meeting
from reviews.papers import PaperKind, Source, paper_kinds
from reviews.queries.considered import considerations_table
from reviews.queries.decisions import DecisionRow, decision_rows, decisions_to_report
from reviews.queries.followed_up import followed_up_table
from reviews.queries.questions import Questions, questions_of
from reviews.queries.reports import (
    report_document,
    report_prose,
    sealed_document,
    tells_of_studies,
)
from reviews.report.compiler import compile_lateness
from reviews.report.document import Passage, ReportDocument, Seal, Table
from reviews.report.late import lateness_of

YEARS_TOLD = 5
"""So many fiscal years back the paper on 改定の検討 tells what was considered."""


@dataclass(frozen=True)
class Paper:
    """One paper of a sitting: its place among them, counted from 1, its 資料番号 and what it is.

    遅れと決定 has place 0. A paper of a revision names the edition before the sitting; the others have none.
    """

    place: int
    number: str
    kind: PaperKind
    edition: Edition | None = None

    @property
    def title(self) -> str:
        return self.kind.title

    @property
    def edition_in_words(self) -> str:
        """Return 第2.1版（案） or, once it was adopted, 第2.1版　令和8年12月1日施行."""
        if self.edition is None:
            return ""
        day = self.edition.effective_from
        return f"{self.edition.name}　{wareki_date(day)}施行" if day else self.edition.name


@dataclass(frozen=True)
class MeetingPapers:
    """The papers of a sitting. Without a report there are 次第 and the paper on past decisions alone; the papers of a
    report that is withheld keep their numbers, and nothing stands in them.

    `lateness` is that of the report or, in a meeting without one, of the records as they were known at the end of
    `as_of`; None where the report is withheld.

    `as_of` is the day on which the follow-up of past decisions is told: that of the sitting, or today before it.
    `decided` are the decisions of this sitting, as recorded so far.
    """

    meeting: Meeting
    attendances: list[Attendance]
    agenda: list[AgendaItem]
    document: ReportDocument | None
    seal: Seal | None
    past: list[DecisionRow]
    decided: list[DecisionRow]
    as_of: date
    lateness: Lateness | None = None

    @cached_property
    def papers(self) -> list[Paper]:
        return papers_of(self.meeting, self.agenda)

    @property
    def numbers(self) -> dict[PaperKind, str]:
        """Return the 資料番号 of each paper by its kind; those of a revision are asked for by their edition."""
        return {paper.kind: paper.number for paper in self.papers if paper.edition is None}

    @property
    def questions(self) -> Questions:
        return questions_of(self.meeting, self.agenda)

    @property
    def editions(self) -> list[Edition]:
        return revised_editions(self.agenda)

    def of_edition(self, edition: Edition | None) -> list[Paper]:
        """Return the papers of a revision; none of one that has no papers."""
        return [paper for paper in self.papers if paper.edition and paper.edition == edition]

    @cached_property
    def considerations(self) -> Table:
        """Return what was considered of the update of the plan so far, for a sitting that considers it."""
        year = self.meeting.fiscal_year
        return considerations_table(
            self.meeting.plan, range(year, year - YEARS_TOLD, -1), self.as_of
        )

    @property
    def follow_up(self) -> Table:
        """Return 前回決定事項の対応状況 as a table of words."""
        return followed_up_table(self.past)


def _tells_of_studies(meeting: Meeting) -> bool:
    """Whether a meeting has the paper on ★ items. One that was closed or called off before there was such a paper keeps
    its papers and their numbers, though the draft before it may be sealed with the table since."""
    report = meeting.report
    return meeting.names_questions and report is not None and tells_of_studies(report)


def papers_of(meeting: Meeting, agenda: Iterable[AgendaItem]) -> list[Paper]:
    """Return the papers of a sitting in their order, numbered as it numbers them."""
    agenda = list(agenda)
    has = {
        Source.MEETING: meeting.names_questions,
        Source.REPORT: meeting.report is not None,
        Source.DECISIONS: True,
        Source.STUDIES: _tells_of_studies(meeting),
        Source.CONSIDERATIONS: any(item.kind == AgendaKind.CONSIDERATION for item in agenda),
    }
    named: list[tuple[PaperKind, Edition | None]] = [
        (kind, None) for source, is_there in has.items() if is_there for kind in paper_kinds(source)
    ]
    first = 0 if meeting.names_questions else 1
    for edition in revised_editions(agenda):
        named += [(kind, edition) for kind in paper_kinds(Source.EDITION)]
    return [
        Paper(place, meeting.paper(place), kind, edition)
        for place, (kind, edition) in enumerate(named, start=first)
    ]


def revised_editions(agenda: Iterable[AgendaItem]) -> list[Edition]:
    """Return the editions before a sitting that can be compared with those they were made from, each once.

    A draft that was given up is none, nor is the first edition of all.
    """
    found = {item.edition.pk: item.edition for item in agenda if item.edition is not None}
    return [one for one in found.values() if one.base is not None and not one.is_abandoned]


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda of a sitting in its order, with all that its papers ask of it."""
    agenda = meeting.agenda.select_related(
        "report", "focus_item", "entry", "edition__plan", "edition__base__plan"
    )
    return agenda.order_by("position", "pk")


def told_on(meeting: Meeting, today: date) -> date:
    """Return the day on which the papers tell the follow-up of past decisions."""
    return min(meeting.held_on, today)


def meeting_papers(meeting: Meeting, today: date) -> MeetingPapers:
    """Gather the papers of a sitting, in as many queries whatever its size."""
    as_of = told_on(meeting, today)
    report = _readable_report(meeting)
    document = report_document(report) if report else None
    return MeetingPapers(
        meeting=meeting,
        attendances=list(meeting.attendances.all()),
        agenda=list(agenda_of(meeting)),
        document=document,
        seal=Seal(report.sealed_at, report.digest) if report and report.sealed_at else None,
        past=_past_decisions(meeting, as_of),
        decided=decision_rows(meeting.decisions.order_by("number"), max(meeting.held_on, today)),
        as_of=as_of,
        lateness=meeting_lateness(meeting, document, as_of),
    )


def _readable_report(meeting: Meeting) -> AnnualReport | None:
    """Return the report before a meeting; None where it has none, or one that is withheld."""
    report = meeting.report
    return report if report is not None and not report.is_withheld else None


def report_words(meeting: Meeting) -> list[Passage]:
    """Return what the report before a meeting says in words: 総括, 技術動向 and 国・県の動向, without what is empty."""
    report = _readable_report(meeting)
    return [one for one in report_prose(report) if one.text] if report else []


def lateness_before(meeting: Meeting, today: date) -> Lateness | None:
    """Return what is late for the page of a meeting: the same that its papers tell, without compiling the rest of a
    draft."""
    report = _readable_report(meeting)
    document = None
    if report is not None:
        document = sealed_document(report) if report.is_sealed else compile_lateness(report)
    return meeting_lateness(meeting, document, told_on(meeting, today))


def meeting_lateness(
    meeting: Meeting, document: ReportDocument | None, as_of: date
) -> Lateness | None:
    """Return what is late by the report before a meeting; without one by the records, as known at the end of a day.

    A meeting from before there was the paper 遅れと決定 had nothing but its report before it.
    """
    report = meeting.report
    if report is not None:
        url = report.get_absolute_url()
        return lateness_of(document, url=url) if document else None
    if not meeting.names_questions:
        return None
    living = living_plan(meeting.plan, Moment.end_of(as_of))
    return lateness(living.items, living.moment) if living else None


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """Return the sitting before one."""
    earlier = Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk)
    return (
        Meeting.objects.going_ahead()
        .filter(earlier, plan=meeting.plan_id)
        .order_by("-held_on", "-pk")
        .first()
    )


def _past_decisions(meeting: Meeting, as_of: date) -> list[DecisionRow]:
    """Return what earlier sittings decided, but for what was settled before the last one."""
    previous = previous_meeting(meeting)
    since = previous.held_on if previous else first_day(meeting.fiscal_year)
    rows = decisions_to_report(meeting.plan, since, as_of)
    return [row for row in rows if _is_earlier(row.decision.meeting, meeting)]


def _is_earlier(one: Meeting, meeting: Meeting) -> bool:
    """Whether a sitting comes before another, of two on one day the one that was planned first."""
    return (one.held_on, one.pk) < (meeting.held_on, meeting.pk)
