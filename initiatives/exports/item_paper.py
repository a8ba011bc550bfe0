"""進捗一覧 as paper: items under bands of axis and policy, what is promised and what is said of it in stacked cells."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from initiatives.enums import NO_ANSWER, Rating
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState
from initiatives.stated_column import Asked, StatedColumn
from initiatives.statement import COLUMNS
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.look import Dresser, PrintFrame
from kirishima_dx.spreadsheets.stacked import BOLD, PLAIN, Fact, fact
from kirishima_dx.spreadsheets.stacked_list import Group, StackedRow, fill_stacked_list, stacks_of

GROUPS = (
    Group(("lead", "supporting"), 30, "重点項目・担当課"),
    Group(("overview",), 42, "取組の概要"),
    Group(("rating", "status", "step", "as_of"), 26, "進捗評価・状態（基準日）"),
    Group(("rating_reason",), 28, "評価理由"),
    Group(("achievements", "outcome"), 46, "取組実績・成果"),
    Group(
        ("problem", "new_due_date", "delay_cause", "countermeasure", "next_steps", "direction"),
        40,
        "課題・遅れへの対応・今後の取組",
    ),
)
JUDGED = 3
"""The cell that has the colour of the rating, counted from 1."""
UNSAID = ("rating", "status", "step", "rating_reason")
LISTED = [column for column in COLUMNS if column.widths.list]
WHEN_LATE = [column for column in COLUMNS if column.asked is Asked.WHEN_LATE]
STRONG = ("rating", "new_due_date")


def fill_item_paper(
    sheet: Worksheet,
    states: Sequence[ItemState],
    *,
    title: str,
    frame: PrintFrame,
    dresser: Dresser,
) -> None:
    fill_stacked_list(
        sheet,
        title,
        {group.head: group.width for group in GROUPS},
        map(_row, states),
        nothing="該当する項目はありません。",
        frame=frame,
        dresser=dresser,
    )


def _row(state: ItemState) -> StackedRow:
    text, entry = state.text, state.entry
    first, *others = stacks_of(GROUPS, _told(state), joined=("step",))
    name = f"{text.place}　{text.title}{'　★' if text.is_study else ''}"
    rating = Rating(entry.rating) if entry else None
    fill = rating.fill if rating else ""
    return StackedRow(
        stacks=[[Fact("", name, BOLD), *first], *others],
        name=text.place,
        bands=(text.policy.axis.name, f"{text.policy.letter} {text.policy.name}"),
        is_framed=rating is not None and rating.is_bad,
        fills=[fill if n == JUDGED else "" for n in range(1, len(GROUPS) + 1)],
    )


def _told(state: ItemState) -> Mapping[str, Sequence[Fact]]:
    text, entry = state.text, state.entry
    return {
        "lead": [Fact("", state.lead_name)],
        "supporting": [fact("関係課", state.supporting_names)],
        "overview": [Fact("", text.overview)],
        **(_said(entry) if entry else {"rating": [Fact("", f"？ {NO_ANSWER}", BOLD)]}),
    }


def _said(entry: ProgressEntry) -> Mapping[str, Sequence[Fact]]:
    columns = [*LISTED, *(WHEN_LATE if entry.is_late else ())]
    said = {column.key: [_fact(column, getattr(entry, column.key))] for column in columns}
    return {**said, "as_of": [fact("基準日", wareki_date(entry.as_of))]}


def _fact(column: StatedColumn, value: object) -> Fact:
    words = column.in_words(value)
    if column.choices is Rating and words:
        words = f"{Rating(str(value)).mark} {words}"
    label = "" if column.key in UNSAID else column.label
    return fact(label, words, BOLD if column.key in STRONG else PLAIN)
