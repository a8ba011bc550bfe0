"""The papers of a sitting as pages to print."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.access import signed_in
from plans.models import Edition
from reviews.models import Meeting
from reviews.queries import papers as gathered
from reviews.queries.papers import MeetingPapers, Paper, agenda_of, papers_of, told_on
from reviews.report.layout import layout, table_layout
from reviews.views.meeting_loading import load_meeting, meeting_step

DRAFT = "作成中（確定するまで変わります）"
DRAFT_EDITION = "作成中"
DEMO = "デモ（架空の内容）　"
SIDEWAYS = "size: A4 landscape !important; margin: 19mm 12mm 15mm !important;"
UPRIGHT = "size: A4 !important; margin: 18mm 16mm 20mm !important; font-size: 8pt;"
"""Chromium lets the last rule win, whatever it names, and print.css comes later. An upright page has less room for its
head."""


@dataclass(frozen=True)
class Sheet:
    """One paper as it stands in the document; `place` counts from 1 and names its pages in the style sheet."""

    paper: Paper
    as_of: str
    is_draft: bool
    is_withheld: bool
    """Whether it tells of a report that nobody reads any more (A3)."""

    @property
    def place(self) -> int:
        return self.paper.place

    @property
    def number(self) -> str:
        return self.paper.number

    @property
    def title(self) -> str:
        return self.paper.title

    @property
    def template(self) -> str:
        return self.paper.kind.template

    @property
    def edition(self) -> Edition | None:
        return self.paper.edition


@require_safe
@signed_in
def meeting_papers(request: HttpRequest, meeting_id: int) -> HttpResponse:
    papers = gathered.meeting_papers(load_meeting(request, meeting_id), clock.today())
    shown = layout(papers.document) if papers.document else None
    lists = {one.key: one for one in shown.lists} if shown else {}
    return meeting_step(
        request,
        "papers",
        papers.meeting,
        step="会議資料",
        papers=papers,
        sheets=list(_sheets(papers)),
        layout=shown,
        problems=lists.get("problems"),
        studies=lists.get("studies"),
        considerations=table_layout(papers.considerations),
        is_draft=is_draft(papers.meeting),
    )


def is_draft(meeting: Meeting) -> bool:
    return meeting.report is not None and not meeting.report.is_sealed


def _sheets(papers: MeetingPapers) -> Iterator[Sheet]:
    for paper in papers.papers:
        is_draft = bool(_draft(papers.meeting, paper))
        is_withheld = paper.kind.source.is_of_report and papers.document is None
        as_of = _as_of(papers.meeting, paper)
        yield Sheet(paper, as_of, is_draft=is_draft, is_withheld=is_withheld)


def _as_of(meeting: Meeting, paper: Paper) -> str:
    """Return the day of which a paper speaks, that of the report or of the sitting (today before it); of a revision the
    edition, with its day once it was adopted."""
    if paper.edition is not None:
        return paper.edition_in_words
    if not paper.kind.source.bears_day_of_report or meeting.report is None:
        return f"{wareki_date(told_on(meeting, clock.today()))}現在"
    return f"{wareki_date(meeting.report.as_of)}現在"


def _draft(meeting: Meeting, paper: Paper) -> str:
    """Return what each page of a paper says while it may change: a revision until it is adopted, others until the
    report is sealed."""
    if paper.edition is not None:
        return DRAFT_EDITION if paper.edition.is_draft else ""
    return DRAFT if paper.kind.source.bears_day_of_report and is_draft(meeting) else ""


@require_safe
@signed_in
def meeting_papers_style(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Say in the head of each printed page which paper it belongs to: only a style sheet reaches there."""
    meeting = load_meeting(request, meeting_id)
    left = DEMO if meeting.plan.is_demo else ""
    rules = [_page_rule("agenda", (left, DRAFT if is_draft(meeting) else "", ""))]
    for paper in papers_of(meeting, agenda_of(meeting)):
        name = f"paper-{paper.place}"
        right = f"{paper.number}　{_as_of(meeting, paper)}"
        size = UPRIGHT if paper.kind.is_upright else SIDEWAYS
        heads = (f"{left}{meeting.title}", _draft(meeting, paper), right)
        rules += [_page_rule(name, heads, size), f".paper--{paper.place} {{ page: {name}; }}\n"]
    return HttpResponse("".join(rules), content_type="text/css; charset=utf-8")


def _page_rule(name: str, heads: tuple[str, str, str], size: str = "") -> str:
    """Return what stands at the head of the pages of a paper, left, in the middle and right, and how large they are.

    次第, which is no paper, bears the name of the sitting itself, and its pages are those of papers.css.
    """
    left, centre, right = map(css_string, heads)
    return (
        f"@page {name} {{ @top-left {{ content: {left}; }} "
        f"@top-center {{ content: {centre}; }} "
        f"@top-right {{ content: {right}; }} {size} }}\n"
    )


def css_string(text: str) -> str:
    """Return a text as a CSS string that nothing in it can end."""
    return '"' + "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in text) + '"'
