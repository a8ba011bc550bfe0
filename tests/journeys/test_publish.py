"""From the figures to a report that anyone may read: drafted, read, sealed, published."""

import pytest
from playwright.sync_api import expect

from journeys.browser import check
from journeys.clicking import follow, heading, press, says
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey


def test_a_report_is_drafted_sealed_and_published(visit: Visit, demo_server: Server) -> None:
    page, anybody = visit(demo_server).sign_in("jimukyoku"), visit(demo_server).open("reports/")
    expect(anybody.get_by_role("link", name="令和8年度")).to_have_count(0)
    page.goto("reports/2026/1/edit/")
    page.get_by_label("総括").fill("")
    press(page, "数字から総括の下書きを作る")
    drafted = page.get_by_label("総括").input_value()
    assert drafted.startswith("【下書き】")
    check(page)
    page.get_by_label("総括").fill(drafted.partition("\n")[2].strip())
    press(page, "保存する")
    follow(page, "確定（封印）へ進む")
    page.get_by_label("確定の理由").fill("（試験）本部会議に報告するため")
    page.get_by_label("総括と進捗一覧を読みました").check()
    press(page, "確定する（取り消せません）")
    says(page, "を確定しました。")
    hidden = anybody.goto("reports/2026/1/")
    assert hidden is not None
    assert hidden.status == 404
    page.goto("reports/2026/1/publish/")
    check(page)
    page.get_by_label("公表の理由").fill("（試験）本部会議で了承されたため")
    press(page, "公表する（取り消せません）")
    anybody.goto("reports/2026/1/")
    expect(heading(anybody)).to_contain_text("令和8年度")
    expect(anybody.locator("main")).not_to_contain_text("（試験）本部会議")
