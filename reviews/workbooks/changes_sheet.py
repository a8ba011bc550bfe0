"""前年度との比較: what became better or worse, and which dates slipped."""

from reviews.workbooks.list_look import small_look
from reviews.workbooks.table_sheet import TableForm

CHANGES_FORM = TableForm(
    widths={
        "code": 7,
        "title": 29,
        "department": 13,
        "previous_rating": 16,
        "rating": 16,
        "rating_change": 11,
        "previous_status": 13,
        "status": 13,
        "status_change": 10,
        "first_due": 16,
        "previous_due": 16,
        "due": 16,
        "slips": 7,
        "changed_texts": 20,
        "repeated_texts": 20,
    },
    look_of=small_look,
    repeated=("code", "title"),
    frozen="title",
    nothing="前年度と比べられる項目はありません。",
)
