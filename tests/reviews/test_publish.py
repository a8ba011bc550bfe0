"""Publishing a sealed issue: an act of its own, and what anyone reads afterwards."""

from collections.abc import Callable

import pytest
from beginnings import lasting
from django.test import Client
from report_cast import OVERVIEW, REASON, opened, publish, seal, sealed

from people.models import User
from plans.models import Edition
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_correction, write_report
from reviews.errors import ReportRefused
from reviews.models import AnnualReport, Publication

ClientOf = Callable[[User | None], Client]
PAGE, PUBLISH = "/reports/2026/1/", "/reports/2026/1/publish/"
WHY = "本部会議で了承されたため"


@pytest.fixture
@lasting
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return sealed(small_edition, secretariat)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_the_page_says_what_anyone_will_read_and_what_not(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    page = text_of(client_of(secretariat), PUBLISH)
    public, internal = page.split('id="closed"')
    assert "一部で調整に時間を要した。" in public
    assert "進捗一覧 <span" in public
    assert REASON not in page
    assert "本部員の意見" in internal
    assert "公表する（取り消せません）" in internal
    assert not Publication.objects.exists()


def test_publishing(
    report: AnnualReport, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    client = client_of(secretariat)
    assert "公表へ進む" in text_of(client, PAGE)
    assert "<strong>未公表</strong>" in text_of(client_of(staff), PAGE)
    assert "公表へ進む" not in text_of(client_of(staff), PAGE)
    assert "未公表" in text_of(client_of(staff), "/reports/")
    assert client_of(None).get(PAGE).status_code == 404

    response = client.post(PUBLISH, {"reason": WHY})

    assert response.headers["Location"] == PAGE
    published = Publication.objects.get()
    assert (published.reason, published.published_by) == (WHY, secretariat)
    public = text_of(client_of(None), PAGE)
    assert "令和8年10月15日" in public
    assert WHY not in public
    assert "公表済" in text_of(client_of(None), "/reports/")
    page = text_of(client, PAGE)
    assert WHY in page
    assert "公表へ進む" not in page


def test_a_missing_reason_publishes_nothing(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    page = client_of(secretariat).post(PUBLISH, {"reason": " 　"}).content.decode()
    assert "公表の理由を書いてください。" in page
    assert not Publication.objects.exists()


def test_looking_publishes_nothing(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    for method in ("get", "head"):
        getattr(client_of(secretariat), method)(PUBLISH, {"reason": WHY})
    assert client_of(secretariat).put(PUBLISH).status_code == 405
    assert not Publication.objects.exists()


def test_a_second_time_loses_nothing_and_publishes_nothing(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    publish(report, secretariat)
    assert "に公表済みです" in text_of(client_of(secretariat), PUBLISH)
    page = client_of(secretariat).post(PUBLISH, {"reason": WHY}).content.decode()
    assert "すでに公表されています" in page
    assert f"{WHY}</textarea>" in page
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("who", ["staff", "editor", "certifier", "headquarters"])
def test_publishing_is_for_the_secretariat(
    report: AnnualReport, client_of: ClientOf, who: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.get(PUBLISH).status_code == 403
    assert client.post(PUBLISH, {"reason": WHY}).status_code == 403
    assert not Publication.objects.exists()


def test_a_draft_is_not_published(
    small_edition: Edition, client_of: ClientOf, secretariat: User
) -> None:
    report = opened(small_edition, secretariat)
    response = client_of(secretariat).post(PUBLISH, {"reason": WHY})
    assert response.status_code == 403
    assert "確定していない年次報告は公表できません" in response.content.decode()
    with pytest.raises(ReportRefused, match="確定していない"):
        publish_report(report=report, reason=WHY, by=secretariat)


def test_an_unknown_issue_is_a_404(
    report: AnnualReport, client_of: ClientOf, secretariat: User
) -> None:
    assert client_of(secretariat).get("/reports/2026/2/publish/").status_code == 404


def test_nobody_outside_reads_a_word_of_a_correction_that_is_not_published(
    report: AnnualReport, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    publish(report, secretariat)
    before = {url: text_of(client_of(None), url) for url in ("/reports/", "/reports/2026/", PAGE)}
    correction = open_correction(report=report, reason="しるし：訂正の理由", by=secretariat)
    write_report(
        report=correction,
        overview="しるし：訂正した総括",
        technology_trends="",
        national_trends="",
        opened_version=correction.version,
        by=secretariat,
    )

    def unseen() -> None:
        assert {url: text_of(client_of(None), url) for url in before} == before
        assert client_of(None).get("/reports/2026/2/").status_code == 404
        assert client_of(None).get("/reports/2026/2/workbook.xlsx").status_code == 404

    unseen()
    assert "しるし：訂正した総括" in text_of(client_of(staff), "/reports/2026/")
    second = seal(AnnualReport.objects.get(number=2), secretariat)
    unseen()
    assert "（訂正した号は、まだ公表していません。）" in text_of(client_of(staff), PAGE)
    publish(second, secretariat)
    assert "しるし：訂正した総括" in text_of(client_of(None), "/reports/2026/")
    assert "この号は訂正されています" in text_of(client_of(None), PAGE)


def test_a_published_correction_does_not_link_to_an_issue_that_is_not(
    report: AnnualReport, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    second = seal(open_correction(report=report, reason="誤り", by=secretariat), secretariat)
    publish(second, secretariat)
    link = f'href="{PAGE}"'
    assert link in text_of(client_of(staff), "/reports/2026/2/")
    assert link not in text_of(client_of(None), "/reports/2026/2/")
    assert OVERVIEW.split("\n")[0] in text_of(client_of(None), "/reports/2026/2/")
