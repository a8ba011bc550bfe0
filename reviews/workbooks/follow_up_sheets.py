"""課題・協議事項, 決定事項の対応状況 and 前年度との比較: the tables of a report that a sitting goes through."""

from dataclasses import replace

from kirishima_dx.workbook_look import COUNT_FORMAT, DATE_FORMAT, HEAD_FILL, Look
from reviews.report.document import CellValue
from reviews.report.looks import CHANGE_MARKS
from reviews.workbooks import progress_sheet
from reviews.workbooks.table_sheet import TableForm

BODY = Look(size=12)
SMALL = Look(size=10)
HEAD = Look(size=12, bold=True, fill=HEAD_FILL, horizontal="center", vertical="center")
CENTRED = frozenset({"number", "code", "decision", "kind", "status", "step", "slips"})
DAYS = frozenset({"held_on", "due", "first_due", "previous_due"})
STATE_MARKS = {"対応中": "▷", "報告あり": "▶", "決着": "■", "対応を要しない": "―"}
"""Signs that read in black and white, as on the page of a decision; ○ and ▲ are ratings."""
WORSE = ("悪化", "後退", "休止・中止")
_MARKS = {"state": STATE_MARKS, "rating_change": CHANGE_MARKS, "status_change": CHANGE_MARKS}


def _look(body: Look, key: str, value: CellValue) -> Look:
    word = value if isinstance(value, str) else ""
    if key in progress_sheet.RATINGS:
        return replace(progress_sheet.look_of(key, word), size=body.size)
    if key in DAYS:
        return replace(body, horizontal="center", number_format=DATE_FORMAT)
    if key == "slips":
        return replace(body, horizontal="center", number_format=COUNT_FORMAT)
    mark = _MARKS.get(key, {}).get(word, "")
    look = replace(
        body,
        bold=key == "title" or word in WORSE,
        horizontal="center" if key in CENTRED else "left",
    )
    return replace(look, number_format=f'"{mark} "@') if mark else look


def _body_look(key: str, value: CellValue) -> Look:
    return _look(BODY, key, value)


def _small_look(key: str, value: CellValue) -> Look:
    return _look(SMALL, key, value)


PROBLEMS_FORM = TableForm(
    widths={
        "number": 11,
        "code": 10,
        "title": 30,
        "department": 18,
        "status": 17,
        "rating": 20,
        "problem": 52,
        "delay": 44,
        "next_steps": 42,
    },
    look_of=_body_look,
    repeated=("number", "code", "title", "department"),
    frozen="title",
    head=HEAD,
    nothing="本部での協議を求める課題はありません。",
)
DECISIONS_FORM = TableForm(
    widths={
        "decision": 13,
        "meeting": 24,
        "held_on": 20,
        "kind": 12,
        "text": 48,
        "items": 12,
        "owner": 18,
        "due": 20,
        "state": 17,
        "answer": 44,
        "settlement": 26,
    },
    look_of=_body_look,
    days=DAYS,
    repeated=("decision", "meeting", "owner"),
    frozen="decision",
    head=HEAD,
    nothing="これまでの決定・指示事項で、対応の状況を報告するものはありません。",
)
CHANGES_FORM = TableForm(
    widths={
        "code": 8,
        "title": 34,
        "department": 15,
        "previous_rating": 17,
        "rating": 17,
        "rating_change": 15,
        "previous_status": 14,
        "status": 14,
        "status_change": 15,
        "first_due": 17,
        "previous_due": 17,
        "due": 17,
        "slips": 11,
        "changed_texts": 26,
        "repeated_texts": 26,
    },
    look_of=_small_look,
    days=DAYS,
    repeated=("code", "title"),
    frozen="title",
    nothing="前年度と比べられる項目はありません。",
)
