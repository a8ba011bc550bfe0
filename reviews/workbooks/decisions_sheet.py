"""決定事項の対応状況: what became of what earlier meetings decided."""

from reviews.workbooks.list_look import HEAD, body_look
from reviews.workbooks.table_sheet import TableForm

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
        "revision": 26,
        "answer": 44,
        "settlement": 26,
    },
    look_of=body_look,
    repeated=("decision", "meeting", "owner"),
    frozen="decision",
    head=HEAD,
    nothing="これまでの決定・指示事項で、対応の状況を報告するものはありません。",
)
