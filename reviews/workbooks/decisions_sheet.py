"""決定事項の対応状況: what became of what earlier meetings decided."""

from kirishima_dx.spreadsheets.stacked_list import Group
from reviews.workbooks.stacked_table import StackedForm

DECISIONS_FORM = StackedForm(
    name=("decision", "kind"),
    groups=(
        Group(("meeting", "held_on"), 34, "決定番号・区分・会議"),
        Group(("text", "items"), 56, "決定・指示の内容"),
        Group(("owner", "due"), 30, "担当・期限"),
        Group(("state", "revision"), 34, "対応の状況・計画への反映"),
        Group(("answer", "settlement"), 58, "対応の内容・決着の理由"),
    ),
    unsaid=("meeting", "held_on", "text", "owner", "state", "answer"),
    framed_by="state",
    nothing="これまでの決定・指示事項で、対応の状況を報告するものはありません。",
    size=11,
)
