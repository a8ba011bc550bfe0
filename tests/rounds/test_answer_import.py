"""Answers by Excel: out, through people's hands, and back (F1, F2)."""

from collections.abc import Callable
from datetime import date

import pytest
from answer_form_in_hand import WHOLE, Sheet, apply, exported, outcomes, plan_of, told, upload

from initiatives.errors import EntryRefused
from people.models import User
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import accept_answer
from rounds.actions.imports import ImportOrder, apply_import
from rounds.actions.rounds import close_round
from rounds.answer_content import AnswerContent
from rounds.answer_sheet.columns import COLUMNS
from rounds.answer_sheet.merging import Side
from rounds.enums import AnswerState
from rounds.errors import ImportConflict
from rounds.models import Answer, AnswerChange, ReportingRound
from rounds.queries.import_preview import read_upload

Content = Callable[..., AnswerContent]


def test_untouched_it_changes_nothing_and_leaves_no_trace(
    answer: Answer, reporting_round: ReportingRound, editor: User, secretariat: User
) -> None:
    tricky = AnswerContent(
        kind="update",
        problem="=1+1\n_x000D_ 「’」 \t x",
        outcome="'-5",
        for_headquarters=True,
        new_due_date=date(2027, 3, 31),
    )
    save_answer(answer=answer, content=tricky, opened_revision=0, by=editor)
    before = list(AnswerChange.objects.values_list("pk", flat=True))

    kept = upload(reporting_round, secretariat, exported(reporting_round))
    plan = plan_of(kept, secretariat)
    assert told(plan) == []
    assert set(outcomes(plan).values()) == {"same"}
    apply(kept, secretariat)

    assert list(AnswerChange.objects.values_list("pk", flat=True)) == before
    answer.refresh_from_db()
    assert (answer.revision, answer.updated_by_name) == (1, "担当 太郎")


def test_what_is_written_in_excel_is_sent(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE).saved()

    kept = apply(upload(reporting_round, editor, content), editor)

    answer.refresh_from_db()
    assert (answer.state, answer.rating_reason) == (AnswerState.SENT, "予定どおり")
    assert (answer.sent_by, answer.sent_department_name) == (editor, "福祉課")
    change = answer.changes.latest("revision")
    assert (change.source, change.step) == (kept, "sent")
    assert [(row["code"], row["outcome"]) for row in kept.result if row["outcome"] != "same"] == [
        ("1-A-1", "sent")
    ]


def test_what_lacks_something_is_kept_and_not_sent(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-1", problem="人手").saved()

    apply(upload(reporting_round, editor, content), editor)

    answer.refresh_from_db()
    assert (answer.state, answer.problem) == (AnswerState.WRITING, "人手")


def test_a_conflict_shows_three_ways_and_waits_for_a_decision(
    answer: Answer, reporting_round: ReportingRound, editor: User, secretariat: User
) -> None:
    file = Sheet(exported(reporting_round)).put("1-A-1", problem="ファイルの課題", outcome="成果")
    save_answer(
        answer=answer,
        content=AnswerContent(problem="ブラウザーの課題", next_steps="次"),
        opened_revision=0,
        by=editor,
    )
    kept = upload(reporting_round, secretariat, file.saved())

    (row,) = [row for row in plan_of(kept, secretariat).files[0].rows if row.merges]
    (conflict,) = row.conflicts
    assert (conflict.name, conflict.exported, conflict.now, conflict.file) == (
        "problem",
        "",
        "ブラウザーの課題",
        "ファイルの課題",
    )
    assert [one.name for one in row.changes] == ["outcome"]
    with pytest.raises(EntryRefused) as refused:
        apply(kept, secretariat)
    assert refused.value.errors == {f"pick-{answer.pk}-1-problem": "どちらを残すか選んでください。"}
    apply(kept, secretariat, picks={(answer.pk, "problem"): Side.NOW})

    answer.refresh_from_db()
    assert (answer.problem, answer.outcome, answer.next_steps) == ("ブラウザーの課題", "成果", "次")


def test_a_copy_of_the_sheet_is_not_passed_over_in_silence(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    file = Sheet(exported(reporting_round))
    copy = file.book.copy_worksheet(file.sheet)
    copy.title = "回答 (2)"
    copy.cell(file.row("1-A-1"), COLUMNS.index("課題") + 1).value = "写しに書いた課題"

    (read,) = plan_of(upload(reporting_round, editor, file.saved()), editor).files

    assert read.read.notes == [
        "回答の表があるほかのシート（回答 (2)）は、読みません。「回答」に書いたことだけを取り込みます。"
    ]


def test_picks_that_do_not_fit_each_other_do_not_spoil_what_was_sent(
    answer: Answer, reporting_round: ReportingRound, editor: User, content: Content
) -> None:
    late = {"delay_cause": "原因", "countermeasure": "策", "new_due_date": date(2027, 3, 31)}
    send_answer(answer=answer, content=content(rating="late", **late), opened_revision=0, by=editor)
    file = Sheet(exported(reporting_round)).put(
        "1-A-1", rating="順調", delay_cause=None, countermeasure=None, new_due_date=None
    )
    again = content(rating="slightly_late", **late)
    send_answer(answer=answer, content=again, opened_revision=1, by=editor)
    kept = upload(reporting_round, editor, file.saved())

    with pytest.raises(EntryRefused) as refused:
        apply(kept, editor, picks={(answer.pk, "rating"): Side.NOW})

    (said,) = refused.value.errors.items()
    assert said[0] == f"pick-{answer.pk}-2-rating"
    assert said[1].startswith("1-A-1 は提出済みです。")
    assert "遅れの原因を書いてください" in said[1]
    answer.refresh_from_db()
    assert (answer.state, AnswerContent.of(answer)) == (AnswerState.SENT, again)


def test_the_same_edit_on_both_sides_is_no_conflict(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    file = Sheet(exported(reporting_round)).put("1-A-1", problem="人手")
    save_answer(answer=answer, content=AnswerContent(problem="人手"), opened_revision=0, by=editor)

    plan = plan_of(upload(reporting_round, editor, file.saved()), editor)

    assert outcomes(plan)["1-A-1"] == "same"


def test_an_edit_after_the_preview_stops_it_whole(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    kept = upload(
        reporting_round, editor, Sheet(exported(reporting_round)).put("1-A-1", **WHOLE).saved()
    )
    plan = plan_of(kept, editor)
    save_answer(answer=answer, content=AnswerContent(problem="別"), opened_revision=0, by=editor)

    with pytest.raises(ImportConflict):
        apply_import(
            upload=kept,
            read=read_upload(kept),
            decide=lambda _: ImportOrder(plan.stamp, [1], {}, sends=True),
            by=editor,
        )

    answer.refresh_from_db()
    assert (answer.state, answer.status) == (AnswerState.WRITING, "")


def test_it_is_applied_once(answer: Answer, reporting_round: ReportingRound, editor: User) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE).saved()
    kept = apply(upload(reporting_round, editor, content), editor)

    with pytest.raises(EntryRefused, match="すでに取り込みました"):
        apply(kept, editor)
    again = upload(reporting_round, editor, content)
    plan = plan_of(again, editor)
    assert plan.files[0].applied_before == kept
    assert set(outcomes(plan).values()) == {"same"}


def test_rows_of_others_are_refused_where_they_say_something_new(
    answer: Answer, reporting_round: ReportingRound, editor: User
) -> None:
    content = Sheet(exported(reporting_round)).put("1-A-2", problem="越権").saved()

    plan = plan_of(upload(reporting_round, editor, content), editor)

    assert outcomes(plan)["1-A-2"] == "fault"
    assert "ほかの部署の項目" in told(plan)[0]
    with pytest.raises(EntryRefused, match="誤りがある"):
        apply(plan.upload, editor)


def test_files_of_several_departments_go_in_together_or_without_the_faulty_one(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    good = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE).saved()
    bad = Sheet(exported(reporting_round)).put("1-A-2", status="絶好調").saved()
    kept = upload(reporting_round, secretariat, good, bad)
    plan = plan_of(kept, secretariat)

    with pytest.raises(EntryRefused, match=r"回答2\.xlsx"):
        apply(kept, secretariat)
    apply_import(
        upload=kept,
        read=read_upload(kept),
        decide=lambda _: ImportOrder(plan.stamp, [1], {}, sends=True),
        by=secretariat,
    )

    answer.refresh_from_db()
    assert answer.sent_department_name == "福祉課（事務局代行）"


def test_two_files_that_change_one_item_are_refused(
    answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    one = Sheet(exported(reporting_round)).put("1-A-1", problem="甲").saved()
    other = Sheet(exported(reporting_round)).put("1-A-1", problem="乙").saved()

    plan = plan_of(upload(reporting_round, secretariat, one, other), secretariat)

    assert [file.can_apply for file in plan.files] == [True, False]
    assert "回答1.xlsx」の6行目" in told(plan)[0]


def test_what_is_sent_is_replaced_by_something_whole_only(
    answer: Answer, reporting_round: ReportingRound, editor: User, content: Content
) -> None:
    send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    file = exported(reporting_round)

    lacking = upload(reporting_round, editor, Sheet(file).put("1-A-1", rating_reason=None).saved())
    assert "提出済みの回答が不足" in told(plan_of(lacking, editor))[0]
    better = upload(reporting_round, editor, Sheet(file).put("1-A-1", outcome="3件").saved())
    apply(better, editor, sends=False)

    answer.refresh_from_db()
    assert (answer.state, answer.outcome) == (AnswerState.SENT, "3件")


def test_what_is_accepted_or_closed_is_not_changed(
    answer: Answer,
    reporting_round: ReportingRound,
    editor: User,
    secretariat: User,
    content: Content,
) -> None:
    sent = send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
    accept_answer(answer=sent, opened_revision=1, initiative_revision=1, by=secretariat)
    file = Sheet(exported(reporting_round)).put("1-A-1", outcome="3件").put("1-A-2", outcome="x")

    close_round(round=reporting_round, by=secretariat)
    plan = plan_of(upload(ReportingRound.objects.get(), secretariat, file.saved()), secretariat)

    assert [("再開" in said, "締め切" in said) for said in told(plan)] == [
        (True, False),
        (True, True),
    ]
