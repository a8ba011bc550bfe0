"""Which files are kept as evidence: told by looking into them, never by what the sender calls them."""

import time

import pytest
from studying import EXCEL, JPEG, PDF, PNG, SLIDES, WORD, office

from initiatives.errors import StudyRefused
from initiatives.evidence_file import ALLOWED, EXTENSIONS, MAX_BYTES, media_type_of

OPENXML = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("調査.pdf", PDF, "application/pdf"),
        ("調査.PDF", PDF, "application/pdf"),
        ("図.png", PNG, "image/png"),
        ("写真.jpg", JPEG, "image/jpeg"),
        ("写真.JPEG", JPEG, "image/jpeg"),
        ("案.docx", WORD, f"{OPENXML}.wordprocessingml.document"),
        ("表.xlsx", EXCEL, f"{OPENXML}.spreadsheetml.sheet"),
        ("説明.pptx", SLIDES, f"{OPENXML}.presentationml.presentation"),
        ("記録.txt", "聞き取りの記録".encode(), "text/plain"),
        ("記録.txt", "聞き取りの記録".encode("cp932"), "text/plain"),
        ("表.csv", "番号,名前\r\n1,あ".encode("utf-8-sig"), "text/csv"),
        ("令和8年度 調査（第1回）v1.2.pdf", PDF, "application/pdf"),
    ],
)
def test_known_files_are_kept_under_the_type_that_they_are(
    name: str, content: bytes, media_type: str
) -> None:
    assert media_type_of(name, content) == media_type


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", HTML),
        ("page.pdf", HTML),
        ("page.png", HTML),
        ("page.docx", HTML),
        ("page.htm.pdf", HTML),
        ("picture.svg", SVG),
        ("picture.png", SVG),
        ("program.exe", b"MZ\x90\x00"),
        ("program.pdf", b"MZ\x90\x00"),
        ("report.pdf.exe", PDF),
        ("report.pdf.html", PDF),
        ("text.txt", b"MZ\x90\x00"),
        ("wide.txt", "UTF-16".encode("utf-16")),
        ("none", PDF),
        ("pdf", PDF),
        ("late.pdf", b"\n" + PDF),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("plain.zip", office("a.txt")),
        ("plain.docx", office("a.txt")),
        ("table.docx", EXCEL),
        ("words.xlsx", WORD),
        ("broken.docx", WORD[: len(WORD) // 2]),
        ("macro.docm", office("word/document.xml", "word/vbaProject.bin")),
        ("macro.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("macro.xlsx", office("xl/workbook.xml", "xl/VBAPROJECT.BIN")),
        ("glued.docx", HTML + WORD),
    ],
)
def test_other_files_are_refused_with_what_is_allowed(name: str, content: bytes) -> None:
    with pytest.raises(StudyRefused) as refused:
        media_type_of(name, content)

    assert str(refused.value).startswith(f"「{name}」は受け付けられません。")
    assert ALLOWED in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "../etc/passwd.pdf",
        "folder/report.pdf",
        "C:\\folder\\report.pdf",
        "..\\report.pdf",
        ".report.pdf",
        "report\n.pdf",
        "report\x00.pdf",
        "fdp.\u202eexe.pdf",
        "",
    ],
)
def test_a_name_that_is_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(StudyRefused, match="名前"):
        media_type_of(name, PDF)


def test_a_name_has_a_length() -> None:
    assert media_type_of(f"{'あ' * 196}.pdf", PDF)
    with pytest.raises(StudyRefused, match="201文字"):
        media_type_of(f"{'あ' * 197}.pdf", PDF)


def test_a_file_has_a_size() -> None:
    with pytest.raises(StudyRefused, match="0バイト"):
        media_type_of("空.pdf", b"")
    assert media_type_of("大.pdf", PDF.ljust(MAX_BYTES))
    with pytest.raises(StudyRefused, match="10MBまで"):
        media_type_of("大.pdf", PDF.ljust(MAX_BYTES + 1))


def test_nothing_of_an_archive_unfolds() -> None:
    """A bomb is known by its list of parts alone."""
    bomb = office("word/document.xml", body=b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    begun = time.process_time()

    assert media_type_of("bomb.docx", bomb).endswith("document")

    assert time.process_time() - begun < 0.2


def test_what_is_said_to_be_allowed_is_what_is_allowed() -> None:
    unsaid = [one for one in EXTENSIONS if one not in ALLOWED]

    assert (unsaid, "PDF" in ALLOWED) == ([".pdf", ".jpeg"], True)
