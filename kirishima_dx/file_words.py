"""Whether words stand in a file that was kept: Office files by their XML, texts as they are.

PDF and pictures are not read.
"""

import re
from collections.abc import Collection
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_TAG = re.compile(r"<[^>]*>")
_MAX_UNPACKED = 50 * 1024 * 1024
"""More than any file that is kept needs, so that a bomb does not unfold."""


def words_in(content: bytes, words: Collection[str]) -> set[str]:
    """Return which of the words stand in a file, whatever blanks, line ends and formats break them."""
    told = squeezed(_text_of(content))
    return {one for one in words if squeezed(one) in told}


def squeezed(text: str) -> str:
    return "".join(text.split())


def _text_of(content: bytes) -> str:
    if content.startswith(b"PK"):
        return _text_of_archive(content)
    for encoding in ("utf-8", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _text_of_archive(content: bytes) -> str:
    parts, left = [], _MAX_UNPACKED
    try:
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    with archive.open(name) as part:
                        read = part.read(left)
                    left -= len(read)
                    parts.append(unescape(_TAG.sub("", read.decode("utf-8", "replace"))))
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        pass
    return "\n".join(parts)
