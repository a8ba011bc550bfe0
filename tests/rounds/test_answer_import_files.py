"""What a file may look like, and every fault in it told by its cell (F2)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from answer_form_in_hand import WHOLE, Sheet, apply, exported, outcomes, plan_of, told, upload
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from people.models import User
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import return_answer
from rounds.answer_content import AnswerContent
from rounds.answer_sheet.columns import ASKED, COLUMNS, REFERENCE_COLUMNS, RETURNED
from rounds.enums import AnswerState
from rounds.models import Answer, ReportingRound
from rounds.workbooks.answer_form import HEADER_ROW

Content = Callable[..., AnswerContent]


@pytest.mark.parametrize(
    ("values", "head", "expected"),
    [
        ({"status": "絶好調"}, "状態", "未着手・調査・検討中"),
        ({"new_due_date": "来年の春"}, "新たな期限", "日付として読めません"),
        ({"problem": "=A1"}, "課題", "数式"),
        ({"problem": "あ" * 5001}, "課題", "5000文字以内"),
        ({"for_headquarters": "たぶん"}, "本部協議", "希望する"),
        ({"照合キー": "R1-A1-V0-000000"}, "照合キー", "照合キー"),
        ({"番号": "1-A-9"}, "照合キー", "照合キー"),
    ],
)
def test_every_fault_is_told_by_its_cell(
    answer: Answer,
    reporting_round: ReportingRound,
    secretariat: User,
    values: dict[str, Any],
    head: str,
    expected: str,
) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-1", **values).saved()

    (said,) = told(plan_of(upload(reporting_round, secretariat, content), secretariat))

    column = get_column_letter(COLUMNS.index(head) + 1)
    assert said.startswith(f"{column}{HEADER_ROW + 1} ")
    assert expected in said


STRUCK = Font(strike=True)
PARTLY = CellRichText(TextBlock(InlineFont(strike=True), "予算が足りない。"), "人員が足りない。")


def test_struck_words_never_enter_an_answer(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    """見え消し in prose, a choice, a day and the number; grey columns are not read anyway."""
    file = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, problem=PARTLY)
    file.put("1-A-1", new_due_date=date(2027, 3, 31), outcome="削る文")
    row, at = file.row("1-A-1"), {name: get_column_letter(n) for n, name in enumerate(COLUMNS, 1)}
    for name in ("成果", "状態", "新たな期限", "検討項目", "重点項目"):
        file.sheet[f"{at[name]}{row}"].font = STRUCK
    other = file.row("1-A-2")
    file.put("1-A-2", **WHOLE).sheet[f"A{other}"].font = STRUCK

    kept = upload(reporting_round, secretariat, file.saved())
    plan = plan_of(kept, secretariat)

    whole = "取消線が付いています。文字を消すか、取消線を外してください"
    assert sorted(told(plan)) == sorted(
        [
            f"{at['課題']}{row} 課題 取消線の付いた文字「予算が足りない。」があります。"
            "その文字を消すか、取消線を外してください",
            *(f"{at[name]}{row} {name} {whole}" for name in ("成果", "状態", "新たな期限")),
            f"A{other}  {whole}",
        ]
    )
    assert not plan.applicable


@pytest.mark.parametrize("columns", [COLUMNS, tuple(ASKED)])
def test_a_row_that_is_struck_out_is_told_once(
    answer: Answer, reporting_round: ReportingRound, secretariat: User, columns: tuple[str, ...]
) -> None:
    file = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, problem="やめる")
    row = file.row("1-A-1")
    for name in columns:
        file.sheet.cell(row, COLUMNS.index(name) + 1).font = STRUCK

    (said,) = told(plan_of(upload(reporting_round, secretariat, file.saved()), secretariat))

    assert said.startswith(f"{row}行目  この行には取消線が付いています。")


@pytest.mark.parametrize(
    "typed", ["２０２７年３月３１日", "令和９年３月３１日", "R9.3.31", date(2027, 3, 31)]
)
def test_dates_are_read_as_people_write_them(
    answer: Answer, reporting_round: ReportingRound, editor: User, typed: Any
) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-1", new_due_date=typed).saved()

    apply(upload(reporting_round, editor, content), editor)

    answer.refresh_from_db()
    assert answer.new_due_date == date(2027, 3, 31)


def test_sorted_coloured_without_a_column_and_with_notes_it_still_comes_back(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    file = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE)
    sheet = file.sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER_ROW + 1)]
    for place, row in enumerate(sorted(rows, key=lambda row: str(row[3])), start=HEADER_ROW + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value
    sheet.cell(sheet.max_row + 3, 2).value = "以上、よろしくお願いします。"
    sheet.delete_cols(COLUMNS.index("成果") + 1)
    sheet.insert_cols(2)
    sheet.cell(HEADER_ROW, 2).value = "課内メモ"

    kept = upload(reporting_round, secretariat, file.saved())
    plan = plan_of(kept, secretariat)

    assert told(plan) == []
    assert plan.files[0].read.notes == [
        "ファイルにない列（成果）は、変更しません。",
        "様式にない列（課内メモ）は、読みません。",
        "12行目は照合キーがないので、読みません。",
    ]
    assert [code for code, outcome in outcomes(plan).items() if outcome == "change"] == ["1-A-1"]


def test_rows_left_out_are_left_alone(
    answer: Answer, reporting_round: ReportingRound, editor: User, content: Content
) -> None:
    save_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    file = Sheet(exported(reporting_round))
    file.sheet.delete_rows(file.row("1-A-1"))

    apply(upload(reporting_round, editor, file.saved()), editor)

    answer.refresh_from_db()
    assert (answer.state, answer.problem, answer.status) == (AnswerState.WRITING, "", "piloting")


def test_a_row_twice_is_refused(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    file = Sheet(exported(reporting_round))
    copy = [cell.value for cell in file.sheet[HEADER_ROW + 1]]
    file.sheet.append(copy)

    (said,) = told(plan_of(upload(reporting_round, secretariat, file.saved()), secretariat))

    assert "二つ以上あります（6行目、10行目）" in said


def test_a_form_of_an_earlier_round_is_told_apart(
    reporting_round: ReportingRound,
    open_the_round: Callable[..., ReportingRound],
    secretariat: User,
) -> None:
    old = exported(reporting_round)

    (said,) = told(plan_of(upload(open_the_round(), secretariat, old), secretariat))

    assert "別の照会の回答様式" in said


def test_what_is_no_workbook_is_told(reporting_round: ReportingRound, secretariat: User) -> None:
    kept = upload(reporting_round, secretariat, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b", b"")

    plan = plan_of(kept, secretariat)

    assert [bool(file.read.refusal) for file in plan.files] == [True, True, True]
    assert not plan.changes_something


BEFORE_0_5 = tuple(
    name
    for name in COLUMNS
    if name not in ("取組の概要", RETURNED, "前回の課題", "前回の今後の取組")
)


def test_a_form_handed_out_before_a_grey_column_came_is_read(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    """As version 0.4 made it: columns are found by their heads."""
    file = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, outcome="3件")
    for place in sorted(set(range(1, len(COLUMNS) + 1)) - _places(BEFORE_0_5), reverse=True):
        file.sheet.delete_cols(place)
    assert [cell.value for cell in file.sheet[HEADER_ROW]] == [*BEFORE_0_5]

    kept = upload(reporting_round, editor, file.saved())
    plan = plan_of(kept, editor)
    apply(kept, editor)

    assert (told(plan), plan.files[0].read.notes) == ([], [])
    answer.refresh_from_db()
    assert (answer.state, answer.outcome) == (AnswerState.SENT, "3件")


def _places(names: Iterable[str]) -> set[int]:
    return {COLUMNS.index(name) + 1 for name in names}


def test_it_shows_what_is_promised_what_was_said_and_why_it_came_back(
    record: Callable[..., Any],
    reporting_round: ReportingRound,
    answer: Answer,
    editor: User,
    secretariat: User,
    content: Content,
) -> None:
    """In locked columns; each drop-down tells what its words mean, in no more than Excel takes."""
    said = {"problem": "人手が足りない。", "next_steps": "対象を広げる。"}
    record(answer.initiative.focus_item, by=editor, as_of=date(2026, 3, 31), **said)
    sent = send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    return_answer(answer=sent, reason="数で書いてください。", opened_revision=1, by=secretariat)

    file = Sheet(exported(reporting_round))
    row = file.sheet[file.row("1-A-1")]
    shown = {name: row[COLUMNS.index(name)] for name in REFERENCE_COLUMNS}

    assert shown["取組の概要"].value == answer.initiative.focus_item.texts.get().overview
    assert shown["前回の課題"].value == said["problem"]
    assert shown["前回の今後の取組"].value == said["next_steps"]
    assert shown[RETURNED].value == "数で書いてください。"
    assert all(cell.protection.locked for cell in shown.values())
    offers = file.sheet.data_validations.dataValidation
    prompts = {one.promptTitle: one.prompt for one in offers if one.type == "list"}
    assert "遅れている：予定より遅れており、期限に影響する" in prompts["進捗評価"].splitlines()
    assert set(prompts) == {column.label for column in ASKED.values() if column.words}
    assert max(map(len, prompts.values())) <= 255
