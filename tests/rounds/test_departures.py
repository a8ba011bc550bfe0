"""Where an item that left the plan is still asked about, it is said that it did, and where it went."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from assigning import assign
from beginnings import lasting
from django.test import Client
from draft_cast import merge, text_of
from query_counts import as_many_queries

from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_end
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
INTO = '<a href="/items/1-A-2/">1-A-2 遠隔相談</a>'
MERGED = f'<span class="label">第1.1版で統合</span> {INTO}に統合されました。'
ENDED = '<span class="label">第1.1版で終了</span> 令和8年10月10日から計画に載っていません。'


@pytest.fixture
@lasting
def draft(reporting_round: ReportingRound, secretariat: User, welfare: Department) -> Edition:
    """第1.1版（案）, in which 1-A-1 is merged into 1-A-2 and 2-A-1 ends; 福祉課 leads 2-A-1 too."""
    assign(FocusItem.objects.get(code="2-A-1"), welfare, by=secretariat)
    edition = Edition.objects.get(status="in_force")
    draft = open_draft(base=edition, major=1, minor=1, by=secretariat)
    merge(draft, "1-A-1", "1-A-2", by=secretariat)
    text = text_of(draft, "2-A-1")
    amend_end(text=text, opened_version=text.version, reason="終えたため。", by=secretariat)
    return draft


def adopt(draft: Edition, by: User, effective_from: date = date(2026, 10, 10)) -> Edition:
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=effective_from,
        basis="本部会議",
        by=by,
    )


@pytest.fixture
@lasting
def adopted(draft: Edition, secretariat: User) -> Edition:
    return adopt(draft, secretariat)


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    page = re.sub("</?time[^>]*>", "", response.content.decode())
    return " ".join(page.split())


def test_the_lists_of_a_round_say_it_in_the_row(
    adopted: Edition, answer: Answer, editor: User, secretariat: User, client_of: Clients
) -> None:
    own = html(client_of(editor), "/my/")
    board = html(client_of(secretariat), answer.round.get_absolute_url())

    for page in (own, board):
        assert page.count(MERGED) == page.count(ENDED) == 1
    assert "年次報告に載せるため、回答はお願いします。" in own
    assert f'href="/rounds/{answer.round_id}/answers/1-A-1/"' in own


@pytest.mark.parametrize(
    ("page", "meant"),
    [
        ("/rounds/{}/answers/{}/", "年次報告に載せるため、この照会への回答はお願いします。"),
        ("/items/{1}/progress/", "計画に載っていた間の状況は、その日を基準日にして記録できます。"),
    ],
)
def test_the_forms_say_it_above(
    adopted: Edition, answer: Answer, editor: User, client_of: Clients, page: str, meant: str
) -> None:
    merged = html(client_of(editor), page.format(answer.round_id, "1-A-1"))
    ended = html(client_of(editor), page.format(answer.round_id, "2-A-1"))

    assert "この重点項目は第1.1版でほかの項目に統合されました" in merged
    assert f"令和8年10月10日から計画に載っていません。{meant}引き継いだ項目：{INTO}" in merged
    assert "この重点項目は第1.1版で終了しました" in ended
    assert f"令和8年10月10日から計画に載っていません。{meant}</p>" in ended


def test_what_stays_or_leaves_only_later_is_shown_as_ever(
    draft: Edition, answer: Answer, secretariat: User, editor: User, client_of: Clients
) -> None:
    adopt(draft, secretariat, date(2026, 11, 1))

    pages = {
        "/my/": editor,
        answer.round.get_absolute_url(): secretariat,
        f"/rounds/{answer.round_id}/answers/1-A-1/": editor,
        "/items/1-A-1/progress/": editor,
    }
    for url, user in pages.items():
        page = html(client_of(user), url)
        assert "第1.1版で" not in page
        assert "計画に載っていません" not in page


def test_checking_an_answer_tells_it_too(adopted: Edition, answer: Answer, desk: Client) -> None:
    assert MERGED in html(desk, f"/rounds/{answer.round_id}/review/1-A-1/")


def test_many_that_left_cost_as_many_queries_as_one(
    draft: Edition, answer: Answer, secretariat: User, welfare: Department, client_of: Clients
) -> None:
    """The lists ask once for all rows."""
    adopted = adopt(draft, secretariat)
    following = open_draft(base=adopted, major=1, minor=2, by=secretariat)
    merge(following, "1-B-1", "1-A-2", by=secretariat)

    with as_many_queries(client_of(secretariat), answer.round.get_absolute_url()):
        adopt(following, secretariat, date(2026, 10, 12))
