"""What is asked of an initiative, column by column, and the rules that a statement keeps.

`COLUMNS` is the one list of the columns. Whatever draws, reads, writes, compares or seals a statement goes through it
and treats a value by the kind of its column, never by its name. docs/recipes.md tells how a column is added.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from initiatives.enums import LATE_RATINGS, CycleStep, Direction, Rating, Status
from initiatives.stated_column import Asked, Kind, StatedColumn, Widths
from kirishima_dx.days import day_fault

COLUMNS = (
    StatedColumn(
        key="status",
        label="状態",
        kind=Kind.CHOICE,
        choices=Status,
        meaning="取組がどこまで来たか",
        is_required=True,
        guide="どこまで進んだか。一覧から選びます。",
        example="試行中・③取組実行",
        widths=Widths(answer=11, list=10, paper=10),
    ),
    StatedColumn(
        key="step",
        label="段階",
        kind=Kind.CHOICE,
        choices=CycleStep,
        meaning="進行管理の五つの段階のどれか",
        is_required=True,
        shares_row=True,
        widths=Widths(answer=12, list=10, paper=10),
    ),
    StatedColumn(
        key="rating",
        label="進捗評価",
        kind=Kind.CHOICE,
        choices=Rating,
        meaning="予定に対してどう進んでいるか",
        is_required=True,
        guide="予定に対してどうか。一覧から選びます。",
        example="概ね順調",
        widths=Widths(answer=12, list=11, paper=12.5),
    ),
    StatedColumn(
        key="rating_reason",
        label="評価理由",
        kind=Kind.TEXT,
        meaning="進捗評価の理由",
        is_required=True,
        help="その評価とした理由を、予定と比べて書きます。",
        guide="その評価とした理由を、予定と比べて書きます。必ず要ります。",
        example="9月までに3課で試行する予定のところ、2課で始めたため。",
        widths=Widths(answer=24, list=22, paper=22),
    ),
    StatedColumn(
        key="achievements",
        label="取組実績",
        kind=Kind.TEXT,
        meaning="何をしたか",
        rows=4,
        help="期間中に行ったことを、時期や数とともに書きます。",
        guide="対象期間に行ったことを、時期や数とともに書きます。",
        example="7月に2課で試行を始め、延べ120件を処理した。",
        widths=Widths(answer=34, list=26, paper=27),
    ),
    StatedColumn(
        key="outcome",
        label="成果",
        kind=Kind.TEXT,
        meaning="何が良くなったか",
        help="行ったことで何がどう変わったかを書きます。",
        guide="行ったことで何がどう変わったかを書きます。",
        example="1件当たりの処理が15分から6分になった。",
        widths=Widths(answer=26, list=20, paper=21),
    ),
    StatedColumn(
        key="problem",
        label="課題",
        kind=Kind.TEXT,
        meaning="何が妨げになっているか",
        help="進めるうえで妨げになっていることを書きます。",
        guide="進めるうえで妨げになっていることを書きます。",
        example="関係する仕組みの更新時期が決まっていない。",
        widths=Widths(answer=26, list=20, paper=21),
    ),
    StatedColumn(
        key="for_headquarters",
        label="本部協議",
        kind=Kind.FLAG,
        meaning="課題を本部で協議したいか",
        help="課だけでは解けない課題を、DX推進本部の協議事項に挙げます。",
        guide="課題をDX推進本部で協議したいときだけ選びます。課題も書いてください。",
        example="希望する",
        question="この課題を本部で協議したい",
        yes="希望する",
        yes_means="この課題をDX推進本部の協議事項に挙げる（希望しないときは空欄）",
        widths=Widths(answer=9),
    ),
    StatedColumn(
        key="delay_cause",
        label="遅れの原因",
        short="原因",
        kind=Kind.TEXT,
        meaning="なぜ遅れているか",
        asked=Asked.WHEN_LATE,
        guide="進捗評価が「やや遅れている」「遅れている」のときは、三つとも要ります。"
        "新たな期限は、基準日より後の日です。",
        example="2027-03-31、令和9年3月31日",
        widths=Widths(answer=22),
    ),
    StatedColumn(
        key="countermeasure",
        label="遅れの対応策",
        short="対応策",
        kind=Kind.TEXT,
        meaning="遅れをどう取り戻すか",
        asked=Asked.WHEN_LATE,
        widths=Widths(answer=22),
    ),
    StatedColumn(
        key="new_due_date",
        label="新たな期限",
        kind=Kind.DAY,
        meaning="いつまでに遅れを取り戻すか",
        asked=Asked.WHEN_LATE,
        help="いつまでに遅れを取り戻すか。基準日より後の日です。",
        widths=Widths(answer=13),
    ),
    StatedColumn(
        key="next_steps",
        label="今後の取組",
        kind=Kind.TEXT,
        meaning="次に何をするか",
        guide="次に行うことを書き、方針を一覧から選びます。",
        example="全課に広げる。・拡充",
        widths=Widths(answer=26, list=20, paper=21),
    ),
    StatedColumn(
        key="direction",
        label="今後の方針",
        kind=Kind.CHOICE,
        choices=Direction,
        meaning="次にどうするか",
        is_required=True,
        widths=Widths(answer=10, list=9, paper=9),
    ),
)
"""The columns in the order in which they are asked and shown."""

BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Statement:
    """What is said of an initiative: a value for each of COLUMNS; what is not filled in says nothing."""

    status: str = ""
    step: str = ""
    rating: str = ""
    rating_reason: str = ""
    achievements: str = ""
    outcome: str = ""
    problem: str = ""
    for_headquarters: bool = False
    delay_cause: str = ""
    countermeasure: str = ""
    new_due_date: date | None = None
    next_steps: str = ""
    direction: str = ""

    @classmethod
    def said_by(cls, row: object) -> Self:
        """Return what a row, form or content with the columns as attributes says."""
        return cls(**{column.key: getattr(row, column.key) for column in COLUMNS})

    @property
    def values(self) -> dict[str, Any]:
        """Return the values by the keys of COLUMNS, in that order."""
        return {column.key: getattr(self, column.key) for column in COLUMNS}

    @property
    def says_something(self) -> bool:
        return any(getattr(self, column.key) != column.empty for column in COLUMNS)


def faults_of(statement: Statement, as_of: date) -> dict[str, str]:
    """Return what a statement lacks by rule G3, by the key of the column; the database holds the same rules."""
    faults = {}
    if not statement.rating_reason.strip():
        faults["rating_reason"] = "進捗評価の理由を書いてください。"
    if statement.for_headquarters and not statement.problem.strip():
        faults["problem"] = "本部で協議したいときは、課題を書いてください。"
    if statement.rating in LATE_RATINGS:
        faults |= _faults_of_late(statement)
    if statement.new_due_date is not None and statement.new_due_date <= as_of:
        faults["new_due_date"] = (
            f"新たな期限は、基準日（{as_of.isoformat()}）より後の日にしてください。"
        )
    return faults | _faults_of_days(statement)


def _faults_of_days(statement: Statement) -> dict[str, str]:
    """Return which days may not come in: what was written down before may hold one that is said again."""
    days = {
        column.key: getattr(statement, column.key) for column in COLUMNS if column.kind is Kind.DAY
    }
    return {key: fault for key, day in days.items() if day and (fault := day_fault(day))}


def _faults_of_late(statement: Statement) -> dict[str, str]:
    """Return which of the columns that a late item needs are empty; blanks alone are no words."""
    return {
        column.key: f"遅れているときは、{column.label}を{_ACT.get(column.kind, '入れて')}ください。"
        for column in COLUMNS
        if column.asked is Asked.WHEN_LATE and _is_blank(getattr(statement, column.key))
    }


_ACT = {Kind.TEXT: "書いて", Kind.CHOICE: "選んで"}


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def not_chosen(statement: Statement) -> dict[str, str]:
    """Return the choices that have still to be made, by the key of the column."""
    return {
        column.key: f"{column.label}を選んでください。"
        for column in COLUMNS
        if column.kind is Kind.CHOICE and column.is_required and not getattr(statement, column.key)
    }


def is_overtaken(promised: date | None, as_of: date) -> bool:
    """Whether a new date that was promised has passed by a day, or is none that may come in, so that nobody can say
    that nothing changed."""
    return promised is not None and (promised <= as_of or bool(day_fault(promised)))


def overtaken_message(promised: date | None) -> str:
    if promised and (fault := day_fault(promised)):
        return (
            f"前回の「新たな期限」の{fault}「変更なし」では記録できません。状況を入力してください。"
        )
    passed = promised.isoformat() if promised else ""
    return (
        f"前回の「新たな期限」（{passed}）を過ぎているので、「変更なし」では記録できません。"
        "状況を入力してください。"
    )
