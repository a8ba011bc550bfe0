"""What came of items, entries and answers, as the pages of initiatives/ show it: the chain, clickable both ways."""

from collections.abc import Callable
from datetime import date

import pytest
from answering import of
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from follow_cast import REASON, ended, step
from meeting_cast import decide, decided, held, planned, put, put_item
from query_counts import as_many_queries
from report_cast import publish, sealed

from initiatives.actions.studying import ask_question
from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem
from portal.queries.my_follow_up import MOST_SHOWN
from reviews.actions.deciding import Verdict, record_decision
from reviews.enums import FollowUpStep
from reviews.models import Decision, Meeting
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
ITEM, MY = "/items/1-A-1/", "/my/"


@pytest.fixture
@lasting
def decision(
    small_edition: Edition, responsible: FocusItem, secretariat: User, welfare: Department
) -> Decision:
    """An instruction to 福祉課 about 1-A-1."""
    return decided(small_edition, secretariat, welfare, responsible)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def link(decision: Decision) -> str:
    return f'href="{reverse("decision", args=[decision.pk])}"'


@pytest.fixture
def problem(
    accepted: Answer, small_edition: Edition, secretariat: User, welfare: Department
) -> Decision:
    """What the 本部 decided on the 課題 of the accepted answer."""
    meeting = held(small_edition, secretariat)
    item = FocusItem.objects.get(code="1-A-1")
    agenda = put(
        meeting, secretariat, "人手の課題", kind="problem", focus_item=item, entry=accepted.entry
    )
    verdict = Verdict(
        kind="instruction",
        text="人を配ること。",
        owner=welfare,
        due_on=date(2026, 12, 1),
        focus_items=[item],
    )
    return record_decision(agenda_item=agenda, verdict=verdict, by=secretariat)


def test_the_chain_from_answer_to_decision_is_clickable_both_ways(
    accepted: Answer,
    problem: Decision,
    small_edition: Edition,
    secretariat: User,
    editor: User,
    open_the_round: Callable[..., ReportingRound],
    client_of: Clients,
) -> None:
    report = sealed(small_edition, secretariat)
    client, entry = client_of(editor), accepted.entry
    assert entry is not None

    from_answer = shown(client, accepted.get_absolute_url())
    from_item = shown(client, ITEM)
    from_decision = shown(client, reverse("decision", args=[problem.pk]))

    assert "この回答はどうなったか" in from_answer
    for page in (from_answer, from_item):
        assert link(problem) in page
        assert report.get_absolute_url() in page
        assert "人手の課題" in page
    story = from_item[from_item.index(f'id="entry-{entry.pk}"') :]
    for page in (from_answer, story):
        assert f'href="{report.get_absolute_url()}#item-1-A-1"' in page
    assert "の議題になりました。" in story
    assert f'href="{ITEM}#entry-{entry.pk}"' in from_decision
    assert f'href="{accepted.get_absolute_url()}"' in from_decision

    asked_again = of(open_the_round(kind="year_end", as_of=date(2026, 10, 10)))
    beside_the_last = shown(client, asked_again.get_absolute_url())
    told = beside_the_last[beside_the_last.index("はどうなったか") :]
    assert link(problem) in told
    assert f'href="{report.get_absolute_url()}#item-1-A-1"' in told


def test_an_answer_that_went_nowhere_yet_says_so(
    accepted: Answer, editor: User, client_of: Clients
) -> None:
    page = shown(client_of(editor), accepted.get_absolute_url())

    assert "確定した年次報告と本部会議の議題には、まだ載っていません。" in page


def test_beside_the_question_stands_what_the_headquarters_wants_to_know(
    answer: Answer, decision: Decision, secretariat: User, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    page = shown(client, answer.get_absolute_url())
    assert "本部会議の決定・指示事項があります" in page
    assert "回答を書くときは、これについてどうしたかも書いてください。" in page
    assert link(decision) in page
    assert decision.text in page

    step(decision, FollowUpStep.CLOSED, secretariat, REASON)

    assert link(decision) not in shown(client, answer.get_absolute_url())


def test_who_cannot_write_an_answer_any_more_is_not_asked_to(
    decision: Decision, accepted: Answer, editor: User, client_of: Clients
) -> None:
    page = shown(client_of(editor), accepted.get_absolute_url())

    assert "本部会議の決定・指示事項があります" in page
    assert "対応の報告は、それぞれの決定の画面から行います。" in page
    assert "回答を書くときは" not in page


def test_the_item_shows_decisions_and_agenda_to_staff_alone(
    decision: Decision,
    small_edition: Edition,
    responsible: FocusItem,
    secretariat: User,
    staff: User,
    client_of: Clients,
) -> None:
    meeting = Meeting.objects.get()
    put_item(meeting, responsible, secretariat, title="1-A-1 の進め方")

    for_staff, for_anyone = shown(client_of(staff), ITEM), shown(client_of(None), ITEM)

    for words in (link(decision), decision.text, "1-A-1 の進め方"):
        assert words in for_staff
        assert words not in for_anyone
    assert "決定・指示事項" not in for_anyone


def test_an_item_of_which_nothing_was_decided_says_nothing(
    responsible: FocusItem, staff: User, client_of: Clients
) -> None:
    assert "本部会議の決定" not in shown(client_of(staff), ITEM)


def test_anyone_is_led_to_the_published_report_alone(
    responsible: FocusItem,
    small_edition: Edition,
    record: Callable[..., ProgressEntry],
    secretariat: User,
    client_of: Clients,
) -> None:
    record(responsible, by=secretariat)
    report = sealed(small_edition, secretariat)
    told = f"{report.get_absolute_url()}#item-1-A-1"
    assert told in shown(client_of(secretariat), ITEM)
    assert told not in shown(client_of(None), ITEM)

    publish(report, secretariat)

    assert told in shown(client_of(None), ITEM)


def test_my_page_shows_what_my_department_owes_due_first(
    decision: Decision,
    small_edition: Edition,
    welfare: Department,
    planning: Department,
    editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    meeting = held(small_edition, secretariat, number=2, held_on=date(2026, 9, 1))
    late = decide(meeting, secretariat, welfare, text="遅れた指示。", due_on=date(2026, 10, 1))
    other = decide(meeting, secretariat, planning, text="他課の指示。")

    page = shown(client_of(editor), MY)

    assert page.index(link(late)) < page.index(link(decision))
    assert "14日過ぎ" in page
    assert link(other) not in page
    assert "いま回答をお願いしているものはありません" not in page


def test_my_page_shows_what_my_department_took_over(
    decision: Decision,
    welfare: Department,
    planning: Department,
    other_editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    assert link(decision) not in shown(client_of(other_editor), MY)

    ended(welfare, planning, by=secretariat)

    page = shown(client_of(other_editor), MY)
    assert link(decision) in page
    assert "決定のときは福祉課" in page


def test_what_was_answered_waits_for_the_secretariat(
    decision: Decision, editor: User, secretariat: User, client_of: Clients
) -> None:
    assert link(decision) not in shown(client_of(secretariat), MY)

    step(decision, FollowUpStep.ANSWERED, editor)

    assert link(decision) in shown(client_of(secretariat), MY)
    ours = shown(client_of(editor), MY)
    assert "対応を報告する決定・指示事項" not in ours
    assert link(decision) in ours.partition("報告した決定・指示事項")[2]

    step(decision, FollowUpStep.CLOSED, secretariat)

    assert link(decision) not in shown(client_of(editor), MY)


def test_of_many_answers_those_due_first_stand_on_the_page_and_a_link_to_all(
    small_edition: Edition,
    welfare: Department,
    editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    meeting = held(small_edition, secretariat)
    made = [
        decide(meeting, secretariat, welfare, text=f"指示{day}", due_on=date(2026, 11, day))
        for day in range(MOST_SHOWN + 1, 0, -1)
    ]
    for decision in made:
        step(decision, FollowUpStep.ANSWERED, editor)
    client = client_of(secretariat)

    page = shown(client, MY)

    (last, *first) = made
    assert [link(one) in page for one in first] == [True] * MOST_SHOWN
    assert link(last) not in page
    all_of_them = 'href="/decisions/?state=answered&amp;sort=due"'
    assert f"<a {all_of_them}>{MOST_SHOWN + 1}件すべてを見る</a>" in page
    assert link(last) in shown(client, "/decisions/?state=answered&sort=due")
    step(last, FollowUpStep.CLOSED, secretariat, REASON)
    assert all_of_them not in shown(client, MY)


def test_what_nobody_answers_for_waits_for_the_secretariat(
    decision: Decision, welfare: Department, secretariat: User, client_of: Clients
) -> None:
    ended(welfare, by=secretariat)

    page = shown(client_of(secretariat), MY)

    assert "答える部署のない決定・指示事項" in page
    assert link(decision) in page


def test_the_secretariat_is_told_how_many_are_overdue(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 1))
    decide(meeting, secretariat, welfare, due_on=date(2026, 10, 1))

    assert "期限を過ぎた決定・指示事項が1件" in shown(client_of(secretariat), MY)
    assert "期限を過ぎた決定・指示事項が" not in shown(client_of(editor), MY)


def test_the_coming_sitting_waits_for_the_members_of_the_headquarters(
    small_edition: Edition,
    secretariat: User,
    headquarters: User,
    staff: User,
    client_of: Clients,
) -> None:
    planned(small_edition, secretariat)
    held(small_edition, secretariat, number=2)

    page = shown(client_of(headquarters), MY)

    assert "これからの本部会議" in page
    assert "令和8年度第1回DX推進本部会議" in page
    assert "第2回DX推進本部会議" not in page, "that one is over"
    assert "これからの本部会議" not in shown(client_of(staff), MY)


def test_the_study_shows_what_the_headquarters_decided_on_it(
    small_edition: Edition, secretariat: User, staff: User, client_of: Clients
) -> None:
    item = FocusItem.objects.get(code="1-A-2")
    ask_question(
        focus_item=item, question="何を？", review_by=None, opened_version=0, by=secretariat
    )
    page = shown(client_of(staff), "/items/1-A-2/study/")
    assert "本部会議では、まだ決まっていません。" in page

    made = decided(small_edition, secretariat, None, item, kind="concretise", text="具体化する。")
    noted = decided(small_edition, secretariat, None, item, text="聞き置く。")

    for address in ("/items/1-A-2/study/", "/studies/"):
        page = shown(client_of(staff), address)
        assert link(made) in page
        assert link(noted) not in page, "taking note is no outcome of a study"


@pytest.mark.parametrize("role", ["secretariat", "editor"])
def test_many_decisions_take_as_many_queries_as_one(
    decision: Decision,
    answer: Answer,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    welfare: Department,
    secretariat: User,
    role: str,
    client_of: Clients,
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(request.getfixturevalue(role))
    addresses = (ITEM, MY, answer.get_absolute_url())
    meeting = Meeting.objects.get()
    entry = record(responsible, by=secretariat, problem="課題。")
    put(meeting, secretariat, "課題", kind="problem", focus_item=responsible, entry=entry)
    step(
        decide(meeting, secretariat, welfare, text="報告済み。", focus_items=[responsible]),
        FollowUpStep.ANSWERED,
        secretariat,
    )
    with as_many_queries(client, *addresses):
        for number in range(8):
            text = f"指示{number}"
            one = decide(meeting, secretariat, welfare, text=text, focus_items=[responsible])
            if number % 2:
                step(one, FollowUpStep.ANSWERED, secretariat)
            put(meeting, secretariat, f"議題{number}")
