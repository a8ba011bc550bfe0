"""An uploaded file as the parts of an .xlsx package, or the reason why it is none."""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kirishima_dx.spreadsheets.guard.limits import (
    BROKEN,
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_UNPACKED,
    WorkbookRefused,
    too_much,
)

_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 0x1
_ZIP_FAULTS = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What the zip module raises for broken files, of which it documents only the first."""
_SAVE_ANEW = "「名前を付けて保存」で「Excelブック（.xlsx）」を選んで保存し直してください。"
_SAVE_AS = f"Excelで開き、{_SAVE_ANEW}"

EMPTY = "ファイルが空です（0バイト）。保存が終わってから、もう一度送ってください。"
LOCKED = (
    "パスワード付きのブックは読めません。パスワード（「ファイル」→「情報」→「ブックの保護」→"
    "「パスワードを使用して暗号化」）を外して保存してから、もう一度送ってください。"
)
OLD_EXCEL = f"旧形式のExcelブック（.xls）は読めません。{_SAVE_AS}"
OLD_OFFICE = f"旧形式のOfficeのファイルは読めません。Excelの表なら、{_SAVE_AS}"
CSV = f"CSVなどの文字だけのファイルです（名前を.xlsxに変えても、ブックにはなりません）。{_SAVE_AS}"
HTML = f"ウェブページ（HTML）です（名前を.xlsxに変えても、ブックにはなりません）。{_SAVE_AS}"
XML = f"XMLの表です。このままでは読めません。{_SAVE_AS}"
PDF = "PDFです。PDFになる前のExcelブック（.xlsx）を送ってください。"
NO_WORKBOOK = f"Excelブック（.xlsx）ではありません。{_SAVE_AS}"
CUT_SHORT = (
    "ファイルが途中で切れているか、壊れています。"
    "元のファイルがExcelで開けることを確かめて、もう一度送ってください。"
)
ODS = f"OpenDocumentの表（.ods）は読めません。LibreOfficeかExcelで開き、{_SAVE_ANEW}"
BINARY = f"バイナリ形式のブック（.xlsb）は読めません。{_SAVE_AS}"
MACROS = (
    "マクロ付きのブック（.xlsm）は受け付けません。「名前を付けて保存」でマクロのない"
    "「Excelブック（.xlsx）」を選んで保存し直してください。"
)
OTHER_OFFICE = "{}のファイルです。Excelブック（.xlsx）を送ってください。"
ZIPPED = "ZIPにまとめたファイルです。ZIPを展開し、中のExcelブック（.xlsx）を送ってください。"
DOCTYPE = (
    "ブックの中に、Excelが書かないXMLの宣言（DOCTYPE）があります。安全のため読みません。"
    "必要な行を新しいブックに「値の貼り付け」で移してから、もう一度送ってください。"
)
_FOREIGN = (
    ("word/", OTHER_OFFICE.format("Word")),
    ("ppt/", OTHER_OFFICE.format("PowerPoint")),
    ("xl/workbook.bin", BINARY),
)


class Package:
    """The parts of an .xlsx file by name, each of them unpacked once and found to be of bearable size."""

    def __init__(self, content: bytes) -> None:
        _refuse_by_magic(content)
        try:
            self._archive = ZipFile(BytesIO(content))
            entries = self._archive.infolist()
        except _ZIP_FAULTS as fault:
            raise WorkbookRefused(CUT_SHORT) from fault
        self._parts = _parts(entries)
        self._weigh(entries)
        _refuse_by_parts(self)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """Return the names of the parts, in small letters: in a package they differ in more than case."""
        return list(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises WorkbookRefused where it is missing or broken."""
        entry = self._parts.get(name.lower())
        if entry is None:
            raise WorkbookRefused(BROKEN)
        yield from self._unpack(entry)

    def start(self, name: str) -> bytes:
        """Return the first bytes of a part, nothing where it is missing."""
        return next(self.chunks(name), b"") if name in self else b""

    def _unpack(self, entry: ZipInfo) -> Iterator[bytes]:
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _ZIP_FAULTS as fault:
            raise WorkbookRefused(BROKEN) from fault

    def _weigh(self, entries: list[ZipInfo]) -> None:
        """Unpack everything once, so that no header is believed and no part that we skip hides anything."""
        total = 0
        for entry in entries:
            is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
            tail = b""
            for chunk in self._unpack(entry):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise too_much("中身", f"展開して{MAX_UNPACKED // 1024 // 1024}MB")
                if is_xml:
                    _refuse_doctype(tail + chunk)
                    tail = chunk[-32:]


def _refuse_doctype(chunk: bytes) -> None:
    """Without the zero bytes, so that it is found in UTF-16 too. In the text of a cell < is written &lt;."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", chunk.replace(b"\0", b"")):
        raise WorkbookRefused(DOCTYPE)


def _refuse_by_magic(content: bytes) -> None:
    if not content:
        raise WorkbookRefused(EMPTY)
    if len(content) > MAX_BYTES:
        megabytes = len(content) / 1024 / 1024
        raise WorkbookRefused(
            f"ファイルが大きすぎます（{megabytes:.1f}MB）。{MAX_BYTES // 1024 // 1024}MBまで読めます。"
            "画像や不要なシート・行・列を削除して保存してから、もう一度送ってください。"
        )
    if content.startswith(_OLE):
        raise WorkbookRefused(_ole_kind(content))
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise WorkbookRefused(_text_kind(content))


def _ole_kind(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LOCKED
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book\0")):
        return OLD_EXCEL
    return OLD_OFFICE


def _text_kind(content: bytes) -> str:
    start = (
        content[:4096]
        .removeprefix(b"\xef\xbb\xbf")
        .replace(b"\0", b"")
        .lstrip(b"\xff\xfe \t\r\n")
        .lower()
    )
    if start.startswith(b"%pdf"):
        return PDF
    if re.match(rb"<(?:!doctype html|html|head|body|table|meta)", start):
        return HTML
    if start.startswith(b"<?xml"):
        return HTML if b"<html" in start else XML
    return CSV if _is_text(content) else NO_WORKBOOK


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = content[:4096]
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start) and any(
        _decodes(start, encoding) for encoding in ("utf-8", "cp932")
    )


def _decodes(content: bytes, encoding: str) -> bool:
    """A letter cut in two at the end is no fault."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError as fault:
        return fault.start >= len(content) - 3
    return True


def _parts(entries: list[ZipInfo]) -> dict[str, ZipInfo]:
    if len(entries) > MAX_ENTRIES:
        raise too_much("部品", f"{MAX_ENTRIES}個")
    parts: dict[str, ZipInfo] = {}
    for entry in entries:
        name = entry.filename.lower()
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise WorkbookRefused(LOCKED)
        if _is_odd(entry) or name in parts:
            raise WorkbookRefused(BROKEN)
        parts[name] = entry
    return parts


def _is_odd(entry: ZipInfo) -> bool:
    name = entry.filename
    return (
        name != entry.orig_filename
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    )


def _refuse_by_parts(package: Package) -> None:
    names = package.names()
    if b"opendocument" in package.start("mimetype")[:100]:
        raise WorkbookRefused(ODS)
    for prefix, message in _FOREIGN:
        if any(name.startswith(prefix) for name in names):
            raise WorkbookRefused(message)
    if any(name.endswith("vbaproject.bin") for name in names) or (
        b"macroenabled" in package.start("[Content_Types].xml").replace(b"\0", b"").lower()
    ):
        raise WorkbookRefused(MACROS)
    if "_rels/.rels" not in package:
        zipped = any(name.endswith((".xlsx", ".xls", ".xlsm", ".csv")) for name in names)
        raise WorkbookRefused(ZIPPED if zipped else NO_WORKBOOK)
