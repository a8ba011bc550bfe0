"""Makers of workbooks that harm a careless reader, each with what the guard has to say of it.

`HOSTILE` has every kind by name. Run as a program it reads the files whose paths come in, one a line, each in a process
of its own, and answers with what came of it, the seconds of work and the kilobytes of memory.
"""

import io
import json
import os
import resource
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook_parts import (
    GOOD_BOOK,
    GOOD_SHEET,
    HEAD,
    TYPES,
    parts,
    relations,
    shared_strings,
    style_sheet,
    text_cell,
    with_part,
    without_part,
    workbook,
    worksheet,
    zipped,
)

MILLION = 1_000_000


def far_cells() -> bytes:
    """Two cells at the corners of the sheet: a reader that fills in what lies between never ends."""
    return workbook(
        worksheet(
            f'<row r="1">{text_cell("A1")}</row><row r="1048576">{text_cell("XFD1048576")}</row>',
            before='<dimension ref="A1:XFD1048576"/>',
        )
    )


def empty_rows(rows: int, form: str) -> bytes:
    """A filled row and many that have a look and no value, as programs write them when all is coloured."""
    filled = f'<row r="1">{text_cell("A1", "番号")}</row><row r="3">{text_cell("A3", "1-1")}</row>'
    more = "".join(form.replace("#", str(row)) for row in range(4, rows + 4))
    return workbook(worksheet(filled + more))


def wide_rows() -> bytes:
    """Whole coloured rows, as far as a sheet reaches."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(place) for place in range(1, 16_385)]
    row = "".join(f'<c r="{letter}#" s="0"/>' for letter in letters)
    rows = (f'<row r="{place}">{row.replace("#", str(place))}</row>' for place in range(2, 42))
    return workbook(worksheet(f'<row r="1">{text_cell("A1")}</row>{"".join(rows)}'))


def lying_sizes() -> bytes:
    """A part of 200 MB whose headers say that it has 10 bytes."""
    content = bytearray(with_part("xl/media/image1.png", b"\0" * (200 * MILLION)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.find(signature)
        while place >= 0:
            (size,) = struct.unpack_from("<L", content, place + offset)
            if size == 200 * MILLION:
                struct.pack_into("<L", content, place + offset, 10)
            place = content.find(signature, place + 4)
    return bytes(content)


def flagged(flag: int) -> bytes:
    """Every entry says of itself that it is encrypted, or something else."""
    content = bytearray(workbook())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= flag
            place = content.find(signature, place + 4)
    return bytes(content)


def overlapping() -> bytes:
    """Three hundred entries that share the bytes of one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
        archive.writestr("xl/media/a.bin", b"\0" * (20 * MILLION))
        shared = archive.getinfo("xl/media/a.bin")
        for number in range(300):
            twin = zipfile.ZipInfo(f"xl/media/{chr(97 + number % 26)}{number}.bin")
            for name in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(twin, name, getattr(shared, name))
            archive.filelist.append(twin)
    return buffer.getvalue()


def twice() -> bytes:
    """Two parts whose names differ in case only, which a package may not have."""
    return with_part("xl/Workbook.xml", GOOD_BOOK)


def ole(stream: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1000
        + stream.encode("utf-16-le")
        + b"\0" * 3000
    )


def entity_bomb() -> str:
    lines = ['<!ENTITY a0 "ひひひひひひひひひひ">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE sst [{''.join(lines)}]>"


def doctype_sheet(encoding: str) -> bytes:
    text = GOOD_SHEET.removeprefix(HEAD)
    declared = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE worksheet [<!ENTITY a "b">]>{text}'
    )
    return workbook(declared.replace("番号", "No").encode(encoding))


def shared_echo(times: int, text: str) -> bytes:
    """A small file: one long text, shown in very many cells."""
    rows = "".join(
        f'<row r="{row}">{f"<c t={chr(34)}s{chr(34)}><v>0</v></c>" * 20}</row>'
        for row in range(1, times // 20 + 1)
    )
    return workbook(worksheet(rows), strings=shared_strings(f"<si><t>{text}</t></si>"))


def merged(areas: Iterator[str]) -> bytes:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return workbook(
        worksheet(f'<row r="1">{text_cell("A1")}</row>', after=f"<mergeCells>{cells}</mergeCells>")
    )


def macro_types() -> bytes:
    content = parts()
    types = str(content["[Content_Types].xml"])
    plain, macros = (
        f"{TYPES}.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return zipped({**content, "[Content_Types].xml": types.replace(plain, macros)})


def macro_sheet() -> bytes:
    links = relations(("xlMacrosheet", "macrosheets/sheet1.xml"))
    return with_part("xl/_rels/workbook.xml.rels", links)


def truncated(share: float) -> bytes:
    content = workbook()
    return content[: int(len(content) * share)]


def no_end(start: str) -> bytes:
    """Something that begins and never ends, full of signs that look like tags."""
    return workbook(worksheet(f"{start}{'< <' * (10 * MILLION)}"))


def with_rows(data: str) -> bytes:
    return workbook(worksheet(data))


def in_sheet(data: str) -> Callable[[], bytes]:
    """As `with_rows`, for little data: what is written here is made whenever this module is read."""
    return lambda: with_rows(data)


@dataclass(frozen=True)
class Kind:
    """How a file is made, and what the guard says of it: "" where it is read."""

    make: Callable[[], bytes]
    says: str


SAYS_BROKEN, SAYS_DOCTYPE, SAYS_MANY = "壊れています", "DOCTYPE", "多すぎます"
ROW = '<row r="#" spans="1:22" s="1" customFormat="1" ht="15" customHeight="1"'
HOSTILE: dict[str, Kind] = {
    # Not a workbook of this kind.
    "empty file": Kind(lambda: b"", "空です"),
    "garbage": Kind(lambda: bytes(range(256)) * 20, "Excelブック（.xlsx）ではありません"),
    "csv": Kind(lambda: "番号,課題\r\n1-1,なし\r\n".encode(), "CSV"),
    "csv with bom": Kind(lambda: "番号,課題\r\n1-1,なし\r\n".encode("utf-8-sig"), "CSV"),
    "csv of windows": Kind(lambda: ("番号,課題\r\n" * 900).encode("cp932"), "CSV"),
    "unicode text": Kind(lambda: "番号\t課題\r\n".encode("utf-16"), "CSV"),
    "html": Kind(lambda: b"\r\n<HTML><table><tr><td>1</td></tr></table></HTML>", "HTML"),
    "xml of 2003": Kind(lambda: b'<?xml version="1.0"?><Workbook/>', "XMLの表"),
    "pdf": Kind(lambda: b"%PDF-1.7\n", "PDF"),
    "encrypted": Kind(lambda: ole("EncryptedPackage"), "パスワードを使用して暗号化"),
    "xls": Kind(lambda: ole("Workbook"), "（.xls）"),
    "doc": Kind(lambda: ole("WordDocument"), "旧形式のOffice"),
    "ods": Kind(
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "（.ods）"
    ),
    "docx": Kind(lambda: zipped({"_rels/.rels": "", "word/document.xml": ""}), "Word"),
    "pptx": Kind(lambda: zipped({"_rels/.rels": "", "ppt/presentation.xml": ""}), "PowerPoint"),
    "xlsb": Kind(lambda: zipped({"_rels/.rels": "", "xl/workbook.bin": ""}), "（.xlsb）"),
    "zip of workbooks": Kind(lambda: zipped({"福祉課.xlsx": workbook()}), "ZIPを展開し"),
    "zip of anything": Kind(lambda: zipped({"a.txt": "a"}), "ではありません"),
    "zip of nothing": Kind(lambda: zipped({}), "ではありません"),
    "macros by type": Kind(macro_types, "（.xlsm）"),
    "macros by part": Kind(lambda: with_part("xl/vbaProject.bin", b"\0"), "（.xlsm）"),
    "macro sheet": Kind(macro_sheet, "（.xlsm）"),
    # The package.
    "too big": Kind(lambda: b"PK\x03\x04" + b"\0" * (5 * 1024 * 1024), "5MBまで"),
    "four bytes": Kind(lambda: b"PK\x03\x04", "途中で切れ"),
    "cut in half": Kind(lambda: truncated(0.5), "途中で切れ"),
    "cut at the end": Kind(lambda: truncated(0.98), "途中で切れ"),
    "wrong checksum": Kind(
        lambda: zipped(parts(), zipfile.ZIP_STORED).replace("番号".encode(), "番台".encode(), 1),
        SAYS_BROKEN,
    ),
    "encrypted entries": Kind(lambda: flagged(1), "パスワードを使用して暗号化"),
    "other compression": Kind(lambda: zipped(parts(), zipfile.ZIP_LZMA), SAYS_BROKEN),
    "501 entries": Kind(
        lambda: zipped({**parts(), **{f"xl/media/{n}.png": b"" for n in range(500)}}), SAYS_MANY
    ),
    "45,000 entries": Kind(
        lambda: zipped({str(n): b"" for n in range(45_000)}, zipfile.ZIP_STORED), SAYS_MANY
    ),
    "name from the root": Kind(lambda: with_part("/etc/passwd", "a"), SAYS_BROKEN),
    "name with dots": Kind(lambda: with_part("xl/../../a.xml", "a"), SAYS_BROKEN),
    "name with backslash": Kind(lambda: with_part("xl\\a.xml", "a"), SAYS_BROKEN),
    "one name twice": Kind(twice, SAYS_BROKEN),
    "bomb": Kind(lambda: with_part("xl/media/a.png", b"\0" * (200 * MILLION)), SAYS_MANY),
    "bomb in a sheet": Kind(lambda: in_sheet(" " * (200 * MILLION))(), SAYS_MANY),
    "bomb in a bomb": Kind(
        lambda: with_part("xl/embeddings/a.zip", zipped({"a": b"\0" * (100 * MILLION)})), ""
    ),
    "sizes that lie": Kind(lying_sizes, SAYS_BROKEN),
    "entries that overlap": Kind(overlapping, SAYS_BROKEN),
    # XML.
    "entity bomb": Kind(
        lambda: workbook(strings=entity_bomb() + "<sst><si><t>&a9;</t></si></sst>"), SAYS_DOCTYPE
    ),
    "outer entity": Kind(
        lambda: workbook('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        SAYS_DOCTYPE,
    ),
    "doctype in utf-16": Kind(lambda: doctype_sheet("utf-16"), SAYS_DOCTYPE),
    "doctype in ebcdic": Kind(lambda: doctype_sheet("cp037"), SAYS_BROKEN),
    "doctype after a comment": Kind(
        lambda: workbook(f"<!--{'a' * 300_000}--><!DOCTYPE a><a/>"), SAYS_DOCTYPE
    ),
    "doctype in another part": Kind(
        lambda: with_part("docProps/app.xml", f"{entity_bomb()}<a>&a9;</a>"), SAYS_DOCTYPE
    ),
    "broken xml": Kind(in_sheet("<row><c></row>"), SAYS_BROKEN),
    "not xml": Kind(lambda: workbook("番号,課題"), SAYS_BROKEN),
    "nothing": Kind(lambda: workbook(b"\0"), SAYS_BROKEN),
    "unknown encoding": Kind(
        lambda: workbook('<?xml version="1.0" encoding="nowhere"?><worksheet/>'), SAYS_BROKEN
    ),
    "windows encoding": Kind(
        lambda: workbook('<?xml version="1.0" encoding="cp932"?><worksheet/>'), SAYS_BROKEN
    ),
    "surrogates": Kind(in_sheet(f'<row r="1">{text_cell("A1", "&#xD800;")}</row>'), SAYS_BROKEN),
    "zero bytes": Kind(in_sheet(f'<row r="1">{text_cell("A1", chr(0))}</row>'), SAYS_BROKEN),
    "no workbook part": Kind(lambda: without_part("xl/workbook.xml"), SAYS_BROKEN),
    "no relations": Kind(lambda: without_part("_rels/.rels"), "ではありません"),
    "no relations of the book": Kind(
        lambda: without_part("xl/_rels/workbook.xml.rels"), SAYS_BROKEN
    ),
    "no sheet part": Kind(lambda: without_part("xl/worksheets/sheet1.xml"), SAYS_BROKEN),
    "no shared texts": Kind(
        lambda: workbook(worksheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), SAYS_BROKEN
    ),
    "comment without end": Kind(lambda: no_end("<!--"), SAYS_MANY),
    "data without end": Kind(lambda: no_end("<![CDATA["), SAYS_MANY),
    "long comment": Kind(
        lambda: with_rows(f"<!--{('a' * 50 + '<') * (2 * MILLION)}--><row r='1'/>"), SAYS_BROKEN
    ),
    "tag without end": Kind(lambda: with_rows(f"<row {'a' * (50 * MILLION)}"), SAYS_MANY),
    "many attributes": Kind(
        lambda: with_rows(
            "".join(
                f"<row {' '.join(f'a{n}={chr(34)}{chr(34)}' for n in range(9_000))}/>"
                for _ in range(100)
            )
        ),
        SAYS_BROKEN,
    ),
    "many names": Kind(lambda: with_rows("".join(f"<a{n}/>" for n in range(MILLION))), SAYS_BROKEN),
    "deep": Kind(lambda: with_rows("<a>" * (5 * MILLION)), SAYS_BROKEN),
    # What stands in the sheets.
    "million strings": Kind(
        lambda: workbook(strings=shared_strings("<si><t>a</t></si>" * (2 * MILLION))), SAYS_MANY
    ),
    "struck runs": Kind(
        lambda: workbook(
            strings=shared_strings(
                f"<si>{'<r><rPr><strike/></rPr><t>a</t></r><r><t>a</t></r>' * 200_000}</si>"
            )
        ),
        "",
    ),
    "endless string": Kind(
        lambda: workbook(strings=shared_strings(f"<si><t>{'あ' * (40 * MILLION)}</t></si>")),
        SAYS_MANY,
    ),
    "string of many pieces": Kind(
        lambda: workbook(
            strings=shared_strings(f"<si>{('<r><t>' + 'あ' * 5000 + '</t></r>') * 9000}</si>")
        ),
        SAYS_MANY,
    ),
    "string in many cells": Kind(lambda: shared_echo(100_000, "あ" * 30_000), SAYS_MANY),
    "million styles": Kind(
        lambda: workbook(styles=style_sheet('<xf numFmtId="0" fontId="1"/>' * (2 * MILLION))),
        SAYS_MANY,
    ),
    "million formats": Kind(
        lambda: workbook(
            styles=style_sheet(
                "<xf/>",
                "".join(f'<numFmt numFmtId="{n}" formatCode="0"/>' for n in range(MILLION)),
            )
        ),
        SAYS_MANY,
    ),
    "format of a megabyte": Kind(
        lambda: workbook(
            styles=style_sheet(
                '<xf numFmtId="200"/>', f'<numFmt numFmtId="200" formatCode="{"[" * 900_000}"/>'
            )
        ),
        "",
    ),
    "far apart": Kind(far_cells, "XFD1048576に値があります"),
    "row too far down": Kind(in_sheet(f'<row r="6001">{text_cell("A6001")}</row>'), "A6001に値"),
    "column too far right": Kind(in_sheet(f'<row r="1">{text_cell("BI1")}</row>'), "60列（BH列）"),
    "rows without number": Kind(
        lambda: with_rows("<row><c><v>1</v></c></row>" * 200_000), "6,000行"
    ),
    "huge dimension": Kind(
        lambda: workbook(worksheet("", before='<dimension ref="A1:XFD1048576"/>')), ""
    ),
    "bad dimension": Kind(lambda: workbook(worksheet("", before='<dimension ref="?"/>')), ""),
    "row number beyond all": Kind(in_sheet(f'<row r="{"9" * 5000}"/>'), SAYS_BROKEN),
    "bad address": Kind(in_sheet('<row r="1"><c r="1A"><v>1</v></c></row>'), SAYS_BROKEN),
    "million empty rows": Kind(lambda: empty_rows(MILLION, f"{ROW}/>"), ""),
    "million empty rows, open": Kind(lambda: empty_rows(MILLION, f"{ROW}></row>"), ""),
    "million empty rows of LibreOffice": Kind(
        lambda: empty_rows(
            MILLION,
            '<row r="#" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" '
            'collapsed="false"></row>',
        ),
        "",
    ),
    "million empty cells": Kind(
        lambda: empty_rows(
            MILLION // 3, '<row r="#"><c r="A#" s="1"/><c r="B#" s="1"></c><c r="C#" s="1" /></row>'
        ),
        "",
    ),
    "million empty rows, odd": Kind(lambda: empty_rows(MILLION, "<row r='#'/>"), ""),
    "two million odd cells": Kind(
        lambda: with_rows('<row r="1">' + "<c><v/></c>" * (2 * MILLION) + "</row>"), SAYS_MANY
    ),
    "coloured rows": Kind(wide_rows, ""),
    "many merges": Kind(lambda: merged(f"A1:BH{6000 - n % 99}" for n in range(200_000)), SAYS_MANY),
    "merge of everything": Kind(lambda: merged(iter(["A1:XFD1048576"])), ""),
    "bad merge": Kind(lambda: merged(iter(["?", "A1", "A1:", "A0:B0", "A1:A1"])), ""),
    "long formula": Kind(
        lambda: with_rows(f'<row r="1"><c r="A1"><f>{"1+" * 400_000}1</f></c></row>'), ""
    ),
    "long number": Kind(
        lambda: with_rows(f'<row r="1"><c r="A1"><v>{"9" * 900_000}</v></c></row>'), ""
    ),
}


def main() -> None:
    """Answer each path that comes in with a line of JSON."""
    from kirishima_dx.spreadsheets.guard.limits import WorkbookRefused
    from kirishima_dx.spreadsheets.guard.reading import read_sheets

    def measure(path: str) -> dict[str, object]:
        content = Path(path).read_bytes()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        try:
            read_sheets(content)
            said = ""
        except WorkbookRefused as refusal:
            said = str(refusal)
        seconds = time.process_time() - started
        growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return {"said": said, "seconds": seconds, "growth": growth}

    for line in sys.stdin:
        child = os.fork()
        if not child:
            print(json.dumps(measure(line.strip())), flush=True)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            print("{}", flush=True)


if __name__ == "__main__":
    main()
