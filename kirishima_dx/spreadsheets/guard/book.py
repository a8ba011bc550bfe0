"""What a workbook says of its sheets: names, order, number formats, shared texts."""

import posixpath
from dataclasses import dataclass, field
from typing import Literal

from kirishima_dx.spreadsheets.guard.limits import BROKEN, WorkbookRefused
from kirishima_dx.spreadsheets.guard.package import MACROS, NO_WORKBOOK, Package
from kirishima_dx.spreadsheets.guard.struck import RichText, strikes
from kirishima_dx.spreadsheets.guard.values import RawCell, Shown, shown_as, text_cell, text_of
from kirishima_dx.spreadsheets.guard.xml_stream import Budget, Reader, read_xml

SheetState = Literal["visible", "hidden"]


@dataclass
class Relations:
    """Reads a .rels part: what a part points to."""

    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Kind (the last word of its address) and target by id."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...

    def of_kind(self, kind: str) -> str | None:
        return next((target for found, target in self.targets.values() if found == kind), None)


def relations_of(package: Package, part: str, budget: Budget) -> Relations:
    """Return what a part points to ("" is the package itself), addresses as names of parts."""
    folder, name = posixpath.split(part)
    relations = Relations()
    read_xml(package.chunks(posixpath.join(folder, "_rels", f"{name}.rels")), relations, budget)
    for key, (kind, target) in relations.targets.items():
        path = posixpath.normpath(posixpath.join("/", folder, target))
        relations.targets[key] = kind, path.lstrip("/")
    return relations


@dataclass(frozen=True)
class SheetEntry:
    name: str
    state: SheetState
    part: str


@dataclass
class Workbook:
    """Reads workbook.xml."""

    is_1904: bool = False
    sheets: list[tuple[str, str, SheetState]] = field(default_factory=list)
    """Name, id of the relation, state."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            name = text_of(attributes.get("name", ""))
            self.sheets.append((name, key, "visible" if visible else "hidden"))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


@dataclass
class Styles:
    """Reads styles.xml: how the numbers of each cell format are meant, and which formats strike out."""

    shown: list[Shown] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=dict)
    _kinds: dict[int, Shown] = field(default_factory=dict)
    _font: int = -1
    _striking: set[int] = field(default_factory=set)
    """The fonts that strike out; all fonts stand before the cell formats."""
    _struck: bytearray = field(default_factory=bytearray)
    """Whether each cell format strikes out; nothing where no font does."""
    striking_rules: set[str] = field(default_factory=set)
    """The looks of conditional formats that strike out, as rules name them."""
    _rule_look: int = -1
    _within: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf" and self._within == "cellXfs":
            self._add(_number(attributes.get("numFmtId", "")))
            if self._striking:
                font = _number(attributes.get("fontId", "0"))
                self._struck.append(font in self._striking)
        elif name == "numFmt":
            self._codes.setdefault(
                _number(attributes.get("numFmtId", "")), attributes.get("formatCode", "")
            )
        elif name in ("cellXfs", "fonts", "dxfs"):
            self._within = name
        elif name == "font" and self._within == "fonts":
            self._font += 1
        elif name == "dxf" and self._within == "dxfs":
            self._rule_look += 1
        elif name == "strike" and strikes(attributes):
            self._note_strike()

    def _note_strike(self) -> None:
        if self._within == "fonts":
            self._striking.add(self._font)
        elif self._within == "dxfs":
            self.striking_rules.add(str(self._rule_look))

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def text(self, data: str) -> None: ...

    def _add(self, number_format: int) -> None:
        kind = self._kinds.get(number_format)
        if kind is None:
            kind = self._kinds[number_format] = shown_as(number_format, self._codes)
        self.shown.append(kind)

    @property
    def strikes(self) -> bool:
        """Whether any font strikes out."""
        return any(self._struck)

    def is_struck(self, style: str) -> bool:
        """Whether a cell format strikes out; a cell that names none has the first."""
        place = _number(style or "0")
        return 0 <= place < len(self._struck) and bool(self._struck[place])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@dataclass
class SharedTexts:
    """Reads sharedStrings.xml: each text as a cell, and as a cell whose font strikes out where that is another one."""

    budget: Budget
    may_be_struck: bool = False
    """Whether there are cells whose font strikes out."""
    cells: list[RawCell] = field(default_factory=list)
    struck: dict[int, RawCell] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _rich: RichText | None = None
    _target: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in RichText.BEGINS and self._rich is None:
            self._rich = RichText(self._pieces)
        if self._rich is not None:
            self._target = self._rich.start(name, attributes)
        elif name == "t":
            self._target = self._pieces

    def end(self, name: str) -> None:
        self._target = None
        if name == "si":
            self._add()
        elif self._rich is not None:
            self._rich.end(name)

    def text(self, data: str) -> None:
        if self._target is not None:
            self.budget.spend_text(len(data))
            self._target.append(data)

    def _add(self) -> None:
        rich = self._rich
        if rich is None:
            self.cells.append(text_cell("".join(self._pieces)))
        else:
            if rich.has_fonts and self.may_be_struck:
                self.struck[len(self.cells)] = rich.cell(is_struck=True)
            self.cells.append(rich.cell(is_struck=False))
        self._pieces, self._rich = [], None


@dataclass(frozen=True)
class Book:
    """What is needed to read the sheets one by one."""

    sheets: list[SheetEntry]
    texts: SharedTexts
    styles: Styles
    is_1904: bool


def read_book(package: Package, budget: Budget) -> Book:
    """Read all of a workbook but its sheets. Sheets that are charts are left out."""
    part = relations_of(package, "", budget).of_kind("officeDocument")
    if part is None:
        raise WorkbookRefused(NO_WORKBOOK)
    relations = relations_of(package, part, budget)
    workbook, styles = Workbook(), Styles()
    read_xml(package.chunks(part), workbook, budget)
    _read_part(package, relations.of_kind("styles"), styles, budget)
    # Each text counts where a cell shows it.
    texts = SharedTexts(Budget(), may_be_struck=styles.strikes)
    _read_part(package, relations.of_kind("sharedStrings"), texts, budget)
    return Book(_entries(workbook, relations), texts, styles, workbook.is_1904)


def _read_part(package: Package, part: str | None, reader: Reader, budget: Budget) -> None:
    if part is not None and part in package:
        read_xml(package.chunks(part), reader, budget)


def _entries(workbook: Workbook, relations: Relations) -> list[SheetEntry]:
    entries = []
    for name, key, state in workbook.sheets:
        kind, target = relations.targets.get(key, ("", ""))
        if "macrosheet" in kind.lower():
            raise WorkbookRefused(MACROS)
        if kind == "worksheet":
            entries.append(SheetEntry(name, state, target))
        elif kind not in ("chartsheet", "dialogsheet"):
            raise WorkbookRefused(BROKEN)
    return entries
