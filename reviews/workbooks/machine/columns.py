"""The columns and the measures of データ: the same every year, each change recorded in `HISTORY` (L3-07, L3-08)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from initiatives.stated_column import Kind, StatedColumn
from reviews.report.compiler import PREVIOUS_RATING
from reviews.report.late import KEY as LATE
from reviews.report.looks import choices_of
from reviews.report.stated import DELAY, OWN_COLUMNS, stated_columns

CODE, NUMBER, DAY, TEXT = "code", "number", "date", "text"
TYPES = {
    Kind.TEXT: TEXT,
    Kind.CHOICE: CODE,
    Kind.FLAG: CODE,
    Kind.DAY: DAY,
    Kind.WHOLE: NUMBER,
    Kind.DECIMAL: NUMBER,
}
NONE = "なし"
"""Stands in 定義 where a column has no unit: a blank would say less."""


@dataclass(frozen=True)
class DataColumn:
    name: str
    label: str
    meaning: str
    type: str = "文字列"
    unit: str = NONE


@dataclass(frozen=True)
class Measure:
    """One thing that is observed of an item: the table and column of the report that hold it, and what it is.

    `places` is how many digits a number has after the point.
    """

    name: str
    table: str
    column: str
    label: str
    meaning: str
    type: str
    unit: str = NONE
    places: int = 0
    codes: Mapping[str, str] | None = None
    scale: str = ""
    """The code list, where several measures share one."""


_NUMBER = "数" if any(column.places for column in OWN_COLUMNS) else "整数"
DATA_COLUMNS = (
    DataColumn("area_code", "全国地方公共団体コード", "検査数字を含む6桁の符号。数ではない"),
    DataColumn("id", "ID", "行を一つに定める符号。年度、号、番号、測定項目をハイフンで結ぶ"),
    DataColumn("municipality", "地方公共団体名", "報告した市町村の名称"),
    DataColumn("fiscal_year", "年度", "報告の対象とした会計年度。西暦で表す"),
    DataColumn("report_number", "号", "年次報告の号。訂正するたびに1増える", "整数"),
    DataColumn("report_state", "報告の状態", "符号。確定した報告か、作成中の報告か"),
    DataColumn("report_as_of", "報告の基準日", "報告がどの日の状態を述べるか", "日付（ISO 8601）"),
    DataColumn("edition", "版", "報告の基準日に施行されていた計画の版"),
    DataColumn("axis_code", "軸の符号", "計画の軸の番号"),
    DataColumn("axis", "軸", "軸の名称"),
    DataColumn("policy_code", "取組方針の符号", "軸の番号と取組方針の英字をハイフンで結ぶ"),
    DataColumn("policy", "取組方針", "取組方針の名称"),
    DataColumn("item_code", "番号", "重点項目の番号"),
    DataColumn("item", "重点項目", "重点項目の名称"),
    DataColumn("is_study", "検討項目", "検討項目なら1、そうでなければ0", "整数"),
    DataColumn(
        "department", "担当課", "主担当課の、報告の時点の名称。決まっていなければ「未設定」"
    ),
    DataColumn("measure", "測定項目", "この行が何を述べるか。符号"),
    DataColumn("value_type", "値の種類", "値がどの列にあるか。符号"),
    DataColumn("value_state", "値の有無", "値があるか、なければなぜか。符号"),
    DataColumn("value_code", "値（符号）", "選択肢の符号。値の種類が code のとき"),
    DataColumn("value_number", "値（数）", "値の種類が number のとき", _NUMBER),
    DataColumn("value_date", "値（日付）", "値の種類が date のとき", "日付（ISO 8601）"),
    DataColumn("value_text", "値（言葉・文章）", "選択肢の言葉か、文章"),
)
HISTORY = (
    (
        "2026-11-22",
        "データ、コード表、定義の三つの表を定めた。",
        (
            *("status", "step", "rating", "previous_rating", "direction", "rating_reason"),
            *("achievements", "outcome", "problem", "delay", "next_steps", "entry_as_of"),
            *("problem_number", "rating_change", "previous_status", "status_change"),
            *("first_due", "previous_due", "due", "slips"),
        ),
    ),
    (
        "2026-12-01",
        "遅れている項目の測定項目（いつから、その間の期限、遅れの原因、遅れの対応策）を加えた。",
        ("late_since", "earlier_dues", "delay_cause", "countermeasure"),
    ),
    (
        "2026-12-01",
        "検討項目について、問い、期限、記録の数、状況、結論を加えた。",
        (
            *("study_question", "study_review_by", "study_notes", "study_standing"),
            *("study_conclusion", "study_decided_on"),
        ),
    ),
)
"""Every change of columns, measures or codes: the day, what changed, and the measures that came with it."""


def _stated_measures() -> Iterator[Measure]:
    """Return a measure for each column of a statement that stands in 進捗一覧."""
    yield from map(_stated_measure, OWN_COLUMNS)
    label = next(column.label for column in stated_columns() if column.key == DELAY)
    yield Measure(DELAY, "progress", DELAY, label, "遅れている項目の説明", TEXT)


def _stated_measure(column: StatedColumn) -> Measure:
    codes = choices_of(column.key) if column.choices else column.words
    return Measure(
        name=column.key,
        table="progress",
        column=column.key,
        label=column.label,
        meaning=column.meaning,
        type=TYPES[column.kind],
        unit=column.unit or NONE,
        places=column.places,
        codes=codes or None,
    )


def _placed(measure: Measure) -> int:
    names = [name for _, _, added in HISTORY for name in added]
    return names.index(measure.name) if measure.name in names else len(names)


_COMPILED = (
    Measure(
        "previous_rating",
        "progress",
        "previous_rating",
        PREVIOUS_RATING.label,
        "前年度の末日の進捗評価",
        CODE,
        codes=choices_of("rating"),
        scale="rating",
    ),
    Measure(
        "entry_as_of",
        "progress",
        "as_of",
        "記録の基準日",
        "この項目の記録がどの日の状態を述べるか",
        DAY,
    ),
    Measure(
        "problem_number",
        "problems",
        "number",
        "協議番号",
        "課題・協議事項での番号。協議を求めない項目では記載なし",
        NUMBER,
        unit="番",
    ),
    Measure(
        "rating_change",
        "changes",
        "rating_change",
        "評価の変化",
        "前年度の進捗評価と比べた変化",
        CODE,
        codes=choices_of("rating_change"),
    ),
    Measure(
        "previous_status",
        "changes",
        "previous_status",
        "前年度の状態",
        "前年度の末日の状態",
        CODE,
        codes=choices_of("status"),
        scale="status",
    ),
    Measure(
        "status_change",
        "changes",
        "status_change",
        "状態の変化",
        "前年度の状態と比べた変化",
        CODE,
        codes=choices_of("status_change"),
    ),
    Measure(
        "first_due", "changes", "first_due", "当初の期限", "遅れたときに初めに約束した期限", DAY
    ),
    Measure(
        "previous_due", "changes", "previous_due", "前年度の期限", "前年度に約束していた期限", DAY
    ),
    Measure("due", "changes", "due", "いまの期限", "基準日に約束している期限", DAY),
    Measure(
        "slips",
        "changes",
        "slips",
        "延期の回数",
        "期限が後ろに動いた回数。0は動いていないこと",
        NUMBER,
        unit="回",
    ),
    Measure(
        "late_since",
        LATE,
        "since",
        "遅れ始めた日",
        "遅れているとした評価が、途切れずに続く初めの日。遅れていない項目では記載なし",
        DAY,
    ),
    Measure(
        "earlier_dues",
        LATE,
        "earlier_dues",
        "その間の期限",
        "当初の期限といまの期限の間に約束した期限。遅れていない項目では記載なし",
        TEXT,
    ),
    Measure("delay_cause", LATE, "delay_cause", "遅れの原因", "なぜ遅れているか", TEXT),
    Measure("countermeasure", LATE, "countermeasure", "遅れの対応策", "遅れをどう取り戻すか", TEXT),
    Measure(
        "study_question",
        "studies",
        "question",
        "検討する問い",
        "検討項目について、何が分かれば具体的な取組にできるか。検討項目でなければ記載なし",
        TEXT,
    ),
    Measure(
        "study_review_by",
        "studies",
        "review_by",
        "見直しの期限",
        "検討の結果を見直す期限。検討項目でなければ記載なし",
        DAY,
    ),
    Measure(
        "study_notes",
        "studies",
        "notes",
        "検討の記録の数",
        "基準日までの検討の記録の数。検討項目でなければ記載なし",
        NUMBER,
        unit="件",
    ),
    Measure(
        "study_standing",
        "studies",
        "standing",
        "検討の状況",
        "基準日に検討がどこまで進んでいるか。検討項目でなければ記載なし",
        CODE,
        codes=choices_of("study_standing"),
    ),
    Measure(
        "study_conclusion",
        "studies",
        "conclusion",
        "検討の結論",
        "本部が最後に決めたこと。決めていなければ記載なし",
        CODE,
        codes=choices_of("decision_kind"),
    ),
    Measure(
        "study_decided_on",
        "studies",
        "decided_on",
        "結論の日",
        "検討の結論を決めた会議の日",
        DAY,
    ),
)
MEASURES = tuple(sorted((*_stated_measures(), *_COMPILED), key=_placed))
"""What becomes of each item in データ, in the order of HISTORY; one that is not named there stands at the end."""
