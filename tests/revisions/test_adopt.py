"""/editions/draft/adopt/: what will be fixed for good, and fixing it (T1, T2)."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from adopt_cast import DATES, URL, edition_words, filled, statuses
from django.test import Client
from draft_cast import ClientOf, add_items
from query_counts import as_many_queries

from initiatives.models import ProgressEntry
from people.models import User
from plans.models import Edition, FocusItem, ItemFate
from revisions.queries.drafts import draft_review

Record = Callable[..., ProgressEntry]


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


# It works


def test_the_page_shows_what_will_be_fixed(amended: Edition, client: Client) -> None:
    response = client.get(URL)
    page = response.content.decode()
    assert "第1.1版を施行する" in page
    assert "取り消しはできません" in page
    assert "4項目（うち検討項目★ 1項目）" in page
    assert [(c.label, c.number) for c in response.context["review"].change_counts] == [
        ("新設", 1),
        ("文言変更", 1),
        ("具体化（★解除）", 1),
        ("終了", 1),
        ("同一", 1),
    ]
    assert "具体化（★解除） 1項目、検討項目とする（★付与） 0項目" in page
    assert "disabled" not in page
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_adoption_brings_the_draft_into_force_and_supersedes_its_base(
    amended: Edition, client: Client, secretariat: User
) -> None:
    response = client.post(URL, filled(client), follow=True)
    assert response.redirect_chain == [("/editions/1.1/", 302)]
    assert "第1.1版を施行しました。" in response.content.decode()
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    adopted = Edition.objects.get(minor=1)
    assert (adopted.decided_on, adopted.effective_from) == (date(2026, 10, 1), date(2026, 10, 10))
    assert (adopted.adoption_basis, adopted.adopted_by) == ("令和8年度の本部会議", secretariat)


def test_japanese_dates_are_understood(amended: Edition, client: Client) -> None:
    client.post(URL, filled(client, decided_on="令和８年１０月１日", effective_from="R8.10.10"))
    assert Edition.objects.get(minor=1).effective_from == date(2026, 10, 10)


def test_the_first_edition_is_adopted_with_its_dates(small_draft: Edition, client: Client) -> None:
    page = client.get(URL).content.decode()
    assert "との関係" not in page
    client.post(URL, filled(client, decided_on="2026-03-25", effective_from="2026-04-01"))
    assert statuses() == {"1.0": "in_force"}
    assert ItemFate.objects.count() == 0


def test_the_living_plan_shows_the_new_edition(amended: Edition, client: Client) -> None:
    assert "第1.0版" in client.get("/").content.decode()
    client.post(URL, filled(client))
    page = client.get("/").content.decode()
    assert "第1.1版" in page
    assert "届出のオンライン化" in page
    assert "手続きの案内" not in page


def test_the_old_edition_keeps_its_page_but_for_the_line_of_its_status(
    amended: Edition, client: Client, client_of: ClientOf
) -> None:
    """Besides, the texts that the new edition changed have a story now (経緯)."""

    def lines() -> list[str]:
        page = client_of(None).get("/editions/1.0/").content.decode()
        return re.sub(r' ?<a class="why-link.*?</a>', "", page).splitlines()

    before, outline_before = lines(), edition_words(amended.base)
    client.post(URL, filled(client))
    after = lines()
    assert edition_words(amended.base) == outline_before
    assert len(before) == len(after)
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [("施行中" in old, "旧版" in new) for old, new in differing] == [(True, True)]
    assert "申請のオンライン化" in "".join(after)
    assert "届出のオンライン化" not in "".join(after)


def test_items_keep_their_record_across_the_bump(
    amended: Edition, client: Client, secretariat: User, record: Record
) -> None:
    for code in ("1-A-1", "1-B-1"):
        record(FocusItem.objects.get(code=code), by=secretariat, achievements=f"{code}の実績")
    entries = list(ProgressEntry.objects.order_by("pk").values())
    client.post(URL, filled(client))
    assert list(ProgressEntry.objects.order_by("pk").values()) == entries
    for code in ("1-A-1", "1-B-1"):
        page = client.get(f"/items/{code}/").content.decode()
        assert f"{code}の実績" in page


def test_after_adoption_the_next_draft_can_be_opened(amended: Edition, client: Client) -> None:
    client.post(URL, filled(client))
    client.post("/editions/draft/open/", {"number": "1.2"})
    assert statuses() == {"1.0": "superseded", "1.1": "in_force", "1.2": "draft"}


# It is refused


def test_looking_never_adopts(amended: Edition, client: Client) -> None:
    client.get(URL, DATES)
    client.head(URL)
    assert statuses()["1.1"] == "draft"
    assert client.put(URL).status_code == 405


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_adopts(
    amended: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(URL).status_code == 403
    sent = {**DATES, "digest": draft_review(amended).digest(), "opened_edition": "1.1"}
    response = client.post(URL, sent)
    assert response.status_code == 403
    assert statuses()["1.1"] == "draft"


def test_a_passer_by_signs_in_first(amended: Edition, client_of: ClientOf) -> None:
    assert client_of(None).get(URL).headers["Location"] == f"/login/?next={URL}"
    client_of(None).post(URL, {**DATES, "digest": draft_review(amended).digest()})
    assert statuses()["1.1"] == "draft"


def test_without_a_draft_there_is_nothing_to_adopt(small_edition: Edition, client: Client) -> None:
    assert client.get(URL).headers["Location"] == "/editions/draft/"
    assert client.post(URL, DATES).status_code == 409


def test_the_page_asks_the_database_as_often_for_many_changes_as_for_few(
    amended: Edition, client: Client, secretariat: User
) -> None:
    with as_many_queries(client, URL):
        add_items(amended, 30, by=secretariat)
