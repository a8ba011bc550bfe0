"""/editions/compare/: 新旧対照表 between any two editions."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from draft_cast import text_of
from meeting_cast import by_decision

from people.models import User
from plans.actions import open_draft
from plans.models import Axis, Edition
from reviews.actions import adopt_edition, amend_add, amend_end, amend_text

ClientOf = Callable[[User | None], Client]
URL = "/editions/compare/1.0/1.1/"


def amend(edition: Edition, code: str, *, by: User, reason: str, **words: object) -> None:
    text = text_of(edition, code)
    values = {"title": text.title, "overview": text.overview, "is_study": text.is_study, **words}
    amend_text(text=text, opened_version=text.version, reason=reason, by=by, **values)  # type: ignore[arg-type]


def adopt(edition: Edition, by: User, *, day: int = 10) -> Edition:
    return adopt_edition(
        edition=edition,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, day),
        basis="本部会議",
        by=by,
    )


@pytest.fixture
def changed(draft: Edition, secretariat: User) -> Edition:
    amend(
        draft,
        "1-A-1",
        by=secretariat,
        reason="窓口が変わったため。",
        overview="申請から決済までをスマートフォンで完結させます。",
    )
    origin = by_decision(draft, secretariat, "1-A-2")
    amend(draft, "1-A-2", by=secretariat, reason="実施を決めたため。", is_study=False, origin=origin)
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終えるため。", by=secretariat)
    amend_add(
        policy=text_of(draft, "1-A-1").policy,
        title="書かない窓口",
        overview="申請書を書かずに済むようにします。",
        is_study=True,
        reason="始めるため。",
        by=secretariat,
    )
    return draft


def cells(page: str) -> list[list[str]]:
    """Return the words of the table, row by row, marks of changes as ＋…＋ and －…－."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    table = re.sub(r"</?ins>", "＋", re.sub(r"</?del>", "－", table))
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("</tr>")
    ]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in rows if row]


# It works


def test_the_table_shows_each_change_on_both_sides_with_its_reason(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    by = "（ 令和8年10月15日 、事務 局子）"
    assert cells(page) == [
        ["軸1 便利なまち"],
        ["1-A 行かない窓口"],
        [
            "1-A-1 申請のオンライン化 申請から決済までを＋スマートフォン＋で完結させます。",
            "1-A-1 申請のオンライン化 申請から決済までを－スマホ－で完結させます。",
            f"文言変更 窓口が変わったため。 {by}",
        ],
        [
            "1-A-2 遠隔相談 ＋（★検討項目としない）＋ （略）",
            "1-A-2 遠隔相談 －★検討項目－ （略）",
            f"具体化（★解除） 実施を決めたため。 {by}",
        ],
        [
            "＋1-A-3＋ ＋書かない窓口＋ ＋★検討項目＋ ＋申請書を書かずに済むようにします。＋",
            "（新設）",
            f"新設 始めるため。 {by}",
        ],
        ["1-B 迷わない窓口"],
        [
            "（削る）",
            "－1-B-1－ －手続きの案内－ －必要な手続きを事前に判定できるようにします。－",
            f"終了 終えるため。 {by}",
        ],
        ["軸2 身軽な役場 （略）", "軸2 身軽な役場 （略）", "1項目 同一"],
    ]
    assert "備考　改正部分は、下線の部分である。" in page


def test_unchanged_items_among_changed_ones_are_left_out_with_their_number(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    amend(draft, "1-A-2", by=secretariat, reason="改める。", title="遠隔窓口")
    rows = cells(client_of(secretariat).get(URL).content.decode())
    assert rows[1:3] == [["1-A 行かない窓口"], ["（略）", "（略）", "1項目 同一"]]
    assert "遠隔" in rows[3][0]
    assert rows[4:] == [
        ["1-B 迷わない窓口 （略）", "1-B 迷わない窓口 （略）", "1項目 同一"],
        ["軸2 身軽な役場 （略）", "軸2 身軽な役場 （略）", "1項目 同一"],
    ]


def test_everyone_reads_the_comparison_of_adopted_editions_without_names(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    adopt(changed, secretariat)
    page = client_of(None).get(URL).content.decode()
    assert "窓口が変わったため。" in page
    assert "令和8年10月15日" in page
    assert "事務 局子" not in page
    assert "決定 <time" in page
    assert "事務 局子" in client_of(secretariat).get(URL).content.decode()


def test_two_steps_at_once_name_the_edition_of_each_reason(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    adopt(changed, secretariat)
    later = open_draft(base=changed, major=1, minor=2, by=secretariat)
    amend(later, "1-A-1", by=secretariat, reason="さらに改める。", title="届出のオンライン化")
    adopt(later, secretariat, day=12)
    page = client_of(None).get("/editions/compare/1.0/1.2/").content.decode()
    row = cells(page)[2][2]
    assert "窓口が変わったため。 （第1.1版、文言変更" in row
    assert "さらに改める。 （第1.2版、文言変更" in row
    assert "第1.1版、" not in client_of(None).get("/editions/compare/1.1/1.2/").content.decode()


def test_an_edition_does_not_differ_from_itself(
    small_edition: Edition, client_of: ClientOf
) -> None:
    page = client_of(None).get("/editions/compare/1.0/1.0/").content.decode()
    assert "同じ版（第1.0版）どうしなので、違いはありません。" in page
    assert "<table" not in page


def test_a_draft_just_opened_does_not_differ(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    assert "第1.0版と第1.1版（案）の文言に、違いはありません。" in page


def test_other_texts_that_differ_are_told_by_place(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    Axis.objects.filter(edition=draft, number=2).update(tagline="仕事の仕方を変える")
    rows = cells(client_of(secretariat).get(URL).content.decode())
    assert rows[-2:] == [
        ["そのほかの文言"],
        ["軸2 身軽な役場 標語 仕事＋の仕方＋を変える", "軸2 身軽な役場 標語 仕事を変える", ""],
    ]


def test_the_wrong_order_is_turned_round(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).get("/editions/compare/1.1/1.0/", follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "古い版を改正前、新しい版を改正後として表示しています。" in response.content.decode()


# Choosing


def test_the_newest_two_are_proposed(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).get("/editions/compare/")
    page = response.content.decode()
    assert '<option value="1.1" selected>第1.1版（案）</option>' in page
    assert '<option value="1.0" selected>第1.0版</option>' in page
    chosen = client_of(secretariat).get("/editions/compare/", {"old": "1.0", "new": "1.1"})
    assert chosen.headers["Location"] == URL


def test_an_unknown_choice_is_answered_with_the_form(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    response = client_of(secretariat).get("/editions/compare/", {"old": "9.9", "new": "1.1"})
    assert response.status_code == 200
    assert "版を、表示されている中から選んでください。" in response.content.decode()


def test_a_draft_is_not_offered_to_a_passer_by(changed: Edition, client_of: ClientOf) -> None:
    page = client_of(None).get("/editions/compare/").content.decode()
    assert "1.1" not in page
    assert "比べられる版がまだありません" in page


def test_with_no_plan_there_is_nothing_to_compare(db: None, client_of: ClientOf) -> None:
    page = client_of(None).get("/editions/compare/").content.decode()
    assert "比べられる版がまだありません" in page


# It is refused


def test_a_draft_is_compared_for_staff_only(
    changed: Edition, staff: User, client_of: ClientOf
) -> None:
    assert client_of(None).get(URL).headers["Location"] == f"/login/?next={URL}"
    assert client_of(staff).get(URL).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/editions/compare/1.0/9.9/",
        "/editions/compare/9.9/1.0/",
        "/editions/compare/1.0/draft/",
        "/editions/compare/x/y/",
    ],
)
def test_what_is_not_there_is_not_found(
    small_edition: Edition, client_of: ClientOf, url: str
) -> None:
    assert client_of(None).get(url).status_code == 404


@pytest.mark.parametrize("url", [URL, "/editions/compare/"])
def test_comparing_only_reads(small_edition: Edition, client_of: ClientOf, url: str) -> None:
    assert client_of(None).post(url).status_code == 405


def test_the_page_asks_the_database_as_often_for_many_changes_as_for_few(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    client = client_of(secretariat)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(30):
        amend_add(
            policy=text_of(changed, "1-A-1").policy,
            title=f"項目{number}",
            overview="概要",
            is_study=False,
            reason="増やす。",
            by=secretariat,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)
    assert len(many) <= 20
