"""What is published holds no word of what is internal: each internal text is written, looked for, and seen by staff."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from meeting_cast import closed, planned, put_item, said, verdict
from report_cast import opened

from initiatives.actions.studying import ask_question, keep_evidence, note_finding
from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import record_decision
from reviews.actions.meetings import Member, set_members
from reviews.actions.minutes import add_to_record, write_opinion
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_correction, seal_report, write_report
from reviews.enums import AttendanceKind
from reviews.models import AnnualReport, Meeting
from reviews.workbooks.report import sealed_workbook
from rounds.actions.answers import send_answer
from rounds.actions.checking import return_answer
from rounds.actions.rounds import extend_deadline, record_reminder
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

WORDS = {
    "Opinion.text": "しるし意見",
    "AgendaItem.title": "しるし議題",
    "AgendaItem.explanation": "しるし説明",
    "AgendaItem.question": "しるし諮問",
    "AgendaItem.discussion": "しるし議論",
    "Meeting.place": "しるし会議室",
    "Attendance.name": "しるし部長",
    "Attendance.substitute": "しるし次長",
    "Decision.addition_reason": "しるし後から加えた理由",
    "RecordAddition.text": "しるし追記",
    "RecordAddition.reason": "しるし追記の理由",
    "Study.question": "しるし問い",
    "StudyNote.text": "しるし検討メモ",
    "Evidence.title": "しるし根拠資料",
    "Evidence.name": "しるしの紙.txt",
    "ReportingRound.instructions": "しるし記入のお願い",
    "Reminder.text": "しるし督促",
    "Extension.reason": "しるし延長の理由",
    "Answer.return_reason": "しるし差戻しの理由",
    "Answer.achievements": "しるし受け付けていない実績",
    "AnnualReport.seal_reason": "しるし確定の理由",
    "AnnualReport.sealed_by": "しるし確定者",
    "Publication.reason": "しるし公表の理由",
    "Publication.published_by_name": "しるし確定者",
    "AnnualReport.overview of a draft": "しるし訂正号の総括",
    "AnnualReport.correction_reason of a draft": "しるし訂正の理由",
}
"""What is for staff, by the field that holds it."""
PUBLIC = (
    *("/", "/items/", "/items/1-A-1/", "/items.csv", "/items.xlsx"),
    *("/reports/", "/reports/2026/", "/reports/2026/1/", "/editions/"),
    *("/reports/2026/workbook.xlsx", "/reports/2026/1/workbook.xlsx"),
)


@pytest.fixture
@lasting
def boss(secretariat: User) -> User:
    """事務局, under a name that is looked for."""
    secretariat.name = WORDS["AnnualReport.sealed_by"]
    secretariat.save()
    return secretariat


@pytest.fixture
@lasting
def asked(
    boss: User,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    open_the_round: Callable[..., ReportingRound],
    content: Callable[..., AnswerContent],
    welfare: Department,
    editor: User,
) -> ReportingRound:
    """A round of which an answer was returned and another is still to be accepted."""
    record(responsible, by=editor, achievements="公になる実績", as_of=date(2026, 8, 1))
    asked = open_the_round(instructions=WORDS["ReportingRound.instructions"])
    answer = Answer.objects.with_names().get(round=asked, initiative__focus_item__code="1-A-1")
    said = content(achievements=WORDS["Answer.achievements"])
    answer = send_answer(answer=answer, content=said, opened_revision=answer.revision, by=editor)
    return_answer(
        answer=answer,
        reason=WORDS["Answer.return_reason"],
        opened_revision=answer.revision,
        by=boss,
    )
    extend_deadline(
        round=asked,
        department=welfare,
        due_on=date(2026, 10, 30),
        reason=WORDS["Extension.reason"],
        by=boss,
    )
    record_reminder(round=asked, department=welfare, text=WORDS["Reminder.text"], by=boss)
    return asked


@pytest.fixture
@lasting
def studied(small_edition: Edition, boss: User) -> FocusItem:
    item = FocusItem.objects.get(plan=small_edition.plan, code="1-B-1")
    question = WORDS["Study.question"]
    study = ask_question(
        focus_item=item, question=question, review_by=None, opened_version=0, by=boss
    )
    note_finding(study=study, text=WORDS["StudyNote.text"], by=boss)
    keep_evidence(
        study=study,
        name=WORDS["Evidence.name"],
        title=WORDS["Evidence.title"],
        content="中身".encode(),
        by=boss,
    )
    return item


@pytest.fixture
@lasting
def sitting(
    small_edition: Edition, responsible: FocusItem, boss: User, headquarters: User
) -> Meeting:
    """A sitting before the day of the report, whose record is closed and was added to."""
    place = WORDS["Meeting.place"]
    meeting = planned(small_edition, boss, held_on=date(2026, 9, 20), place=place)
    members = [
        Member(
            name=WORDS["Attendance.name"],
            kind=AttendanceKind.SUBSTITUTE,
            substitute=WORDS["Attendance.substitute"],
        )
    ]
    set_members(meeting=meeting, members=members, opened_version=meeting.version, by=boss)
    item = put_item(
        meeting,
        responsible,
        boss,
        title=WORDS["AgendaItem.title"],
        explanation=WORDS["AgendaItem.explanation"],
        question=WORDS["AgendaItem.question"],
    )
    write_opinion(agenda_item=item, text=WORDS["Opinion.text"], by=headquarters)
    said(item, boss, WORDS["AgendaItem.discussion"])
    meeting = closed(meeting, boss)
    record_decision(
        agenda_item=item,
        verdict=verdict(text="公になる決定", focus_items=[responsible]),
        by=boss,
        addition_reason=WORDS["Decision.addition_reason"],
    )
    add_to_record(
        meeting=meeting,
        agenda_item=None,
        text=WORDS["RecordAddition.text"],
        reason=WORDS["RecordAddition.reason"],
        by=boss,
    )
    return meeting


@pytest.fixture
@lasting
def report(
    asked: ReportingRound, studied: FocusItem, sitting: Meeting, small_edition: Edition, boss: User
) -> AnnualReport:
    """A published issue, and a correction of it that is being written."""
    draft = opened(small_edition, boss)
    issue = seal_report(
        report=draft,
        reason=WORDS["AnnualReport.seal_reason"],
        opened_version=draft.version,
        draw=sealed_workbook,
        by=boss,
    )
    publish_report(report=issue, reason=WORDS["Publication.reason"], by=boss)
    why = WORDS["AnnualReport.correction_reason of a draft"]
    correction = open_correction(report=issue, reason=why, by=boss)
    write_report(
        report=correction,
        overview=WORDS["AnnualReport.overview of a draft"],
        technology_trends="",
        national_trends="",
        opened_version=correction.version,
        by=boss,
    )
    return issue


def read(client: Client, url: str) -> str:
    """Return all that stands in an answer; of a workbook, every part of the file."""
    response = client.get(url)
    assert response.status_code == 200, url
    if not url.endswith(".xlsx"):
        return response.content.decode("utf-8-sig")
    with ZipFile(BytesIO(response.content)) as file:
        return "\n".join(file.read(name).decode(errors="replace") for name in file.namelist())


def test_nothing_internal_is_published(
    report: AnnualReport, client_of: Callable[[User | None], Client]
) -> None:
    pages = {url: read(client_of(None), url) for url in PUBLIC}

    found = [(url, field) for url, page in pages.items() for field in WORDS if WORDS[field] in page]

    assert found == []
    for url in ("/reports/2026/1/", "/reports/2026/1/workbook.xlsx"):
        assert "公になる実績" in pages[url]
        assert "公になる決定" in pages[url]


def test_each_of_it_could_be_seen(
    report: AnnualReport,
    asked: ReportingRound,
    sitting: Meeting,
    boss: User,
    staff: User,
    editor: User,
    headquarters: User,
    client_of: Callable[[User | None], Client],
) -> None:
    """The test above is worth something only if what it looks for stands on the pages of those who may read it."""
    meeting, minutes = (reverse(name, args=[sitting.pk]) for name in ("meeting", "meeting_minutes"))
    readers = {
        boss: (f"/rounds/{asked.pk}/story/", f"/rounds/{asked.pk}/reminders/"),
        editor: (f"/rounds/{asked.pk}/answers/1-A-1/", "/my/"),
        headquarters: (meeting,),
        staff: (
            *(meeting, minutes, "/items/1-B-1/study/"),
            *("/reports/2026/1/", "/reports/2026/2/"),
        ),
    }
    seen = "\n".join(
        read(client_of(reader), url) for reader, urls in readers.items() for url in urls
    )

    assert [field for field, word in WORDS.items() if word not in seen] == []


def test_a_reader_from_outside_is_asked_to_sign_in_for_the_rest(
    report: AnnualReport, sitting: Meeting, client_of: Callable[[User | None], Client]
) -> None:
    meeting = reverse("meeting", args=[sitting.pk])
    urls = (meeting, "/meetings/", "/decisions/", "/items/1-B-1/study/", "/reports/2026/2/edit/")

    answers = {url: client_of(None).get(url) for url in (*urls, "/reports/2026/2/")}

    assert {url: answer.status_code for url, answer in answers.items()} == {
        **dict.fromkeys(urls, 302),
        "/reports/2026/2/": 404,
    }
