"""遅れと決定: one form for live entries and sealed reports, and what a meeting is asked, wherever both stand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from meeting_cast import closed, held, planned, put, put_item, said
from paper_cast import CAUSE, Record, late, reported
from report_cast import opened, seal, workbook

from initiatives.late_items import LateItem, Lateness
from initiatives.models import ProgressEntry
from initiatives.queries.late_items import lateness
from initiatives.queries.states import living_plan
from kirishima_dx import clock
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.agenda import change_agenda_item
from reviews.errors import MeetingRefused
from reviews.models import AnnualReport, Meeting
from reviews.queries.meetings import meeting_page
from reviews.queries.papers import lateness_before, meeting_papers
from reviews.queries.questions import coming_questions
from reviews.queries.reports import report_document
from reviews.report.compiler import compile_lateness
from reviews.report.document import ReportDocument
from reviews.report.late import KEY, late_items_of, lateness_of
from reviews.workbooks.meeting import meeting_workbook

Clients = Callable[[User | None], Client]
QUESTION, PROPOSAL = "窓口を1か所から始めてよいか", "案：総合支所から始める。"
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
DATES = (date(2026, 10, 31), date(2026, 12, 31), date(2027, 3, 31))


def live(edition: Edition, at: date) -> Lateness:
    living = living_plan(edition.plan, at)
    assert living is not None
    return lateness(living.items, at)


def bare(items: list[LateItem]) -> list[LateItem]:
    """Return late items without what only one of the sources knows: where they lead, the lasting number, and that a
    date was only said again."""
    return [replace(item, url="", code="", promises=tuple(item.dates)) for item in items]


def numbers(it: Lateness) -> list[tuple[str, int]]:
    return [(one.mark, one.count) for one in it.counts]


@pytest.fixture
@lasting
def slipped(
    small_edition: Edition,
    responsible: FocusItem,
    editor: User,
    secretariat: User,
    record: Record,
) -> ProgressEntry:
    """1-A-1 is late since June and its date slipped twice; 1-B-1 is a little late since September."""
    for day, due in zip((date(2026, 6, 30), AUGUST, SEPTEMBER), DATES, strict=True):
        last = late(record, responsible, editor, as_of=day, new_due_date=due)
    other = FocusItem.objects.get(plan=small_edition.plan, code="1-B-1")
    late(record, other, secretariat, rating="slightly_late")
    return last


def test_a_report_tells_what_the_entries_told_for_ever(
    slipped: ProgressEntry,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    welfare: Department,
    record: Record,
) -> None:
    told = live(small_edition, SEPTEMBER)
    report = seal(opened(small_edition, secretariat), secretariat)
    record(slipped.initiative.focus_item, by=editor, as_of=SEPTEMBER, rating="on_track")
    welfare.name = "改名した課"
    welfare.save()

    kept = lateness_of(report_document(report))
    assert bare(kept.items) == bare(told.items)
    assert [item.place for item in kept.items] == ["1-A-1", "1-B-1"]
    assert (kept.items[0].since, kept.items[0].promises) == (date(2026, 6, 30), DATES)
    assert (kept.at, kept.total) == (SEPTEMBER, 4)
    assert numbers(kept) == numbers(told)


def test_an_issue_from_before_the_table_tells_what_it_has_and_guesses_nothing(
    slipped: ProgressEntry, small_edition: Edition, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    whole = report_document(report)
    assert lateness_of(compile_lateness(report)) == lateness_of(whole)
    before = ReportDocument(whole.passages, tuple(one for one in whole.tables if one.key != KEY))
    oldest = ReportDocument(
        before.passages, tuple(one for one in before.tables if one.key != "changes")
    )

    first, *_ = told = late_items_of(before)
    assert [item.place for item in told] == ["1-A-1", "1-B-1"]
    assert (first.since, first.cause, first.promises) == (None, CAUSE, (DATES[0], DATES[-1]))
    assert late_items_of(oldest)[0].promises == (DATES[-1],)


@pytest.fixture
def asked(
    slipped: ProgressEntry, small_edition: Edition, secretariat: User, responsible: FocusItem
) -> Meeting:
    """A coming meeting on the draft report, with one question and one report on its agenda."""
    meeting = reported(small_edition, secretariat)
    words = {"question": QUESTION, "explanation": PROPOSAL}
    put_item(meeting, responsible, secretariat, title="窓口の始め方", **words)
    return meeting


@pytest.mark.sqlite
def test_what_is_late_and_asked_stands_wherever_a_meeting_is_looked_at(
    asked: Meeting, headquarters: User, staff: User, client_of: Clients
) -> None:
    names = ("meeting", "meeting_papers", "meeting_present")
    pages = [reverse(name, args=[asked.pk]) for name in names]
    for url in (*pages, "/my/", "/late/"):
        page = client_of(headquarters).get(url).content.decode()
        assert QUESTION in page, url
        assert PROPOSAL in page, url
        assert CAUSE in page, url
        assert "報告" in page, url
    assert QUESTION not in client_of(staff).get("/my/").content.decode()
    assert QUESTION in client_of(staff).get("/late/").content.decode()


def test_everybody_reads_what_is_late_and_nobody_else_what_is_asked(
    asked: Meeting, client_of: Clients, staff: User
) -> None:
    page = client_of(None).get("/late/").content.decode()
    assert CAUSE in page
    assert "お諮りすること" not in page
    assert QUESTION not in page
    then = client_of(staff).get("/late/?on=2026-09-30").content.decode()
    assert "お諮りすることは、会議ごとに残っています。" in then
    assert QUESTION not in then


@pytest.mark.sqlite
def test_the_first_sheet_of_the_workbook_tells_both(asked: Meeting) -> None:
    papers = meeting_papers(asked, clock.today())
    assert papers.lateness is not None
    item = papers.lateness.items[0]
    many = [replace(item, place=f"1-A-{n}", cause=f"{n}番の原因。" * 30) for n in range(1, 31)]
    papers = replace(papers, lateness=replace(papers.lateness, items=many))
    page = meeting_page(asked, clock.today())
    book = workbook(meeting_workbook(papers, page, made_at=clock.now()))

    sheet = book.worksheets[0]
    assert sheet.title == "遅れと決定"
    assert sheet.oddHeader.right.text == "資料0"
    firsts = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
    heads = firsts.count("項目・担当")
    assert heads > 1
    assert heads <= len(sheet.row_breaks.brk) + 1
    said_of = [one for one in firsts if "\n福祉課" in str(one)]
    assert [one.split()[1] for one in said_of] == [one.place for one in many]
    assert f"1　{QUESTION}" in firsts
    sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
    assert min(sizes) >= 12


def test_a_closed_meeting_keeps_what_it_asked(
    slipped: ProgressEntry, small_edition: Edition, secretariat: User, editor: User, record: Record
) -> None:
    meeting = held(small_edition, secretariat, held_on=clock.today())
    item = put(meeting, secretariat, "始め方", question=QUESTION)
    said(item, secretariat)
    meeting = closed(meeting, secretariat)
    told = lateness_before(meeting, clock.today())
    assert told is not None
    assert [one.place for one in told.items] == ["1-A-1", "1-B-1"]

    with clock.standing_at(clock.now() + timedelta(days=1)):
        record(slipped.initiative.focus_item, by=editor, as_of=date(2026, 10, 10))
        papers = meeting_papers(meeting, clock.today())
        assert papers.lateness is not None
        assert bare(papers.lateness.items) == bare(told.items)
        assert live(small_edition, clock.today()).counts != told.counts
    assert [one.item.question for one in papers.questions.asked] == [QUESTION]
    assert coming_questions(small_edition.plan, clock.today()) is None
    with pytest.raises(MeetingRefused, match="確定している"):
        change_agenda_item(
            agenda_item=item,
            title="始め方",
            explanation="",
            question="別のこと",
            opened_version=2,
            by=secretariat,
        )


def test_a_meeting_from_before_questions_says_nothing_of_them(
    asked: Meeting, small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    Meeting.objects.filter(pk=asked.pk).update(names_questions=False)
    client = client_of(secretariat)

    papers = client.get(reverse("meeting_papers", args=[asked.pk])).content.decode()
    for words in ("資料0", "（報告）", "検討項目（★）"):
        assert words not in papers, (
            "It keeps the papers it had, though its draft tells more by now."
        )
    page = client.get(asked.get_absolute_url()).content.decode()
    assert 'id="questions"' not in page
    assert CAUSE in page
    plain = Meeting.objects.get(pk=planned(small_edition, secretariat, number=9).pk)
    plain.names_questions = False
    assert lateness_before(plain, clock.today()) is None


def test_a_report_without_a_late_item_says_so(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    report = opened(small_edition, secretariat)
    assert AnnualReport.objects.count() == 1
    page = client_of(secretariat).get(report.get_absolute_url()).content.decode()

    assert "評価された取組はありません" in page
