"""The papers of a sitting as pages to print."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from people.access import signed_in
from reviews.models import Meeting
from reviews.queries import papers as gathered
from reviews.queries.papers import (
    FOLLOW_UP,
    PROBLEMS,
    PROGRESS,
    SUMMARY,
    MeetingPapers,
    papers_of,
    told_on,
)
from reviews.report.layout import layout
from reviews.views.meeting_loading import load_meeting, meeting_step

DRAFT = "作成中（確定するまで変わります）"
DEMO = "デモ（架空の内容）　"
TEMPLATES = {
    SUMMARY: "reviews/_paper_summary.html",
    PROGRESS: "reviews/_paper_progress.html",
    PROBLEMS: "reviews/_paper_problems.html",
    FOLLOW_UP: "reviews/_paper_follow_up.html",
}


@dataclass(frozen=True)
class Sheet:
    """One paper as it stands in the document; `place` counts from 1 and names its pages in the style sheet."""

    place: int
    number: str
    title: str
    as_of: str
    template: str


@require_safe
@signed_in
def meeting_papers(request: HttpRequest, meeting_id: int) -> HttpResponse:
    papers = gathered.meeting_papers(load_meeting(request, meeting_id), clock.today())
    shown = layout(papers.document) if papers.document else None
    lists = shown.lists if shown else []
    return meeting_step(
        request,
        "papers",
        papers.meeting,
        step="会議資料",
        papers=papers,
        sheets=list(_sheets(papers)),
        layout=shown,
        problems=next((one for one in lists if one.key == "problems"), None),
        is_draft=is_draft(papers.meeting),
    )


def is_draft(meeting: Meeting) -> bool:
    return meeting.report is not None and not meeting.report.is_sealed


def _sheets(papers: MeetingPapers) -> Iterator[Sheet]:
    for place, paper in enumerate(papers.papers, start=1):
        as_of = _as_of(papers.meeting, paper.title)
        yield Sheet(place, paper.number, paper.title, as_of, TEMPLATES[paper.title])


def _as_of(meeting: Meeting, title: str) -> str:
    """Return the day of which a paper speaks: that of the report, or of the sitting (today before it)."""
    if title == FOLLOW_UP or meeting.report is None:
        return f"{wareki_date(told_on(meeting, clock.today()))}現在"
    return f"{wareki_date(meeting.report.as_of)}現在"


@require_safe
@signed_in
def meeting_papers_style(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Say in the head of each printed page which paper it belongs to: only a style sheet reaches there."""
    meeting = load_meeting(request, meeting_id)
    rules = [_page_rule("agenda", meeting, "")]
    rules += [
        _page_rule(f"paper-{place}", meeting, f"{paper.number}　{_as_of(meeting, paper.title)}")
        for place, paper in enumerate(papers_of(meeting), start=1)
    ]
    return HttpResponse("".join(rules), content_type="text/css; charset=utf-8")


def _page_rule(name: str, meeting: Meeting, paper: str) -> str:
    """Return the head of the pages of a paper; 次第, which is none, bears the name of the sitting itself."""
    demo = DEMO if meeting.plan.is_demo else ""
    left = f"{demo}{meeting.title}" if paper else demo
    draft = DRAFT if is_draft(meeting) else ""
    return (
        f"@page {name} {{ @top-left {{ content: {css_string(left)}; }} "
        f"@top-center {{ content: {css_string(draft)}; }} "
        f"@top-right {{ content: {css_string(paper)}; }} }}\n"
    )


def css_string(text: str) -> str:
    """Return a text as a CSS string that nothing in it can end."""
    return '"' + "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in text) + '"'
