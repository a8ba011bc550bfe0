"""The papers of a sitting on the screen of the meeting room."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from people.access import signed_in
from reviews.queries.papers import meeting_papers
from reviews.views.meeting_loading import load_meeting, meeting_step
from reviews.views.papers import is_draft


@require_safe
@signed_in
def meeting_present(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show all slides in one page, which asks for nothing more once it is loaded."""
    papers = meeting_papers(load_meeting(request, meeting_id), clock.today())
    return meeting_step(
        request,
        "present",
        papers.meeting,
        step="会議室の画面",
        papers=papers,
        is_draft=is_draft(papers.meeting),
    )
