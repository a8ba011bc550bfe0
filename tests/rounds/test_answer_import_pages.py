"""The pages by which answers go out and come back as workbooks."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from answer_form_in_hand import WHOLE, Sheet, exported
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from query_counts import asked_by_page, assert_as_many

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import save_answer
from rounds.answer_content import AnswerContent
from rounds.answer_sheet.columns import BY_KEY, place_of
from rounds.enums import AnswerState
from rounds.models import Answer, AnswerImport, ReportingRound

ClientOf = Callable[[User | None], Client]


def send(client: Client, round: ReportingRound, *contents: bytes) -> HttpResponse:
    files = [SimpleUploadedFile(f"様式{n}.xlsx", one) for n, one in enumerate(contents, start=1)]
    url = reverse("answer_import", args=[round.pk])
    return client.post(url, {"workbooks": files}, follow=True)


def decide(client: Client, response: HttpResponse, **choices: Any) -> HttpResponse:
    """Press 取り込む on a preview as it was opened."""
    form = response.context["form"]
    data = {
        "stamp": form.initial["stamp"],
        "places": form.initial["places"],
        "sends": "on",
        **choices,
    }
    return client.post(response.request["PATH_INFO"], data, follow=True)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_department_takes_its_own_form_home(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    page = text_of(client.get(reverse("answer_import", args=[reporting_round.pk])))
    assert "福祉課の様式（1項目）" in page
    assert "ZIP" not in page

    response = client.get(
        reverse("round_workbook", args=[reporting_round.pk]), {"department": "welfare"}
    )

    sheet = load_workbook(BytesIO(response.content))["回答"]
    assert [row[0].value for row in sheet.iter_rows(min_row=6)] == ["1-A-1"]
    assert "filename*=" in response["Content-Disposition"]


def test_the_secretariat_takes_all_in_one_file_or_one_each(
    answer: Answer, reporting_round: ReportingRound, secretariat: User, client_of: ClientOf
) -> None:
    client = client_of(secretariat)

    one = client.get(reverse("round_workbook", args=[reporting_round.pk]))
    each = client.get(reverse("round_workbooks", args=[reporting_round.pk]))

    sheet = load_workbook(BytesIO(one.content))["回答"]
    assert [row[0].value for row in sheet.iter_rows(min_row=6)] == [
        "1-A-1",
        "1-A-2",
        "1-B-1",
        "2-A-1",
    ]
    with ZipFile(BytesIO(each.content)) as archive:
        assert archive.namelist() == ["welfare_回答様式_令和8年度上半期_福祉課.xlsx"]


def test_no_name_parts_folders(
    responsible: FocusItem,
    welfare: Department,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
    client_of: ClientOf,
) -> None:
    welfare.name = "../税/収納\\課"
    welfare.save()
    round, client = open_the_round(kind="ad_hoc", title="議会/決算"), client_of(secretariat)

    one = client.get(reverse("round_workbook", args=[round.pk]), {"department": "welfare"})
    each = client.get(reverse("round_workbooks", args=[round.pk]))

    name = "回答様式_令和8年度議会／決算_..／税／収納￥課.xlsx"
    assert quote(name) in one["Content-Disposition"]
    with ZipFile(BytesIO(each.content)) as archive:
        assert archive.namelist() == [f"welfare_{name}"]


def test_the_form_of_another_department_is_not_given(
    answer: Answer, reporting_round: ReportingRound, outsider: User, client_of: ClientOf
) -> None:
    client = client_of(outsider)
    url = reverse("round_workbook", args=[reporting_round.pk])

    assert client.get(url, {"department": "welfare"}).status_code == 404
    told = client.get(url, follow=True)
    assert "あなたの部署が主担当課の項目はありません" in text_of(told)


def test_from_the_file_to_what_was_sent(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    file = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, problem="人手").saved()

    preview = send(client, reporting_round, file)

    shown = text_of(preview)
    assert "<ins>人手</ins>" in shown
    assert "不足はありません" in shown
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNANSWERED
    done = decide(client, preview)
    assert "取り込みました" in text_of(done)
    assert "提出しました" in text_of(done)
    answer.refresh_from_db()
    assert (answer.state, answer.problem) == (AnswerState.SENT, "人手")
    (kept,) = AnswerImport.objects.all()
    original = client.get(reverse("answer_import_file", args=[reporting_round.pk, kept.pk, 1]))
    assert original.content == file


def test_a_conflict_must_be_decided(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    file = Sheet(exported(reporting_round)).put("1-A-1", problem="ファイルの課題").saved()
    save_answer(
        answer=answer, content=AnswerContent(problem="画面の課題"), opened_revision=0, by=editor
    )

    preview = send(client, reporting_round, file)
    undecided = decide(client, preview)
    assert "どちらを残すか選んでください" in text_of(undecided)
    for words in ("ファイルの課題", "画面の課題", "重なりあり"):
        assert words in text_of(undecided)
    answer.refresh_from_db()
    assert answer.problem == "画面の課題"
    decide(client, preview, **{f"pick-{answer.pk}-1-problem": "file"})

    answer.refresh_from_db()
    assert answer.problem == "ファイルの課題"


def test_what_changes_while_the_preview_is_open_is_shown_again(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    preview = send(
        client, reporting_round, Sheet(exported(reporting_round)).put("1-A-1", problem="甲").saved()
    )
    save_answer(answer=answer, content=AnswerContent(problem="乙"), opened_revision=0, by=editor)

    clash = decide(client, preview)

    assert clash.status_code == 409
    assert "まだ取り込んでいません" in text_of(clash)
    assert "重なりあり" in text_of(clash)


def test_a_side_that_was_picked_is_asked_again_once_the_answer_says_something_else(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    file = Sheet(exported(reporting_round)).put("1-A-1", problem="甲").saved()
    save_answer(answer=answer, content=AnswerContent(problem="乙"), opened_revision=0, by=editor)
    preview = send(client, reporting_round, file)
    save_answer(answer=answer, content=AnswerContent(problem="丙"), opened_revision=1, by=editor)

    clash = decide(client, preview, **{f"pick-{answer.pk}-1-problem": "file"})

    assert clash.status_code == 409
    assert "checked" not in str(clash.context["form"][f"pick-{answer.pk}-2-problem"])


def test_faults_are_told_by_sheet_and_cell_and_nothing_can_be_applied(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    client = client_of(editor)
    file = Sheet(exported(reporting_round)).put("1-A-1", **{**WHOLE, "status": "絶好調"}).saved()

    preview = send(client, reporting_round, file)

    shown = text_of(preview)
    cell = f"{get_column_letter(place_of(BY_KEY['status']))}6"
    assert f"シート「回答」{cell}" in shown
    assert "「絶好調」は選べません" in shown
    assert 'type="submit">取り込む' not in shown
    forced = decide(client, preview, places=["1"])
    assert forced.status_code == 200
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNANSWERED


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "空のファイル"), (b"x" * (5 * 1024 * 1024 + 1), "1ファイル5.0MBまで")],
)
def test_files_that_are_not_taken_at_all(
    answer: Answer,
    reporting_round: ReportingRound,
    editor: User,
    client_of: ClientOf,
    content: bytes,
    expected: str,
) -> None:
    response = send(client_of(editor), reporting_round, content)

    assert expected in text_of(response)
    assert not AnswerImport.objects.exists()


def test_too_many_files_are_told_in_words(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    response = send(client_of(editor), reporting_round, *[b"x"] * 101)

    assert response.status_code == 200
    assert "一度に送れるのは100ファイルまでです（いま101ファイル）。" in text_of(response)


def test_nothing_chosen_is_told(
    answer: Answer, reporting_round: ReportingRound, editor: User, client_of: ClientOf
) -> None:
    response = send(client_of(editor), reporting_round)

    assert "送るファイルを選んでください" in text_of(response)


def test_an_upload_is_for_whoever_sent_it_and_the_secretariat(
    answer: Answer,
    reporting_round: ReportingRound,
    editor: User,
    other_editor: User,
    secretariat: User,
    client_of: ClientOf,
) -> None:
    send(client_of(editor), reporting_round, exported(reporting_round))
    (kept,) = AnswerImport.objects.all()
    for name, arguments in (("answer_import_check", []), ("answer_import_file", [1])):
        url = reverse(name, args=[reporting_round.pk, kept.pk, *arguments])
        assert client_of(other_editor).get(url).status_code == 403
        assert client_of(secretariat).get(url).status_code == 200


def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_few(
    answer: Answer,
    reporting_round: ReportingRound,
    secretariat: User,
    client_of: ClientOf,
) -> None:
    client = client_of(secretariat)
    few = Sheet(exported(reporting_round)).put("1-A-1", problem="x")
    many = Sheet(exported(reporting_round))
    for code in ("1-A-1", "1-A-2", "1-B-1", "2-A-1"):
        many.put(code, problem="x")

    urls = [send(client, reporting_round, one.saved()).request["PATH_INFO"] for one in (few, many)]

    asked = [asked_by_page(client, url) for url in urls]
    assert_as_many(*asked, most=15)
