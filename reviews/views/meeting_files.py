"""The papers of a sitting as one workbook."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download
from people.access import signed_in
from reviews.queries.meetings import meeting_page
from reviews.queries.papers import meeting_papers
from reviews.views.meeting_loading import load_meeting
from reviews.workbooks.meeting import meeting_workbook


@require_safe
@signed_in
def workbook(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting, today = load_meeting(request, meeting_id), clock.today()
    content = meeting_workbook(
        meeting_papers(meeting, today), meeting_page(meeting, today), made_at=clock.now()
    )
    name = f"{meeting.title}_会議資料.xlsx"
    return download(content, name=name, content_type=XLSX, readers=Readers.STAFF)
