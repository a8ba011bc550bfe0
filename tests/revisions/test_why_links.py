"""From decisions, answers, rounds, reports and sittings to the words of the plan, and from those to their story."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from draft_cast import reword, section_of, split_off, text_of, write_section
from meeting_cast import decided, held, put
from query_counts import as_many_queries
from report_cast import publish, sealed

from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.changed_places import changed_places
from plans.models import Edition, FocusItem, Plan
from plans.places import lasting_place
from plans.queries import edition_outline
from plans.shelf import edition_shelf
from reviews.actions.considering import record_consideration
from reviews.models import Decision
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_move
from revisions.actions.amending_axes import amend_move_axis
from revisions.actions.amending_sections import amend_move_section
from revisions.enums import OriginKind
from revisions.models import Origin
from revisions.queries.why import text_story
from rounds.models import Answer

Clients = Callable[[User | None], Client]
STORY = "/editions/1.1/why/items/1-A-1/"


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def change(draft: Edition, by: User, origin: Origin) -> None:
    reword(
        draft,
        "1-A-1",
        title="届出のオンライン化",
        reason="名が変わったため。",
        by=by,
        origin=origin,
    )


def adopt(draft: Edition, by: User, **named: Any) -> Edition:
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 14),
        effective_from=date(2026, 10, 14),
        basis="本部会議",
        by=by,
        **named,
    )


@pytest.fixture
def revised(upon_problem: Decision, draft: Edition, secretariat: User) -> Edition:
    """第1.1版, adopted upon the decision that also reworded 1-A-1."""
    change(draft, secretariat, Origin(OriginKind.DECISION, upon_problem))
    return adopt(draft, secretariat, decision=upon_problem)


def test_each_step_of_the_chain_leads_on_to_the_words_of_the_plan(
    revised: Edition,
    upon_problem: Decision,
    accepted: Answer,
    secretariat: User,
    client_of: Clients,
) -> None:
    client = client_of(secretariat)
    report = upon_problem.meeting.report
    assert report is not None
    assert accepted.entry is not None

    from_decision = shown(client, upon_problem.get_absolute_url())
    from_answer = shown(client, accepted.get_absolute_url())
    from_item = shown(client, "/items/1-A-1/")
    from_round = shown(client, reverse("round_story", args=[accepted.round_id]))
    from_report = shown(client, report.get_absolute_url())

    for page in (from_decision, from_answer, from_item, from_round, from_report):
        assert f'href="{STORY}"' in page
    told = from_decision[from_decision.index("この決定による改定") :]
    assert 'href="/editions/1.1/">第1.1版</a>' in told
    assert "この決定を根拠に施行しました。" in told
    entry = from_item[from_item.index(f'id="entry-{accepted.entry.pk}"') :]
    assert "第1.1版の1-A-1 届出のオンライン化</a>の改定のもとになりました。" in entry


def test_an_entry_and_a_round_that_are_named_themselves_lead_there_too(
    accepted: Answer, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    change(draft, secretariat, Origin(OriginKind.PROBLEM, accepted.entry))
    reword(
        draft,
        "2-A-1",
        overview="RPAと生成AIで定型業務を自動化します。",
        by=secretariat,
        origin=Origin(OriginKind.ROUND, accepted.round),
    )
    client = client_of(secretariat)

    from_round = shown(client, reverse("round_story", args=[accepted.round_id]))
    from_answer = shown(client, accepted.get_absolute_url())
    back = [shown(client, f"/editions/1.1/why/items/{code}/") for code in ("1-A-1", "2-A-1")]

    assert from_round.count('href="/editions/1.1/why/items/') == 2
    assert f'href="{STORY}"' in from_answer
    assert f'href="{accepted.get_absolute_url()}"' in back[0]
    assert f'href="{reverse("round_story", args=[accepted.round_id])}"' in back[1]


def test_the_public_hears_of_what_was_adopted_alone(
    accepted: Answer, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    change(draft, secretariat, Origin(OriginKind.PROBLEM, accepted.entry))
    before = shown(client_of(None), "/items/1-A-1/")
    adopt(draft, secretariat)

    after = shown(client_of(None), "/items/1-A-1/")

    assert "の改定のもとになりました。" not in before
    assert "第1.1版の1-A-1 届出のオンライン化</a>の改定のもとになりました。" in after


def test_a_draft_that_was_given_up_leads_nowhere(
    upon_problem: Decision, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    change(draft, secretariat, Origin(OriginKind.DECISION, upon_problem))
    client = client_of(secretariat)
    assert STORY in shown(client, upon_problem.get_absolute_url())

    abandon_draft(draft=draft, reason="やり直すため。", by=secretariat)

    assert STORY not in shown(client, upon_problem.get_absolute_url())


def test_a_decision_without_changes_says_nothing_of_them(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    decision = decided(small_edition, secretariat, None)

    assert "この決定による改定" not in shown(client_of(secretariat), decision.get_absolute_url())


def test_a_sitting_tells_what_it_concluded_about_the_update(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    meeting = held(small_edition, secretariat)
    address = meeting.get_absolute_url()
    assert "改定の検討</h2>" not in shown(client_of(secretariat), address)

    record_consideration(
        plan=small_edition.plan,
        fiscal_year=2026,
        outcome="keep",
        reason="大きな変化がないため。",
        considered_on=meeting.held_on,
        meeting=meeting,
        by=secretariat,
    )

    page = shown(client_of(secretariat), address)
    assert "改定の検討</h2>" in page
    assert "大きな変化がないため。" in page


# The row of a report is found though the item has moved


@pytest.fixture
def moved(upon_problem: Decision, draft: Edition, secretariat: User) -> Edition:
    """第1.1版: 1-A-1 stands in 1-B-2 now, so that another item is 1-A-1."""
    text = text_of(draft)
    amend_move(
        text=text,
        policy=draft.policies.get(key="1-B"),
        after=text_of(draft, "1-B-1"),
        opened_version=text.version,
        reason="窓口をまとめるため。",
        by=secretariat,
        origin=Origin(OriginKind.DECISION, upon_problem),
    )
    return adopt(draft, secretariat)


def test_a_report_of_before_is_reached_by_the_number_of_then_and_one_of_after_by_its_own(
    moved: Edition, upon_problem: Decision, accepted: Answer, secretariat: User, client_of: Clients
) -> None:
    before = upon_problem.meeting.report
    assert before is not None
    publish(before, secretariat)
    assert accepted.entry is not None
    client = client_of(secretariat)

    page = shown(client, "/items/1-A-1/")
    meeting = shown(client, upon_problem.meeting.get_absolute_url())
    story = shown(client, STORY)

    row = f"{before.get_absolute_url()}#item-1-A-1"
    for told in (page, meeting, story):
        assert f'href="{row}"' in told
    assert 'id="item-1-A-1"' in shown(client, before.get_absolute_url())
    assert "1-B-2" in story


def test_a_report_after_the_move_is_reached_by_the_new_number(
    accepted: Answer, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    text = text_of(draft)
    amend_move(
        text=text,
        policy=draft.policies.get(key="1-B"),
        after=text_of(draft, "1-B-1"),
        opened_version=text.version,
        reason="窓口をまとめるため。",
        by=secretariat,
    )
    edition = adopt_edition(
        edition=draft,
        decided_on=date(2026, 9, 1),
        effective_from=date(2026, 9, 2),
        basis="本部会議",
        by=secretariat,
    )
    report = sealed(edition, secretariat)
    meeting = held(edition, secretariat, report=report)
    item = FocusItem.objects.get(code="1-A-1")
    put(meeting, secretariat, "窓口の名", kind="problem", focus_item=item, entry=accepted.entry)
    client = client_of(secretariat)

    row = f"{report.get_absolute_url()}#item-1-B-2"
    for address in ("/items/1-A-1/", accepted.get_absolute_url(), meeting.get_absolute_url()):
        assert f'href="{row}"' in shown(client, address)
    assert 'id="item-1-B-2"' in shown(client, report.get_absolute_url())


# 経緯 stands beside the texts that changed, and there alone


def stories(page: str) -> set[str]:
    return set(re.findall(r'href="/editions/[0-9.]+/why/([^"]+)/"', page))


def test_where_one_edition_is_read_no_text_has_a_story(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    change(draft, secretariat, Origin())

    for address in ("/", "/editions/1.0/", "/items/1-A-1/"):
        assert stories(shown(client_of(None), address)) == set()
    assert stories(shown(client_of(secretariat), "/")) == {"items/1-A-1"}


def told_stories(plan: Plan) -> set[str]:
    """Return the places of the newest edition whose story tells of a change, asked one by one."""
    shelved = edition_shelf(plan, clock.today()).editions
    outline = edition_outline(shelved[0].edition)
    texts = [
        *(axis.axis for axis in outline.axes),
        *(policy.policy for axis in outline.axes for policy in axis.policies),
        *outline.items,
        *(node.section for node in outline.walk_sections()),
    ]
    stories = (
        text_story(lasting_place(text), shelved[0], shelved, is_staff=True) for text in texts
    )
    return {story.place for story in stories if story and story.changes}


def found_at_once(plan: Plan) -> set[str]:
    editions = [one.edition for one in edition_shelf(plan, clock.today()).editions]
    with CaptureQueriesContext(connection) as queries:
        found = changed_places(editions)
    assert len(queries) == 1
    return set(found)


def test_each_text_that_changed_has_a_way_to_its_story(
    draft: Edition, secretariat: User, client_of: Clients
) -> None:
    """All texts of a page at once as their stories tell it one by one."""
    change(draft, secretariat, Origin())
    body = f"{section_of(draft).body}\n続き。"
    write_section(draft, "purpose", body, by=secretariat, reason="足すため。")
    split_off(draft, "1-A-2", by=secretariat)
    plan, second = draft.plan, adopt(draft, secretariat)
    assert told_stories(plan) == found_at_once(plan)
    assert "items/1-B-1" not in found_at_once(plan)
    for address in ("/", "/editions/1.1/"):
        assert stories(shown(client_of(None), address)) == told_stories(plan)

    last = open_draft(base=second, major=1, minor=2, by=secretariat)
    axis = last.axes.select_related("edition").get(key="2")
    amend_move_axis(
        axis=axis, after=None, opened_version=axis.version, reason="先に。", by=secretariat
    )
    desk = section_of(last, "results-desk")
    amend_move_section(
        section=desk,
        parent=None,
        after=section_of(last, "purpose"),
        opened_version=desk.version,
        reason="先に。",
        by=secretariat,
    )

    assert told_stories(plan) == found_at_once(plan)
    assert {"axes/1", "items/1-B-1", "sections/results-desk"} <= found_at_once(plan)
    assert "policies/1-B" not in found_at_once(plan)


def test_many_changes_take_no_more_queries_than_one(
    revised: Edition, upon_problem: Decision, secretariat: User, client_of: Clients
) -> None:
    urls = [
        upon_problem.get_absolute_url(),
        "/items/1-A-1/",
        reverse("round_story", args=[Answer.objects.all()[0].round_id]),
    ]
    with as_many_queries(client_of(secretariat), *urls):
        draft = open_draft(base=revised, major=1, minor=2, by=secretariat)
        for number, code in enumerate(("1-A-1", "1-A-2", "1-B-1", "2-A-1")):
            reword(
                draft,
                code,
                overview=f"{number}番目の概要です。",
                by=secretariat,
                origin=Origin(OriginKind.DECISION, upon_problem),
            )


def test_a_decision_names_an_axis_by_the_number_that_it_got(
    upon_problem: Decision, draft: Edition, secretariat: User, client_of: Clients
) -> None:
    axis = draft.axes.select_related("edition").get(key="2")
    amend_move_axis(
        axis=axis,
        after=None,
        opened_version=axis.version,
        reason="先に示すため。",
        by=secretariat,
        origin=Origin(OriginKind.DECISION, upon_problem),
    )

    page = shown(client_of(secretariat), upon_problem.get_absolute_url())

    assert re.findall(r'href="/editions/1\.1/why/axes/\d/"[^>]*>([^<]+)<', page) == [
        "第1.1版（案） 軸1 身軽な役場",
        "第1.1版（案） 軸2 便利なまち",
    ]
