"""A number as printed opens what it names, also where it is no code or the code of another item."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

import pytest
from beginnings import lasting
from django.test import Client
from draft_cast import text_of
from openpyxl import load_workbook
from time_machine import Traveller

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_move
from rounds.actions.answers import send_answer
from rounds.actions.rounds import close_round
from rounds.answer_content import AnswerContent
from rounds.models import Answer

Clients = Callable[[User | None], Client]


def move(draft: Edition, code: str, *, to: str, after: str = "", by: User) -> None:
    """Put an item behind another one of a policy, or first."""
    text = text_of(draft, code)
    amend_move(
        text=text,
        policy=draft.policies.get(key=to),
        after=text_of(draft, after) if after else None,
        opened_version=text.version,
        reason="窓口をまとめるため。",
        by=by,
    )


@pytest.fixture
@lasting
def renumbered(small_edition: Edition, secretariat: User) -> Edition:
    """第1.1版（案）: 1-A-1 is printed as 1-B-2, and 1-B-1 as 1-A-1."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    move(draft, "1-A-1", to="1-B", after="1-B-1", by=secretariat)
    move(draft, "1-B-1", to="1-A", by=secretariat)
    return draft


@pytest.fixture
@lasting
def adopted(renumbered: Edition, secretariat: User) -> Edition:
    return adopt_edition(
        edition=renumbered,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=secretariat,
    )


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("/items/1-B-2/", "/items/1-A-1/"),
        ("/items/1-B-2/?on=2026-12-01", "/items/1-A-1/?on=2026-12-01"),
        ("/editions/1.1/items/1-B-2/", "/editions/1.1/items/1-A-1/"),
    ],
)
def test_a_printed_number_leads_to_the_item_that_bears_it(
    adopted: Edition, client_of: Clients, printed: str, item: str
) -> None:
    response = client_of(None).get(printed)

    assert (response.status_code, response["Location"]) == (302, item)
    assert "申請のオンライン化" in html(client_of(None), item)


def test_where_a_code_is_printed_for_another_item_the_page_leads_there(
    adopted: Edition, client_of: Clients
) -> None:
    page = html(client_of(None), "/items/1-A-1/")
    of_edition = html(client_of(None), "/editions/1.1/items/1-A-1/")

    assert 'いまの 1-A-1 は「<a href="/items/1-B-1/">手続きの案内</a>」です。' in page
    assert (
        '第1.1版の 1-A-1 は「<a href="/editions/1.1/items/1-B-1/">手続きの案内</a>」です。'
        in of_edition
    )
    assert "固有の番号 1-A-1 の項目で、第1.1版では 1-B-2 に載っています。" in of_edition


def test_a_code_that_no_other_item_bears_is_not_explained(
    adopted: Edition, client_of: Clients
) -> None:
    for url in ("/items/1-A-2/", "/items/2-A-1/", "/editions/1.0/items/1-A-1/"):
        page = html(client_of(None), url)
        assert "」です。</p>" not in page
        assert "このページは固有の番号" not in page


def test_on_a_day_before_an_edition_its_numbers_are_not_there(
    adopted: Edition, client_of: Clients
) -> None:
    response = client_of(None).get("/items/1-B-2/?on=2026-10-05")

    assert response.status_code == 404
    assert (
        "令和8年10月5日の計画に 1-B-2 という番号の重点項目はありません。"
        "第1.1版の 1-B-2「申請のオンライン化」は、固有の番号 1-A-1 で開けます。"
        in response.content.decode()
    )
    assert "1-A-1 は「" not in html(client_of(None), "/items/1-A-1/?on=2026-10-05")


def test_a_number_of_an_older_edition_says_where_the_item_is(
    adopted: Edition, secretariat: User, client_of: Clients
) -> None:
    draft = open_draft(base=adopted, major=1, minor=2, by=secretariat)
    move(draft, "1-A-1", to="2-A", by=secretariat)
    adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 12),
        effective_from=date(2026, 10, 14),
        basis="本部会議",
        by=secretariat,
    )

    response = client_of(None).get("/items/1-B-2/")

    assert response.status_code == 404
    assert (
        "いまの計画に 1-B-2 という番号の重点項目はありません。"
        "第1.1版の 1-B-2「申請のオンライン化」は、固有の番号 1-A-1 で開けます。"
        in response.content.decode()
    )


def test_what_is_no_number_is_said_to_be_none(small_edition: Edition, client_of: Clients) -> None:
    for url in ("/items/9-Z-9/", "/items/99999999999-A-1/", "/items/1-A-1-1/"):
        response = client_of(None).get(url)
        assert response.status_code == 404
        assert "という番号の重点項目はありません。" in response.content.decode()
    missing = client_of(None).get("/editions/1.0/items/9-Z-9/")
    assert missing.status_code == 404
    assert "第1.0版に 9-Z-9 という番号の重点項目はありません。" in missing.content.decode()


def test_numbers_of_a_draft_are_told_to_nobody_but_staff(
    renumbered: Edition, staff: User, client_of: Clients
) -> None:
    url = "/editions/1.1/items/1-B-2/"
    reader = client_of(None)

    assert client_of(staff).get(url)["Location"] == "/editions/1.1/items/1-A-1/"
    assert reader.get(url)["Location"] == f"/login/?next={url}"
    hidden = reader.get("/items/1-B-2/")
    assert hidden.status_code == 404
    assert "第1.1版" not in hidden.content.decode()
    assert "は「<a" not in html(reader, "/items/1-A-1/")


def test_files_of_two_editions_join_by_the_code(
    responsible: FocusItem, adopted: Edition, client_of: Clients
) -> None:
    def of_title(url: str) -> dict[str, tuple[str, str]]:
        text = client_of(None).get(url).content.decode("utf-8-sig")
        rows = csv.DictReader(StringIO(text, newline=""))
        return {row["重点項目"]: (row["番号"], row["固有の番号"]) for row in rows}

    before, now = of_title("/items.csv?on=2026-10-05"), of_title("/items.csv")

    assert before["申請のオンライン化"] == ("1-A-1", "1-A-1")
    assert now["申請のオンライン化"] == ("1-B-2", "1-A-1")
    assert now["手続きの案内"] == ("1-A-1", "1-B-1")
    sheet = load_workbook(BytesIO(client_of(None).get("/items.xlsx").content))["進捗一覧（表）"]
    heads, first = sheet.iter_rows(max_row=2, values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert (row["番号"], row["固有の番号"]) == ("1-A-1", "1-B-1")


def test_a_closed_round_calls_its_items_by_one_number(
    answer: Answer,
    renumbered: Edition,
    content: Callable[..., AnswerContent],
    editor: User,
    secretariat: User,
    client_of: Clients,
    frozen_clock: Traveller,
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    close_round(round=answer.round, by=secretariat)
    adopt_edition(
        edition=renumbered,
        decided_on=date(2026, 10, 15),
        effective_from=date(2026, 10, 20),
        basis="本部会議",
        by=secretariat,
    )
    frozen_clock.move_to("2026-10-25 10:00+09:00")
    desk, url = client_of(secretariat), answer.round.get_absolute_url()

    rows = desk.get(url).context["rows"]
    story = html(desk, f"{url}story/")
    file = desk.get(f"{url}board.csv").content.decode("utf-8-sig")

    assert "1-B-2" in [row.text.place for row in rows if row.code == "1-A-1"]
    assert '<strong>回答が届いた（1件）</strong>　<span class="said">1-B-2</span>' in story
    found = {row["重点項目"]: row for row in csv.DictReader(StringIO(file, newline=""))}
    told = found["申請のオンライン化"]
    assert (told["番号"], told["固有の番号"]) == ("1-B-2", "1-A-1")
