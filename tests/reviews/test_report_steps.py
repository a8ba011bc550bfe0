"""Writing, sealing and correcting a report in the browser."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beginnings import lasting
from django.test import Client
from report_cast import OVERVIEW, REASON, TRENDS, opened, seal

from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.reporting import write_report
from reviews.models import AnnualReport
from reviews.queries.reports import draft_report, report_document
from reviews.report.overview import UNREAD, draft_overview

EDIT, SEAL, CORRECTION = (f"/reports/2026/1/{leaf}/" for leaf in ("edit", "seal", "correction"))


@pytest.fixture
@lasting
def report(small_edition: Edition, secretariat: User) -> AnnualReport:
    return opened(small_edition, secretariat)


@pytest.fixture
def client(client_of: Callable[[User | None], Client], secretariat: User) -> Client:
    return client_of(secretariat)


def typed(report: AnnualReport, **changes: Any) -> dict[str, Any]:
    values = {
        "as_of": "2026-09-30",
        "overview": "書き直した総括",
        "technology_trends": "書き直した動向",
        "version": report.version,
    }
    return {**values, **changes}


def looked_at(page: str) -> dict[str, str]:
    """Return what the form of the seal carries once somebody has read the report."""
    seen = {name: hidden(page, name) for name in ("version", "seen_digest")}
    return {**seen, "has_read": "on"}


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_writing(report: AnnualReport, client: Client, secretariat: User) -> None:
    page = client.get(EDIT).content.decode()
    assert "一部で調整に時間を要した。" in page
    assert 'value="2026-09-30"' in page
    response = client.post(EDIT, typed(report, as_of="R8.10.1"), follow=True)
    assert "保存しました。" in response.content.decode()
    report.refresh_from_db()
    assert (report.overview, report.technology_trends) == ("書き直した総括", "書き直した動向")
    assert report.as_of == date(2026, 10, 1)
    change = report.history.latest()
    assert change.history_user == secretariat


def test_a_day_that_is_refused_loses_nothing(report: AnnualReport, client: Client) -> None:
    for as_of, message in (
        ("2026-10-16", "未来"),
        ("2026-01-01", "2026年度"),
        ("？", "読めません"),
    ):
        page = client.post(EDIT, typed(report, as_of=as_of)).content.decode()
        assert message in page
        assert "書き直した総括</textarea>" in page
        assert "書き直した動向</textarea>" in page
        assert f'value="{as_of}"' in page
    report.refresh_from_db()
    assert report.overview == OVERVIEW


def test_a_text_that_is_too_long_loses_nothing(report: AnnualReport, client: Client) -> None:
    text = "あ" * 10_001
    page = client.post(EDIT, typed(report, overview=text)).content.decode()
    assert "10000文字以内にしてください（いま10001文字です）。" in page
    assert text in page


def test_g4_a_clash_shows_both_and_the_second_saving_overwrites_knowingly(
    report: AnnualReport, client: Client, secretariat: User
) -> None:
    sent = typed(report)
    write_report(
        report=report,
        overview="ほかの人の総括",
        technology_trends=TRENDS,
        national_trends="",
        opened_version=report.version,
        by=secretariat,
    )
    response = client.post(EDIT, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人が保存しました" in page
    assert "ほかの人の総括" in page
    assert "書き直した総括</textarea>" in page
    assert "<ins>書" in page
    assert "<del>" in page
    report.refresh_from_db()
    assert report.overview == "ほかの人の総括"
    again = client.post(EDIT, {**sent, "version": hidden(page, "version")})
    assert again.status_code == 302
    report.refresh_from_db()
    assert report.overview == "書き直した総括"


def test_g4_a_clash_shows_the_trends_as_well(
    report: AnnualReport, client: Client, secretariat: User
) -> None:
    sent = typed(report, national_trends="国の方針が変わった。")
    write_report(
        report=report,
        overview=OVERVIEW,
        technology_trends=TRENDS,
        national_trends="県の計画が改められた。",
        opened_version=report.version,
        by=secretariat,
    )
    page = client.post(EDIT, sent).content.decode()
    clash = page[page.index('class="clash ') : page.index("<form", page.index('class="clash '))]
    assert "国・県の動向" in clash
    assert "県の計画が改められた。" in clash
    assert "国の方針が変わった。</textarea>" in page


def test_an_empty_overview_is_filled_from_the_figures_and_not_saved(
    small_edition: Edition, client: Client, secretariat: User
) -> None:
    report = opened(small_edition, secretariat, overview="")
    assert "下書きを作る" in client.get(report.get_absolute_url()).content.decode()
    page = client.get(f"{EDIT}?draft=overview").content.decode()
    field = page[page.index('name="overview"') :].split("</textarea>")[0]
    assert UNREAD in field
    assert "重点項目4項目のうち" in field
    assert "まだ保存していません" in page
    assert AnnualReport.objects.get().overview == ""


def test_a_draft_beside_an_overview_is_shown_first_and_loses_nothing(
    report: AnnualReport, client: Client
) -> None:
    sent = typed(report, as_of="？", technology_trends="途中まで打った動向")
    page = client.post(EDIT, {**sent, "draft": "overview"}).content.decode()
    assert "数字から作った下書き（まだ入れていません）" in page
    assert "重点項目4項目のうち" in page
    assert "書き直した総括</textarea>" in page
    page = client.post(EDIT, {**sent, "draft": "append"}).content.decode()
    field = page[page.index('name="overview"') :].split("</textarea>")[0]
    assert "書き直した総括" in field
    assert UNREAD in field
    assert "途中まで打った動向</textarea>" in page
    assert 'value="？"' in page
    assert hidden(page, "version") == str(report.version)
    report.refresh_from_db()
    assert report.overview == OVERVIEW


def test_a_report_sealed_meanwhile_keeps_the_typed_text_on_the_screen(
    report: AnnualReport, client: Client, secretariat: User
) -> None:
    sent = typed(report)
    seal(report, secretariat)
    response = client.post(EDIT, sent)
    page = response.content.decode()
    assert "確定しているので、変更できません。" in page
    assert "書き直した総括</textarea>" in page
    report.refresh_from_db()
    assert report.overview == OVERVIEW


def test_sealing_shows_what_will_be_fixed(report: AnnualReport, client: Client) -> None:
    page = client.get(SEAL).content.decode()
    assert "確定は取り消せません" in page
    assert "一部で調整に時間を要した。" in page
    assert "重点項目数 <strong>4</strong>" in page
    kept = page[page.index('id="fixed"') : page.index("</section>", page.index('id="fixed"'))]
    for table in draft_report(report).document.tables:
        assert f'{table.title} <span class="num">{len(table.rows)}行</span>' in kept
    assert "SHA-256" in page
    assert not AnnualReport.objects.get().is_sealed


def test_sealing(report: AnnualReport, client: Client, secretariat: User) -> None:
    page = client.get(SEAL).content.decode()
    sent = looked_at(page)
    response = client.post(SEAL, {**sent, "reason": REASON}, follow=True)
    assert "を確定しました。" in response.content.decode()
    report.refresh_from_db()
    assert report.is_sealed
    assert (report.sealed_by, report.seal_reason) == (secretariat, REASON)
    assert client.get(SEAL).status_code == 403
    assert client.post(SEAL, {**sent, "reason": REASON}).status_code == 403
    assert client.get(EDIT).status_code == 403


def test_a_seal_without_a_reason(report: AnnualReport, client: Client) -> None:
    page = client.get(SEAL).content.decode()
    sent = looked_at(page)
    page = client.post(SEAL, {**sent, "reason": " 　"}).content.decode()
    assert "確定の理由を書いてください。" in page
    assert hidden(page, "seen_digest") == sent["seen_digest"]
    assert not AnnualReport.objects.get().is_sealed


def test_a_seal_without_an_overview(
    small_edition: Edition, client: Client, secretariat: User
) -> None:
    opened(small_edition, secretariat, overview="")
    page = client.get(SEAL).content.decode()
    assert "先に総括を書く" in page
    assert "button--final" not in page
    sent = looked_at(page)
    assert "総括が空です。総括を書いてから確定してください。" in page
    page = client.post(SEAL, {**sent, "reason": REASON}).content.decode()
    assert "総括が空です" in page
    assert REASON in page
    assert not AnnualReport.objects.get().is_sealed


def test_a_seal_of_what_was_not_read(report: AnnualReport, client: Client) -> None:
    sent = looked_at(client.get(SEAL).content.decode())
    del sent["has_read"]
    page = client.post(SEAL, {**sent, "reason": REASON}).content.decode()
    assert "総括と進捗一覧を読んでから、印を付けてください。" in page
    assert f"{REASON}</textarea>" in page
    assert not AnnualReport.objects.get().is_sealed


def test_a_seal_of_a_draft_that_nobody_has_read(
    small_edition: Edition, client: Client, secretariat: User
) -> None:
    """What is made from the figures is never sealed unread; the page says so before the act."""
    made = draft_overview(report_document(opened(small_edition, secretariat)))
    report = AnnualReport.objects.get()
    client.post(EDIT, typed(report, overview=made))
    page = client.get(SEAL).content.decode()
    assert f"総括に、下書きの印「{UNREAD}」が残っています。" in page
    assert "button--final" not in page
    page = client.post(SEAL, {**looked_at(page), "reason": REASON}).content.decode()
    assert f"{REASON}</textarea>" in page
    assert not AnnualReport.objects.get().is_sealed


def test_a_seal_while_a_department_answers(
    report: AnnualReport,
    client: Client,
    responsible: FocusItem,
    record: Callable[..., object],
    editor: User,
) -> None:
    page = client.get(SEAL).content.decode()
    sent = looked_at(page)
    record(responsible, by=editor)
    response = client.post(SEAL, {**sent, "reason": REASON})
    page = response.content.decode()
    assert response.status_code == 409
    assert "確かめている間に内容が変わりました" in page
    assert 'name="has_read" required' in page
    assert "checked" not in page
    assert f"{REASON}</textarea>" in page
    assert not AnnualReport.objects.get().is_sealed
    sent = looked_at(page)
    assert client.post(SEAL, {**sent, "reason": REASON}).status_code == 302
    assert AnnualReport.objects.get().is_sealed


def test_correcting(report: AnnualReport, client: Client, secretariat: User) -> None:
    page = client.post(CORRECTION, {"reason": "誤り"}).content.decode()
    assert "確定していない報告は、そのまま直せます。" in page
    seal(report, secretariat)
    assert "訂正の理由を書いてください。" in client.post(CORRECTION, {}).content.decode()
    response = client.post(CORRECTION, {"reason": "数字の誤り"})
    assert response.headers["Location"] == "/reports/2026/2/"
    correction = AnnualReport.objects.get(number=2)
    assert (correction.corrects, correction.correction_reason) == (report, "数字の誤り")
    page = client.post(CORRECTION, {"reason": "もう一度"}).content.decode()
    assert "すでにあります" in page
    assert "もう一度</textarea>" in page
