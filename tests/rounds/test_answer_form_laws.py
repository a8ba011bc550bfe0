"""Laws of the round trip: what a person edits in Excel comes in, exactly that, and nothing else."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from answer_form_in_hand import WHOLE, Sheet, apply, exported, plan_of, upload
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from stated_values import values_of

from initiatives.stated_cell import cell_value
from kirishima_dx.spreadsheets.writing import put
from people.models import User
from rounds.actions.answers import save_answer
from rounds.answer_content import ANSWER_COLUMNS, AnswerContent
from rounds.answer_sheet.columns import BY_KEY, COLUMNS, place_of
from rounds.answer_sheet.merging import Side
from rounds.enums import AnswerState
from rounds.models import Answer, AnswerChange, ReportingRound
from rounds.workbooks.answer_form import HEADER_ROW

CODES = ("1-A-1", "1-A-2", "1-B-1", "2-A-1")
values = {column.key: values_of(column) for column in ANSWER_COLUMNS}
contents = st.builds(AnswerContent, **values)
edits = st.dictionaries(
    st.sampled_from(CODES),
    st.lists(st.sampled_from([*values]), unique=True, max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: values[name] for name in names})
    ),
)
often = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone() -> Iterator[None]:
    """Let one example see the database as the one before did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(round: ReportingRound) -> dict[str, Answer]:
    found = Answer.objects.with_names().filter(round=round)
    return {answer.initiative.focus_item.code: answer for answer in found}


def write(round: ReportingRound, said: dict[str, AnswerContent], by: User) -> None:
    for code, content in said.items():
        answer = answers(round)[code]
        save_answer(answer=answer, content=content, opened_revision=answer.revision, by=by)


def contents_of(round: ReportingRound) -> dict[str, AnswerContent]:
    return {code: AnswerContent.of(answer) for code, answer in answers(round).items()}


def fill(sheet: Worksheet, row: int, name: str, value: Any) -> None:
    """Enter a value in its cell as a person does."""
    column = BY_KEY[name]
    put(sheet.cell(row, place_of(column)), cell_value(column, value))


drafts = st.dictionaries(st.sampled_from(CODES), contents)


@often
@given(said=drafts)
def test_unedited_it_changes_nothing_and_writes_nothing(
    reporting_round: ReportingRound, secretariat: User, said: dict[str, AnswerContent]
) -> None:
    with undone():
        write(reporting_round, said, secretariat)
        before, changes = contents_of(reporting_round), AnswerChange.objects.count()

        kept = upload(reporting_round, secretariat, exported(reporting_round))
        apply(kept, secretariat)

        assert contents_of(reporting_round) == before
        assert AnswerChange.objects.count() == changes


@often
@given(
    said=drafts,
    edited=edits,
    order=st.permutations(range(len(CODES))),
    left_out=st.sets(st.sampled_from(CODES), max_size=3),
)
def test_edits_come_in_and_nothing_else(
    reporting_round: ReportingRound,
    secretariat: User,
    said: dict[str, AnswerContent],
    edited: dict[str, dict[str, Any]],
    order: list[int],
    left_out: set[str],
) -> None:
    """Whatever was there, however rows are sorted, whichever are deleted (all but one at most)."""
    with undone():
        write(reporting_round, said, secretariat)
        before = contents_of(reporting_round)
        file = Sheet(exported(reporting_round))
        for code, fields in edited.items():
            for name, value in fields.items():
                fill(file.sheet, file.row(code), name, value)
        _sort(file.sheet, order)
        for code in left_out:
            file.sheet.delete_rows(file.row(code))

        apply(upload(reporting_round, secretariat, file.saved()), secretariat, sends=False)

        assert contents_of(reporting_round) == {
            code: content if code in left_out else replace(content, **edited.get(code, {}))
            for code, content in before.items()
        }


def _sort(sheet: Worksheet, order: list[int]) -> None:
    rows = [
        [(cell.value, cell.data_type) for cell in row]
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1)
    ]
    for place, which in enumerate(order, start=HEADER_ROW + 1):
        for column, (value, kind) in enumerate(rows[which], start=1):
            cell = sheet.cell(place, column)
            cell.value = value
            if value is not None:
                cell.data_type = kind


@often
@given(said=drafts, edited=edits, meanwhile=edits)
def test_what_was_changed_elsewhere_is_kept_or_asked_about(
    reporting_round: ReportingRound,
    secretariat: User,
    said: dict[str, AnswerContent],
    edited: dict[str, dict[str, Any]],
    meanwhile: dict[str, dict[str, Any]],
) -> None:
    """Kept by the person's choice or by itself: no edit of the browser is lost, none of the file is that was chosen."""
    with undone():
        write(reporting_round, said, secretariat)
        base = contents_of(reporting_round)
        file = Sheet(exported(reporting_round))
        for code, fields in edited.items():
            for name, value in fields.items():
                fill(file.sheet, file.row(code), name, value)
        now = {code: replace(base[code], **meanwhile.get(code, {})) for code in CODES}
        write(reporting_round, now, secretariat)

        kept = upload(reporting_round, secretariat, file.saved())
        conflicts = {
            (row.answer.pk, one.name): Side.NOW
            for row in plan_of(kept, secretariat).files[0].rows
            for one in row.conflicts
        }
        apply(kept, secretariat, picks=conflicts, sends=False)

        after, keys = contents_of(reporting_round), answers(reporting_round)
        for code in CODES:
            for name in values:
                mine = edited.get(code, {}).get(name, getattr(base[code], name))
                theirs = getattr(now[code], name)
                stood = getattr(base[code], name)
                takes_mine = mine != stood and theirs == stood
                assert getattr(after[code], name) == (mine if takes_mine else theirs)
                clashes = mine != stood and theirs != stood and mine != theirs
                assert ((keys[code].pk, name) in conflicts) == clashes


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it as .xlsx."""
    (folder / "in").mkdir()
    source = folder / "in" / "回答様式.xlsx"
    source.write_bytes(content)
    subprocess.run(
        [
            os.environ["SOFFICE"],
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "回答様式.xlsx").read_bytes()


TRICKY = AnswerContent(
    kind="update",
    status="piloting",
    rating_reason="=1+1",
    achievements="一行目\n二行目　全角空白 _x000D_",
    outcome="'-5",
    problem="0012",
    for_headquarters=True,
    new_due_date=date(2027, 3, 31),
    next_steps="😀𠮷野家 & <b>",
)


@pytest.mark.office
def test_libreoffice_opens_and_saves_it_without_an_edit(
    answer: Answer, reporting_round: ReportingRound, secretariat: User, tmp_path: Path
) -> None:
    save_answer(answer=answer, content=TRICKY, opened_revision=0, by=secretariat)
    changes = AnswerChange.objects.count()

    back = saved_by_libreoffice(exported(reporting_round), tmp_path)
    kept = upload(reporting_round, secretariat, back)
    apply(kept, secretariat)

    assert AnswerChange.objects.count() == changes


@pytest.mark.office
def test_sorted_filtered_coloured_and_lengthened_by_people_it_comes_back_through_libreoffice(
    answer: Answer,
    reporting_round: ReportingRound,
    secretariat: User,
    content: Callable[..., AnswerContent],
    tmp_path: Path,
) -> None:
    save_answer(answer=answer, content=TRICKY, opened_revision=0, by=secretariat)
    file = Sheet(exported(reporting_round)).put("1-A-2", **WHOLE, new_due_date="令和９年３月３１日")
    sheet = file.sheet
    _sort(sheet, [2, 0, 3, 1])
    for row in sheet.iter_rows(min_row=HEADER_ROW + 1, max_row=HEADER_ROW + 1):
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.row_dimensions[HEADER_ROW + 2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.auto_filter.add_filter_column(10, ["試行中"])
    sheet.cell(HEADER_ROW + 7, 4).value = "課内で確認済み"
    sheet.delete_cols(COLUMNS.index("成果") + 1)

    back = saved_by_libreoffice(file.saved(), tmp_path)
    apply(upload(reporting_round, secretariat, back), secretariat)

    found = answers(reporting_round)
    assert AnswerContent.of(found["1-A-1"]) == TRICKY
    assert found["1-A-2"].state == AnswerState.SENT
    assert found["1-A-2"].new_due_date == date(2027, 3, 31)
    untouched = {found[code].revision for code in ("1-B-1", "2-A-1")}
    assert untouched == {0}


def test_openpyxl_saves_it_anew_without_an_edit(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    # Of a word like _x000D_ openpyxl takes the escape away when it reads: a loss of its own.
    tricky = replace(TRICKY, achievements="一行目\n二行目")
    save_answer(answer=answer, content=tricky, opened_revision=0, by=secretariat)
    changes = AnswerChange.objects.count()
    book = load_workbook(BytesIO(exported(reporting_round)), rich_text=True)
    buffer = BytesIO()
    book.save(buffer)

    apply(upload(reporting_round, secretariat, buffer.getvalue()), secretariat)

    assert AnswerChange.objects.count() == changes
