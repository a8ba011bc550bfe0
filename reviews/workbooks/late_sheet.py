"""遅れている取組 as a sheet of the report: since when, how the promised date moved, why, and what is done about it."""

from reviews.workbooks.list_look import HEAD, body_look
from reviews.workbooks.table_sheet import TableForm

LATE_FORM = TableForm(
    widths={
        "code": 9,
        "title": 34,
        "is_study": 6,
        "department": 16,
        "rating": 18,
        "since": 19,
        "first_due": 19,
        "earlier_dues": 19,
        "due": 19,
        "delay_cause": 38,
        "countermeasure": 38,
    },
    look_of=body_look,
    repeated=("code", "title", "department"),
    frozen="title",
    head=HEAD,
    nothing="「やや遅れている」「遅れている」と評価された取組はありません。",
)
