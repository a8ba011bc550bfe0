"""議事要旨: what was said of each agenda item, what was decided, and what was added to the record later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
)
from kirishima_dx.spreadsheets.page import Page
from reviews.enums import AttendanceKind
from reviews.models import Attendance, Decision, Meeting, RecordAddition
from reviews.queries.meetings import AgendaRow, MeetingPage
from reviews.report.document import Passage
from reviews.workbooks.agenda_sheet import (
    GAP,
    HEADING,
    TITLE,
    WARNING,
    member_in_words,
    moment_in_words,
)

WIDTHS = (18, 20, 100, 22, 28, 22)
BODY = Look(size=12)
LABEL = replace(BODY, bold=True, fill=SUM_FILL)
HEAD = replace(BODY, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
CENTRED = replace(BODY, horizontal="center")
DECISION_HEADS = ("番号", "区分", "決定・指示の内容", "重点項目", "担当", "期限")


def is_said(record: MeetingPage) -> bool:
    """Whether anything of the sitting was written down yet."""
    return any(row.is_said or row.additions for row in record.agenda) or bool(record.additions)


def fill_minutes_sheet(
    sheet: Worksheet,
    record: MeetingPage,
    words: Sequence[Passage],
    *,
    dresser: Dresser,
    frame: PrintFrame,
) -> None:
    """Draw the sheet; `words` are those of the report before the meeting."""
    meeting = record.meeting
    fit_columns(sheet, WIDTHS)
    page = Page(sheet, dresser, WIDTHS)
    page.line(f"{meeting.title}　議事要旨", TITLE)
    if frame.warning:
        page.line(frame.warning, WARNING)
    page.gap(GAP)
    page.labelled("日時", moment_in_words(meeting), head=LABEL, body=BODY)
    page.labelled("場所", meeting.place, head=LABEL, body=BODY)
    for label, text in _attendance(record.members):
        page.labelled(label, text, head=LABEL, body=BODY)
    for passage in words:
        page.labelled(passage.label, passage.text, head=LABEL, body=BODY)
    for row in record.agenda:
        page.gap(GAP)
        _write_agenda_row(page, row, says_report=meeting.names_questions)
    if record.additions:
        page.gap(GAP)
        page.line("会議全体への追記", HEADING)
        _write_additions(page, record.additions)
    page.gap(GAP)
    page.labelled("記録", _closing(meeting), head=LABEL, body=BODY)
    sheet.sheet_view.showGridLines = False
    set_for_print(sheet, frame)


def _attendance(members: Sequence[Attendance]) -> Iterable[tuple[str, str]]:
    """Return who was there and who was not, by kind."""
    for label, kinds in (
        ("出席", (AttendanceKind.PRESENT, AttendanceKind.SUBSTITUTE)),
        ("出席予定", (AttendanceKind.EXPECTED,)),
        ("欠席", (AttendanceKind.ABSENT,)),
    ):
        names = [member_in_words(one) for one in members if one.kind in kinds]
        if names:
            yield label, "、".join(names).replace("（欠席）", "")


def _write_agenda_row(page: Page, row: AgendaRow, *, says_report: bool) -> None:
    told = "（報告）" if says_report and not row.item.question else ""
    page.line(f"議題{row.number}　{row.item.title}{told}", HEADING)
    if row.item.question:
        page.labelled("お諮りしたこと", row.item.question, head=LABEL, body=BODY)
    page.labelled("議論の要旨", row.item.discussion or "記録なし", head=LABEL, body=BODY)
    for one in row.considerations:
        page.labelled("改定の検討", f"{one}\n理由：{one.reason}", head=LABEL, body=BODY)
    if row.decisions:
        page.row(DECISION_HEADS, [HEAD] * len(WIDTHS))
        for decision in row.decisions:
            page.row(*_decided(decision))
    _write_additions(page, row.additions)


def _decided(decision: Decision) -> tuple[list[str], list[Look]]:
    added = decision.addition_reason
    corrections: list[RecordAddition] = getattr(decision, "standing_corrections", [])
    text = f"{decision.text}\n（後から加えた理由：{added}）" if added else decision.text
    values = [
        decision.code,
        decision.get_kind_display(),
        "\n".join([text, *(one.in_words for one in corrections)]),
        "、".join(sorted(item.code for item in decision.focus_items.all())),
        decision.owner_name,
        wareki_date(decision.due_on) if decision.due_on else "",
    ]
    return values, [CENTRED, CENTRED, BODY, BODY, BODY, CENTRED]


def _write_additions(page: Page, additions: Iterable[RecordAddition]) -> None:
    for addition in additions:
        day = wareki_date(day_of(addition.added_at))
        text = f"{addition.text}\n（{day}追記　理由：{addition.reason}）"
        page.labelled(addition.head, text, head=LABEL, body=BODY)


def _closing(meeting: Meeting) -> str:
    if meeting.closed_at is None:
        return "記録中（確定前）"
    return f"{wareki_date(day_of(meeting.closed_at))}に記録を確定した。"
