"""定義: what each column, measure, sign and scale of データ means, and how the columns came about (L3-03, L3-08)."""

from collections.abc import Iterator

from reviews.report.stated import OWN_COLUMNS
from reviews.workbooks.machine import codes
from reviews.workbooks.machine.columns import (
    CODE,
    DATA_COLUMNS,
    DAY,
    HISTORY,
    MEASURES,
    NONE,
    NUMBER,
    TEXT,
    DataColumn,
    Measure,
)

DATA, CODES, DEFINITIONS = "データ", "コード表", "定義"
"""Names of the sheets."""
CODE_COLUMNS = (
    DataColumn("code_list", "符号の種類", "どの列または測定項目の符号か。その物理名"),
    DataColumn("code_list_label", "符号の種類の名称", "符号の種類の日本語の名称"),
    DataColumn("place", "順", "その種類の中での順", "整数"),
    DataColumn("code", "符号", "データに書かれる符号"),
    DataColumn("label", "意味", "符号が表す言葉"),
)
DEFINITION_COLUMNS = (
    DataColumn("kind", "区分", "この行が何を定めるか"),
    DataColumn("sheet", "シート", "どのシートについてか"),
    DataColumn("name", "物理名", "列名、測定項目、記号など"),
    DataColumn("label", "名称", "日本語の名称"),
    DataColumn("meaning", "意味", "意味と決まり"),
    DataColumn("type", "型", "値の型"),
    DataColumn("unit", "単位", "値の単位。単位のないものは「なし」"),
)
_TYPES = {
    CODE: "符号（value_code）と言葉（value_text）",
    NUMBER: "整数（value_number）",
    DAY: "日付（ISO 8601、value_date）",
    TEXT: "文章（value_text）",
}
_SHEETS = ((DATA, DATA_COLUMNS), (CODES, CODE_COLUMNS), (DEFINITIONS, DEFINITION_COLUMNS))
_MARKS = (
    (
        "blank_cell",
        "空のセル",
        "値がないことを表す。0は、0という値を表す。value_state が理由を示す",
    ),
    ("no_answer", "未回答", "基準日までに回答がなかったことを表す符号"),
    (
        "line_break",
        "改行",
        f"文章の中の改行は「{codes.LINE_BREAK}」に置き換え、続く空白は半角の空白1字にする",
    ),
    (
        "wave_dash",
        "波線",
        "範囲などを表す波線（U+301C、U+FF5E）は、半角ハイフン（U+002D）に置き換える",
    ),
    (
        "combined_sign",
        "囲み文字・組文字",
        "丸数字は括弧に入れた数字に、一字で書いた元号や単位などは普通の文字に置き換える",
    ),
    ("study_mark", "星印", "人が読むシートの星印は検討項目を表す。データでは is_study が1"),
)
_FILE = (
    ("format", "ファイルの形式", "Office Open XML（.xlsx）"),
    ("encoding", "文字の符号化", "UTF-8。ブックの中のXMLにBOMは付かない"),
    ("totals", "合計", "合計は含まない。総括表の数は、この表の行を数えると求められる"),
    ("fiscal_year", "年度", "4月1日から翌年3月31日まで。始まりの年の西暦で表す"),
)


def definition_rows() -> Iterator[list[str]]:
    """Return the rows of 定義; a row says なし where it has no type or unit."""
    for sheet, columns in _SHEETS:
        for one in columns:
            yield ["列", sheet, one.name, one.label, one.meaning, one.type, one.unit]
    for measure in MEASURES:
        words = (measure.name, measure.label, measure.meaning)
        yield ["測定項目", DATA, *words, _type_of(measure), measure.unit]
    for kind, entries in (("記号", _MARKS), ("尺度", _scales()), ("ファイル", _FILE)):
        for name, label, meaning in entries:
            yield [kind, DATA, name, label, meaning, NONE, NONE]
    for day, what, _ in HISTORY:
        yield ["更新履歴", DATA, day, "列の変更", what, NONE, NONE]


def _type_of(measure: Measure) -> str:
    if measure.places:
        return f"小数点以下{measure.places}桁の数（value_number）"
    return _TYPES[measure.type]


def _scales() -> Iterator[tuple[str, str, str]]:
    """Return how the choices of each column follow each other."""
    for column in OWN_COLUMNS:
        if column.choices is not None:
            order = column.choices.order_in_words()
            label = f"{column.label}の{'尺度' if order else '選択肢'}"
            yield column.key, label, order or "順序はない"
