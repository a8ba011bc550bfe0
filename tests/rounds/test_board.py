"""The reply board: what it shows, how it narrows and sorts, its files, and that size costs no queries."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from assigning import assign
from django.test import Client
from openpyxl import load_workbook
from query_counts import asked_by_page, assert_as_many
from row_numbers import ABSENT

from initiatives.models import Initiative, ProgressEntry
from people.models import Department, User
from plans.models import Edition, FocusItem, FocusItemText, Plan
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import accept_answer, return_answer
from rounds.actions.rounds import RoundTerms, extend_deadline, open_round, record_reminder
from rounds.answer_content import AnswerContent
from rounds.models import Answer, ReportingRound

Content = Callable[..., AnswerContent]
MOST_QUERIES = 10


@pytest.fixture
def board_url(reporting_round: ReportingRound) -> str:
    return f"/rounds/{reporting_round.pk}/"


def send(answer: Answer, content: Content, by: User) -> Answer:
    sent = send_answer(answer=answer, content=content(), opened_revision=answer.revision, by=by)
    return Answer.objects.with_names().get(pk=sent.pk)


def places(response: Any) -> list[str]:
    return [row.text.place for row in response.context["rows"]]


def test_the_board_shows_who_owes_what(
    answer: Answer,
    content: Content,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    send(answer, content, editor)

    response = client_of(staff).get(board_url)
    page = response.content.decode()

    assert places(response) == ["1-A-2", "1-B-1", "2-A-1", "1-A-1"]
    assert "4項目のうち <strong>1</strong>項目が回答済（25%）" in page
    assert "あと5日" in page
    assert [row.name for row in response.context["departments"]] == ["未設定", "福祉課"]
    assert "提出済" in page
    for act in ("督促する", "期限を延ばす", "照会を締め切る", "回答を確かめる"):
        assert act not in page


def test_the_secretariat_sees_what_it_can_do(
    answer: Answer,
    content: Content,
    editor: User,
    secretariat: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    send(answer, content, editor)

    page = client_of(secretariat).get(board_url).content.decode()

    for act in ("督促する", "期限を延ばす", "照会を締め切る", "回答を確かめる（1件）"):
        assert act in page
    assert f"{board_url}review/1-A-1/" in page


def test_what_waits_inside_a_department_does_not_wait_for_the_secretariat(
    responsible: FocusItem,
    open_the_round: Callable[..., ReportingRound],
    content: Content,
    editor: User,
    secretariat: User,
    client_of: Callable[..., Client],
) -> None:
    asked = open_the_round(asks_certification=True)
    answer = asked.answers.get(initiative__focus_item=responsible)
    send(answer, content, editor)

    response = client_of(secretariat).get(asked.get_absolute_url())

    assert "提出済（課内確認待ち）" in response.content.decode()
    board = response.context["board"]
    assert (board.awaiting_certifier, board.awaiting_secretariat) == (1, 0)
    filtered = client_of(secretariat).get(asked.get_absolute_url(), {"state": "certifier"})
    assert places(filtered) == ["1-A-1"]


def test_deadlines_reminders_and_last_activity_stand_at_the_department(
    answer: Answer,
    reporting_round: ReportingRound,
    welfare: Department,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
    frozen_clock: time_machine.Traveller,
) -> None:
    save_answer(answer=answer, content=AnswerContent(problem="x"), opened_revision=0, by=editor)
    frozen_clock.shift(3 * 24 * 3600)
    extend_deadline(
        round=reporting_round,
        department=welfare,
        due_on=date(2026, 10, 30),
        reason="議会",
        by=secretariat,
    )
    record_reminder(round=reporting_round, department=welfare, text="催促", by=secretariat)

    response = client_of(staff).get(board_url)

    row = response.context["departments"][1]
    assert (row.due_on, row.is_extended, row.days_left) == (date(2026, 10, 30), True, "あと12日")
    assert (row.active_ago, row.reminded.times, row.reminded_ago) == ("3日前", 1, "きょう")
    assert "1回（きょう）" in response.content.decode()


def test_a_new_lead_stands_beside_who_was_asked(
    answer: Answer,
    planning: Department,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    assign(answer.initiative.focus_item, planning, by=secretariat, since=date(2026, 10, 15))

    page = client_of(staff).get(board_url).content.decode()

    assert "照会のとき：福祉課" in page


def test_conditions_narrow_both_tables(
    answer: Answer,
    content: Content,
    editor: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
    frozen_clock: time_machine.Traveller,
) -> None:
    client = client_of(staff)
    send(answer, content, editor)

    sent = client.get(board_url, {"state": "sent"})
    assert places(sent) == ["1-A-1"]
    assert [row.name for row in sent.context["departments"]] == ["福祉課"]
    assert places(client.get(board_url, {"department": "none"})) == ["1-A-2", "1-B-1", "2-A-1"]
    assert places(client.get(board_url, {"q": "オンライン 福祉"})) == ["1-A-1"]
    assert places(client.get(board_url, {"state": "owed"})) == ["1-A-2", "1-B-1", "2-A-1"]
    assert places(client.get(board_url, {"overdue": "on"})) == []
    frozen_clock.shift(6 * 24 * 3600)
    late = client_of(staff).get(board_url, {"overdue": "on"})
    assert places(late) == ["1-A-2", "1-B-1", "2-A-1"]
    assert "1日過ぎ" in late.content.decode()


def test_conditions_that_make_no_sense_are_left_out_and_told(
    staff: User, client_of: Callable[..., Client], board_url: str
) -> None:
    response = client_of(staff).get(board_url, {"state": "magic", "department": "none"})

    assert "使えない条件があった" in response.content.decode()
    assert places(response) == ["1-A-2", "1-B-1", "2-A-1"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("number", ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
        ("-number", ["2-A-1", "1-B-1", "1-A-2", "1-A-1"]),
        ("updated", ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
        ("-department", ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
        ("-state", ["1-A-1", "1-A-2", "1-B-1", "2-A-1"]),
    ],
)
def test_the_board_is_sorted(
    answer: Answer,
    content: Content,
    editor: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
    sort: str,
    expected: list[str],
) -> None:
    send(answer, content, editor)

    assert places(client_of(staff).get(board_url, {"sort": sort})) == expected


def test_a_rehearsal_is_marked(
    open_the_round: Callable[..., ReportingRound],
    staff: User,
    client_of: Callable[..., Client],
) -> None:
    page = client_of(staff).get(open_the_round(is_rehearsal=True).get_absolute_url())

    assert "<strong>練習</strong>" in page.content.decode()


def test_the_files_hold_what_the_filter_shows_with_real_days(
    answer: Answer,
    content: Content,
    editor: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    send(answer, content, editor)
    client = client_of(staff)

    response = client.get(f"{board_url}board.xlsx", {"state": "sent"})
    book = load_workbook(BytesIO(response.content))

    rows = list(book["項目別"].iter_rows(values_only=True))
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["番号"], row["主担当課"], row["回答の状況"]) == ("1-A-1", "福祉課", "提出済")
    assert row["回答の期限"].date() == date(2026, 10, 20)
    assert row["提出日"].date() == date(2026, 10, 15)
    departments = list(book["部署別"].iter_rows(values_only=True))
    assert [line[0] for line in departments[1:]] == ["福祉課"]

    csv = client.get(f"{board_url}board.csv", {"department": "none"}).content.decode("utf-8-sig")
    assert len(csv.strip().split("\r\n")) == 4
    assert "2026-10-20" in csv
    shift_jis = client.get(f"{board_url}board.csv", {"encoding": "cp932"})
    assert "福祉課" in shift_jis.content.decode("cp932")


def test_the_moment_of_the_last_change_is_told_under_the_pointer(
    answer: Answer,
    content: Content,
    editor: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    send(answer, content, editor)

    page = client_of(staff).get(board_url).content.decode()

    assert page.count('<span title="令和8年10月15日 10:00">きょう</span>') == 2
    assert 'title="<' not in page


@pytest.mark.parametrize(
    "name", ["board.xlsx?state=x", "board.csv?state=x", "board.csv?encoding=x"]
)
def test_a_file_of_nonsense_leads_back_to_the_page(
    staff: User, client_of: Callable[..., Client], board_url: str, name: str
) -> None:
    response = client_of(staff).get(board_url + name)

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, board_url)


@pytest.mark.parametrize("page", ["", "board.xlsx", "board.csv", "story/", "reminders/", "close/"])
def test_a_round_that_is_not_there(
    small_edition: Edition, secretariat: User, client_of: Callable[..., Client], page: str
) -> None:
    assert client_of(secretariat).get(f"/rounds/{ABSENT}/{page}").status_code == 404


def test_the_round_of_another_plan_is_not_shown(
    reporting_round: ReportingRound, staff: User, client_of: Callable[..., Client], settings: Any
) -> None:
    Plan.objects.create(code="other", name="別の計画", municipality="別の町")
    settings.PLAN_CODE = "other"

    assert client_of(staff).get(reporting_round.get_absolute_url()).status_code == 404


def grow(edition: Edition, by: User) -> None:
    """Add 24 items with a department each."""
    policy = edition.policies.get(axis__number=2)
    for number in range(2, 26):
        code = f"2-A-{number}"
        item = FocusItem.objects.create(plan=edition.plan, code=code)
        department = Department.objects.create(
            code=f"d{number}", name=f"第{number}課", order=number
        )
        FocusItemText.objects.bulk_create(
            [
                FocusItemText(
                    edition=edition, focus_item=item, policy=policy, number=number, title=code
                )
            ]
        )
        assign(item, department, by=by)


def test_the_board_costs_ten_queries_whatever_its_size(
    small_draft: Edition,
    secretariat: User,
    staff: User,
    record: Callable[..., ProgressEntry],
    client_of: Callable[..., Client],
    content: Content,
) -> None:
    def asked(**overrides: Any) -> ReportingRound:
        day = date(2026, 9, 30)
        terms = RoundTerms(
            fiscal_year=2026,
            kind="first_half",
            period_from=date(2026, 4, 1),
            period_until=day,
            as_of=day,
            opens_on=date(2026, 10, 1),
            due_on=date(2026, 10, 20),
            overdue_rule="take",
            **overrides,
        )
        items = FocusItem.objects.filter(texts__edition=small_draft).order_by("code")
        return open_round(plan=small_draft.plan, terms=terms, items=list(items), by=secretariat)

    client = client_of(staff)
    few = asked()
    small = asked_by_page(client, few.get_absolute_url())
    grow(small_draft, secretariat)
    many = asked()
    for answer in many.answers.select_related("initiative__focus_item")[:20]:
        record(answer.initiative.focus_item, by=secretariat, as_of=date(2026, 6, 30))
        send(answer, content, secretariat)
        record_reminder(round=many, department=Department.objects.first(), text="x", by=secretariat)
    for _ in range(3):
        asked()

    assert_as_many(small, asked_by_page(client, many.get_absolute_url()), most=MOST_QUERIES)
    assert len(client.get(many.get_absolute_url()).context["rows"]) == 28


def test_what_was_returned_and_accepted_is_counted(
    answer: Answer,
    content: Content,
    editor: User,
    secretariat: User,
    staff: User,
    client_of: Callable[..., Client],
    board_url: str,
) -> None:
    sent = send(answer, content, editor)
    returned = return_answer(
        answer=sent, reason="数", opened_revision=sent.revision, by=secretariat
    )
    board = client_of(staff).get(board_url).context["board"]
    assert (board.counts.returned, board.counts.owed, board.counts.share) == (1, 4, 0)

    sent = send(returned, content, editor)
    accept_answer(
        answer=sent,
        opened_revision=sent.revision,
        initiative_revision=Initiative.objects.revision_of(answer.initiative.focus_item),
        by=secretariat,
    )
    board = client_of(staff).get(board_url).context["board"]
    assert (board.counts.accepted, board.counts.answered, board.counts.share) == (1, 1, 25)
