"""/editions/compare/: 新旧対照表 between any two editions."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from beginnings import lasting
from compare_cast import URL, add, adopt, amend, change
from django.test import Client
from query_counts import as_many_queries, asked_by_page, assert_as_many

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from reviews.models import Decision

ClientOf = Callable[[User | None], Client]
PAPERS = (URL, "/editions/compare/1.0/1.1/summary/", "/editions/compare/1.0/1.1.xlsx")


@pytest.fixture
@lasting
def changed(draft: Edition, secretariat: User) -> Edition:
    return change(draft, secretariat)


def cells(page: str) -> list[list[str]]:
    """Return the words of the table, row by row, marks of changes as ＋…＋ and －…－."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    table = re.sub(r"</?ins>", "＋", re.sub(r"</?del>", "－", table))
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in table.split("</tr>")]
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in rows if row]


# It works


def test_the_table_shows_each_change_on_both_sides_with_its_reason(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    by = "（ 令和8年10月15日 、事務 局子）"
    decision = Decision.objects.select_related("meeting").get()
    rows = cells(page)
    assert rows[2:9] == [
        ["軸1 便利なまち", "軸1 便利なまち", ""],
        ["1-A 行かない窓口", "1-A 行かない窓口", ""],
        [
            "1-A-1 申請のオンライン化 申請から決済までを＋スマートフォン＋で完結させます。",
            "1-A-1 申請のオンライン化 申請から決済までを－スマホ－で完結させます。",
            f"文言変更 窓口が変わったため。 {by}",
        ],
        [
            "1-A-2 遠隔相談 （略）",
            "1-A-2 遠隔相談 －★検討項目－ （略）",
            f"具体化（★解除） 実施を決めたため。 決定 {decision.code} {decision.meeting.title} {by}",
        ],
        [
            "＋1-A-3 書かない窓口 ★検討項目＋ ＋申請書を書かずに済むようにします。＋",
            "（新設）",
            f"新設 始めるため。 {by}",
        ],
        ["1-B 迷わない窓口", "1-B 迷わない窓口", ""],
        [
            "（削る）",
            "－1-B-1 手続きの案内－ －必要な手続きを事前に判定できるようにします。－",
            f"終了 終えるため。 {by}",
        ],
    ]
    assert f'<a href="{decision.get_absolute_url()}">{decision.code}' in page
    assert "備考　改正部分は、下線の部分である。" in page


def test_everyone_reads_the_comparison_of_adopted_editions_without_names(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    adopt(changed, secretariat)
    decision = Decision.objects.select_related("meeting").get()
    page = client_of(None).get(URL).content.decode()
    assert "窓口が変わったため。" in page
    assert f"決定 {decision.code} {decision.meeting.title}" in page
    assert decision.get_absolute_url() not in page
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
    row = cells(page)[4][2]
    assert "窓口が変わったため。 （第1.1版、文言変更" in row
    assert "さらに改める。 （第1.2版、文言変更" in row
    assert "第1.1版、" not in client_of(None).get("/editions/compare/1.1/1.2/").content.decode()


def test_what_was_taken_back_is_not_told(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    amend(draft, "1-A-1", by=secretariat, reason="試みる。", title="別の名称")
    assert "試みる。" in client_of(secretariat).get(URL).content.decode()
    amend(draft, "1-A-1", by=secretariat, reason="戻す。", title="申請のオンライン化")
    page = client_of(secretariat).get(URL).content.decode()
    assert "試みる。" not in page
    assert "文言に、違いはありません。" in page


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


def test_the_papers_lead_to_one_another_and_to_the_whole_text(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    for address in (*PAPERS[1:], "/editions/draft/read/?show=final", "/editions/errata/"):
        assert f'href="{address}"' in page
    adopt(changed, secretariat)
    assert 'href="/editions/1.1/">溶け込み版（全文）' in client_of(None).get(URL).content.decode()


def test_a_city_has_its_own_words_and_order(
    changed: Edition, secretariat: User, client_of: ClientOf, settings: Any
) -> None:
    settings.COMPARISON_TABLE = {
        "columns": ("old", "new", "remarks"),
        "old": "現行",
        "new": "改定案",
    }
    page = client_of(secretariat).get(URL).content.decode()
    heads = re.findall(r'<th scope="col">([^<]+)<', page)
    assert heads == ["現行", "改定案", "備考"]
    assert cells(page)[6][0] == "（新設）"


@pytest.mark.parametrize("paper", range(3))
def test_the_wrong_order_is_turned_round(
    changed: Edition, secretariat: User, client_of: ClientOf, paper: int
) -> None:
    turned = PAPERS[paper].replace("1.0/1.1", "1.1/1.0")
    response = client_of(secretariat).get(turned)
    assert (response.status_code, response.headers["Location"]) == (302, PAPERS[paper])


def test_turning_round_is_told(changed: Edition, secretariat: User, client_of: ClientOf) -> None:
    response = client_of(secretariat).get("/editions/compare/1.1/1.0/", follow=True)
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


@pytest.mark.parametrize("url", PAPERS)
def test_a_draft_is_compared_for_staff_only(
    changed: Edition, staff: User, client_of: ClientOf, url: str
) -> None:
    assert client_of(None).get(url).headers["Location"] == f"/login/?next={url}"
    assert client_of(staff).get(url).status_code == 200


@pytest.mark.parametrize("leaf", ["/", "/summary/", ".xlsx"])
@pytest.mark.parametrize("numbers", ["1.0/9.9", "9.9/1.0", "1.0/draft", "x/y"])
def test_what_is_not_there_is_not_found(
    small_edition: Edition, client_of: ClientOf, numbers: str, leaf: str
) -> None:
    assert client_of(None).get(f"/editions/compare/{numbers}{leaf}").status_code == 404


@pytest.mark.parametrize("url", [*PAPERS, "/editions/compare/"])
def test_comparing_only_reads(
    draft: Edition, secretariat: User, client_of: ClientOf, url: str
) -> None:
    assert client_of(secretariat).post(url).status_code == 405


# Its cost


def test_the_database_is_asked_as_often_for_many_changes_as_for_few(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    with as_many_queries(client_of(secretariat), *PAPERS, most=20):
        for number in range(30):
            add(changed, title=f"項目{number}", reason="増やす。", by=secretariat)


def test_the_database_is_asked_as_often_over_ten_editions_as_over_one(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    adopt(changed, secretariat, day=1)
    client = client_of(secretariat)
    one = [asked_by_page(client, url) for url in PAPERS]
    base = changed
    for minor in range(2, 11):
        later = open_draft(base=base, major=1, minor=minor, by=secretariat)
        amend(later, "1-A-1", by=secretariat, reason=f"{minor}度目。", title=f"名称{minor}")
        base = adopt(later, secretariat, day=minor)
    for few, url in zip(one, PAPERS, strict=True):
        assert_as_many(few, asked_by_page(client, url.replace("1.1", "1.10")), of=url)
