"""Writing text that a spreadsheet will open: never as a formula, never cut in silence (rule F3)."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENCODINGS = {"": "utf-8", "utf-8": "utf-8", "cp932": "cp932"}
"""In which a CSV file may be asked for, by what the address says."""
CELL_LIMIT = 32_767
"""What one Excel cell holds, counted in UTF-16 units."""
_LIVE = "=+\\-@\t\r\n＝＋－＠"  # A Japanese Excel reads the full-width signs as the narrow ones.
_STARTS_LIVE = re.compile(f"[{_LIVE}]")
_TO_NEUTRALISE = re.compile(f"'*[{_LIVE}]")
_NEUTRALISED = re.compile(f"'+[{_LIVE}]")
_REFUSED_CHARACTER = "\ufffd"
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Characters that openpyxl lets pass and no XML may hold."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel takes _x000D_ in a file for the character of that number; such words that people typed are escaped."""
STREAMED_AT_ONCE = 65_536
"""Letters of a CSV that are sent in one piece."""
_CUT_NOTE = "…【長いため、ここまで。続きは画面でご覧ください】"

# Signs that cp932 knows under another code point of the same shape.
_CP932_TWINS = str.maketrans("〜−‖—¢£¬", "～－∥―￠￡￢")
_GETA = "〓"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cell_text(text: str) -> str:
    """Return text as a cell can hold it: what Excel refuses shows as �, a cut ends in a note."""
    shown = _NO_XML.sub(_REFUSED_CHARACTER, ILLEGAL_CHARACTERS_RE.sub(_REFUSED_CHARACTER, text))
    if len(shown) * 2 <= CELL_LIMIT or _units(shown) <= CELL_LIMIT:
        return shown
    room = (CELL_LIMIT - _units(_CUT_NOTE)) * 2
    return (
        shown.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore") + _CUT_NOTE
    )


def file_text(text: str) -> str:
    """Return text as the file of a workbook says it: cell_text, and nothing that Excel would read as an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", cell_text(text))


def put(cell: Cell | MergedCell, value: str | int | float | date | None) -> Cell:
    """Write a value; text stays text whatever it begins with, exactly as it was."""
    if isinstance(cell, MergedCell):
        raise TypeError("a cell under a merge holds no value")
    if isinstance(value, str):
        text = file_text(value)
        cell.value = text or None
        if text:
            cell.data_type = "s"
            cell.quotePrefix = bool(_STARTS_LIVE.match(text))
    else:
        cell.value = value
    return cell


def csv_text(text: str) -> str:
    """Put ' before a text that a spreadsheet would run; csv_original takes it away again."""
    return f"'{text}" if _TO_NEUTRALISE.match(text) else text


def csv_original(text: str) -> str:
    """Undo csv_text."""
    return text[1:] if _NEUTRALISED.match(text) else text


def _geta(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _GETA * (error.end - error.start), error.end


codecs.register_error("geta", _geta)


def csv_bytes(
    rows: Iterable[Sequence[str | int | float | date | None]], encoding: str = "utf-8"
) -> bytes:
    """Return rows as CSV for people: CRLF, ISO dates, live texts neutralised.

    UTF-8 carries a BOM, without which Excel shows mojibake; what cp932 lacks becomes 〓.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    text = buffer.getvalue()
    if encoding == "cp932":
        return text.translate(_CP932_TWINS).encode("cp932", "geta")
    return text.encode("utf-8-sig")


def _csv_value(value: str | int | float | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


_NO_FILE_NAME = str.maketrans('\\/:*?"<>|', "￥／：＊？”＜＞｜")


def file_name(text: str) -> str:
    """Return a name that every desk can save, in a zip too: what would part folders stands in full width."""
    return text.translate(_NO_FILE_NAME)


class Readers(Enum):
    """Who may read a file now, and so whether it is recorded who took it (A2)."""

    ANYONE = "anyone"
    """Also people who are not signed in, where settings.PUBLIC_READING lets them read at all."""
    STAFF = "staff"
    TOLD = "told"
    """Staff; the view itself recorded who took it."""


def download(content: bytes, *, name: str, content_type: str, readers: Readers) -> HttpResponse:
    """Answer with a file to keep, its Japanese name written as RFC 5987 says."""
    response = HttpResponse(content, content_type=content_type)
    _as_file(response, name, readers)
    return response


def csv_download(content: bytes, *, name: str, encoding: str, readers: Readers) -> HttpResponse:
    """Answer with a CSV file to keep, in one of ENCODINGS."""
    charset = "Shift_JIS" if encoding == "cp932" else encoding
    content_type = f"text/csv; charset={charset}"
    return download(content, name=name, content_type=content_type, readers=readers)


def csv_stream(
    rows: Iterable[Sequence[str | int | float | date | None]], *, name: str, readers: Readers
) -> StreamingHttpResponse:
    """Answer with a CSV file that is written row by row as it is sent, in UTF-8 with a BOM."""
    response = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    _as_file(response, name, readers)
    return response


def _csv_lines(rows: Iterable[Sequence[str | int | float | date | None]]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
        if buffer.tell() >= STREAMED_AT_ONCE:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written


def _as_file(response: HttpResponseBase, name: str, readers: Readers) -> None:
    disposition = content_disposition_header(True, file_name(name))
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response.file_name, response.readers = name, readers  # type: ignore[attr-defined]  # Read by RecordsDownloads.
