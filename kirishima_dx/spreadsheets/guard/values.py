"""What a cell holds, read as the person who typed it saw it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from kirishima_dx.forms import plain_prose
from kirishima_dx.spreadsheets.guard.limits import MAX_CELL_TEXT

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell's value; where `fault` says in Japanese what is wrong with it, the value is not to be used.

    `is_struck_out`: what is wrong is that all of it is struck out.
    Text has one kind of line break and no unseen signs, dates without a time of day are dates, a share shown as
    50% is the text 50%, a span of time the text 25:30.
    """

    value: Value = None
    fault: str = ""
    is_struck_out: bool = False


EMPTY_CELL = RawCell()
VALUES_ONLY = "計算結果だけを「値の貼り付け」で入れてください"


class Shown(Enum):
    """How a number is meant by its number format."""

    NUMBER = auto()
    DATE = auto()
    DURATION = auto()
    PERCENT = auto()


_BUILTIN = {
    **dict.fromkeys((9, 10), Shown.PERCENT),
    **dict.fromkeys((*range(14, 23), 45, 47), Shown.DATE),
    46: Shown.DURATION,
    # What a Japanese Excel has of its own: 令和8年10月1日, R8.10.1, 14時30分.
    **dict.fromkeys((*range(27, 37), *range(50, 59)), Shown.DATE),
}
_MAX_FORMAT = 255
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|general', re.DOTALL)
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_DATE_SIGN = re.compile(r"[ydhms]|ge|(?:^|[^0#?.])e(?![+-])")


def shown_as(number_format: int, codes: dict[int, str]) -> Shown:
    """Return how numbers of a format are meant; `codes` are the formats that the workbook brings along."""
    code = codes.get(number_format)
    if code is None:
        return _BUILTIN.get(number_format, Shown.NUMBER)
    if len(code) > _MAX_FORMAT:
        return Shown.NUMBER
    signs = _LITERAL.sub("", code.lower()).partition(";")[0]
    if _SPAN.search(signs):
        return Shown.DURATION
    signs = _BRACKETS.sub("", signs)
    if _DATE_SIGN.search(signs):
        return Shown.DATE
    return Shown.PERCENT if "%" in signs else Shown.NUMBER


_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY_SECONDS = 24 * 60 * 60
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60
"""Excel's 1900 has a 29th of February, so days before it count one less."""


def number_cell(written: str, shown: Shown, *, is_1904: bool = False) -> RawCell:
    """Read a number as the file writes it, by its number format."""
    if _WHOLE.fullmatch(written):
        number: int | float = int(written)
    elif len(written) < 400 and _DECIMAL.fullmatch(written) and abs(float(written)) < 1e300:
        number = float(written)
    else:
        return RawCell(None, "数として読めません。入れ直してください")
    if shown is Shown.DATE:
        return _date_cell(number, is_1904=is_1904)
    if shown is Shown.DURATION and abs(number) < 1e6:
        return RawCell(_span(number))
    if shown is Shown.PERCENT:
        return RawCell(f"{plain_number(number * 100)}%")
    return RawCell(number)


def plain_number(number: int | float) -> str:
    """Return a number as a person would have typed it: no .0, no rests of binary fractions."""
    return str(number) if isinstance(number, int) else f"{number + 0.0:.15g}"


def _date_cell(number: int | float, *, is_1904: bool) -> RawCell:
    try:
        moment = _moment(number, is_1904=is_1904)
    except (OverflowError, ValueError):
        moment = None
    if moment is None or number < 0:
        return RawCell(
            None, f"日付になりません（{plain_number(number)}）。2026-10-01のように入れてください"
        )
    if number < 1:
        return RawCell(moment.time())
    return RawCell(moment.date() if moment.time() == time() else moment)


def _moment(number: int | float, *, is_1904: bool) -> datetime | None:
    if not is_1904 and 1 <= number < _LEAP_BUG:
        number += 1
    seconds = round(number * _DAY_SECONDS)
    moment = (_EPOCH_1904 if is_1904 else _EPOCH_1900) + timedelta(seconds=seconds)
    return moment if moment.year < 10_000 else None


def _span(days: int | float) -> str:
    minutes, seconds = divmod(abs(round(days * _DAY_SECONDS)), 60)
    text = f"{'-' if days < 0 else ''}{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def iso_cell(written: str) -> RawCell:
    """Read a date as strict workbooks write it."""
    try:
        moment = datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        try:
            return RawCell(time.fromisoformat(written.removesuffix("Z")))
        except ValueError:
            return text_cell(written)
    return RawCell(moment.date() if moment.time() == time() else moment)


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = re.compile("[\ud800-\udfff]")


def _unescaped(text: str) -> str:
    """Undo _x000D_: how a workbook writes signs that XML may not hold."""
    signs = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if _SURROGATES.search(signs):
        return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return signs


def text_of(written: str) -> str:
    """Return the text of a cell with one kind of line break and without signs that nobody sees."""
    if written.isascii() and written.isalnum():
        return written
    return plain_prose(_unescaped(written) if "_x" in written else written).replace("\0", "")


def text_cell(written: str) -> RawCell:
    """Read a text; none is an empty cell, and one longer than Excel allows a fault."""
    text = text_of(written)
    if len(text) * 2 > MAX_CELL_TEXT:
        units = len(text.encode("utf-16-le")) // 2
        if units > MAX_CELL_TEXT:
            return RawCell(
                None, f"文字が多すぎます（{units:,}文字）。1つのセルは{MAX_CELL_TEXT:,}文字までです"
            )
    return RawCell(text) if text else EMPTY_CELL


def formula_cell(formula: str) -> RawCell:
    """A formula is not computed here, and what Excel last computed may be old."""
    shown = f"（={formula[:30]}{'…' if len(formula) > 30 else ''}）" if formula else ""
    return RawCell(None, f"数式{shown}が入っています。{VALUES_ONLY}")


def error_cell(error: str) -> RawCell:
    return RawCell(None, f"エラー値（{error[:20]}）が入っています。正しい値を入れてください")


def merged_cell(area: str) -> RawCell:
    return RawCell(None, f"結合セル（{area}）の一部です。結合を解除し、行ごとに値を入れてください")
