"""/editions/draft/read/: the draft as the plan, as it was, with its changes marked, as it will be."""

import pytest
from django.test import Client
from draft_cast import ClientOf, add_items, merge, reword, section_of, text_of
from query_counts import as_many_queries

from people.models import User
from plans.models import Edition
from revisions.actions.amending import amend_end
from revisions.actions.amending_axes import amend_axis, amend_cover
from revisions.actions.amending_sections import amend_end_section, amend_section
from revisions.actions.commenting import comment_on_draft

URL = "/editions/draft/read/"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


@pytest.fixture
def revised(draft: Edition, secretariat: User) -> Edition:
    """A draft with something changed of every kind of text."""
    reword(draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終了。", by=secretariat)
    purpose = section_of(draft, "purpose")
    body = purpose.body.replace("- 毎年度、見直します。", "- 毎年度、改めます。\n- 公開します。")
    amend_section(
        section=purpose,
        number="①",
        title="目的",
        body=body,
        opened_version=1,
        reason="語を改める。",
        by=secretariat,
    )
    amend_end_section(
        section=section_of(draft, "results-desk"), opened_version=1, reason="削る。", by=secretariat
    )
    axis = draft.axes.get(number=1)
    amend_axis(
        axis=axis,
        name="便利で早いまち",
        english=axis.english,
        tagline="窓口を変える",
        opened_version=1,
        reason="語を改める。",
        by=secretariat,
    )
    amend_cover(
        draft=draft,
        first_fiscal_year=2026,
        last_fiscal_year=2028,
        issuer=draft.issuer,
        opened_version=draft.version,
        reason="延ばす。",
        by=secretariat,
    )
    return draft


def main_of(client: Client, show: str = "") -> str:
    page = client.get(f"{URL}?show={show}" if show else URL).content.decode()
    return page.split("<main", 1)[1].split("</main", 1)[0]


def test_changes_are_marked_in_every_kind_of_text(revised: Edition, client: Client) -> None:
    page = main_of(client)
    for marked in (
        "<del>申請</del><ins>届出</ins>のオンライン化",
        "<del>手続きの案内</del>",
        "<del>必要な手続きを事前に判定できるようにします。</del>",
        "<ins>公開します。</ins>",
        "<del>来庁が要る。</del>",
        "便利<del>な</del><ins>で早い</ins>まち",
        "<del>手続き</del><ins>窓口</ins>を変える",
    ):
        assert marked in page
    assert "2028" not in page
    assert "令和8年度～<del>令和9年度</del><ins>令和10年度</ins>" in page
    assert "ためし町企画課" in page
    assert "生きた計画です。" in page
    assert '<li><span class="diff">毎年度、' in page
    assert "変更箇所に印</a>" in page


def test_the_original_is_the_base_and_the_final_text_bears_no_marks(
    revised: Edition, client: Client
) -> None:
    old, new = main_of(client, "original"), main_of(client, "final")
    for page in (old, new):
        assert "<ins>" not in page
        assert "<del>" not in page
    assert "申請のオンライン化" in old
    assert "手続きの案内" in old
    assert "届出のオンライン化" not in old
    assert "届出のオンライン化" in new
    assert "手続きの案内" not in new
    assert "毎年度、改めます。" in new
    assert 'aria-current="page">もとの文言（第1.0版）</a>' in old
    assert 'aria-current="page">改定後の文言</a>' in new


def test_both_ends_of_a_merger_and_a_change_of_star_are_told(
    draft: Edition, client: Client, secretariat: User
) -> None:
    merge(draft, "1-B-1", by=secretariat)
    reword(draft, "2-A-1", is_study=True, by=secretariat)
    page = main_of(client)
    assert "統合：1-A-1 申請のオンライン化 へ" in page
    assert "統合：1-B-1 手続きの案内 から" in page
    assert '<ins><span class="study-mark"' in page


def test_words_are_found_and_the_view_is_kept(revised: Edition, client: Client) -> None:
    page = client.get(f"{URL}?show=final&q=届出").content.decode()
    assert "「届出」は 1か所にあります" in page
    assert '<input type="hidden" name="show" value="final">' in page
    assert 'href="/?show' not in page


def test_the_first_draft_has_no_original(
    small_draft: Edition, client: Client, secretariat: User
) -> None:
    reword(small_draft, "1-A-1", title="届出のオンライン化", by=secretariat)
    page = main_of(client, "original")
    assert "<del>申請</del><ins>届出</ins>" in page
    assert "もとの文言" not in page


def test_an_unknown_view_shows_the_marks(revised: Edition, client: Client) -> None:
    assert "<ins>届出</ins>" in main_of(client, "nonsense")


def test_what_is_said_of_a_text_is_linked_beside_it(
    draft: Edition, client_of: ClientOf, staff: User, secretariat: User
) -> None:
    comment_on_draft(
        draft=draft,
        focus_item=None,
        place="sections/purpose",
        text="どうですか。",
        is_question=True,
        by=secretariat,
    )
    page = main_of(client_of(staff))
    assert "?place=sections/purpose" in page
    assert "意見・質問 1件（未解決 1件）" in page
    assert "?item=1-A-1" in page


def test_it_is_for_staff_and_only_read(draft: Edition, client_of: ClientOf, staff: User) -> None:
    assert client_of(None).get(URL).headers["Location"] == f"/login/?next={URL}"
    assert client_of(staff).get(URL).status_code == 200
    assert client_of(staff).post(URL).status_code == 405


def test_without_a_draft_it_leads_to_where_one_is_opened(
    small_edition: Edition, client: Client
) -> None:
    assert client.get(URL).headers["Location"] == "/editions/draft/"


def test_reading_asks_the_database_as_often_for_many_changes_as_for_few(
    draft: Edition, client: Client, secretariat: User
) -> None:
    shown = ("original", "marked", "final")
    with as_many_queries(client, *(f"{URL}?show={show}" for show in shown)):
        add_items(draft, 20, by=secretariat)
