"""Words with a line through them (見え消し): they stand in the file, and whoever struck them does not say them."""

from collections.abc import Container

from kirishima_dx.quoting import quoted
from kirishima_dx.spreadsheets.guard.values import RawCell, text_cell, text_of

STRUCK_OUT = "取消線が付いています。文字を消すか、取消線を外してください"
_MOST_QUOTED, _LONGEST_QUOTED = 3, 20
_LONGEST_AREA = 100
"""Characters that tell of the areas of rules."""


def strikes(attributes: dict[str, str]) -> bool:
    """Whether a <strike> strikes; one that says nothing more does."""
    return attributes.get("val", "1").strip().lower() not in ("0", "false", "off")


def struck_out(cell: RawCell) -> RawCell:
    """Return a cell of which all is struck out. One that shows nothing, or has a fault already, stays as it is."""
    is_blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    return cell if is_blank or cell.fault else RawCell(cell.value, STRUCK_OUT, is_struck_out=True)


def _partly_struck(cell: RawCell, struck: list[str]) -> RawCell:
    """Return a cell of which some words are struck out; the first of them are quoted."""
    words = (" ".join(text.split()) for text in struck[:_MOST_QUOTED])
    shown = "".join(
        quoted(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…")
        for text in words
    )
    more = "など" if len(struck) > _MOST_QUOTED else ""
    fault = f"取消線の付いた文字{shown}{more}があります。その文字を消すか、取消線を外してください"
    return RawCell(cell.value, fault)


class RichText:
    """Takes in a text that comes in runs or has a reading beside it (ふりがな), which is left out.

    A run has the font of its cell, or one of its own (rPr), which strikes or does not whatever that of the cell does.
    """

    BEGINS = frozenset(("r", "rPh"))
    """Elements that make a text such a one."""

    def __init__(self, before: list[str]) -> None:
        self.has_fonts = self._has_strikes = self._in_reading = False
        self._font: bool | None = None
        self._runs: list[tuple[list[str], bool | None]] = [(before, None)]
        """Words, and whether their own font strikes; None where that is the cell's."""

    def start(self, name: str, attributes: dict[str, str]) -> list[str] | None:
        """Take note of an element; return the list that its text belongs to, if to any."""
        if name == "t":
            return None if self._in_reading else self._words()
        if name == "rPr":
            self.has_fonts, self._font = True, False
        elif name == "strike":
            self._font = strikes(attributes)
            self._has_strikes = self._has_strikes or self._font
        elif name == "rPh":
            self._in_reading = True
        return None

    def end(self, name: str) -> None:
        if name == "r":
            self._font = None
        elif name == "rPh":
            self._in_reading = False

    def _words(self) -> list[str]:
        if self._runs[-1][1] is not self._font:
            self._runs.append(([], self._font))
        return self._runs[-1][0]

    def cell(self, *, is_struck: bool) -> RawCell:
        """Return the text as a cell whose own font strikes or not; struck blanks harm nobody."""
        cell = text_cell("".join(text for words, _ in self._runs for text in words))
        if cell.fault or not (is_struck or self._has_strikes):
            return cell
        struck, is_said = self._told_apart(is_struck=is_struck)
        if not struck:
            return cell
        return _partly_struck(cell, struck) if is_said else struck_out(cell)

    def _told_apart(self, *, is_struck: bool) -> tuple[list[str], bool]:
        """Return the first stretches that are struck, and whether anything else is said."""
        struck: list[str] = []
        is_said = False
        for words, font in self._runs:
            is_out = is_struck if font is None else font
            if (is_out and len(struck) > _MOST_QUOTED) or (is_said and not is_out):
                continue
            text = text_of("".join(words))
            if is_out and text.strip():
                struck.append(text)
            elif text.strip():
                is_said = True
        return struck, is_said


class StrikingRules:
    """Takes in the conditional formats of a sheet, and where one of them strikes out.

    A rule names one of the looks of the book or, a newer one, brings its own along, with its area after it.
    """

    def __init__(self, looks: Container[str]) -> None:
        self._looks = looks
        self._areas: list[str] = []
        self._area = ""
        self._is_striking = self._in_area = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "conditionalFormatting":
            self._area, self._is_striking = attributes.get("sqref", ""), False
        elif name == "sqref":
            self._in_area = True
        elif (name == "cfRule" and attributes.get("dxfId") in self._looks) or (
            name == "strike" and strikes(attributes)
        ):
            self._is_striking = True

    def end(self, name: str) -> None:
        if name == "sqref":
            self._in_area = False
        elif name == "conditionalFormatting" and self._is_striking and self._area:
            self._add(self._area[:_LONGEST_AREA])

    def _add(self, area: str) -> None:
        if area not in self._areas and len(self._areas) < _LONGEST_AREA:
            self._areas.append(area)

    def text(self, data: str) -> None:
        if self._in_area and len(self._area) < _LONGEST_AREA:
            self._area += data

    def notes(self) -> list[str]:
        """Say where words may be struck out: when a rule does is not worked out here."""
        if not self._areas:
            return []
        areas = "、".join(self._areas)
        shown = areas if len(areas) <= _LONGEST_AREA else f"{areas[:_LONGEST_AREA]}…"
        return [
            f"{shown}に、取消線を付ける条件付き書式があります。その取消線は読まず、文字をそのまま読みます。"
            "取り込まない文字は消してください。"
        ]
