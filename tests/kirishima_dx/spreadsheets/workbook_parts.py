"""The parts of a small good workbook, to be put together with others in their place."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The program that measures memory does not load it.
    from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(*pairs: tuple[str, str], schema: str = RELATIONS) -> str:
    entries = "".join(
        f'<Relationship Id="r{place}" Type="{schema}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(pairs, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def worksheet(data: str, *, before: str = "", after: str = "") -> str:
    """Return a sheet's part around its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    )


def shared_strings(items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'


def style_sheet(formats: str, codes: str = "") -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>"
    )


GOOD_SHEET = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>番号</t></is></c></row>')
GOOD_BOOK = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/>'
    '<sheets><sheet name="回答" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def parts(
    sheet: str | bytes = GOOD_SHEET, *, strings: str = "", styles: str = "", book: str = GOOD_BOOK
) -> dict[str, str | bytes]:
    """Return the parts of a workbook of one sheet."""
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles or style_sheet('<xf numFmtId="0"/>'),
        "xl/sharedStrings.xml": strings or shared_strings(""),
    }


def zipped(
    content: Mapping[str, str | bytes | Iterator[bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Pack parts; large ones may come in pieces."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        for name, part in content.items():
            if isinstance(part, str | bytes):
                archive.writestr(name, part)
            else:
                with archive.open(name, "w", force_zip64=True) as target:
                    for piece in part:
                        target.write(piece)
    return buffer.getvalue()


def workbook(sheet: str | bytes = GOOD_SHEET, *, strings: str = "", styles: str = "") -> bytes:
    return zipped(parts(sheet, strings=strings, styles=styles))


def with_part(name: str, part: str | bytes | Iterator[bytes]) -> bytes:
    """Return a good workbook with one part more, or another one."""
    return zipped({**parts(), name: part})


def without_part(name: str) -> bytes:
    return zipped({key: part for key, part in parts().items() if key != name})


def text_cell(address: str, text: str = "値") -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def saved(book: "Workbook") -> bytes:
    """Return a book of openpyxl as its file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
