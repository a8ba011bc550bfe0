"""Words with a line through them (見え消し): they stand in the file, and whoever struck them does not say them."""

from dataclasses import dataclass, field

from kirishima_dx.quoting import quoted
from kirishima_dx.spreadsheets.guard.values import RawCell, text_cell, text_of

STRUCK_OUT = "取消線が付いています。文字を消すか、取消線を外してください"
_MOST_QUOTED, _LONGEST_QUOTED = 3, 20


def strikes(attributes: dict[str, str]) -> bool:
    """Whether a <strike> strikes; one that says nothing more does."""
    return attributes.get("val", "1").strip().lower() not in ("0", "false", "off")


def struck_out(cell: RawCell) -> RawCell:
    """Return a cell of which all is struck out. One that shows nothing, or has a fault already, stays as it is."""
    is_blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    return cell if is_blank or cell.fault else RawCell(cell.value, STRUCK_OUT, is_struck_out=True)


def _partly_struck(cell: RawCell, struck: list[str]) -> RawCell:
    """Return a cell of which some words are struck out; the first of them are quoted."""
    words = [" ".join(text.split()) for text in struck[:_MOST_QUOTED]]
    shown = "".join(
        quoted(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…")
        for text in words
    )
    more = "など" if len(struck) > _MOST_QUOTED else ""
    fault = f"取消線の付いた文字{shown}{more}があります。その文字を消すか、取消線を外してください"
    return RawCell(cell.value, fault)


@dataclass
class RichText:
    """Takes in the text of one cell, run by run; the readings (ふりがな) that Excel keeps beside it are left out.

    A run has the font of its cell, or one of its own (rPr), which strikes or does not whatever that of the cell does.
    """

    has_fonts: bool = False
    _runs: list[tuple[list[str], bool | None]] = field(default_factory=list)
    """Words, and whether their own font strikes; None where that is the cell's."""
    _font: bool | None = None
    _in_reading: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> list[str] | None:
        """Take note of an element; return the list that its text belongs to, if to any."""
        if name == "t":
            return None if self._in_reading else self._words()
        if name == "rPr":
            self.has_fonts, self._font = True, False
        elif name == "strike":
            self._font = strikes(attributes)
        elif name == "rPh":
            self._in_reading = True
        return None

    def end(self, name: str) -> None:
        if name == "r":
            self._font = None
        elif name == "rPh":
            self._in_reading = False

    def _words(self) -> list[str]:
        if not self._runs or self._runs[-1][1] is not self._font:
            self._runs.append(([], self._font))
        return self._runs[-1][0]

    def cell(self, *, is_struck: bool) -> RawCell:
        """Return the text as a cell whose own font strikes or not; struck blanks harm nobody."""
        runs = [("".join(words), font) for words, font in self._runs]
        cell = text_cell("".join(words for words, _ in runs))
        if not self.has_fonts:
            return struck_out(cell) if is_struck else cell
        shown = ((text_of(words), is_struck if font is None else font) for words, font in runs)
        seen = [(text, is_out) for text, is_out in shown if text.strip()]
        struck = [text for text, is_out in seen if is_out]
        if not struck or cell.fault:
            return cell
        return struck_out(cell) if len(struck) == len(seen) else _partly_struck(cell, struck)
