"""進捗一覧: one row an item, every column of the report."""

from dataclasses import replace
from functools import lru_cache

from kirishima_dx.workbook_look import DATE_FORMAT, Look, marked
from reviews.report.document import CellValue
from reviews.report.looks import LATE, MARKS
from reviews.workbooks.table_sheet import TableForm

WIDTHS = {
    "code": 7.5,
    "axis": 11,
    "policy": 14,
    "title": 19,
    "is_study": 7,
    "department": 11,
    "status": 10,
    "step": 10,
    "rating": 12.5,
    "previous_rating": 12.5,
    "rating_reason": 22,
    "achievements": 27,
    "outcome": 21,
    "problem": 21,
    "delay": 25,
    "next_steps": 21,
    "direction": 9,
    "as_of": 12,
}
"""Of columns in characters, by their lasting key."""
CENTRED = {"code", "is_study", "status", "step", "direction", "as_of"}
FILLS = {"順調": "E6F5EC", "概ね順調": "E9F7F9", "やや遅れている": "FBF5E0", "遅れている": "FDE0E0"}
BODY = Look(size=10)
RATINGS = ("rating", "previous_rating")


def look_of(key: str, value: CellValue) -> Look:
    """Return the look of a cell: a rating bears its mark before the word, which reads in black and white."""
    rated = isinstance(value, str) and key in RATINGS
    return _look_of(key, str(value) if rated else "")


@lru_cache(maxsize=256)
def _look_of(key: str, word: str) -> Look:
    look = replace(BODY, horizontal="center") if key in CENTRED else BODY
    if key == "as_of":
        return replace(look, number_format=DATE_FORMAT)
    if key == "title":
        return replace(look, bold=True)
    if word in MARKS:
        look = marked(look, MARKS[word])
    if key == "rating":
        return replace(look, fill=FILLS.get(word, ""), bold=word in LATE)
    return look


PROGRESS_FORM = TableForm(
    widths=WIDTHS,
    look_of=look_of,
    days=frozenset({"as_of"}),
    repeated=("code", "axis", "policy", "title", "department"),
    frozen="title",
    has_title=False,
    has_filter=True,
)
