"""Which files are kept as evidence: told by looking into them, never by what the sender calls them."""

from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile

from initiatives.errors import StudyRefused

MAX_BYTES = 10 * 1024 * 1024
_OFFICE = {
    ".docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_MAGIC = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
_ZIP = b"PK\x03\x04"
_TEXTS = {".txt": "text/plain", ".csv": "text/csv"}
EXTENSIONS = (*_MAGIC, *_OFFICE, *_TEXTS)
ALLOWED = (
    "PDF、Word（.docx）、Excel（.xlsx）、PowerPoint（.pptx）、画像（.png、.jpg）、"
    "文字だけのファイル（.txt、.csv）"
)
_MAX_NAME = 200


def media_type_of(name: str, content: bytes) -> str:
    """Return the media type of a file that is kept. Raises StudyRefused for any other, saying what is allowed."""
    _refuse_name(name)
    if not content:
        raise StudyRefused(f"「{name}」は空です（0バイト）。")
    if len(content) > MAX_BYTES:
        raise StudyRefused(too_big(name, len(content)))
    extension = PurePosixPath(name).suffix.lower()
    found = _looked_into(extension, content)
    if found is None:
        raise StudyRefused(
            f"「{name}」は受け付けられません。中身と名前の終わり（拡張子）が合っているか確かめてください。"
            f"受け付けるのは{ALLOWED}です。"
        )
    return found


def too_big(name: str, size: int) -> str:
    """Say that a file is larger than what is kept."""
    return (
        f"「{name}」は大きすぎます（{size / 1024 / 1024:.1f}MB）。"
        f"{MAX_BYTES // 1024 // 1024}MBまでにしてください。"
    )


def _refuse_name(name: str) -> None:
    plain = name == PurePosixPath(name).name == PureWindowsPath(name).name
    if not plain or not name.isprintable() or name.startswith("."):
        raise StudyRefused("ファイルの名前に使えない文字があります。名前を変えてください。")
    if len(name) > _MAX_NAME:
        raise StudyRefused(
            f"ファイルの名前が長すぎます（{len(name)}文字）。{_MAX_NAME}文字までにしてください。"
        )


def _looked_into(extension: str, content: bytes) -> str | None:
    if extension in _MAGIC:
        magic, media_type = _MAGIC[extension]
        return media_type if content.startswith(magic) else None
    if extension in _OFFICE:
        folder, media_type = _OFFICE[extension]
        return media_type if _is_office(folder, content) else None
    if extension in _TEXTS:
        return _TEXTS[extension] if _is_text(content) else None
    return None


def _is_office(folder: str, content: bytes) -> bool:
    """Whether it is an Office file of a kind, without macros. Only the list of parts is read, so nothing unfolds.

    A reader of archives also accepts one that is glued to the end of something else: that is no Office file.
    """
    if not content.startswith(_ZIP):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return False
    has_macros = any(part.lower().endswith("vbaproject.bin") for part in parts)
    return not has_macros and any(part.startswith(folder) for part in parts)


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
