"""Codes for the words of a report, and plain signs for its texts.

A word that is not listed has no code, and stands as it is: a report sealed by another version of this software has
its own words (rule R1).
"""

import re
import unicodedata

from kirishima_dx.forms import read_date
from reviews.report.document import ReportDocument

STATUS_CODES = {
    "未着手": "not_started",
    "調査・検討中": "studying",
    "準備中": "preparing",
    "試行中": "piloting",
    "運用中": "operating",
    "定着": "established",
    "休止": "paused",
    "中止": "stopped",
    "未回答": "no_answer",
}
STEP_CODES = {
    "①調査": "research",
    "②戦略設計": "design",
    "③取組実行": "action",
    "④評価": "evaluation",
    "⑤改善&最適化": "improvement",
}
RATING_CODES = {
    "順調": "on_track",
    "概ね順調": "mostly_on_track",
    "やや遅れている": "slightly_late",
    "遅れている": "late",
    "評価できない": "not_ratable",
    "未回答": "no_answer",
}
DIRECTION_CODES = {
    "継続": "continue",
    "拡充": "expand",
    "見直し": "revise",
    "統合": "merge",
    "完了": "complete",
    "中止": "stop",
}
RATING_CHANGE_CODES = {
    "改善": "better",
    "悪化": "worse",
    "変わらない": "same",
    "比べられない": "not_comparable",
    "今年度から": "new",
    "回答なし": "no_answer",
}
STATUS_CHANGE_CODES = {
    "前進": "forward",
    "後退": "back",
    "変わらない": "same",
    "休止・中止": "stopped",
    "再開": "resumed",
    "今年度から": "new",
    "回答なし": "no_answer",
}
REPORT_STATE_CODES = {"作成中": "draft", "確定": "sealed"}
VALUE_TYPE_CODES = {"符号": "code", "数": "number", "日付": "date", "文章": "text"}
VALUE_STATE_CODES = {"記載あり": "given", "記載なし": "blank", "未回答": "no_answer"}
IS_STUDY_CODES = {"検討項目である": "1", "検討項目でない": "0"}

PLACE = re.compile(r"([0-9]+)-([A-Z])-([0-9]+)")
_LETTER = re.compile(r"[A-Z] ")
_YEAR = re.compile(r"([0-9]{4})年度")

LINE_BREAK = "／"
"""Stands where a text begins a new line: a record is one line (L1-06, L1-14)."""
_CIRCLED = {sign: f"({number})" for number, sign in enumerate(map(chr, range(0x2460, 0x2474)), 1)}
_COMBINED = (
    0x2116,  # №
    0x2121,  # ℡
    *range(0x2160, 0x2180),  # Ⅰ
    *range(0x2474, 0x2500),  # ⑴
    *range(0x3200, 0x3400),  # ㈱, ㋿, ㌔
)
_PLAIN_SIGNS = str.maketrans(
    {
        **{chr(sign): unicodedata.normalize("NFKC", chr(sign)) for sign in _COMBINED},
        **_CIRCLED,
        "〜": "-",
        "～": "-",
    }
)
_BREAKS = re.compile(r"[^\S\n]*[\n\v\f\x85\u2028\u2029][\s]*")
_BLANKS = re.compile(r"[^\S\n]+")


def area_code(document: ReportDocument) -> str:
    """Return the 全国地方公共団体コード of the city that reports (L3-06)."""
    return document.passage("municipality_code")


def plain_text(text: object) -> str:
    """Return a text as one line without signs that some machines lack (L1-06, L1-08, L1-14)."""
    said = str("" if text is None else text).replace("\r", "\n").translate(_PLAIN_SIGNS).strip()
    return _BLANKS.sub(" ", _BREAKS.sub(LINE_BREAK, said))


def without_letter(policy: object) -> str:
    """Return the name of a policy without its letter, which has a column of its own (L1-07)."""
    return plain_text(_LETTER.sub("", str(policy or ""), count=1))


def fiscal_year_of_label(label: str) -> str:
    """Return 2026年度 of 令和8年度（2026年度）, nothing where no year is named (L3-05)."""
    found = _YEAR.search(label)
    return found[0] if found else ""


def iso_day(text: object) -> str:
    """Return a day in any usual Japanese form as ISO 8601, nothing where it is none (L3-05)."""
    day = read_date(str(text or ""))
    return day.isoformat() if day else ""
