"""What a PDF of LibreOffice holds: how tall its letters are, and what a cell cuts off."""

import os
import re
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = r"(-?[\d.]+)"
_DRAWN = re.compile(
    rf"(?P<save>\bq\b)|(?P<back>\bQ\b)|{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER} re\s+W\*? n"
    rf"|{_NUMBER} {_NUMBER} Td /F\d+ {_NUMBER} Tf"
)


@dataclass(frozen=True)
class Letters:
    """Some letters on a page: where their line stands, how tall they are, and the area outside which nothing shows."""

    base: float
    size: float
    bottom: float
    top: float

    @property
    def is_cut(self) -> bool:
        return self.base < self.bottom or self.base + self.size * 0.7 > self.top + 1


def printed(books: dict[str, bytes], folder: Path) -> dict[str, list[Letters]]:
    """Return what LibreOffice prints of workbooks, by their names."""
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    command = [
        os.environ["SOFFICE"],
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    command += [str(folder / f"{name}.xlsx") for name in books]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: list(letters((folder / f"{name}.pdf").read_bytes())) for name in books}


def letters(pdf: bytes) -> Iterator[Letters]:
    for stream in _STREAM.finditer(pdf):
        try:
            drawn = zlib.decompress(stream[1])
        except zlib.error:
            continue
        if b" Tf" in drawn:
            yield from _letters(drawn.decode("latin-1"))


def _letters(drawn: str) -> Iterator[Letters]:
    areas = [(float("-inf"), float("inf"))]
    for found in _DRAWN.finditer(drawn):
        if found["save"]:
            areas.append(areas[-1])
        elif found["back"]:
            areas.pop()
        elif found[4] is not None:
            bottom, height = float(found[4]), float(found[6])
            areas[-1] = (max(areas[-1][0], bottom), min(areas[-1][1], bottom + height))
        else:
            yield Letters(float(found[8]), float(found[9]), *areas[-1])
