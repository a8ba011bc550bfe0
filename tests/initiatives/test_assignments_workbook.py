"""担当の一括設定 by Excel: the list of who is responsible, out and back."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from assigning import assign, held
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from query_counts import asked_by, assert_as_many, writes_in

from people.models import Department, User
from plans.models import Edition, FocusItem, FocusItemText

ADDRESS = "/assignments/"
IMPORT = "/assignments/import/"
DAY = date(2026, 10, 15)


def downloaded(desk: Client) -> Any:
    return load_workbook(BytesIO(desk.get("/assignments.xlsx").content))


def uploaded(desk: Client, workbook: Workbook) -> Any:
    buffer = BytesIO()
    workbook.save(buffer)
    file = SimpleUploadedFile("担当一覧.xlsx", buffer.getvalue())
    return desk.post(IMPORT, {"workbook": file})


def told(*rows: Sequence[Any]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "担当一覧"
    for row in (("番号", "主担当課", "関係課"), *rows):
        sheet.append(list(row))
    return workbook


def saved_as_shown(desk: Client, response: Any, **changes: str) -> Any:
    """Send the form of the preview, as a browser would."""
    check = response.context["check"]
    data = {"from_date": "2026-10-15", "reason": "取込み"}
    for row in check.changed:
        prefix = f"item-{row.new.code}"
        data[f"{prefix}-opened"] = row.new.record.opened
        data[f"{prefix}-lead"] = row.new.lead[0].code if row.new.lead else ""
        data[f"{prefix}-supporting"] = "、".join(one.code for one in row.new.supporting)
    for name, value in data.items():
        if name not in ("from_date", "reason"):
            assert f'name="{name}" value="{value}"' in response.content.decode()
    return desk.post(ADDRESS, data | changes)


def test_the_workbook_tells_what_stands_and_comes_back_unchanged(
    responsible: FocusItem, desk: Client
) -> None:
    workbook = downloaded(desk)
    sheet = workbook["担当一覧"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}

    assert rows["1-A-1"][4:] == ("福祉課", "企画課", "1-A-1")
    assert workbook.sheetnames == ["担当一覧", "部署", "記入要領"]
    offer = sheet.data_validations.dataValidation[0]
    assert (offer.formula1, str(offer.sqref)) == ("'部署'!$A$2:$A$3", f"E2:E{len(rows) + 1}")
    check = uploaded(desk, workbook).context["check"]
    assert (check.changed, check.faults, len(check.unchanged)) == ([], [], len(rows))


def test_a_file_changes_exactly_what_its_preview_shows(
    responsible: FocusItem, desk: Client
) -> None:
    response = uploaded(
        desk,
        told(("１－Ａ－１", None, "welfare"), ("1-A-2", "planning", ""), ("2-A-1", "", None)),
    )
    check = response.context["check"]

    assert {row.new.code: row.changes for row in check.changed} == {
        "1-A-1": [("主担当課", "福祉課", "未設定"), ("関係課", "企画課", "福祉課")],
        "1-A-2": [("主担当課", "未設定", "企画課")],
    }
    assert len(check.unchanged) == 1
    assert "主担当課がなくなります。" in response.content.decode()
    assert held("1-A-2", DAY) == []
    assert saved_as_shown(desk, response).status_code == 302
    assert held("1-A-1", DAY) == [("supporting", "welfare")]
    assert held("1-A-2", DAY) == [("lead", "planning")]


def test_a_preview_reads_as_much_for_few_rows_as_for_many_and_writes_nothing(
    responsible: FocusItem, desk: Client
) -> None:
    many = downloaded(desk)
    sheet = many["担当一覧"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 5).value = "企画課"
    desk.get(IMPORT)  # What a session asks only once.

    few_asked = asked_by(lambda: uploaded(desk, told(("1-A-1", "福祉課", ""))))
    many_asked = asked_by(lambda: uploaded(desk, many))

    assert sheet.max_row > 4
    assert_as_many(few_asked, many_asked)
    assert writes_in(many_asked) == []


def test_f1_a_change_made_since_the_preview_is_shown(
    responsible: FocusItem, welfare: Department, secretariat: User, desk: Client
) -> None:
    response = uploaded(desk, told(("1-A-1", "企画課", ""), ("1-A-2", "企画課", "")))
    assign(responsible, welfare, by=secretariat, since=DAY)

    clash = saved_as_shown(desk, response)

    assert clash.status_code == 409
    assert "ほかの人が変えました" in clash.content.decode()
    assert held("1-A-2", DAY) == []


@pytest.mark.parametrize(
    ("row", "address", "message"),
    [
        (("9-Z-9", "福祉課", ""), "A2", "「9-Z-9」という番号の項目は、この版にありません。"),
        (("", "福祉課", ""), "A2", "番号を入れてください。"),
        (("1-A-2", "福祉可", ""), "B2", "近い名称：福祉課"),
        (("1-A-2", "福祉課、企画課", ""), "B2", "主担当課は一つだけにしてください。"),
        (("1-A-2", "福祉課", "福祉課、企画課"), "C2", "主担当課なので"),
        (("1-A-2", "=B3", ""), "B2", "数式"),
        (("1-A-1", "福祉課", ""), "A3", "「1-A-1」の行が二つ以上あります。"),
    ],
)
def test_f2_a_wrong_cell_is_named_and_nothing_can_be_saved(
    responsible: FocusItem, desk: Client, row: Sequence[str], address: str, message: str
) -> None:
    response = uploaded(desk, told(row, ("1-A-1", "企画課", "")))
    faults = {f.address: f.message for f in response.context["check"].faults}

    assert message in faults[address]
    assert address in response.content.decode()
    assert 'action="/assignments/"' not in response.content.decode()


def test_a_struck_department_is_not_assigned(responsible: FocusItem, desk: Client) -> None:
    """Half a cell, a whole one, a key; and a title by which a row without its code cannot be checked."""
    half = CellRichText(TextBlock(InlineFont(strike=True), "福祉課、"), "企画課")
    workbook = told(
        ("1-A-1", "企画課", half), ("1-A-2", "福祉課", ""), ("1-B-1", "福祉課", "企画課")
    )
    sheet = workbook.worksheets[0]
    sheet.append(("2-A-1", "福祉課", "", "前の名称"))
    sheet["D1"] = "重点項目"
    for place in ("B3", "A4", "D5"):
        sheet[place].font = Font(strike=True)

    response = uploaded(desk, workbook)

    faults = {f.address: f.message for f in response.context["check"].faults}
    assert list(faults) == ["C2", "B3", "A4", "A5"]
    assert faults["C2"].startswith("取消線の付いた文字「福祉課、」があります。")
    assert faults["A5"].startswith("重点項目（D5）を確かめられません。取消線が付いています。")
    assert response.context["check"].changed == []
    assert 'action="/assignments/"' not in response.content.decode()


def test_f2_a_file_that_is_no_workbook_is_refused_in_words(
    responsible: FocusItem, desk: Client
) -> None:
    response = desk.post(IMPORT, {"workbook": SimpleUploadedFile("a.xlsx", "番号,".encode())})

    assert response.status_code == 200
    assert "CSV" in response.context["form"].errors["workbook"][0]
    assert "ファイルを選んでください。" in desk.post(IMPORT).content.decode()


def test_a_file_without_the_column_of_supporting_departments_leaves_them(
    responsible: FocusItem, desk: Client
) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["番号", "主担当課"])
    workbook.worksheets[0].append(["1-A-1", "福祉課"])

    check = uploaded(desk, workbook).context["check"]

    assert (check.changed, len(check.unchanged)) == ([], 1)


def renumber(edition: Edition) -> None:
    """Let 1-A-1 and 1-A-2 change places, as an adopted revision may."""
    first, second = edition.item_texts.filter(focus_item__code__in=("1-A-1", "1-A-2"))
    for number, text in ((99, first), (1, second), (2, first)):
        FocusItemText.objects.filter(pk=text.pk).update(number=number)


def test_a_file_of_before_a_renumbering_still_means_the_same_items(
    small_draft: Edition, welfare: Department, planning: Department, desk: Client
) -> None:
    workbook = downloaded(desk)
    workbook["担当一覧"]["E2"] = "福祉課"
    renumber(small_draft)

    response = uploaded(desk, workbook)
    check = response.context["check"]

    assert [(row.new.code, row.notes) for row in check.changed] == [
        ("1-A-1", ["ファイルでの番号は1-A-1です。いまは1-A-2です。"])
    ]
    assert (check.faults, response.context["renumbered"], check.absent) == ([], 2, 0)
    page = response.content.decode()
    assert "いまは1-A-2です。" in page
    assert "ファイルの番号がいまと違う2項目は、固有の番号で照合しました。" in page
    assert saved_as_shown(desk, response).status_code == 302
    assert (held("1-A-1", DAY), held("1-A-2", DAY)) == ([("lead", "welfare")], [])


def test_a_file_without_lasting_codes_is_not_taken_for_another_item(
    small_draft: Edition, welfare: Department, planning: Department, desk: Client
) -> None:
    workbook = downloaded(desk)
    sheet = workbook["担当一覧"]
    sheet.delete_cols(7)
    sheet["E2"] = "福祉課"
    title = sheet["D2"].value
    assert uploaded(desk, workbook).context["check"].faults == []
    renumber(small_draft)

    check = uploaded(desk, workbook).context["check"]

    assert [fault.address for fault in check.faults] == ["A2", "A3"]
    assert f"「{title}」のことなら、1-A-2に直してください。" in check.faults[0].message
    sheet["D2"], sheet["D3"] = "前の版での名称", None
    (change,) = uploaded(desk, workbook).context["check"].changed
    assert change.notes == ["ファイルでの重点項目は「前の版での名称」です。"]


def test_f2_a_lasting_code_that_no_item_has_or_two_rows_bear_is_named(
    small_draft: Edition, welfare: Department, desk: Client
) -> None:
    workbook = downloaded(desk)
    sheet = workbook["担当一覧"]
    sheet["G2"], sheet["G3"] = "9-Z-9", sheet["G4"].value

    faults = {f.address: f.message for f in uploaded(desk, workbook).context["check"].faults}

    assert list(faults) == ["G2", "G3", "G4"]
    assert "「9-Z-9」という固有の番号の項目は、この版にありません。" in faults["G2"]
    assert "の行が二つ以上あります。" in faults["G3"]
