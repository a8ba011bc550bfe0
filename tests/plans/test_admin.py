"""The plan in the admin: to be looked at, by the 事務局 alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from plans.models import Edition, FocusItem

ClientOf = Callable[[User | None], Client]
LISTS = ("/admin/plans/plan/", "/admin/plans/edition/", "/admin/plans/focusitem/")


def test_the_lists_lead_to_the_pages(
    client_of: ClientOf, small_edition: Edition, secretariat: User
) -> None:
    client = client_of(secretariat)
    pages = [client.get(url).content.decode() for url in LISTS]

    assert "ためし町DX計画" in pages[0]
    assert 'href="/editions/1.0/"' in pages[1]
    assert "遠隔相談（第1.0版）" in pages[2]
    assert 'href="/items/1-A-2/"' in pages[2]
    item = FocusItem.objects.get(code="1-A-2")
    detail = client.get(f"/admin/plans/focusitem/{item.pk}/change/").content.decode()
    assert "遠隔相談（第1.0版）" in detail
    detail = client.get(f"/admin/plans/edition/{small_edition.pk}/change/").content.decode()
    assert "事務 局子" in detail


@pytest.mark.parametrize("model", ["plan", "edition", "focusitem"])
def test_it_changes_nothing(
    client_of: ClientOf, small_edition: Edition, secretariat: User, model: str
) -> None:
    client = client_of(secretariat)

    assert client.get(f"/admin/plans/{model}/add/").status_code == 403
    assert client.post(f"/admin/plans/{model}/1/change/", {}).status_code in (302, 403)
    assert client.get(f"/admin/plans/{model}/1/delete/").status_code in (302, 403)


@pytest.mark.parametrize("url", LISTS)
def test_others_do_not_come_in(
    client_of: ClientOf, small_edition: Edition, staff: User, url: str
) -> None:
    assert client_of(None).get(url).status_code == 302
    assert client_of(staff).get(url).status_code == 302
