"""次第: when and where a sitting is, what is spoken of, which papers are handed out, who sits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
)
from kirishima_dx.spreadsheets.page import Page
from kirishima_dx.spreadsheets.paper import A3, keep_together
from reviews.enums import AttendanceKind
from reviews.models import AgendaItem, Attendance, Meeting
from reviews.queries.papers import MeetingPapers, Paper

WIDTHS = (14, 64, 84, 46)
SIZE = 14
TITLE = Look(size=26, bold=True, boxed=False, horizontal="center", vertical="center")
HEADING = Look(size=16, bold=True, boxed=False, vertical="bottom")
BODY = Look(size=SIZE, vertical="center")
CENTRED = replace(BODY, horizontal="center")
HEAD = replace(CENTRED, bold=True, fill=HEAD_FILL)
PLAIN = replace(BODY, boxed=False)
WARNING = replace(PLAIN, bold=True, color="CE0000", horizontal="center")
WEEKDAYS = "月火水木金土日"
GAP = 14


def day_in_words(day: date) -> str:
    """Return 令和8年11月5日（木）."""
    return f"{wareki_date(day)}（{WEEKDAYS[day.weekday()]}）"


def moment_in_words(meeting: Meeting) -> str:
    """Return when a sitting begins, as far as it is known."""
    start = meeting.starts_at
    hour = f"　{start.hour}時{start.minute:02}分から" if start else ""
    return f"{day_in_words(meeting.held_on)}{hour}"


def fill_agenda_sheet(
    sheet: Worksheet, papers: MeetingPapers, *, dresser: Dresser, frame: PrintFrame
) -> None:
    fit_columns(sheet, WIDTHS)
    page = Page(sheet, dresser, WIDTHS)
    page.line(f"{papers.meeting.title}　次第", TITLE)
    if frame.warning:
        page.line(frame.warning, WARNING)
    page.gap(GAP)
    page.labelled("日時", moment_in_words(papers.meeting), head=HEAD, body=BODY)
    page.labelled("場所", papers.meeting.place or "未定", head=HEAD, body=BODY)
    page.gap(GAP)
    page.line("議題", HEADING)
    _write_agenda(page, papers)
    page.gap(GAP)
    page.line("配布資料", HEADING)
    for paper in papers.papers:
        page.labelled(paper.number, _paper_in_words(paper), head=CENTRED, body=BODY)
    members = page.place
    if papers.attendances:
        page.gap(GAP)
        page.line("構成員", HEADING)
        _write_members(page, papers.attendances)
    sheet.sheet_view.showGridLines = False
    set_for_print(sheet, frame)
    keep_together(sheet, members, A3, size=SIZE)


def _write_agenda(page: Page, papers: MeetingPapers) -> None:
    if not papers.agenda:
        page.line("議題はまだありません。", BODY)
        return
    page.row(["番号", "議題", "お諮りすること・説明", "資料"], [HEAD] * 4)
    looks = [CENTRED, replace(BODY, bold=True), BODY, CENTRED]
    for number, item in enumerate(papers.agenda, start=1):
        page.row([number, item.title, _said_of(item, papers), _papers_of(item, papers)], looks)


def _said_of(item: AgendaItem, papers: MeetingPapers) -> str:
    """Return what an item asks and explains; one that asks nothing is 報告, where the meeting says so."""
    asks = f"お諮りすること：{item.question}" if item.question else ""
    told = "報告" if papers.meeting.names_questions and not asks else asks
    return "\n".join(part for part in (told, item.explanation) if part)


def _papers_of(item: AgendaItem, papers: MeetingPapers) -> str:
    """Return the numbers of the papers that tell of an agenda item."""
    numbers = [number for kind, number in papers.numbers.items() if kind.tells_of == item.kind]
    return "・".join([*numbers, *(paper.number for paper in papers.of_edition(item.edition))])


def _paper_in_words(paper: Paper) -> str:
    """Return 総括表 or, of a revision, 新旧対照表（第2.1版（案）　作成中、別ファイル）."""
    if paper.edition is None:
        return paper.title
    state = "　作成中" if paper.edition.is_draft else ""
    return f"{paper.title}（{paper.edition_in_words}{state}、{paper.kind.elsewhere}）"


def _write_members(page: Page, members: Sequence[Attendance]) -> None:
    """Write the members three in a row."""
    names = [member_in_words(one) for one in members]
    for first in range(0, len(names), 3):
        some = names[first : first + 3]
        page.row(["", *some, *[""] * (3 - len(some))], [PLAIN] * 4)


def member_in_words(one: Attendance) -> str:
    """Return 総務部長　氏名, with whoever comes instead, or that nobody comes."""
    name = f"{one.post}　{one.name}".strip("　")
    if one.kind == AttendanceKind.SUBSTITUTE:
        return f"{name}（代理：{one.substitute}）"
    return f"{name}（欠席）" if one.kind == AttendanceKind.ABSENT else name
