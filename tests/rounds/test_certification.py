"""課内の確認: the 確認者 reads each answer whole, confirms or gives back, one or all of them."""

from collections.abc import Callable
from datetime import date

import pytest
from assigning import assign
from beginnings import lasting
from django.test import Client
from query_counts import as_many_queries
from row_numbers import ABSENT

from initiatives.models import ProgressEntry
from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import send_answer, withdraw_answer
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerState
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]


def of(code: str) -> Answer:
    return Answer.objects.with_names().get(initiative__focus_item__code=code)


@pytest.fixture
@lasting
def asked(
    responsible: FocusItem,
    welfare: Department,
    secretariat: User,
    open_the_round: Callable[..., ReportingRound],
) -> ReportingRound:
    """A round that asks for the 確認者; 福祉課 leads 1-A-1 and 1-A-2."""
    item = FocusItem.objects.get(code="1-A-2")
    assign(item, welfare, by=secretariat)
    return open_the_round(asks_certification=True)


@pytest.fixture
@lasting
def both_sent(asked: ReportingRound, content: Content, editor: User) -> ReportingRound:
    for code in ("1-A-1", "1-A-2"):
        send_answer(answer=of(code), content=content(), opened_revision=0, by=editor)
    return asked


def test_each_answer_is_shown_whole_with_what_changed(
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    asked: ReportingRound,
    content: Content,
    editor: User,
    certifier: User,
    client_of: Clients,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 3, 31), rating="mostly_on_track")
    send_answer(answer=of("1-A-1"), content=content(), opened_revision=0, by=editor)

    page = client_of(certifier).get(f"/rounds/{asked.pk}/certify/").content.decode()

    assert "三つの手続きで試行した。" in page
    assert "<del>概ね順調</del><ins>順調</ins>" in page
    assert "1-A-2" not in page


def test_one_is_confirmed_by_its_button(
    both_sent: ReportingRound, certifier: User, client_of: Clients
) -> None:
    response = client_of(certifier).post(
        f"/rounds/{both_sent.pk}/answers/1-A-1/certify/",
        {"opened_revision": 1, "verdict": "confirm"},
        follow=True,
    )

    assert "1-A-1 を確認しました。" in response.content.decode()
    assert of("1-A-1").certified_by == certifier
    assert of("1-A-2").certified_at is None


def test_one_is_returned_with_a_reason_and_never_without(
    both_sent: ReportingRound, certifier: User, client_of: Clients
) -> None:
    client, address = client_of(certifier), f"/rounds/{both_sent.pk}/answers/1-A-1/certify/"
    typed = {"opened_revision": 1, "verdict": "return", "reason": "  "}
    refused = client.post(address, typed)

    assert refused.status_code == 200
    assert "差し戻す理由を書いてください。" in refused.content.decode()
    assert of("1-A-1").state == AnswerState.SENT

    client.post(address, {**typed, "reason": "数が違います。"})
    returned = of("1-A-1")
    assert (returned.state, returned.return_reason) == (AnswerState.RETURNED, "数が違います。")


def test_all_that_was_shown_is_confirmed_and_a_conflict_is_told_apart(
    both_sent: ReportingRound, content: Content, editor: User, certifier: User, client_of: Clients
) -> None:
    client, address = client_of(certifier), f"/rounds/{both_sent.pk}/certify/"
    page = client.get(address).content.decode()
    assert 'value="1-A-1@1"' in page
    withdraw_answer(answer=of("1-A-2"), opened_revision=1, by=editor)
    send_answer(answer=of("1-A-2"), content=content(problem="別"), opened_revision=2, by=editor)

    told = client.post(address, {"shown": ["1-A-1@1", "1-A-2@1"]}, follow=True).content.decode()

    assert "1件を確認しました（1-A-1）。" in told
    assert "1-A-2 は、画面を開いた後に変わったので確認していません" in told
    assert of("1-A-1").certified_at is not None
    assert of("1-A-2").certified_at is None


@pytest.mark.parametrize("shown", [[], ["1-A-1"], ["@"], ["1-A-1@x"], ["1-A-1@" + "9" * 40]])
def test_nonsense_confirms_nothing(
    both_sent: ReportingRound, certifier: User, client_of: Clients, shown: list[str]
) -> None:
    address = f"/rounds/{both_sent.pk}/certify/"
    response = client_of(certifier).post(address, {"shown": shown}, follow=True)

    assert "確認する回答がありません" in response.content.decode()
    assert of("1-A-1").certified_at is None


def test_a_clash_keeps_the_reason_that_was_typed(
    both_sent: ReportingRound, editor: User, certifier: User, client_of: Clients
) -> None:
    withdraw_answer(answer=of("1-A-1"), opened_revision=1, by=editor)

    response = client_of(certifier).post(
        f"/rounds/{both_sent.pk}/answers/1-A-1/certify/",
        {"opened_revision": 1, "verdict": "return", "reason": "書きかけの理由"},
    )

    assert response.status_code == 409
    assert "書きかけの理由" in response.content.decode()
    assert "この回答は「入力中」になりました" in response.content.decode()


def test_a_certifier_gives_back_only_what_waits_for_them(
    both_sent: ReportingRound, certifier: User, client_of: Clients
) -> None:
    client, address = client_of(certifier), f"/rounds/{both_sent.pk}/answers/1-A-1/certify/"
    client.post(address, {"opened_revision": 1, "verdict": "confirm"})

    response = client.post(address, {"opened_revision": 2, "verdict": "return", "reason": "やはり"})

    assert "課内の確認を待っていないので" in response.content.decode()
    assert of("1-A-1").state == AnswerState.SENT


@pytest.mark.parametrize("role", ["editor", "other_editor", "secretariat", "staff"])
def test_others_are_refused(
    both_sent: ReportingRound, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    client = client_of(request.getfixturevalue(role))

    assert client.get(f"/rounds/{both_sent.pk}/certify/").status_code == 403
    typed = {"opened_revision": 1, "verdict": "confirm"}
    address = f"/rounds/{both_sent.pk}/answers/1-A-1/certify/"
    assert client.post(address, typed).status_code == 403
    assert of("1-A-1").certified_at is None


def test_missing_things_and_wrong_methods(
    both_sent: ReportingRound, certifier: User, client_of: Clients
) -> None:
    client, round = client_of(certifier), both_sent.pk

    assert client.get(f"/rounds/{ABSENT}/certify/").status_code == 404
    assert client.post(f"/rounds/{round}/answers/9-Z-9/certify/").status_code == 404
    assert client.get(f"/rounds/{round}/answers/1-A-1/certify/").status_code == 405
    assert client.post(f"/rounds/{round}/answers/2-A-1/certify/").status_code == 403


def test_a_round_that_asks_for_no_certifier_says_so(
    reporting_round: ReportingRound, certifier: User, client_of: Clients
) -> None:
    page = client_of(certifier).get(f"/rounds/{reporting_round.pk}/certify/").content.decode()

    assert "この照会では、課内の確認を求めていません" in page


def test_as_many_queries_for_one_as_for_two(
    asked: ReportingRound, content: Content, editor: User, certifier: User, client_of: Clients
) -> None:
    send_answer(answer=of("1-A-1"), content=content(), opened_revision=0, by=editor)
    with as_many_queries(client_of(certifier), f"/rounds/{asked.pk}/certify/"):
        send_answer(answer=of("1-A-2"), content=content(), opened_revision=0, by=editor)
