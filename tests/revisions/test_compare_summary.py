"""/editions/compare/…/summary/: 改定の概要, one page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from compare_cast import add, amend, axis_of, change, policy_of, write_section
from django.test import Client
from draft_cast import text_of

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_move
from revisions.actions.amending_axes import amend_move_axis
from revisions.papers.summary import summary_of
from revisions.queries.adopted_steps import adopted_steps
from revisions.queries.revisions import revision

ClientOf = Callable[[User | None], Client]
URL = "/editions/compare/1.0/1.1/summary/"


@pytest.fixture
@lasting
def changed(draft: Edition, secretariat: User) -> Edition:
    return change(draft, secretariat)


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page[page.index("<main") :]).split())


def adopt_upon(edition: Edition, decision: Decision | None, by: User, day: int = 10) -> Edition:
    return adopt_edition(
        edition=edition,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, day),
        basis="本部会議で決定したため",
        decision=decision,
        by=by,
    )


# It works


def test_the_page_counts_what_was_and_what_is(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    add(changed, by=secretariat, title="もう一つ")
    page = client_of(secretariat).get(URL).content.decode()
    assert re.findall(
        r'<th scope="row">([^<]+)</th><td class="num">(\d+)</td><td class="num">(\d+)</td><td class="num">([^<]+)</td>',
        page,
    ) == [
        ("重点項目", "4", "5", "＋1"),
        ("うち検討項目 ★", "1", "2", "＋1"),
        ("取組方針", "3", "3", "±0"),
        ("軸", "2", "2", "±0"),
    ]
    assert "新設 2項目 文言変更 1項目 具体化（★解除） 1項目 終了 1項目 同一 1項目" in words(page)
    assert "新設 2項目" in words(page)
    assert "終了 1項目" in words(page)


def test_each_change_is_told_in_a_line_with_its_reason_and_its_decision(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    write_section(
        changed, "purpose", "書き改めた趣旨です。", by=secretariat, reason="趣旨を改めるため。"
    )
    decision = Decision.objects.select_related("meeting").get()
    said = words(client_of(secretariat).get(URL).content.decode())
    assert (
        "1-A-1 申請のオンライン化 文言変更 「スマホ」を「スマートフォン」に 窓口が変わったため。"
        in said
    )
    assert (
        f"具体化（★解除） 実施を決めたため。 決定 {decision.code} {decision.meeting.title}" in said
    )
    assert "1-A-3 書かない窓口 新設 始めるため。" in said
    assert "1-B-1 手続きの案内 終了 終えるため。" in said
    assert "① 趣旨 文言変更" in said
    assert "趣旨を改めるため。" in said
    assert f"決定した会議 {decision.meeting.title}" in said


def test_the_page_says_since_when_and_on_what_it_holds(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    decision = Decision.objects.select_related("meeting").get()
    draft_page = client_of(secretariat).get(URL).content.decode()
    assert "まだ施行されていません。" in draft_page
    adopt_upon(changed, decision, secretariat)
    said = words(client_of(None).get(URL).content.decode())
    assert "第1.1版 施行 令和8年10月10日 （決定 令和8年10月1日 ）" in said
    assert f"決定 {decision.code} {decision.meeting.title} 本部会議で決定したため" in said
    assert "まだ施行されていません。" not in said


def test_decisions_are_links_for_staff_alone(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    decision = Decision.objects.get()
    adopt_upon(changed, decision, secretariat)
    assert decision.get_absolute_url() in client_of(secretariat).get(URL).content.decode()
    assert decision.get_absolute_url() not in client_of(None).get(URL).content.decode()


def test_the_errata_are_another_paper(
    changed: Edition, secretariat: User, client_of: ClientOf
) -> None:
    page = client_of(secretariat).get(URL).content.decode()
    assert 'href="/editions/errata/">正誤表' in page


def test_items_whose_number_alone_changed_are_counted_and_not_listed(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    amend_move_axis(
        axis=axis_of(draft, "2"), after=None, opened_version=1, reason="先にする。", by=secretariat
    )
    summary = summary_of(revision(small_edition, draft))
    assert summary.renumbered == 4
    assert [(count.label, count.number) for count in summary.counts] == [("番号の変更", 4)]
    assert [line.label for line in summary.lines] == ["軸1 身軽な役場", "軸2 便利なまち"]
    assert not summary.is_empty


def test_a_move_names_both_policies_in_its_line(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    amend_move(
        text=text_of(draft, "1-A-2"),
        policy=policy_of(draft, "1-B"),
        after=None,
        opened_version=1,
        reason="合わせる。",
        by=secretariat,
    )
    lines = {line.label: line.what for line in summary_of(revision(small_edition, draft)).lines}
    assert lines["1-B-1 遠隔相談"] == (
        "取組方針「1-A 行かない窓口」から「1-B 迷わない窓口」へ移動",
    )
    counts = {
        count.label: count.number for count in summary_of(revision(small_edition, draft)).counts
    }
    assert counts["移動"] == 1


def test_long_words_are_cut_and_further_places_counted(
    small_edition: Edition, draft: Edition, secretariat: User
) -> None:
    long = "申請から受取までを、休日も夜間も、どこからでもスマートフォンで完結させます。"
    amend(
        draft, "1-A-1", by=secretariat, reason="改める。", title="届出のオンライン化", overview=long
    )
    (line,) = summary_of(revision(small_edition, draft)).lines
    assert line.what[0] == "「申請」を「届出」に"
    assert line.what[-1].startswith("ほか")


def test_all_steps_between_two_editions_are_named(
    changed: Edition, secretariat: User, client_of: ClientOf, small_edition: Edition
) -> None:
    first = adopt_upon(changed, Decision.objects.get(), secretariat, day=5)
    later = open_draft(base=first, major=1, minor=2, by=secretariat)
    amend(later, "1-A-1", by=secretariat, reason="さらに。", title="届出のオンライン化")
    second = adopt_upon(later, None, secretariat)
    steps = adopted_steps(small_edition, second)
    assert [(step.edition.number, bool(step.decision)) for step in steps] == [
        ("1.1", True),
        ("1.2", False),
    ]
    said = words(client_of(None).get("/editions/compare/1.0/1.2/summary/").content.decode())
    assert "さらに。 （第1.2版）" in said


def test_editions_that_do_not_differ_have_nothing_to_tell(
    draft: Edition, secretariat: User, client_of: ClientOf
) -> None:
    client = client_of(secretariat)
    assert "文言に、違いはありません。" in client.get(URL).content.decode()
    same = client.get("/editions/compare/1.0/1.0/summary/").content.decode()
    assert "同じ版（第1.0版）どうしなので、違いはありません。" in same
