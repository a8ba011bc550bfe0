"""課題・協議事項: what the departments put to the DX推進本部."""

from reviews.workbooks.list_look import HEAD, body_look
from reviews.workbooks.table_sheet import TableForm

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
    look_of=body_look,
    repeated=("number", "code", "title", "department"),
    frozen="title",
    head=HEAD,
    nothing="本部での協議を求める課題はありません。",
)
