"""The page of one decision: what was decided, what came of it, and forms that lose nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from beginnings import lasting
from django.test import Client
from django.urls import reverse
from follow_cast import REASON, REPORTED, ended, step
from meeting_cast import INSTRUCTION, closed, decide, decided, held, put, verdict
from query_counts import asked_by_page, assert_as_many
from report_cast import opened, seal
from row_numbers import ABSENT

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import Verdict, change_decision, record_decision
from reviews.enums import FollowUpStep
from reviews.models import Decision
from rounds.models import Answer

Clients = Callable[[User | None], Client]
TYPED = "書きかけの報告。三行になる。\n二行目\n三行目"


@pytest.fixture
@lasting
def decision(
    small_edition: Edition, responsible: FocusItem, secretariat: User, welfare: Department
) -> Decision:
    """An instruction to 福祉課 about 1-A-1."""
    return decided(small_edition, secretariat, welfare, responsible)


def address(decision: Decision) -> str:
    return reverse("decision", args=[decision.pk])


def settle(decision: Decision) -> str:
    return reverse("decision_settle", args=[decision.pk])


def shown(client: Client, decision: Decision) -> str:
    return client.get(address(decision)).content.decode()


def test_the_page_tells_what_was_decided_for_whom_and_until_when(
    decision: Decision, staff: User, client_of: Clients
) -> None:
    response = client_of(staff).get(address(decision))
    page = response.content.decode()

    for words in (
        "R8-1-1 指示",
        INSTRUCTION,
        "令和8年度第1回DX推進本部会議",
        "福祉課",
        "令和8年12月25日",
        "あと71日",
        "対応中",
        "1-A-1 申請のオンライン化",
        "対応は、まだ報告されていません",
    ):
        assert words in page, words
    assert "期限超過" not in page
    assert "<form class" not in page, "who may only read is offered no form"


def test_what_is_overdue_is_marked_in_words(
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    meeting = held(small_edition, secretariat, held_on=date(2026, 9, 1))
    late = decide(meeting, secretariat, welfare, due_on=date(2026, 10, 14))

    page = shown(client_of(secretariat), late)

    assert "期限超過" in page
    assert "1日過ぎ" in page

    step(late, FollowUpStep.ANSWERED, secretariat)
    assert "期限超過" not in shown(client_of(secretariat), late), "it waits for the 事務局 now"

    step(late, FollowUpStep.RETURNED, secretariat, REASON)
    assert "期限超過" in shown(client_of(secretariat), late)


def test_the_department_reports_and_the_secretariat_closes(
    decision: Decision, editor: User, secretariat: User, client_of: Clients
) -> None:
    response = client_of(editor).post(address(decision), {"text": REPORTED, "opened_number": 0})
    assert response.headers["Location"] == address(decision)
    assert "福祉課 担当 太郎" in shown(client_of(editor), decision)

    client_of(secretariat).post(
        settle(decision), {"step": "closed", "text": REASON, "opened_number": 1}
    )
    page = shown(client_of(editor), decision)

    assert [one.step for one in decision.follow_ups.all()] == ["answered", "closed"]
    assert REPORTED in page
    assert REASON in page
    assert "決着まで" in page
    assert 'name="text"' not in page, "a settled decision takes no report"


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ((), ["closed"]),
        ((FollowUpStep.ANSWERED,), ["closed", "returned"]),
        ((FollowUpStep.CLOSED,), ["reopened"]),
    ],
)
def test_the_secretariat_is_offered_what_can_be_done_now(
    decision: Decision,
    secretariat: User,
    client_of: Clients,
    steps: tuple[FollowUpStep, ...],
    offered: list[str],
) -> None:
    for one in steps:
        step(decision, one, secretariat)

    form = client_of(secretariat).get(address(decision)).context["settle_form"]

    assert [value for value, _ in form.fields["step"].choices] == offered


def test_a_report_without_words_is_asked_again(
    decision: Decision, editor: User, client_of: Clients
) -> None:
    response = client_of(editor).post(address(decision), {"text": " \n", "opened_number": 0})

    assert "対応の内容を書いてください。" in response.content.decode()
    assert not decision.follow_ups.exists()


def test_a_settlement_that_chooses_nothing_keeps_the_reason(
    decision: Decision, secretariat: User, client_of: Clients
) -> None:
    response = client_of(secretariat).post(settle(decision), {"text": REASON, "opened_number": 0})
    page = response.content.decode()

    assert "どうするかを選んでください。" in page
    assert REASON in page
    assert not decision.follow_ups.exists()


def test_g4_a_report_that_meets_another_shows_both_and_keeps_what_was_typed(
    decision: Decision, editor: User, certifier: User, client_of: Clients
) -> None:
    step(decision, FollowUpStep.ANSWERED, certifier, "先に送られた報告。")
    response = client_of(editor).post(address(decision), {"text": TYPED, "opened_number": 0})
    page, form = response.content.decode(), response.context["answer_form"]

    assert response.status_code == 409
    assert "まだ保存していません" in page
    assert "先に送られた報告。" in page
    assert form["text"].value() == TYPED
    assert form["opened_number"].value() == "1", "sent again it knows what it was shown"
    assert decision.follow_ups.count() == 1

    client_of(editor).post(address(decision), {"text": TYPED, "opened_number": 1})
    assert [one.text for one in decision.follow_ups.all()] == ["先に送られた報告。", TYPED]


def test_g4_a_report_on_words_that_were_put_right_meanwhile_shows_the_new_ones(
    decision: Decision,
    welfare: Department,
    editor: User,
    secretariat: User,
    client_of: Clients,
) -> None:
    first = client_of(editor).get(address(decision)).context["answer_form"]
    sent = {name: first[name].value() for name in ("opened_number", "seen_version")}
    change_decision(
        decision=decision,
        verdict=verdict(welfare, text="直された指示。"),
        opened_version=decision.version,
        by=secretariat,
    )
    clash = client_of(editor).post(address(decision), {**sent, "text": TYPED})
    page, form = clash.content.decode(), clash.context["answer_form"]

    assert clash.status_code == 409
    assert "決定・指示の内容が直されました" in page
    assert page.count("直された指示。") == 2
    assert form["text"].value() == TYPED
    assert not decision.follow_ups.exists()

    again = {name: form[name].value() for name in sent}
    assert client_of(editor).post(address(decision), {**again, "text": TYPED}).status_code == 302
    assert decision.follow_ups.get().text == TYPED


def test_g4_a_report_that_meets_a_settlement_is_refused_but_not_lost(
    decision: Decision, editor: User, secretariat: User, client_of: Clients
) -> None:
    step(decision, FollowUpStep.CLOSED, secretariat, REASON)
    sent = {"text": TYPED, "opened_number": 0}
    first = client_of(editor).post(address(decision), sent)
    second = client_of(editor).post(address(decision), {**sent, "opened_number": 1})

    assert (first.status_code, second.status_code) == (409, 200)
    for response in (first, second):
        assert response.context["answer_form"]["text"].value() == TYPED
    assert "いま「決着」なので、「対応の報告」はできません。" in second.content.decode()
    assert decision.follow_ups.count() == 1


def test_g4_a_settlement_that_meets_a_report_shows_it_and_keeps_the_reason(
    decision: Decision, editor: User, secretariat: User, client_of: Clients
) -> None:
    step(decision, FollowUpStep.ANSWERED, editor)
    response = client_of(secretariat).post(
        settle(decision), {"step": "closed", "text": REASON, "opened_number": 0}
    )

    assert response.status_code == 409
    assert REPORTED in response.content.decode()
    assert response.context["settle_form"]["text"].value() == REASON
    assert decision.follow_ups.count() == 1


def test_g4_a_choice_that_is_gone_is_a_clash_too(
    decision: Decision, secretariat: User, client_of: Clients
) -> None:
    """Somebody closed it while another wanted to close it as well: that step is not offered any more."""
    step(decision, FollowUpStep.CLOSED, secretariat, "先の理由。")
    response = client_of(secretariat).post(
        settle(decision), {"step": "closed", "text": REASON, "opened_number": 0}
    )

    assert response.status_code == 409
    assert "先の理由。" in response.content.decode()
    assert response.context["settle_form"]["text"].value() == REASON


def test_a_form_that_is_sent_twice_is_no_clash(
    decision: Decision, editor: User, client_of: Clients
) -> None:
    sent = {"text": REPORTED, "opened_number": 0}
    responses = [client_of(editor).post(address(decision), sent) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert decision.follow_ups.count() == 1


@pytest.mark.parametrize("number", ["", "x", "-1"])
def test_a_form_that_does_not_know_its_state_changes_nothing(
    decision: Decision, editor: User, client_of: Clients, number: str
) -> None:
    response = client_of(editor).post(address(decision), {"text": TYPED, "opened_number": number})

    assert response.status_code == 200
    assert response.context["answer_form"]["text"].value() == TYPED
    assert not decision.follow_ups.exists()


def test_others_are_refused(decision: Decision, other_editor: User, client_of: Clients) -> None:
    response = client_of(other_editor).post(address(decision), {"text": "x", "opened_number": 0})

    assert response.status_code == 403
    assert "担当の入力者と確認者、事務局だけです" in response.content.decode()
    assert not decision.follow_ups.exists()


def test_what_nobody_owes_has_no_forms(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    noted = decided(small_edition, secretariat, None)
    client = client_of(secretariat)

    assert "担当を決めていないので、対応の報告は要りません。" in shown(client, noted)
    assert 'name="text"' not in shown(client, noted)
    assert client.post(address(noted), {}).status_code == 403
    assert client.post(settle(noted), {}).status_code == 403


def test_the_secretariat_is_led_to_correct_it_while_the_record_is_open(
    decision: Decision, secretariat: User, staff: User, client_of: Clients
) -> None:
    edit = f'href="{reverse("decision_edit", args=[decision.meeting_id, decision.pk])}"'

    assert edit in shown(client_of(secretariat), decision)
    assert edit not in shown(client_of(staff), decision)

    closed(decision.meeting, secretariat)

    assert edit not in shown(client_of(secretariat), decision)


def test_a_missing_decision(small_edition: Edition, secretariat: User, client_of: Clients) -> None:
    client = client_of(secretariat)

    assert client.get(f"/decisions/{ABSENT}/").status_code == 404
    assert client.post(f"/decisions/{ABSENT}/settle/").status_code == 404


def test_a_renamed_department_answers_under_its_new_name_and_the_old_one_stays_told(
    decision: Decision,
    welfare: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    new = Department.objects.create(code="new", name="健康福祉課")
    ended(welfare, new, by=secretariat)

    page = shown(client_of(secretariat), decision)

    assert "健康福祉課" in page
    assert "決定のときは福祉課" in page


def test_a_department_that_ended_without_heir_is_told(
    decision: Decision, welfare: Department, secretariat: User, client_of: Clients
) -> None:
    ended(welfare, by=secretariat)

    assert "引き継いだ部署がありません" in shown(client_of(secretariat), decision)


def test_the_way_back_to_answer_entry_and_agenda_is_clickable(
    answer: Answer,
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    record: Callable[..., ProgressEntry],
    client_of: Clients,
) -> None:
    entry = record(responsible, by=secretariat, problem="人手が足りない。", for_headquarters=True)
    meeting = held(small_edition, secretariat)
    problem = put(
        meeting, secretariat, "人手の課題", kind="problem", focus_item=responsible, entry=entry
    )
    verdict = Verdict(kind="noted", text="了承する。")
    made = record_decision(agenda_item=problem, verdict=verdict, by=secretariat)

    page = shown(client_of(secretariat), made)

    assert f'href="/items/1-A-1/#entry-{entry.pk}"' in page
    assert "人手の課題" in page


def test_the_reports_that_tell_of_it_are_linked(
    decision: Decision, small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    other = decided(small_edition, secretariat, None, text="別の決定。")
    draft = opened(small_edition, secretariat)
    draft.as_of = date(2026, 10, 15)
    draft.save()
    assert "この決定を載せた年次報告" not in shown(client_of(secretariat), decision)

    report = seal(draft, secretariat)

    page = shown(client_of(secretariat), decision)
    assert "この決定を載せた年次報告" in page
    assert f'href="{report.get_absolute_url()}"' in page
    assert other.code != decision.code


def test_a_long_story_takes_as_many_queries_as_a_short_one(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    client_of: Clients,
) -> None:
    client = client_of(secretariat)
    short = decided(small_edition, secretariat, welfare, responsible)
    step(short, FollowUpStep.ANSWERED, secretariat)
    few = asked_by_page(client, address(short))
    items = list(FocusItem.objects.filter(texts__edition=small_edition))
    long = decided(small_edition, secretariat, welfare, *items, text="多くの項目。")
    for _ in range(5):
        step(long, FollowUpStep.ANSWERED, secretariat)
        step(long, FollowUpStep.RETURNED, secretariat)

    step(long, FollowUpStep.ANSWERED, secretariat)

    assert_as_many(few, asked_by_page(client, address(long)))
