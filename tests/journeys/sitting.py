"""Planning a sitting of the DX推進本部, by clicks."""

from playwright.sync_api import Page, expect

from journeys.clicking import follow, go, heading, press_knowing


def plan_sitting(page: Page, day: str, *, report: str = "") -> None:
    """Plan a sitting on a day, with another report than the one offered where one is named."""
    go(page, "本部会議")
    follow(page, "会議を作る")
    page.get_by_label("開催日").fill(day)
    if report:
        page.get_by_label("報告する年次報告").select_option(label=report)
    press_knowing(page, "会議を作る")
    expect(heading(page)).to_contain_text("DX推進本部会議")
