"""A2: who took out which file is recorded, but for files that anybody may read; tests/test_access.py walks them all."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client

from kirishima_dx import clock
from kirishima_dx.guards import Guard
from kirishima_dx.standing_triggers import install
from people.downloads import RecordsDownloads
from people.models import Department, Download, User
from plans.models import FocusItem


def test_it_is_recorded_what_went_to_whom_and_where(
    welfare: Department, staff: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(staff)
    response = client.get("/departments.xlsx?words=山田", REMOTE_ADDR="10.1.2.3")

    (taken,) = Download.objects.all()
    assert (taken.taken_by, taken.taken_by_name) == (staff, "職員 一郎")
    assert (taken.address, taken.taken_at) == ("10.1.2.3", clock.now())
    assert (taken.url_name, taken.path) == ("department_list_workbook", "/departments.xlsx")
    assert taken.file_name == "部署一覧_20261015.xlsx"
    assert (taken.size, taken.digest) == (
        len(response.content),
        hashlib.sha256(response.content).hexdigest(),
    )


def test_what_takes_nothing_out_is_not_recorded(
    welfare: Department, staff: User, client_of: Callable[..., Client]
) -> None:
    refused = client_of(staff).get("/assignments.xlsx"), client_of(None).get("/departments.xlsx")
    asked = client_of(staff).head("/departments.xlsx")

    assert [one.status_code for one in refused] == [403, 302]
    assert (asked.status_code, asked.content) == (200, b"")
    assert not Download.objects.exists()


@pytest.fixture
def nothing_is_written(db: None) -> None:
    guard = Guard("people_download_full", "people_download", "INSERT", "no room")
    install([guard], connection)


def test_a_file_that_cannot_be_recorded_does_not_go(
    welfare: Department, nothing_is_written: None, desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = desk.get("/departments.xlsx")

    assert response.status_code == 503
    assert "Content-Disposition" not in response
    assert "取出しを記録できないため、ファイルを渡せません" in response.content.decode()
    assert "no room" in caplog.text


def test_where_reading_is_closed_every_file_is_recorded(
    responsible: FocusItem, desk: Client, settings: Any
) -> None:
    desk.get("/items.csv")
    settings.PUBLIC_READING = False
    desk.get("/items.csv")

    assert [one.url_name for one in Download.objects.all()] == ["item_list_csv"]


def test_a_file_of_unknown_readers_does_not_go() -> None:
    request = HttpRequest()
    request.method = "GET"
    door = RecordsDownloads(lambda _: HttpResponse(headers={"Content-Disposition": "attachment"}))

    with pytest.raises(AttributeError, match="readers"):
        door(request)
