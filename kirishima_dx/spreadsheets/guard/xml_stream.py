"""Reading XML of unknown origin piece by piece, within bounds.

The standard parser is fed whole tokens only. What costs time or memory is counted before it is parsed: markup, names,
the length of a token. Nothing is built up but what a reader keeps. DOCTYPE, and with it every entity, is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from kirishima_dx.spreadsheets.guard.limits import (
    BROKEN,
    MAX_DEPTH,
    MAX_MARKUP,
    MAX_NAMES,
    MAX_TEXT,
    MAX_TOKEN,
    WorkbookRefused,
    too_much,
)
from kirishima_dx.spreadsheets.guard.package import DOCTYPE

_MAX_LAG = 4 * MAX_TOKEN
"""Bytes fed that the parser has not used: a comment without end, which it would read anew with each piece."""


@dataclass
class Budget:
    """What one workbook may still cost, over all its parts."""

    markup: int = MAX_MARKUP
    text: int = MAX_TEXT

    def spend_markup(self, chunk: bytes) -> None:
        self.markup -= chunk.count(b"<") + chunk.count(b"=")
        if self.markup < 0:
            raise too_much("セル・書式", f"およそ{MAX_MARKUP // 7 // 10_000}万セル")

    def spend_text(self, characters: int) -> None:
        self.text -= characters
        if self.text < 0:
            raise too_much("文字", f"合わせて{MAX_TEXT // 10_000:,}万字")


class Reader(Protocol):
    """What is told of each element and text. Names come without their prefix: strict files have other namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


Shrink = Callable[[bytes], bytes]


def read_xml(
    chunks: Iterable[bytes], reader: Reader, budget: Budget, *, shrink: Shrink | None = None
) -> None:
    """Tell the reader what stands in a part; `shrink` may leave out what does not matter.

    Raises WorkbookRefused, and nothing else, where the part is no good XML or beyond a bound.
    """
    parser = _parser(reader)
    fed = 0
    try:
        for piece in _whole_tokens(chunks):
            kept = shrink(piece) if shrink else piece
            budget.spend_markup(kept)
            parser.Parse(kept, False)
            fed += len(kept)
            if fed - parser.CurrentByteIndex > _MAX_LAG or len(parser.intern) > MAX_NAMES:
                raise WorkbookRefused(BROKEN)
        parser.Parse(b"", True)
    except WorkbookRefused:
        raise
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise WorkbookRefused(BROKEN) from fault


def _whole_tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut before the last < of each piece, so that no tag is handed over in two parts."""
    rest = b""
    for chunk in chunks:
        cut = chunk.rfind(b"<")
        if cut < 0:
            rest += chunk
        else:
            yield rest + chunk[:cut]
            rest = chunk[cut:]
        if len(rest) > MAX_TOKEN:
            raise too_much("1つのセルの文字", "32,767字")
    yield rest


def _parser(reader: Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024

    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise WorkbookRefused(BROKEN)
        reader.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name.rpartition(":")[2] if ":" in name else name)

    def doctype(*_: object) -> None:
        raise WorkbookRefused(DOCTYPE)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    return parser
