"""Who comes to the pages of a draft's other texts, by which methods, and at what cost."""

import pytest
from django.test import Client
from draft_cast import ClientOf, add_items, adopted, reword
from part_cast import (
    AXIS,
    PAGES,
    REASON,
    RESTORES,
    SECTION,
    acts,
    axis_of,
    sent,
)
from query_counts import as_many_queries

from people.models import User
from plans.models import Edition
from revisions.actions.amending_axes import amend_add_policy
from revisions.actions.amending_sections import amend_add_section

GONE = [
    "/editions/draft/axes/9/",
    "/editions/draft/axes/9/move/",
    "/editions/draft/axes/9/end/",
    "/editions/draft/axes/9/restore/",
    "/editions/draft/axes/9/policies/add/",
    "/editions/draft/policies/9-Z/",
    "/editions/draft/policies/9-Z/move/",
    "/editions/draft/policies/9-Z/end/",
    "/editions/draft/policies/9-Z/gaps/",
    "/editions/draft/policies/9-Z/restore/",
    "/editions/draft/sections/no-such/",
    "/editions/draft/sections/no-such/move/",
    "/editions/draft/sections/no-such/end/",
    "/editions/draft/sections/no-such/restore/",
]
ALL = [*PAGES, *RESTORES]


@pytest.mark.parametrize("role", ["staff", "editor", "headquarters"])
def test_only_the_secretariat_comes_in(
    draft: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    client = client_of(request.getfixturevalue(role))
    for url in ALL:
        assert client.get(url).status_code == 403, url
        assert client.post(url, sent(name="よその名称")).status_code == 403, url
    assert acts() == []


def test_a_passer_by_signs_in_first(draft: Edition, client_of: ClientOf) -> None:
    client = client_of(None)
    for url in ALL:
        assert client.get(url).headers["Location"] == f"/login/?next={url}"
        assert REASON in client.post(url, sent()).content.decode(), url
    assert acts() == []


def test_what_is_not_there_is_not_found(draft: Edition, desk: Client) -> None:
    for url in GONE:
        assert desk.get(url).status_code == 404, url
        assert desk.post(url, sent()).status_code == 404, url


def test_other_methods_are_refused(draft: Edition, desk: Client) -> None:
    for url in ALL:
        assert (desk.put(url).status_code, desk.delete(url).status_code) == (405, 405), url


def test_looking_changes_nothing(draft: Edition, desk: Client) -> None:
    for url in ALL:
        desk.get(url)
    assert acts() == []
    assert {axis_of(draft).version, draft.sections.get(key="purpose").version} == {1}


def test_without_a_draft_the_pages_lead_to_where_one_is_opened(
    small_edition: Edition, desk: Client
) -> None:
    for url in ALL:
        assert desk.get(url).headers["Location"] == "/editions/draft/", url


def test_after_adoption_a_form_that_was_open_is_given_back(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    reword(draft, "1-A-1", title="別の題", by=secretariat)
    adopted(draft, secretariat)
    for url in ALL:
        response = desk.post(url, sent(heading="打った見出し", body="打った本文"))
        page = response.content.decode()
        assert response.status_code == 409, url
        assert "第1.1版はすでに施行されているので、変更できません。" in page
        for typed in ("打った見出し", "打った本文", REASON):
            assert typed in page


def test_the_pages_ask_the_database_as_often_for_a_large_plan_as_for_a_small_one(
    draft: Edition, desk: Client, secretariat: User
) -> None:
    with as_many_queries(desk, *PAGES):
        add_items(draft, 8, by=secretariat)
        for number in range(8):
            amend_add_policy(
                axis=axis_of(draft), name=f"方針{number}", reason="増やす。", by=secretariat
            )
            amend_add_section(
                draft=draft,
                parent=draft.sections.get(key="purpose"),
                after=None,
                number="",
                title=f"節{number}",
                body="本文",
                reason="増やす。",
                by=secretariat,
            )


def test_keys_are_no_numbers(draft: Edition, desk: Client) -> None:
    """An address names the text for good, whatever its number becomes."""
    desk.post("/editions/draft/axes/1/move/", sent(spot="/2"))
    assert 'value="便利なまち"' in desk.get(AXIS).content.decode()
    assert "趣旨" in desk.get(SECTION).content.decode()
