"""改定の検討: whether the update of the plan was considered, and what came of it."""

from reviews.workbooks.list_look import HEAD, body_look
from reviews.workbooks.table_sheet import TableForm

CONSIDERATIONS_FORM = TableForm(
    widths={
        "year": 24,
        "outcome": 16,
        "reason": 80,
        "considered_on": 20,
        "meeting": 32,
        "decisions": 16,
        "edition": 20,
    },
    look_of=body_look,
    repeated=("year",),
    frozen="year",
    head=HEAD,
    nothing="改定の検討の記録はありません。",
)
