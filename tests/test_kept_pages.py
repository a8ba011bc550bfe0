"""W1: no reader sees a page that is older than the last commit, nor the page of somebody else.

That a kept page is the same as one drawn anew is asked in every test of every page (tests/kept_shadow.py). Here stands
what it depends on, and what it does not.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve
from door_cast import address_of
from doors import DOORS, Door
from kept_shadow import MASKED
from query_counts import asked_by

from kirishima_dx.content_token import TOKEN
from kirishima_dx.content_triggers import UNCOUNTED
from kirishima_dx.kept.store import STORE
from people.middleware import TOUCH_SECONDS
from people.models import RoleAssignment, User
from plans.models import Edition

ROOT = Path(__file__).parent.parent
Clients = Callable[[User | None], Client]
DRAWN_EACH_TIME = {
    "health": "says how the installation stands at this moment",
    "login": "its attempts are counted, and nobody may keep it",
    "report_verify": "a form for a file",
    **dict.fromkeys(("item_list_workbook", "item_list_csv"), "files, recorded as they go out"),
    **dict.fromkeys(("report_year_workbook", "report_issue_workbook"), "likewise"),
}
"""What is open to everybody and not kept, each with its reason. Pages of staff alone are drawn each time: they are
opened to work on them, and that changes what they show."""
READ_IN_PARTS = {
    "kirishima_dx/backups/tables.py": "commands, which end",
    "people/closing_places.py": "looked through whole",
    "portal/queries/proofs.py": "worked out whole",
    "portal/queries/records/source.py": "streamed: the server closes what a client does not take to its end",
}
"""What takes rows from the database while it works on them, each with why no query stays half read."""
BEFORE_MIDNIGHT = datetime(2026, 10, 15, 14, 59, 58, tzinfo=UTC)
FIRST_SECOND = datetime(2026, 10, 14, 15, 0, 1, tzinfo=UTC)


def is_kept(door: Door) -> bool:
    return hasattr(resolve(address_of(door, {})).func, "is_kept")


KEPT = [door for door in DOORS if is_kept(door)]


def page(client: Client, url: str = "/", **headers: str) -> Any:
    return client.get(url, headers=headers)


def seen_again(client: Client, response: Any) -> Any:
    """Ask for a page once more, as a browser does that has kept it."""
    return page(client, response.request["PATH_INFO"], if_none_match=response["ETag"])


def uncounted_in(asked: Iterable[str]) -> set[str]:
    """Return the tables that were asked although their changes do not count, but for the token itself."""
    tables = {apps.get_model(label)._meta.db_table for label in UNCOUNTED} - {TOKEN}
    return {table for sql in asked for table in tables if f'"{table}"' in sql}


def rename(name: str) -> None:
    """Do with raw SQL what no action of ours does."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plans_plan SET name = %s", [name])


@pytest.fixture
def visitor(small_edition: Edition, client_of: Clients) -> Client:
    return client_of(None)


def test_every_page_is_kept_or_there_is_a_reason() -> None:
    drawn = {
        door.name for door in DOORS if door.get and "anonymous" in door.get and not is_kept(door)
    }

    assert drawn == DRAWN_EACH_TIME.keys()


@pytest.mark.sqlite  # A database knows no time of day.
def test_a_page_is_the_same_all_day_for_whatever_browser(
    house: dict[str, Any],
    secretariat: User,
    client_of: Clients,
    frozen_clock: time_machine.Traveller,
) -> None:
    frozen_clock.move_to(FIRST_SECOND)
    clients = [client_of(None), client_of(secretariat)]
    urls = [address_of(door, house) for door in KEPT]
    urls += ["/?on=2026-10-01", "/?q=窓口", "/items/?late=on", "/changes/?period=month"]

    def drawn(**headers: str) -> dict[str, bytes]:
        STORE.clear()
        answers = {
            f"{i} {url}": page(one, url, **headers) for url in urls for i, one in enumerate(clients)
        }
        return {url: MASKED.sub(b"", answer.content) for url, answer in answers.items()}

    early: dict[str, bytes] = {}
    read = asked_by(lambda: early.update(drawn()))
    frozen_clock.move_to(BEFORE_MIDNIGHT)
    clients[1] = client_of(secretariat)
    for client in clients:
        client.cookies["known_browser"] = client.cookies["theme"] = "x"
    late = drawn(
        user_agent="x", accept_language="en", referer="http://testserver/my/", accept="*/*"
    )

    assert [url for url in early if early[url] != late[url]] == []
    assert uncounted_in(read) == {"django_session"}


def test_at_midnight_in_tokyo_it_is_another_page(
    small_edition: Edition,
    secretariat: User,
    client_of: Clients,
    frozen_clock: time_machine.Traveller,
) -> None:
    """Also of what somebody may do: his role ends with the day."""
    role = RoleAssignment.objects.filter(user=secretariat)
    role.update(valid_until=date(2026, 10, 15))
    frozen_clock.move_to(BEFORE_MIDNIGHT)
    desk, visitor = client_of(secretariat), client_of(None)
    before = page(desk, "/changes/"), page(visitor, "/changes/")
    assert [seen_again(desk, before[0]).status_code, page(desk).status_code] == [304, 200]

    frozen_clock.shift(timedelta(seconds=3))
    after = seen_again(desk, before[0]), seen_again(visitor, before[1])

    assert [one.status_code for one in after] == [200, 200]
    assert "管理画面" in before[0].content.decode()
    assert "管理画面" not in after[0].content.decode()


def test_whatever_is_saved_is_seen_at_once(visitor: Client, desk: Client) -> None:
    old = [page(one) for one in (visitor, desk)]
    assert [
        seen_again(one, was).status_code for one, was in zip((visitor, desk), old, strict=True)
    ] == [304, 304]

    rename("新しい名の計画")

    for one, was in zip((visitor, desk), old, strict=True):
        assert "新しい名の計画" in seen_again(one, was).content.decode()


def test_what_is_over_is_let_go_of(visitor: Client) -> None:
    """Words that were closed (A3) do not go on lying in the memory of a process."""
    page(visitor), page(visitor, "/items/")
    kept = len(STORE)
    rename("新しい名の計画")
    page(visitor, "/items/")

    assert (kept, len(STORE)) == (2, 1)


def test_a_query_that_came_unquoted_is_an_address_of_its_own(visitor: Client) -> None:
    """Django reads é in it, and would quote it anew as Ã©. `serve` refuses it; another server may not."""
    visitor.get("/items/", QUERY_STRING="q=\xc3\xa9")

    assert 'value="Ã©"' in page(visitor, "/items/?q=%C3%83%C2%A9").content.decode()


def test_whatever_reads_a_query_in_parts_is_known() -> None:
    """A cursor that is left half read keeps the kept connection of SQLite at its moment, the token included."""
    reads = {
        file.relative_to(ROOT).as_posix()
        for app in apps.get_app_configs()
        if Path(app.path).parent == ROOT
        for file in Path(app.path).rglob("*.py")
        if ".iterator(" in file.read_text(encoding="utf-8")
    }

    assert reads == READ_IN_PARTS.keys()


def test_what_was_saved_and_taken_back_was_never_kept(visitor: Client, desk: Client) -> None:
    """As in a back-up that is restored: what stands again is what stood before."""
    old = page(visitor), page(desk)
    with transaction.atomic():
        rename("取り消す名")
        inside = page(visitor), page(desk)
        transaction.set_rollback(True)

    assert ["取り消す名" in one.content.decode() for one in inside] == [True, True]
    assert [one.headers.get("ETag") for one in inside] == [None, None]
    assert [seen_again(visitor, old[0]).status_code, seen_again(desk, old[1]).status_code] == [
        304,
        304,
    ]
    assert page(visitor).content == old[0].content


def test_what_a_setting_says_is_a_page_of_its_own(visitor: Client, settings: Any) -> None:
    was = page(visitor)
    settings.PUBLIC_READING = False

    assert seen_again(visitor, was)["Location"] == "/login/?next=/"


def test_one_browser_of_two_people(
    small_edition: Edition, secretariat: User, staff: User, client_of: Clients
) -> None:
    desk, other, visitor = client_of(secretariat), client_of(staff), client_of(None)
    own = page(desk)
    assert secretariat.display_name in own.content.decode()

    for client in (other, visitor, client_of(secretariat)):
        client.cookies.pop("csrftoken", None)
        answer = seen_again(client, own)
        assert answer.status_code == 200
        assert answer["ETag"] != own["ETag"]


def test_signing_out_leaves_nothing_of_the_one_who_left(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    own = page(client)
    client.post("/logout/")

    after = seen_again(client, own)

    assert after.status_code == 200
    assert secretariat.display_name not in after.content.decode()


def test_idleness_ends_what_was_kept_and_use_does_not(
    small_edition: Edition, staff: User, client_of: Clients, frozen_clock: time_machine.Traveller
) -> None:
    client = client_of(staff)
    own = page(client)
    for _ in range(2):
        frozen_clock.shift(timedelta(seconds=django_settings.SESSION_COOKIE_AGE - TOUCH_SECONDS))
        assert seen_again(client, own).status_code == 304
    frozen_clock.shift(timedelta(seconds=django_settings.SESSION_COOKIE_AGE + 1))

    assert "職員ログイン" in seen_again(client, own).content.decode()


def test_a_form_of_a_page_that_was_kept_can_be_sent(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    client.handler.enforce_csrf_checks = True
    own = page(client)
    (token,) = MASKED.findall(own.content)
    assert seen_again(client, own).status_code == 304

    assert client.post("/logout/").status_code == 403
    assert client.post("/logout/", {"csrfmiddlewaretoken": token.decode()}).status_code == 302


def test_a_message_is_told_once(draft: Edition, desk: Client) -> None:
    url, message = "/editions/compare/1.0/1.1/", "古い版を改正前、新しい版を改正後として"
    own = page(desk, url)
    assert page(desk, "/editions/compare/1.1/1.0/")["Location"] == url
    told = seen_again(desk, own)

    assert message in told.content.decode()
    assert "ETag" not in told
    assert seen_again(desk, own).status_code == 304


@pytest.mark.parametrize(
    "url", ["/items/csv-that-is-not/", "/?on=nonsense", "/items.csv", "/?since=2026-10-01"]
)
def test_what_is_no_page_is_left_alone(visitor: Client, url: str) -> None:
    answer = page(visitor, url)

    assert "ETag" not in answer
    assert "Cache-Control" not in answer
    assert len(STORE) == 0
