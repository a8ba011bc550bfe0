"""A study of 1-A-2, the ★ item of the small plan, and files to keep with it."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from initiatives.actions.studying import ask_question, keep_evidence, note_finding
from initiatives.models import Evidence, Study, StudyNote
from people.models import User
from plans.models import FocusItem

STUDIED = "1-A-2"
QUESTION = "遠隔相談は、どの窓口から始めるとよいか。"
REVIEW_BY = date(2026, 12, 25)
PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\nrest"
JPEG = b"\xff\xd8\xff\xe0rest"


def star() -> FocusItem:
    return FocusItem.objects.get(code=STUDIED)


def asked(by: User, **overrides: Any) -> Study:
    """Ask the question of 1-A-2; name what shall differ."""
    values: dict[str, Any] = {
        "focus_item": star(),
        "question": QUESTION,
        "review_by": REVIEW_BY,
        "opened_version": 0,
        **overrides,
    }
    return ask_question(**values, by=by)


def noted(study: Study, by: User, text: str = "三つの窓口で聞き取りをした。") -> StudyNote:
    return note_finding(study=study, text=text, by=by)


def kept(
    study: Study,
    by: User,
    *,
    name: str = "聞き取り.pdf",
    title: str = "聞き取りの結果",
    content: bytes = PDF,
) -> Evidence:
    return keep_evidence(study=study, name=name, title=title, content=content, by=by)


def upload(client: Client, name: str, content: bytes, title: str = "聞き取りの結果") -> Any:
    """Send a file to be kept with the study of 1-A-2."""
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post("/items/1-A-2/study/files/", {"title": title, "file": file})


def office(*parts: str, body: bytes = b"<x/>") -> bytes:
    """An archive with these parts, as Word, Excel and PowerPoint write them."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for part in parts:
            archive.writestr(part, body)
    return buffer.getvalue()


WORD = office("word/document.xml")
EXCEL = office("xl/workbook.xml")
SLIDES = office("ppt/presentation.xml")
