"""遅れと決定, the first sheet of a meeting's workbook: what is late and why, and what the meeting has to decide.

The pages are broken here, so that the head of the table stands on each of its pages and on no other: rows that a
program repeats would stand above お諮りすること too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.late_items import LateItem, Lateness
from kirishima_dx.fiscal_year import wareki_date, wareki_date_short
from kirishima_dx.spreadsheets.long_texts import AGAIN, rows_of
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    SUM_FILL,
    Dresser,
    Look,
    PrintFrame,
    Value,
    fit_columns,
    set_for_print,
)
from kirishima_dx.spreadsheets.page import Page
from kirishima_dx.spreadsheets.paper import A3
from reviews.queries.papers import MeetingPapers
from reviews.queries.questions import AgendaMatter, Questions

WIDTHS = (52, 30, 58, 58)
"""Together as wide as an A3 sheet between its margins."""
PAGE_HEIGHT = A3.depth * 0.93
"""Points, with a little air: programs round the heights of rows."""
TITLE = Look(size=24, bold=True, boxed=False, vertical="center")
LINE = Look(size=13, boxed=False, vertical="center")
WARNING = replace(LINE, size=14, bold=True, color="CE0000")
HEADING = Look(size=17, bold=True, boxed=False, vertical="center")
COUNT = Look(size=16, bold=True, horizontal="center", vertical="center")
HEAD = Look(size=13, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
BODY = Look(size=12)
LATE_NAME = replace(BODY, bold=True, fill=SUM_FILL)
QUESTION = Look(size=15, bold=True, fill=SUM_FILL, vertical="center")
BOXES = Look(size=15, horizontal="center", vertical="center")
HEADS = ("項目・担当", "いつから／期限", "なぜ", "どうする")
LATE = "遅れている取組"
QUESTIONS = "お諮りすること"
GAP = 12


@dataclass
class _Pages:
    """Breaks pages between rows: what does not fit any more begins a new one, under its head."""

    page: Page
    begun: int = 1

    def _height(self, first: int, last: int) -> float:
        sizes = self.page.sheet.row_dimensions
        return sum(sizes[row].height or 15.0 for row in range(first, last))

    def is_over(self) -> bool:
        """Whether what was written since the last break is taller than a page."""
        return self._height(self.begun, self.page.place) > PAGE_HEIGHT

    def break_before(self, row: int) -> None:
        self.page.sheet.row_breaks.append(Break(id=row - 1))
        self.begun = row


def fill_late_sheet(
    sheet: Worksheet, papers: MeetingPapers, *, dresser: Dresser, frame: PrintFrame
) -> None:
    fit_columns(sheet, WIDTHS)
    page = Page(sheet, dresser, WIDTHS)
    pages = _Pages(page)
    page.line("遅れている取組と、お諮りすること", TITLE)
    page.line(f"{papers.meeting.title}　{frame.foot}", LINE)
    if frame.warning:
        page.line(frame.warning, WARNING)
    page.gap(GAP)
    if papers.lateness is not None:
        _write_late(page, pages, papers.lateness)
    else:
        page.line("年次報告は差し控えているので、遅れている取組は示せません。", BODY)
    page.gap(GAP)
    _write_questions(page, pages, papers.questions)
    sheet.sheet_view.showGridLines = False
    set_for_print(sheet, frame)


def _write_late(page: Page, pages: _Pages, lateness: Lateness) -> None:
    counts = [f"{one.mark} {one.label} {one.count}".strip() for one in lateness.told_counts]
    page.line("　　　".join(counts), COUNT)
    page.gap(GAP)
    page.line(f"{LATE}（{len(lateness.items)}件）", HEADING)
    if not lateness.items:
        page.line("「やや遅れている」「遅れている」と評価された取組はありません。", BODY)
        return
    page.row(HEADS, [HEAD] * len(HEADS))
    for item in lateness.items:
        _write_item(page, pages, item)


Row = tuple[Sequence[Value], Sequence[Look]]


def _late_row(item: LateItem) -> Row:
    star = " ★" if item.is_study else ""
    name = f"{item.rating_mark} {item.place} {item.title}{star}\n{item.department}　{item.rating_label}"
    since = f"{wareki_date(item.since)}から" if item.since else "いつからかは記録なし"
    dates = " → ".join(map(wareki_date_short, item.dates)) or "期限の記録なし"
    values = (
        name,
        f"{since}\n{dates}",
        item.cause or "記録なし",
        item.countermeasure or "記録なし",
    )
    return values, [LATE_NAME, replace(BODY, bold=True), BODY, BODY]


def _write_item(page: Page, pages: _Pages, item: LateItem) -> None:
    """Write a row, or several where a text is too tall: each says again of which item it is."""
    values, looks = _late_row(item)
    for number, parts in enumerate(rows_of(values, looks, WIDTHS)):
        if number and not parts[0]:
            parts[0] = f"{item.place} {item.title}{AGAIN}"
        _write_whole(page, pages, (parts, looks), LATE)


def _write_whole(page: Page, pages: _Pages, row: Row, title: str) -> None:
    """Write a row of the table; where it reaches over the end of the page, anew on the next, under the head."""
    place = page.place
    page.row(*row)
    if not pages.is_over():
        return
    _wipe(page, place)
    pages.break_before(place)
    page.line(f"{title}{AGAIN}", HEADING)
    page.row(HEADS, [HEAD] * len(HEADS))
    page.row(*row)


def _wipe(page: Page, place: int) -> None:
    """Take back what was written from a row on."""
    sheet = page.sheet
    for area in [one for one in sheet.merged_cells.ranges if one.min_row >= place]:
        sheet.unmerge_cells(str(area))
    sheet.delete_rows(place, page.place - place)
    for row in range(place, page.place):
        sheet.row_dimensions.pop(row, None)
    page.place = place


def _write_questions(page: Page, pages: _Pages, questions: Questions) -> None:
    place = page.place
    page.line(f"{QUESTIONS}（{len(questions.asked)}件）", HEADING)
    if not questions.asked:
        none = "お諮りすることはありません。" + (
            "議題は、すべて報告です。" if questions.reported else ""
        )
        page.line(none, BODY)
    for number, matter in enumerate(questions.asked, start=1):
        first = place if number == 1 else page.place
        _write_question(page, number, matter)
        if pages.is_over():
            _wipe(page, first)
            pages.break_before(first)
            again = AGAIN if number > 1 else f"（{len(questions.asked)}件）"
            page.line(f"{QUESTIONS}{again}", HEADING)
            _write_question(page, number, matter)
    if questions.asked and questions.reported:
        titles = "、".join(f"議題{one.number}　{one.item.title}" for one in questions.reported)
        page.gap(GAP)
        page.line(f"報告：{titles}", LINE)


def _write_question(page: Page, number: int, matter: AgendaMatter) -> None:
    about = f"（{matter.about}）" if matter.about else ""
    for part in page.parts(f"{number}　{matter.item.question}", (1, 3), QUESTION):
        rows = page.write((1, 3), part, QUESTION)
        page.write((4, 4), "□ 了承　　□ 指示", BOXES, rows=rows)
        page.place += rows
    text = "\n".join(
        filter(None, (matter.item.explanation, f"議題{matter.number}　{matter.item.title}{about}"))
    )
    page.line(text, BODY)
