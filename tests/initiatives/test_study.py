"""The study of a ★ item: who asked what, what was found out, and that nothing of it is lost (G4)."""

from datetime import date

import pytest
from beginnings import lasting
from django.db import DatabaseError, connection, transaction
from studying import PDF, PNG, QUESTION, REVIEW_BY, asked, kept, noted, star

from initiatives.actions.studying import take_out
from initiatives.errors import StudyConflict, StudyRefused
from initiatives.models import Evidence, EvidenceDownload, Study, StudyNote
from initiatives.queries.study import question_at, study_page, study_rows
from kirishima_dx import clock
from people.models import Department, User
from plans.models import Edition, FocusItem


@pytest.fixture
@lasting
def study(small_edition: Edition, secretariat: User) -> Study:
    return asked(secretariat)


def test_a_question_is_asked_and_changed_and_what_it_was_is_kept(
    study: Study, editor: User
) -> None:
    changed = asked(editor, question="どの窓口を先にするか。", review_by=None, opened_version=1)

    assert changed.pk == study.pk
    assert (changed.version, changed.question, changed.review_by) == (
        2,
        "どの窓口を先にするか。",
        None,
    )
    page = study_page(star(), clock.today(), tells_downloads=False)
    assert [(one.question, one.review_by, one.written_by_name) for one in page.questions] == [
        ("どの窓口を先にするか。", None, "担当 太郎"),
        (QUESTION, REVIEW_BY, "事務 局子"),
    ]
    assert page.now is not None
    assert page.now.written_at == clock.now()


@pytest.mark.parametrize("question", ["", " \n　"])
def test_a_study_asks_something(small_edition: Edition, secretariat: User, question: str) -> None:
    with pytest.raises(StudyRefused, match="問い"):
        asked(secretariat, question=question)

    assert not Study.objects.exists()


@pytest.mark.parametrize("opened", [0, 2])
def test_g4_a_question_that_was_changed_meanwhile_is_not_overwritten(
    study: Study, editor: User, opened: int
) -> None:
    with pytest.raises(StudyConflict) as conflict:
        asked(editor, question="別の問い。", opened_version=opened)

    assert conflict.value.current == study
    assert Study.objects.get().question == QUESTION


def test_g4_a_question_that_never_was_is_a_conflict(
    small_edition: Edition, secretariat: User
) -> None:
    with pytest.raises(StudyConflict) as conflict:
        asked(secretariat, opened_version=1)

    assert conflict.value.current is None


def test_what_was_asked_at_a_version(study: Study, editor: User) -> None:
    asked(editor, question="別の問い。", opened_version=1)

    found = [question_at(study, version) for version in (1, 2, 3)]

    assert [one.question if one else None for one in found] == [QUESTION, "別の問い。", None]


def test_a_note_keeps_who_and_for_which_department(
    responsible: FocusItem, editor: User, secretariat: User
) -> None:
    study = asked(secretariat, focus_item=responsible)
    of_department, of_secretariat = noted(study, editor), noted(study, secretariat)

    assert (of_department.department_name, of_department.written_by_name) == ("福祉課", "担当 太郎")
    assert (of_secretariat.department_name, of_secretariat.written_by_name) == ("", "事務 局子")
    assert of_department.written_at == clock.now()


@pytest.mark.parametrize("text", ["", "\n "])
def test_a_note_says_something(study: Study, secretariat: User, text: str) -> None:
    with pytest.raises(StudyRefused, match="書いてください"):
        noted(study, secretariat, text)


def test_a_note_that_is_sent_twice_is_taken_once(
    study: Study, secretariat: User, editor: User
) -> None:
    noted(study, secretariat)
    with pytest.raises(StudyRefused, match="同じ記録"):
        noted(study, secretariat)
    noted(study, editor)
    noted(study, secretariat)

    assert study.notes.count() == 3, "others may say the same, and so may one later on"


def test_a_file_is_kept_byte_for_byte(study: Study, editor: User) -> None:
    evidence = Evidence.objects.get(pk=kept(study, editor).pk)

    assert bytes(evidence.content) == PDF
    assert (evidence.size, evidence.media_type) == (len(PDF), "application/pdf")
    assert (evidence.name, evidence.title) == ("聞き取り.pdf", "聞き取りの結果")
    assert (evidence.kept_by_name, evidence.kept_at) == ("担当 太郎", clock.now())


def test_the_same_file_is_kept_once_whatever_it_is_called(study: Study, editor: User) -> None:
    kept(study, editor)

    with pytest.raises(StudyRefused, match=r"すでにあります（「聞き取りの結果」、聞き取り\.pdf）"):
        kept(study, editor, name="別名.pdf", title="別の題")

    assert kept(study, editor, name="図.png", content=PNG)
    assert study.evidence.count() == 2


def test_a_file_has_a_title(study: Study, editor: User) -> None:
    with pytest.raises(StudyRefused, match="何の資料か"):
        kept(study, editor, title=" ")


def test_who_takes_a_file_out_is_recorded(study: Study, editor: User, staff: User) -> None:
    evidence = kept(study, editor)

    take_out(evidence=evidence, by=staff)

    taken = EvidenceDownload.objects.get()
    assert (taken.evidence, taken.taken_by, taken.taken_at) == (evidence, staff, clock.now())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE initiatives_studynote SET text = 'x'",
        "DELETE FROM initiatives_studynote",
        "UPDATE initiatives_evidence SET title = 'x'",
        "UPDATE initiatives_evidencedownload SET taken_at = '2020-01-01 00:00:00+00:00'",
        "DELETE FROM initiatives_evidencedownload",
    ],
)
def test_what_was_recorded_stays(study: Study, editor: User, sql: str) -> None:
    noted(study, editor)
    take_out(evidence=kept(study, editor), by=editor)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert StudyNote.objects.get().text != "x"
    assert Evidence.objects.get().title != "x"
    assert EvidenceDownload.objects.get().taken_at == clock.now()


def test_the_list_holds_the_star_items_of_the_edition_in_force(
    study: Study, small_edition: Edition, welfare: Department, editor: User
) -> None:
    noted(study, editor, "一つ目。")
    noted(study, editor, "二つ目。")
    kept(study, editor)

    (row,) = study_rows(small_edition, date(2026, 12, 26))

    assert row.text.focus_item.code == "1-A-2"
    assert (row.is_over, row.is_overdue, row.due_in) == (False, True, "1日過ぎ")
    assert row.study is not None
    assert (row.study.note_count, row.study.evidence_count) == (2, 1)  # type: ignore[attr-defined]
    assert row.study.last_note == "二つ目。"  # type: ignore[attr-defined]


def test_an_item_that_lost_its_star_stands_last_and_is_not_overdue(
    study: Study, small_edition: Edition, responsible: FocusItem, secretariat: User
) -> None:
    asked(secretariat, focus_item=responsible, review_by=date(2026, 1, 1))

    rows = study_rows(small_edition, date(2026, 10, 15))

    assert [(row.text.focus_item.code, row.is_over) for row in rows] == [
        ("1-A-2", False),
        ("1-A-1", True),
    ]
    assert (rows[1].is_overdue, rows[1].due_in) == (False, "")
