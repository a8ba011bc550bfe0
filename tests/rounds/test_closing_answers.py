"""Personal data in an answer: from the workbook to the entry and the sealed report, it goes or is withheld (A3)."""

from collections.abc import Callable
from datetime import date

import pytest
from answer_form_in_hand import WHOLE, Sheet, apply, exported, upload
from answering import accepted, now
from closing_cast import PERSON, TRACE, close_all, places_of
from django.test import Client

from initiatives.errors import EntryRefused
from initiatives.models import ProgressEntry
from kirishima_dx.closing import MARK
from people.models import User
from reviews.actions.publishing import publish_report
from reviews.actions.reporting import open_correction, open_report, seal_report, write_report
from reviews.models import AnnualReport
from reviews.workbooks.report import sealed_workbook
from rounds.actions.answers import save_answer
from rounds.actions.checking import reopen_answer, return_answer
from rounds.answer_content import AnswerContent
from rounds.errors import AnswerConflict
from rounds.models import Answer, AnswerImport, ReportingRound

SEALED = {
    "reviews_sealedrow.cells",
    "reviews_sealedworkbook.content",
}
"""Where the words of an entry stay for good, withheld from everybody."""


@pytest.fixture
def sent(answer: Answer, reporting_round: ReportingRound, editor: User) -> AnswerImport:
    """An upload that sent an answer in whose 取組実績 and whose name of the file a person stands."""
    content = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, achievements=PERSON).saved()
    return apply(upload(reporting_round, editor, content), editor)


def test_a3_an_upload_goes_with_all_that_was_parsed_of_it(
    sent: AnswerImport, answer: Answer, reporting_round: ReportingRound, secretariat: User
) -> None:
    returned = return_answer(
        answer=answer,
        reason="直してください。",
        opened_revision=now(answer).revision,
        by=secretariat,
    )
    content = AnswerContent.of(returned)
    save_answer(
        answer=answer,
        content=AnswerContent(**{**content.as_json(), "problem": "人手", "new_due_date": None}),
        opened_revision=returned.revision,
        by=secretariat,
    )
    opened = now(answer).revision
    again = bytes(sent.files.get().content)

    close_all(sent, secretariat)

    assert places_of() == []
    assert (now(answer).achievements, now(answer).problem) == (MARK, "人手")
    with pytest.raises(AnswerConflict):
        save_answer(
            answer=answer,
            content=AnswerContent(achievements=PERSON),
            opened_revision=opened,
            by=secretariat,
        )
    with pytest.raises(EntryRefused, match="個人情報を含むため令和8年10月15日に"):
        upload(reporting_round, secretariat, again)


def test_a3_a_short_name_goes_too_where_the_answer_says_something_else_by_now(
    answer: Answer, reporting_round: ReportingRound, editor: User, secretariat: User
) -> None:
    """What is too short to be looked for everywhere is found by what came of it."""
    content = Sheet(exported(reporting_round)).put("1-A-1", **WHOLE, achievements="QX7甲").saved()
    sent = apply(upload(reporting_round, editor, content), editor)
    accepted(answer, secretariat)
    again = reopen_answer(
        answer=now(answer),
        due_on=date(2026, 10, 31),
        reason="書き直し",
        opened_revision=now(answer).revision,
        by=secretariat,
    )
    other = {**AnswerContent.of(again).values, "achievements": "試行した。"}
    save_answer(
        answer=again,
        content=AnswerContent(**other, kind="update"),
        opened_revision=again.revision,
        by=secretariat,
    )

    close_all(sent, secretariat)

    assert places_of("QX7") == []
    assert (now(answer).achievements, ProgressEntry.objects.get().achievements) == (
        "試行した。",
        MARK,
    )


def test_a3_what_became_of_an_answer_goes_with_it(
    sent: AnswerImport, answer: Answer, secretariat: User, record: Callable[..., ProgressEntry]
) -> None:
    accepted(answer, secretariat)
    reopen_answer(
        answer=now(answer),
        due_on=date(2026, 10, 31),
        reason=f"{PERSON}について",
        opened_revision=now(answer).revision,
        by=secretariat,
    )

    close_all(answer.__class__.objects.get(pk=answer.pk), secretariat)

    assert places_of() == []
    assert ProgressEntry.objects.get().achievements == MARK
    rewritten = AnswerContent(achievements="三課で試行した。", kind="update")
    saved = save_answer(
        answer=answer, content=rewritten, opened_revision=now(answer).revision, by=secretariat
    )
    assert saved.achievements == "三課で試行した。"


@pytest.fixture
def reported(sent: AnswerImport, answer: Answer, secretariat: User) -> AnnualReport:
    """A published report that tells of the person."""
    accepted(answer, secretariat)
    report = open_report(plan=answer.round.plan, year=2026, as_of=date(2026, 9, 30), by=secretariat)
    report = write_report(
        report=report,
        overview="総括",
        technology_trends="",
        national_trends="",
        opened_version=1,
        by=secretariat,
    )
    report = seal_report(
        report=report, draw=sealed_workbook, reason="報告", opened_version=2, by=secretariat
    )
    publish_report(report=report, reason="公表", by=secretariat)
    return report


def test_a3_a_sealed_report_is_withheld_and_replaced(
    reported: AnnualReport,
    answer: Answer,
    desk: Client,
    client: Client,
    secretariat: User,
) -> None:
    address = "/reports/2026/1/"
    workbook = client.get(f"{address}workbook.xlsx").content
    entry = ProgressEntry.objects.get()
    found = desk.post("/closings/search/", {"words": "甲野太郎"})
    assert [one.label for one in found.context["found"].fixed] == ["令和8年度 年次報告"]
    page = f"/closings/initiatives_progressentry/{entry.pk}/"
    asked = desk.get(page)
    assert "令和8年度 年次報告" in asked.text
    plan = asked.context["found"]
    ticked = [c.key for choice in plan.choices for c in (choice, *choice.elsewhere)]
    form = {"choice": ticked, "reason": "氏名のため", "is_sure": "on", "stamp": plan.stamp}

    went = desk.post(page, form)

    assert went.headers["Location"] == f"{address}withhold/"
    assert set(places_of()) <= SEALED
    assert PERSON in client.get(address).text

    desk.post(f"{address}withhold/", {"reason": "氏名のため", "is_sure": "on"})

    for reader in (client, desk):
        for path in (address, "/reports/2026/", f"{address}workbook.xlsx"):
            told = reader.get(path)
            assert (told.status_code, TRACE in told.text) == (410, False)
        assert "差し替え予定" in reader.get("/reports/").text
    assert "氏名のため" not in client.get(address).text
    assert reported.digest in client.get(address).text

    from django.core.files.uploadedfile import SimpleUploadedFile

    checked = client.post("/reports/verify/", {"workbook": SimpleUploadedFile("a.xlsx", workbook)})
    assert "差し控えている令和8年度 年次報告の会議資料です" in checked.text

    draft = open_correction(report=AnnualReport.objects.get(), reason="差し替え", by=secretariat)
    assert draft.overview == ""
    draft = write_report(
        report=draft,
        overview="総括",
        technology_trends="",
        national_trends="",
        opened_version=draft.version,
        by=secretariat,
    )
    seal_report(report=draft, draw=sealed_workbook, reason="報告", opened_version=2, by=secretariat)
    publish_report(report=draft, reason="公表", by=secretariat)
    assert MARK in client.get("/reports/2026/").text
    assert TRACE not in client.get("/reports/2026/2/").text
    assert set(places_of()) <= SEALED
