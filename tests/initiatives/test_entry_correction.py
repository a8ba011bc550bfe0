"""Correcting an entry: a new one that names it, with the reason (G1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from row_numbers import ABSENT

from initiatives.models import Initiative, ProgressEntry
from people.models import User
from plans.models import FocusItem

Clients = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]


@pytest.fixture
@lasting
def entry(responsible: FocusItem, record: Record, editor: User) -> ProgressEntry:
    return record(responsible, by=editor, achievements="3団体を調べた。")


def address(entry: ProgressEntry, code: str = "1-A-1") -> str:
    return f"/items/{code}/entries/{entry.pk}/correction/"


def filled_in(client: Client, entry: ProgressEntry, **overrides: Any) -> dict[str, Any]:
    form = client.get(address(entry)).context["form"]
    values = {field.name: field.value() for field in form}
    return {**{k: "" if v is None else v for k, v in values.items()}, **overrides}


def test_a_correction_starts_from_what_was_said(
    entry: ProgressEntry, editor: User, client_of: Clients
) -> None:
    form = client_of(editor).get(address(entry)).context["form"]

    assert form["achievements"].value() == "3団体を調べた。"
    assert form["as_of"].value() == date(2026, 9, 30)
    assert form["correction_reason"].value() is None


def test_g1_a_correction_is_a_new_entry_that_names_the_old(
    entry: ProgressEntry, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    data = filled_in(
        client, entry, achievements="4団体を調べた。", correction_reason="団体の数の誤り。"
    )
    response = client.post(address(entry), data, follow=True)
    new = ProgressEntry.objects.latest("pk")
    page = response.content.decode()

    assert (new.corrects, new.correction_reason) == (entry, "団体の数の誤り。")
    assert ProgressEntry.objects.get(pk=entry.pk).achievements == "3団体を調べた。"
    assert "記録を訂正しました" in page
    standing = page[page.index("standing-title") : page.index("history-title")]
    assert "4団体を調べた。" in standing
    assert "3団体を調べた。" not in standing


def test_a_correction_needs_its_reason_and_loses_nothing(
    entry: ProgressEntry, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    response = client.post(address(entry), filled_in(client, entry, outcome="書きかけ。"))

    assert response.context["form"].errors == {
        "correction_reason": ["訂正の理由を書いてください。"]
    }
    assert "書きかけ。" in response.content.decode()
    assert ProgressEntry.objects.count() == 1


def test_what_was_corrected_is_not_corrected_again(
    entry: ProgressEntry, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    data = filled_in(client, entry, correction_reason="誤り。")
    client.post(address(entry), data)
    again = {**data, "opened_revision": Initiative.objects.get().revision}
    response = client.post(address(entry), again)

    assert client.get(address(entry)).status_code == 302
    assert "この記録はすでに訂正されています。" in response.content.decode()
    assert ProgressEntry.objects.count() == 2


def test_g4_a_clash_shows_both_and_keeps_the_reason(
    entry: ProgressEntry, record: Record, responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    data = filled_in(client, entry, achievements="5団体。", correction_reason="数の誤り。")
    record(responsible, by=editor, as_of=date(2026, 10, 1), achievements="新しい記録。")
    response = client.post(address(entry), data)
    page = response.content.decode()

    assert response.status_code == 409
    for text in ("新しい", "5団体。</textarea>", "数の誤り。</textarea>"):
        assert text in page
    again = {field.name: field.value() for field in response.context["form"]}
    assert client.post(address(entry), again).status_code == 302


def test_a_correction_sent_twice_is_recorded_once(
    entry: ProgressEntry, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    data = filled_in(client, entry, achievements="5団体。", correction_reason="数の誤り。")
    client.post(address(entry), data)

    response = client.post(address(entry), data, follow=True)

    assert "すでに記録されています。" in response.content.decode()
    assert ProgressEntry.objects.count() == 2


@pytest.mark.parametrize("role", ["staff", "headquarters"])
def test_others_are_refused(
    entry: ProgressEntry, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    assert client_of(request.getfixturevalue(role)).get(address(entry)).status_code == 403


def test_missing_entries_and_wrong_methods(
    entry: ProgressEntry, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)

    assert client.get(f"/items/1-A-1/entries/{ABSENT}/correction/").status_code == 404
    assert client.get(address(entry, code="1-A-2")).status_code == 404
    assert client.delete(address(entry)).status_code == 405
    assert client_of(None).get(address(entry)).status_code == 302
