"""検討項目（★）: what is asked of each, and what the DX推進本部 made of it."""

from reviews.workbooks.list_look import HEAD, body_look
from reviews.workbooks.table_sheet import TableForm

STUDIES_FORM = TableForm(
    widths={
        "code": 12,
        "title": 32,
        "department": 18,
        "question": 50,
        "review_by": 20,
        "notes": 8,
        "standing": 20,
        "conclusion": 20,
        "decision": 12,
        "meeting": 20,
        "decided_on": 20,
    },
    look_of=body_look,
    repeated=("code", "title"),
    frozen="title",
    head=HEAD,
    nothing="検討項目（★）はありません。",
)
