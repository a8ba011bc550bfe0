"""Sending something else than a workbook to be checked: every file gets a clear answer, and none is kept."""

import importlib
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from beginnings import lasting
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from query_counts import asked_by
from report_cast import published
from verify_cast import (
    SAME,
    UNKNOWN,
    URL,
    ask,
    file_of,
    saved,
    title_of,
)

from people.models import User
from plans.models import Edition
from reviews.models import AnnualReport, SealedWorkbook


@pytest.fixture
@lasting
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return published(small_edition, secretariat)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("番号,状態\n1-A-1,試行中\n".encode(), "CSVなどの文字だけのファイル"),
        (b"", "ファイルが空です"),
        (b"PK\x03\x04 cut", "途中で切れているか、壊れています"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧形式"),
        (b"%PDF-1.7", "PDFです"),
    ],
)
def test_what_is_no_workbook_is_told_at_the_field(
    report: AnnualReport, client: Client, content: bytes, told: str
) -> None:
    page = ask(client, content)
    assert title_of(page) == ""
    assert told in page


def hostile() -> dict[str, Any]:
    """The hostile workbooks that the guard is tried on."""
    folder = str(Path(__file__).parents[1] / "kirishima_dx" / "spreadsheets")
    sys.path.insert(0, folder)
    try:
        kinds: dict[str, Any] = importlib.import_module("hostile_workbooks").HOSTILE
    finally:
        sys.path.remove(folder)
    return kinds


HOSTILE = hostile()
READ_ALIKE = {
    "million empty rows",
    "million empty rows, open",
    "million empty rows, odd",
    "million empty cells",
}
"""What the guard reads as it reads the million empty rows of LibreOffice."""
KINDS = {
    kind.says or name: name for name, kind in sorted(HOSTILE.items()) if name not in READ_ALIKE
}
"""All that the guard lets in, and one of each refusal; that it refuses the others too is for its own tests."""


@pytest.mark.parametrize("name", KINDS.values())
def test_a_hostile_file_gets_an_answer(name: str, db: None, client: Client) -> None:
    page = ask(client, HOSTILE[name].make())
    assert title_of(page) in ("", UNKNOWN)


def test_nothing_that_is_sent_is_kept(
    report: AnnualReport, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    before = SealedWorkbook.objects.count()
    content = saved(load_workbook(BytesIO(file_of(report))))
    queries = asked_by(lambda: ask(client, content))
    assert [sql for sql in queries if sql.startswith(("INSERT", "UPDATE"))] == []
    assert SealedWorkbook.objects.count() == before
    assert list(tmp_path.iterdir()) == []


def test_anonymous_people_send_with_a_token_and_without_a_session(report: AnnualReport) -> None:
    client = Client(enforce_csrf_checks=True)
    upload = SimpleUploadedFile("資料.xlsx", file_of(report))
    assert client.post(URL, {"workbook": upload}).status_code == 403
    client.get(URL)
    token = client.cookies["csrftoken"].value
    upload.seek(0)
    response = client.post(URL, {"workbook": upload, "csrfmiddlewaretoken": token})
    assert SAME in response.content.decode()
    assert "sessionid" not in client.cookies


def test_a_file_that_is_too_large_and_none_at_all(report: AnnualReport, client: Client) -> None:
    assert "20MBまで" in ask(client, b"x" * (20 * 1024 * 1024 + 1))
    assert "確かめるファイルを選んでください" in client.post(URL, {}).content.decode()


def test_other_methods_are_refused(db: None, client: Client) -> None:
    assert client.put(URL).status_code == 405
