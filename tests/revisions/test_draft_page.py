"""/editions/draft/ as the page that several people work on: every text, what changed, why, and what is said of it."""

import pytest
from django.test import Client
from draft_cast import ClientOf, add_items, section_of, text_of, write_section
from query_counts import as_many_queries

from people.models import User
from plans.models import Edition, Section
from revisions.actions.amending_axes import amend_axis, amend_policy
from revisions.actions.amending_sections import amend_add_section, amend_end_section
from revisions.actions.commenting import comment_on_draft

URL = "/editions/draft/"


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def test_every_text_leads_to_where_it_is_changed(draft: Edition, client: Client) -> None:
    page = client.get(URL).content.decode()
    for address in (
        "cover/",
        "axes/add/",
        "axes/1/",
        "axes/1/move/",
        "axes/1/policies/add/",
        "policies/1-A/",
        "policies/1-A/move/",
        "policies/1-A/add/",
        "sections/add/",
        "sections/add/?below=purpose",
        "sections/purpose/",
        "sections/purpose/move/",
        "sections/purpose/end/",
        "items/1-A-1/",
        "items/1-A-1/move/",
        "items/1-A-1/split/",
        "items/1-A-1/merge/",
        "items/1-A-1/end/",
    ):
        assert f'href="{URL}{address}"' in page
    assert f'href="{URL}policies/1-A/end/"' not in page


def test_the_secretariat_is_told_how_it_goes_on(draft: Edition, client: Client) -> None:
    page = client.get(URL).content.decode()
    assert 'href="/meetings/">本部会議</a>のページで会議を選び' in page
    assert f'href="{URL}abandon/"' in page


def test_staff_read_all_and_are_offered_to_speak_but_not_to_change(
    draft: Edition, client_of: ClientOf, staff: User
) -> None:
    page = client_of(staff).get(URL).content.decode()
    for place in ("place=edition", "place=axes/1", "place=policies/1-A", "place=sections/purpose"):
        assert f'href="{URL}comments/?{place}"' in page
    assert f'href="{URL}comments/?item=1-A-1"' in page
    assert 'href="/editions/compare/1.0/1.1/summary/"' in page
    for word in ("/move/", "/end/", "/add/", "/abandon/", "直す"):
        assert word not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_changes_of_all_other_text_bear_their_marks_reasons_and_authors(
    draft: Edition, client: Client, secretariat: User
) -> None:
    axis, policy = draft.axes.get(number=1), text_of(draft, "1-A-1").policy
    amend_axis(
        axis=axis,
        name=axis.name,
        english=axis.english,
        tagline="窓口を変える",
        opened_version=1,
        reason="軸の理由。",
        by=secretariat,
    )
    amend_policy(
        policy=policy, name="行かない役場", opened_version=1, reason="方針の理由。", by=secretariat
    )
    body = "この計画は、町を変えるためのものです。"
    write_section(draft, "purpose", body, by=secretariat, reason="節の理由。")
    amend_end_section(
        section=section_of(draft, "results-desk"),
        opened_version=1,
        reason="削る理由。",
        by=secretariat,
    )
    response = client.get(URL)
    page = response.content.decode()
    for words in (
        "<del>手続き</del><ins>窓口</ins>を変える",
        "行かない<del>窓口</del><ins>役場</ins>",
        "<del>生きた計画です。</del>",
        "<del>来庁が要る。</del>",
        "軸の理由。",
        "方針の理由。",
        "節の理由。",
        "削る理由。",
        "最後の変更：事務 局子",
    ):
        assert words in page
    assert f'href="{URL}sections/results-desk/restore/"' in page
    assert f'href="{URL}sections/results-desk/end/"' not in page
    for anchor in ("axes-1", "policies-1-A", "sections-purpose", "sections-results-desk"):
        assert f'<a href="#{anchor}">' in page
        assert f'id="{anchor}"' in page


def test_what_stands_in_the_way_leads_to_where_it_is_mended(
    draft: Edition, client: Client, client_of: ClientOf, secretariat: User, staff: User
) -> None:
    Section.objects.filter(pk=section_of(draft, "purpose").pk).update(title="目的")
    asked = comment_on_draft(
        draft=draft,
        focus_item=text_of(draft, "2-A-1").focus_item,
        place="",
        text="これでよいか。",
        is_question=True,
        by=staff,
    )
    page = client.get(URL).content.decode()
    todo = page.split('id="obstacles-title"', 1)[1].split("</section>", 1)[0]
    assert f'href="{URL}sections/purpose/">直す' in todo
    assert f'href="{URL}#sections-purpose">場所を見る' in todo
    assert f'href="{URL}comments/{asked.pk}/settle/">解決する' in todo
    read = client_of(staff).get(URL).content.decode()
    todo = read.split('id="obstacles-title"', 1)[1].split("</section>", 1)[0]
    assert f'href="{URL}comments/#comment-{asked.pk}">質問を見る' in todo
    assert "直す" not in todo


def test_the_page_asks_as_often_for_many_sections_changes_and_comments_as_for_few(
    draft: Edition, client: Client, secretariat: User
) -> None:
    write_section(draft, "purpose", "改めた本文です。", by=secretariat)
    with as_many_queries(client, URL):
        for number in range(20):
            amend_add_section(
                draft=draft,
                parent=section_of(draft, "purpose"),
                after=None,
                number="",
                title=f"節{number}",
                body="本文です。",
                reason="加える。",
                by=secretariat,
            )
            comment_on_draft(
                draft=draft,
                focus_item=text_of(draft, "1-A-1").focus_item if number % 2 else None,
                place="" if number % 2 else "sections/purpose",
                text=f"意見{number}",
                is_question=bool(number % 3),
                by=secretariat,
            )


def test_an_act_on_an_item_asks_as_often_in_a_large_draft_as_in_a_small_one(
    draft: Edition, client: Client, secretariat: User
) -> None:
    acts = ("", "move/", "split/", "merge/?into=1-A-2", "end/")
    with as_many_queries(client, *(f"/editions/draft/items/1-A-1/{act}" for act in acts)):
        add_items(draft, 20, by=secretariat)
