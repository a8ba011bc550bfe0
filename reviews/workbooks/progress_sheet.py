"""進捗一覧: one row an item, every column of the report."""

from dataclasses import replace
from functools import lru_cache

from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY
from kirishima_dx.spreadsheets.look import DATE_FORMAT, Look, marked
from kirishima_dx.spreadsheets.stacked_list import Group
from reviews.report.document import Cell, Column, Value
from reviews.report.looks import has_marks, mark_of, traits_of
from reviews.report.stated import OWN_COLUMNS
from reviews.workbooks.stacked_table import StackedForm
from reviews.workbooks.table_sheet import TableForm

WIDTHS = {
    "code": 7.5,
    "axis": 11,
    "policy": 14,
    "title": 19,
    "is_study": 7,
    "department": 11,
    "previous_rating": BY_KEY["rating"].widths.paper or 0,
    "delay": 25,
    "as_of": 12,
    **{column.key: column.widths.paper or 0 for column in OWN_COLUMNS},
}
"""Of columns in characters, by their lasting key."""
BODY = Look(size=10)


def look_of(column: Column, cell: Cell) -> Look:
    """Return the look of a cell: a rating bears its mark before the word, which reads in black and white."""
    return _look_of(column, cell.value if column.kind is Kind.CHOICE else None)


@lru_cache(maxsize=256)
def _look_of(column: Column, code: Value) -> Look:
    look = BODY
    if is_short(column):
        look = replace(BODY, horizontal="center")
    if column.kind is Kind.DAY:
        return replace(look, number_format=DATE_FORMAT)
    if column.kind in (Kind.WHOLE, Kind.DECIMAL):
        return replace(look, horizontal="right", number_format=number_format(column))
    if column.key == "title":
        return replace(look, bold=True)
    if mark := mark_of(column.scale, code):
        look = marked(look, mark)
    if column.key == column.scale:
        traits = traits_of(column.scale, code)
        return replace(look, fill=traits.fill, bold=traits.is_bad)
    return look


def is_short(column: Column) -> bool:
    """Whether a column holds short words, which stand in its middle. A mark, and what repeats a scale, stand left."""
    if column.kind is Kind.CHOICE:
        return column.key == column.scale and not has_marks(column.scale)
    return column.key == "code" or column.kind in (Kind.FLAG, Kind.DAY)


def number_format(column: Column) -> str:
    """Return how Excel shows the numbers of a column: with thousands, ▲ for minus, and the unit behind them."""
    digits = "#,##0" + ("." + "0" * column.places if column.places else "")
    unit = f'"{column.unit}"' if column.unit else "_ "
    return f'{digits}{unit};"▲"{digits}{unit}'


PROGRESS_FORM = TableForm(
    widths=WIDTHS,
    look_of=look_of,
    frozen="title",
    has_title=False,
    has_filter=True,
    is_plain=True,
)
"""The same as a plain table, which is sorted and filtered on the screen."""

PROGRESS_PAPER = StackedForm(
    name=("code", "title", "is_study"),
    bands=("axis", "policy"),
    groups=(
        Group(("department",), 30, "重点項目・担当課"),
        Group(
            ("rating", "previous_rating", "status", "step", "as_of"), 28, "進捗評価・状態（基準日）"
        ),
        Group(("rating_reason",), 32, "評価理由"),
        Group(("achievements", "outcome"), 50, "取組実績・成果"),
        Group(("problem", "delay"), 44, "課題・遅れへの対応"),
        Group(("next_steps", "direction"), 28, "今後の取組・方針"),
    ),
    unsaid=("department", "rating", "status", "step", "rating_reason", "next_steps"),
    joined=("step",),
    filled=2,
)
"""進捗一覧 as paper, on A3."""
