"""Sending a workbook to the page that checks it, and what the page answers."""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from reviews.models import AnnualReport
from reviews.queries.reports import kept_workbook

URL = "/reports/verify/"
SAME = "この会議資料は、確定した令和8年度 年次報告と一字一句同じです"
SAME_CELLS = SAME.replace("会議資料は", "会議資料のセルの値は")
DIFFERENT = "この会議資料は、確定した令和8年度 年次報告と違うところがあります"
UNKNOWN = "どの年次報告の会議資料か、ファイルからは分かりません"
ELSEWHERE = "この照合値の年次報告は、ここにはありません"
DRAFT = "これは、確定する前の（作成中の）会議資料です"


def file_of(report: AnnualReport) -> bytes:
    content = kept_workbook(report)
    assert content is not None
    return content


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ask(client: Client, content: bytes, name: str = "資料.xlsx", **data: Any) -> str:
    response = client.post(URL, {"workbook": SimpleUploadedFile(name, content), **data})
    assert response.status_code == 200
    return response.content.decode()


def title_of(page: str) -> str:
    found = re.search(r'id="found">([^<]*)<', page)
    return found[1] if found else ""
