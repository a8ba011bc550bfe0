"""前年度との比較: what became better or worse, and which dates slipped."""

from reviews.workbooks.list_look import small_look
from reviews.workbooks.table_sheet import TableForm

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
    look_of=small_look,
    repeated=("code", "title"),
    frozen="title",
    nothing="前年度と比べられる項目はありません。",
)
