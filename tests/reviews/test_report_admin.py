"""The admin shows reports and amendments and offers no way round the actions."""

from collections.abc import Callable

import pytest
from django.test import Client
from report_cast import publish, sealed

from people.models import User
from plans.models import Edition
from reviews.models import AnnualReport


@pytest.fixture
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return publish(sealed(small_edition, secretariat), secretariat)


def test_the_admin_shows_and_changes_nothing(
    report: AnnualReport, client_of: Callable[[User | None], Client], secretariat: User
) -> None:
    client = client_of(secretariat)
    page = client.get("/admin/reviews/annualreport/").content.decode()
    assert "令和8年度 年次報告" in page
    assert '<td class="field-published_at nowrap">2026' in page
    assert "/reports/2026/1/" in page
    url = f"/admin/reviews/annualreport/{report.pk}/change/"
    assert "一部で調整に時間を要した。" in client.get(url).content.decode()
    assert client.post(url, {"overview": "x"}).status_code == 403
    assert client.get("/admin/reviews/annualreport/add/").status_code == 403
    assert client.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert client.get("/admin/revisions/amendment/").status_code == 200


def test_the_admin_is_for_the_secretariat(
    report: AnnualReport, client_of: Callable[[User | None], Client], staff: User
) -> None:
    for user in (staff, None):
        assert client_of(user).get("/admin/reviews/annualreport/").status_code == 302
