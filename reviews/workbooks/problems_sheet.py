"""課題・協議事項: what the departments put to the DX推進本部."""

from kirishima_dx.spreadsheets.stacked_list import Group
from reviews.workbooks.stacked_table import StackedForm

PROBLEMS_FORM = StackedForm(
    name=("number", "code", "title"),
    groups=(
        Group(("department",), 36, "協議番号・重点項目・担当課"),
        Group(("rating", "status"), 26, "進捗評価・状態"),
        Group(("problem",), 58, "課題"),
        Group(("delay",), 48, "遅れへの対応"),
        Group(("next_steps",), 44, "今後の取組"),
    ),
    unsaid=("department", "rating", "status", "problem", "next_steps"),
    filled=2,
    nothing="本部での協議を求める課題はありません。",
    size=11,
)
