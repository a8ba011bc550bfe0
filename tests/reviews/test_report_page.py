"""年次報告: the list, one issue, who sees what, and that pages cost the same however much there is."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from django.test import Client
from query_counts import as_many_queries, asked_by_page
from report_cast import OVERVIEW, REASON, opened, publish, published, seal

from people.models import User
from plans.models import Edition, FocusItem, FocusItemText
from reviews.actions.reporting import open_correction, open_report
from reviews.models import AnnualReport
from reviews.queries.reports import report_document

ClientOf = Callable[[User | None], Client]


@pytest.fixture
@lasting
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return opened(small_edition, secretariat)


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_published_reports_to_everyone_and_all_to_staff(
    report: AnnualReport, client_of: ClientOf, staff: User, secretariat: User
) -> None:
    link = 'href="/reports/2026/1/"'
    assert link in text_of(client_of(staff), "/reports/")
    assert link not in text_of(client_of(None), "/reports/")
    assert "年次報告はまだありません" in text_of(client_of(None), "/reports/")
    issue = seal(report, secretariat)
    assert link not in text_of(client_of(None), "/reports/")
    publish(issue, secretariat)
    assert link in text_of(client_of(None), "/reports/")


def test_every_part_of_the_page_has_a_name_of_its_own(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    page = text_of(client_of(secretariat), "/reports/2026/1/")
    names = re.findall(r'<(?:section|nav|div)[^>]* aria-label(?:ledby)?="([^"]+)"', page)
    assert "progress" in names
    assert len(names) == len(set(names))


def test_the_list_without_a_plan(client_of: ClientOf, secretariat: User) -> None:
    page = text_of(client_of(secretariat), "/reports/")
    assert "計画がまだ読み込まれていません" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_opening_a_report(
    small_edition: Edition, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    client = client_of(secretariat)
    assert "年次報告を作る" in text_of(client, "/reports/")
    assert "年次報告を作る" not in text_of(client_of(staff), "/reports/")
    response = client.post("/reports/", {"fiscal_year": "2026", "as_of": "令和8年9月30日"})
    assert response.headers["Location"] == "/reports/2026/1/"
    assert AnnualReport.objects.get().as_of == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("year", "as_of", "message"),
    [
        ("2026", "2026-10-16", "未来"),
        ("2026", "2026-03-31", "2026-04-01～2027-03-31"),
        ("2026", "きのう", "「きのう」は日付として読めません"),
        ("1868", "2026-10-01", "正しく選択してください"),
    ],
)
def test_a_report_that_cannot_be_opened(
    small_edition: Edition,
    client_of: ClientOf,
    secretariat: User,
    year: str,
    as_of: str,
    message: str,
) -> None:
    response = client_of(secretariat).post("/reports/", {"fiscal_year": year, "as_of": as_of})
    page = response.content.decode()
    assert message in page
    assert f'value="{as_of}"' in page
    assert not AnnualReport.objects.exists()


def test_a_year_that_has_a_report_is_not_opened_twice(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    sent = {"fiscal_year": "2026", "as_of": "2026-10-01"}
    assert "すでにあります" in client_of(secretariat).post("/reports/", sent).content.decode()
    assert AnnualReport.objects.count() == 1


def test_the_page_of_a_draft(
    report: AnnualReport,
    responsible: FocusItem,
    record: Callable[..., object],
    editor: User,
    staff: User,
    client_of: ClientOf,
) -> None:
    record(responsible, by=editor, problem="=1+1<b>")
    page = text_of(client_of(staff), "/reports/2026/1/")
    assert "作成中の年次報告です" in page
    assert (
        "<title>ためし町DX計画 令和8年度 年次報告 – 年次報告 – ためし町DX計画 進行管理</title>"
        in page
    )
    assert "一部で調整に時間を要した。" in page
    assert "令和8年9月30日" in page
    assert '<a href="/items/1-A-1/">1-A-1</a>' in page
    assert "便利なまち　A 行かない窓口" in page
    assert "=1+1&lt;b&gt;" in page
    assert "<title>便利なまち A 行かない窓口の内訳：順調1、未回答1</title>" in page
    assert "SHA-256" not in page
    assert "/reports/2026/1/seal/" not in page


def test_the_page_of_a_sealed_report(
    report: AnnualReport, secretariat: User, client_of: ClientOf
) -> None:
    publish(seal(report, secretariat), secretariat)
    page = text_of(client_of(None), "/reports/2026/1/")
    assert AnnualReport.objects.get().digest in page
    assert "<strong>一致</strong>" in page
    assert "作成中" not in page
    assert "訂正号を作る" not in page
    assert text_of(client_of(None), "/reports/2026/") == page


def test_who_sealed_and_why_is_for_staff(
    report: AnnualReport, secretariat: User, staff: User, client_of: ClientOf
) -> None:
    publish(seal(report, secretariat), secretariat)
    seen, public = (text_of(client_of(user), "/reports/2026/1/") for user in (staff, None))
    for word in ("事務 局子", REASON):
        assert word in seen
        assert word not in public


def test_a_year_shows_the_latest_issue_that_the_reader_may_see(
    report: AnnualReport, secretariat: User, staff: User, client_of: ClientOf
) -> None:
    text_of(client_of(None), "/reports/2026/", 404)
    first = publish(seal(report, secretariat), secretariat)
    second = open_correction(report=first, reason="数字の誤り", by=secretariat)
    assert "（第2号）</h1>" in text_of(client_of(staff), "/reports/2026/")
    public = text_of(client_of(None), "/reports/2026/")
    assert "（第2号）" not in public
    second = seal(second, secretariat)
    assert "（第2号）" not in text_of(client_of(None), "/reports/2026/")
    publish(second, secretariat)
    assert "（第2号）</h1>" in text_of(client_of(None), "/reports/2026/")


def test_issues_link_to_one_another(
    report: AnnualReport, secretariat: User, staff: User, client_of: ClientOf
) -> None:
    first = publish(seal(report, secretariat), secretariat)
    second = open_correction(report=first, reason="数字の誤り", by=secretariat)
    assert "この号を訂正する号を作成しています" in text_of(client_of(staff), "/reports/2026/1/")
    assert "/reports/2026/2/" not in text_of(client_of(None), "/reports/2026/1/")
    publish(seal(second, secretariat), secretariat)
    public = client_of(None)
    page = text_of(public, "/reports/2026/1/")
    assert "この号は訂正されています" in page
    assert 'href="/reports/2026/2/"' in page
    page = text_of(public, "/reports/2026/2/")
    assert 'href="/reports/2026/1/"' in page
    assert "訂正の理由" in page
    assert "正誤表" in page


@pytest.mark.parametrize("leaf", ["", "workbook.xlsx"])
def test_a_draft_is_for_staff_and_to_others_as_if_it_were_not_there(
    report: AnnualReport, client_of: ClientOf, leaf: str
) -> None:
    url = f"/reports/2026/1/{leaf}"
    hidden, absent = (client_of(None).get(one) for one in (url, f"/reports/2026/2/{leaf}"))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content.decode().replace("第1号", "第2号") == absent.content.decode()


@pytest.mark.parametrize("leaf", ["edit", "seal", "correction"])
def test_steps_are_for_the_secretariat(
    report: AnnualReport,
    client_of: ClientOf,
    leaf: str,
    secretariat: User,
    staff: User,
    editor: User,
    certifier: User,
    headquarters: User,
) -> None:
    url = f"/reports/2026/1/{leaf}/"
    for user in (staff, editor, certifier, headquarters):
        assert client_of(user).get(url).status_code == 403
        assert client_of(user).post(url, {"reason": "x"}).status_code == 403
        assert client_of(user).post("/reports/", {}).status_code == 403
    assert client_of(None).get(url).headers["Location"] == f"/login/?next={url}"
    assert client_of(secretariat).get(url).status_code == 200
    assert not AnnualReport.objects.get().is_sealed


@pytest.mark.parametrize(
    "url",
    [
        "/reports/2025/",
        "/reports/2025/workbook.xlsx",
        "/reports/2026/2/",
        "/reports/2026/2/workbook.xlsx",
        "/reports/2026/2/edit/",
        "/reports/2026/2/seal/",
        "/reports/2026/2/correction/",
        "/reports/99999999999999999999/",
    ],
)
def test_an_unknown_report_is_a_404(
    report: AnnualReport, client_of: ClientOf, secretariat: User, url: str
) -> None:
    assert client_of(secretariat).get(url).status_code == 404


@pytest.mark.parametrize("leaf", ["", "1/", "workbook.xlsx", "1/workbook.xlsx"])
def test_reading_is_by_get(
    report: AnnualReport, client_of: ClientOf, staff: User, leaf: str
) -> None:
    assert client_of(staff).post(f"/reports/2026/{leaf}").status_code == 405


def test_a_draft_without_words_says_so(
    small_edition: Edition, secretariat: User, staff: User, client_of: ClientOf
) -> None:
    open_report(plan=small_edition.plan, year=2026, as_of=date(2026, 9, 30), by=secretariat)
    page = text_of(client_of(staff), "/reports/2026/1/")
    assert "まだ書いていません。" in page
    assert OVERVIEW not in page


def many_items(edition: Edition, number: int) -> None:
    policy = edition.policies.order_by("pk").first()
    assert policy is not None
    for position in range(100, 100 + number):
        item = FocusItem.objects.create(plan=edition.plan, code=f"1-A-{position}")
        FocusItemText.objects.create(
            edition=edition,
            focus_item=item,
            policy=policy,
            number=position,
            title=f"項目{position}",
        )


def test_pages_cost_the_same_with_few_items_and_with_many(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    """The 案 can be added to; so the reports of this test are made of it."""
    opened(small_draft, secretariat)
    of_one = ("", "seal/", "edit/?draft=overview")
    with as_many_queries(
        client_of(secretariat),
        "/reports/",
        "/reports/2026/",
        *(f"/reports/2026/1/{leaf}" for leaf in of_one),
        "/reports/2026/workbook.xlsx",
    ):
        many_items(small_draft, 30)


def test_a_sealed_report_is_read_in_few_queries(
    small_draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    many_items(small_draft, 30)
    published(small_draft, secretariat)
    assert len(asked_by_page(client_of(None), "/reports/2026/1/")) <= 6
    assert len(asked_by_page(client_of(None), "/reports/2026/1/workbook.xlsx")) <= 8


def test_the_code_of_the_city_is_for_machines(
    report: AnnualReport, client_of: ClientOf, staff: User
) -> None:
    assert report_document(report).passage("municipality_code") == "999999"
    assert "999999" not in text_of(client_of(staff), report.get_absolute_url())
