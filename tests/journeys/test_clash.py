"""Two people at one item, and an hour without a click: nothing typed is ever lost (G4)."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.browser import check, fill_sign_in
from journeys.clicking import press
from journeys.conftest import Visit
from journeys.server import Server

pytestmark = pytest.mark.journey

FIRST, SECOND = "窓口を三つに増やした。", "窓口を四つに増やし、\n案内も改めた。"


def type_entry(page: Page, achievements: str) -> None:
    page.get_by_label("状態").select_option(label="運用中")
    page.get_by_label("段階").select_option(label="④評価")
    page.get_by_label("進捗評価").select_option(label="順調")
    page.get_by_label("評価理由").fill("予定どおりに進んだため。")
    page.get_by_label("取組実績").fill(achievements)
    page.get_by_label("今後の方針").select_option(label="継続")


def without_omissions(marked: Locator) -> str:
    """Return a marked text as it reads now, however the marks cut it up."""
    return marked.evaluate(  # type: ignore[no-any-return]
        """(marked) => {
            const now = marked.cloneNode(true);
            now.querySelectorAll("del").forEach((gone) => gone.remove());
            return now.textContent;
        }"""
    )


def test_second_of_two_sees_both_texts(visit: Visit, demo_server: Server) -> None:
    first = visit(demo_server).sign_in("tantou")
    second = visit(demo_server).sign_in("kakunin")
    for page, typed in ((first, FIRST), (second, SECOND)):
        page.goto("items/1-A-1/progress/")
        type_entry(page, typed)
    press(first, "記録する")
    expect(first.get_by_role("status")).to_contain_text("記録しました")
    press(second, "記録する")
    expect(second.get_by_role("heading", level=1)).to_have_text(
        "入力している間に、ほかの人が記録しました"
    )
    field = second.get_by_label("取組実績", exact=True)
    expect(field).to_have_value(SECOND)
    theirs = second.locator(".clash__field", has=field).locator(".clash__side--theirs")
    assert FIRST in without_omissions(theirs)
    check(second)
    press(second, "あなたの入力で新しく記録する")
    expect(second.get_by_role("status")).to_contain_text("記録しました")
    history = second.get_by_role("region", name="これまでの経過")
    entries = [without_omissions(entry) for entry in history.get_by_role("listitem").all()[:2]]
    assert all(said in entry for said, entry in zip((SECOND, FIRST), entries, strict=True))
    check(second)


def test_second_of_two_at_an_answer_sees_both_texts(visit: Visit, demo_server: Server) -> None:
    first = visit(demo_server).sign_in("tantou")
    second = visit(demo_server).sign_in("kakunin")
    for page in (first, second):
        page.goto("rounds/2/answers/1-A-1/")
    for page, typed in ((first, FIRST), (second, SECOND)):
        page.get_by_role("textbox", name=re.compile("^取組実績")).fill(typed)
        press(page, "下書きを保存する")
    expect(first.get_by_role("status")).to_contain_text("下書きを保存しました")
    expect(second.get_by_role("heading", level=1)).to_have_text(
        "入力している間に、この回答が変わりました"
    )
    field = second.get_by_label("取組実績", exact=True)
    expect(field).to_have_value(SECOND)
    theirs = second.locator(".clash__field", has=field).locator(".clash__side--theirs")
    assert FIRST in without_omissions(theirs)
    check(second)
    field.fill(f"{FIRST}\n{SECOND}")
    press(second, "あなたの入力で下書きを保存する")
    expect(second.get_by_role("status")).to_contain_text("下書きを保存しました")
    first.reload()
    expect(first.get_by_role("textbox", name=re.compile("^取組実績"))).to_have_value(
        f"{FIRST}\n{SECOND}"
    )


def test_answer_that_changed_meanwhile_is_not_saved_over_by_itself(
    visit: Visit, demo_server: Server
) -> None:
    """The draft that saves itself stops and tells; what was typed stays in the form."""
    first = visit(demo_server).sign_in("tantou")
    second = visit(demo_server).sign_in("kakunin")
    for page in (first, second):
        page.goto("rounds/2/answers/1-A-2/")
    field = re.compile("^取組実績")
    first.get_by_role("textbox", name=field).fill(FIRST)
    expect(first.locator("[data-saved]")).to_contain_text("下書きを保存しました")
    second.get_by_role("textbox", name=field).fill(SECOND)
    expect(second.locator("[data-trouble]")).to_contain_text("自動の保存を止めました")
    expect(second.get_by_role("textbox", name=field)).to_have_value(SECOND)
    check(second)
    press(second, "下書きを保存する")
    expect(second.get_by_label("取組実績", exact=True)).to_have_value(SECOND)


def test_text_typed_before_an_idle_hour_is_saved_after_it(
    visit: Visit, demo_server: Server
) -> None:
    visitor = visit(demo_server)
    page = visitor.sign_in("tantou")
    page.goto("items/1-A-2/progress/")
    type_entry(page, SECOND)
    visitor.forget_session()
    press(page, "記録する")
    expect(page.get_by_role("alert")).to_contain_text("ログアウトしました")
    check(page)
    fill_sign_in(page, "tantou")
    expect(page.get_by_role("heading", level=1)).to_have_text("入力した内容が残っています")
    expect(page.get_by_text("案内も改めた。")).to_be_visible()
    check(page)
    press(page, "続きを送信する")
    expect(page.get_by_role("status")).to_contain_text("1-A-2 の進捗を記録しました。")
    expect(page.get_by_role("region", name="いまの状況")).to_contain_text("案内も改めた。")


def test_two_in_the_draft_see_both_wordings(visit: Visit, demo_server: Server) -> None:
    first, second = (visit(demo_server).sign_in("jimukyoku") for _ in range(2))
    for page, words in ((first, "先に改めた概要です。"), (second, "後から改めた概要です。")):
        page.goto("editions/draft/items/1-B-1/")
        page.get_by_label("取組の概要").fill(words)
        page.get_by_label("改定の理由").fill("（試験）改めるため")
    press(first, "理由とともに保存する")
    expect(first.get_by_role("status")).to_be_visible()
    press(second, "理由とともに保存する")
    expect(second.get_by_role("alert")).to_contain_text("まだ保存していません")
    overview = second.get_by_role("region", name="取組の概要")
    expect(overview.locator("ins").first).to_contain_text("先に改めた概要")
    expect(overview.get_by_role("textbox")).to_have_value("後から改めた概要です。")
    check(second)


def test_leaving_with_unsaved_text_is_asked_about(visit: Visit, demo_server: Server) -> None:
    page = visit(demo_server).sign_in("tantou")
    page.goto("items/1-A-3/progress/")
    page.get_by_label("評価理由").press_sequentially("書きかけ")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="記録せずに戻る").click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    expect(page.get_by_label("評価理由")).to_have_value("書きかけ")
