"""Codes that belong to データ alone, and plain signs for the texts of a report."""

import re
import unicodedata

from reviews.report.document import ReportDocument

VALUE_TYPE_CODES = {"code": "符号", "number": "数", "date": "日付", "text": "文章"}
VALUE_STATE_CODES = {"given": "記載あり", "blank": "記載なし", "no_answer": "未回答"}
IS_STUDY_CODES = {"1": "検討項目である", "0": "検討項目でない"}

PLACE = re.compile(r"([0-9]+)-([A-Z])-([0-9]+)")
_LETTER = re.compile(r"[A-Z] ")

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
    return str(document.value("municipality_code") or "")


def plain_text(text: object) -> str:
    """Return a text as one line without signs that some machines lack (L1-06, L1-08, L1-14)."""
    said = str("" if text is None else text).replace("\r", "\n").translate(_PLAIN_SIGNS).strip()
    return _BLANKS.sub(" ", _BREAKS.sub(LINE_BREAK, said))


def without_letter(policy: object) -> str:
    """Return the name of a policy without its letter, which has a column of its own (L1-07)."""
    return plain_text(_LETTER.sub("", str(policy or ""), count=1))
