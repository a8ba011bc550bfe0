"""R1 and R2: what is sealed never changes, and a mistake is corrected by another issue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from beginnings import lasting
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from report_cast import OVERVIEW, REASON, TRENDS, cells, opened, publish, seal, sealed

import reviews.report.compiler
import reviews.report.totals
from initiatives.actions.progress import correct_entry
from initiatives.enums import Rating, Status
from initiatives.models import Initiative, ProgressEntry
from initiatives.statement import Statement
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem, FocusItemText
from reviews.actions.reporting import change_as_of, open_correction, seal_report, write_report
from reviews.errors import ReportRefused
from reviews.models import AnnualReport
from reviews.queries.reports import is_intact, report_document
from reviews.report.document import Column
from reviews.report.layout import layout
from reviews.report.stated import OWN_COLUMNS
from reviews.workbooks.report import sealed_workbook
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text

Record = Callable[..., ProgressEntry]
SEALED_TABLES = ("reviews_sealedpassage", "reviews_sealedtable", "reviews_sealedrow")


@pytest.fixture
@lasting
def report(
    small_edition: Edition, responsible: FocusItem, record: Record, editor: User, secretariat: User
) -> AnnualReport:
    """A sealed report in which 1-A-1 is on track and the other items are silent."""
    record(responsible, by=editor)
    return sealed(small_edition, secretariat)


def relabel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call every status and rating by another name, and let each mean something else."""
    for member in (*Status, *Rating):
        monkeypatch.setattr(member, "_label_", "別の呼び名")
    for members in (Status, Rating):
        monkeypatch.setattr(members, "meaning", "別の意味")


def everything_changes(
    monkeypatch: pytest.MonkeyPatch, report: AnnualReport, record: Record, by: User
) -> None:
    """Change all that a report was made of, and the ways in which it is shown."""
    Department.objects.filter(code="welfare").update(name="改名された課")
    User.objects.update(name="改名された人")
    User.objects.exclude(pk=by.pk).update(is_active=False)
    item = FocusItem.objects.get(code="1-A-1")
    record(item, by=by, as_of=date(2026, 10, 1), rating="not_ratable", rating_reason="変わった")
    draft = open_draft(base=report.edition, major=1, minor=1, by=by)
    text = FocusItemText.objects.select_related("edition").get(edition=draft, focus_item=item)
    amend_text(
        text=text,
        title="別の題名",
        overview="別の概要",
        is_study=True,
        opened_version=text.version,
        reason="試し",
        by=by,
    )
    adopt_edition(
        edition=Edition.objects.get(pk=draft.pk),
        decided_on=date(2026, 10, 2),
        effective_from=date(2026, 10, 3),
        basis="決定",
        by=by,
    )
    relabel(monkeypatch)
    columns = (*reviews.report.compiler.PROGRESS_COLUMNS, Column("new", "新しい列"))
    monkeypatch.setattr(reviews.report.compiler, "PROGRESS_COLUMNS", columns)
    monkeypatch.setattr(reviews.report.totals, "choices_of", lambda scale: {"x": "別の呼び名"})


def main_of(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_r1_nothing_that_changes_later_reaches_a_sealed_report(
    report: AnnualReport,
    record: Record,
    secretariat: User,
    client_of: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, client = report.get_absolute_url(), client_of(secretariat)
    document, page = report_document(report), main_of(client, url)
    book = cells(client.get(f"{url}workbook.xlsx").content)
    assert "順調" in page
    assert Rating.ON_TRACK.meaning in page
    assert "福祉課" in page
    assert "事務 局子" in page

    everything_changes(monkeypatch, report, record, secretariat)

    again = AnnualReport.objects.get(pk=report.pk)
    assert report_document(again) == document
    assert document.digest() == again.digest == report.digest
    assert is_intact(again, report_document(again))
    assert main_of(client, url) == page
    assert cells(client.get(f"{url}workbook.xlsx").content) == book


def test_an_issue_without_meanings_of_its_own_shows_none_of_today(report: AnnualReport) -> None:
    whole = report_document(report)
    before = replace(whole, tables=tuple(one for one in whole.tables if one.key != "meanings"))

    page = render_to_string("reviews/_report_meanings.html", {"layout": layout(before)})

    assert 'href="/items/"' in page
    assert Rating.ON_TRACK.meaning not in page
    assert [one.label for one in layout(whole).meanings] == [
        str(column.label) for column in OWN_COLUMNS if column.choices is not None
    ]


def test_r1_the_changes_would_show_in_a_draft(
    small_edition: Edition,
    responsible: FocusItem,
    record: Record,
    editor: User,
    secretariat: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The test above is worth something only if what it changes is what a report is made of."""
    record(responsible, by=editor)
    draft = opened(small_edition, secretariat)
    before = report_document(draft)
    Department.objects.filter(code="welfare").update(name="改名された課")
    relabel(monkeypatch)
    after = report_document(draft)
    row = before.table("progress").rows[0]  # type: ignore[union-attr]
    changed = [
        (old.words, new.words)
        for old, new in zip(row, after.table("progress").rows[0], strict=True)  # type: ignore[union-attr]
        if old != new
    ]
    assert changed == [
        ("福祉課", "改名された課"),
        ("試行中", "別の呼び名"),
        ("順調", "別の呼び名"),
    ]


RAW_SQL = [
    "UPDATE reviews_annualreport SET overview = 'x' WHERE id = %s",
    "UPDATE reviews_annualreport SET status = 'draft', sealed_at = NULL, sealed_by_id = NULL, "
    "digest = '' WHERE id = %s",
    "UPDATE reviews_annualreport SET digest = 'x' WHERE id = %s",
    "DELETE FROM reviews_annualreport WHERE id = %s",
    *(f"UPDATE {table} SET position = 99 WHERE report_id = %s" for table in SEALED_TABLES),
    *(f"DELETE FROM {table} WHERE report_id = %s" for table in SEALED_TABLES),
    "UPDATE reviews_sealedpassage SET text = 'x' WHERE report_id = %s",
    "UPDATE reviews_sealedrow SET cells = '[]' WHERE report_id = %s",
    "UPDATE reviews_sealedtable SET columns = '[]' WHERE report_id = %s",
    "INSERT INTO reviews_sealedpassage (report_id, position, key, label, text) VALUES (%s, 99, 'x', 'x', 'x')",
    "INSERT INTO reviews_sealedtable (report_id, position, key, title, columns) VALUES (%s, 99, 'x', 'x', '[]')",
    "INSERT INTO reviews_sealedrow (report_id, table_id, position, cells) SELECT report_id, id, 99, '[]' "
    "FROM reviews_sealedtable WHERE report_id = %s",
]


def test_r1_the_database_refuses_raw_sql(report: AnnualReport, subtests: pytest.Subtests) -> None:
    before = report_document(report)
    for sql in RAW_SQL:
        with subtests.test(sql), transaction.atomic(), connection.cursor() as cursor:
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(sql, [report.pk])
            assert report_document(AnnualReport.objects.get(pk=report.pk)) == before


def test_r1_a_tampered_copy_is_found(
    report: AnnualReport, secretariat: User, client: Client
) -> None:
    """Whoever drops the guards and changes a word is given away by the digest."""
    publish(report, secretariat)
    assert "<strong>一致</strong>" in main_of(client, report.get_absolute_url())
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER reviews_sealedpassage_no_update"
        cursor.execute(
            f"{drop} ON reviews_sealedpassage" if connection.vendor == "postgresql" else drop
        )
        cursor.execute("UPDATE reviews_sealedpassage SET text = '別の文' WHERE key = 'overview'")
    page = main_of(client, report.get_absolute_url())
    assert "<strong>不一致</strong>" in page
    assert "<strong>一致</strong>" not in page


def test_the_document_holds_who_sealed_it_and_why(report: AnnualReport) -> None:
    document = report_document(report)
    assert document.passage("overview") == OVERVIEW
    assert document.passage("technology_trends") == TRENDS
    assert document.passage("sealed_by") == "事務 局子"
    assert document.passage("sealed_on") == "令和8年10月15日"
    assert document.passage("seal_reason") == REASON
    assert len(report.digest) == 64


def test_r2_nothing_is_written_after_the_seal(report: AnnualReport, secretariat: User) -> None:
    version = report.version
    with pytest.raises(ReportRefused, match="確定している"):
        write_report(
            report=report,
            overview="x",
            technology_trends="",
            national_trends="",
            opened_version=version,
            by=secretariat,
        )
    with pytest.raises(ReportRefused, match="確定している"):
        change_as_of(report=report, as_of=date(2026, 10, 1), opened_version=version, by=secretariat)
    with pytest.raises(ReportRefused, match="確定している"):
        seal_report(
            report=report,
            draw=sealed_workbook,
            reason="もう一度",
            opened_version=version,
            by=secretariat,
        )


def test_r2_a_correction_names_the_first_and_lists_exactly_the_differences(
    report: AnnualReport, statement: Callable[..., Statement], secretariat: User
) -> None:
    before = report_document(report)
    entry = ProgressEntry.objects.get()
    correction = open_correction(report=report, reason="評価の誤り", by=secretariat)
    assert (correction.number, correction.corrects, correction.overview) == (2, report, OVERVIEW)
    correct_entry(
        entry=entry,
        statement=statement(rating="mostly_on_track"),
        as_of=entry.as_of,
        reason="評価を誤った",
        opened_revision=Initiative.objects.get().revision,
        by=secretariat,
    )
    correction = write_report(
        report=correction,
        overview="訂正した総括",
        technology_trends=TRENDS,
        national_trends="",
        opened_version=correction.version,
        by=secretariat,
    )
    second = report_document(seal(correction, secretariat))
    errata = second.table("errata")
    assert errata is not None
    assert [column.label for column in errata.columns] == ["箇所", "項目", "誤", "正"]
    told = [tuple(cell.words for cell in row) for row in errata.rows]
    assert sorted(told) == sorted(
        [
            ("総括", "", OVERVIEW, "訂正した総括"),
            ("進捗評価別の総括 便利なまち A 行かない窓口", "順調", "1", "0"),
            ("進捗評価別の総括 便利なまち A 行かない窓口", "概ね順調", "0", "1"),
            ("進捗評価別の総括 便利なまち 小計", "順調", "1", "0"),
            ("進捗評価別の総括 便利なまち 小計", "概ね順調", "0", "1"),
            ("進捗評価別の総括 合計", "順調", "1", "0"),
            ("進捗評価別の総括 合計", "概ね順調", "0", "1"),
            ("担当課別の総括 福祉課", "順調", "1", "0"),
            ("担当課別の総括 福祉課", "概ね順調", "0", "1"),
            ("担当課別の総括 合計", "順調", "1", "0"),
            ("担当課別の総括 合計", "概ね順調", "0", "1"),
            ("前年度との比較 1-A-1", "進捗評価", "順調", "概ね順調"),
            ("進捗一覧 1-A-1", "進捗評価", "順調", "概ね順調"),
        ]
    )
    assert second.passage("corrects") == report.title
    assert second.passage("correction_reason") == "評価の誤り"
    assert report_document(AnnualReport.objects.get(pk=report.pk)) == before


def test_r2_an_issue_is_corrected_once_and_only_when_sealed(
    report: AnnualReport, secretariat: User
) -> None:
    correction = open_correction(report=report, reason="誤り", by=secretariat)
    with pytest.raises(ReportRefused, match="すでにあります"):
        open_correction(report=report, reason="誤り", by=secretariat)
    with pytest.raises(ReportRefused, match="確定していない"):
        open_correction(report=correction, reason="誤り", by=secretariat)


def test_a_renamed_column_is_no_error_of_the_report(
    report: AnnualReport, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = [replace(c, label=f"新・{c.label}") for c in reviews.report.compiler.PROGRESS_COLUMNS]
    monkeypatch.setattr(reviews.report.compiler, "PROGRESS_COLUMNS", tuple(renamed))
    correction = open_correction(report=report, reason="誤り", by=secretariat)
    errata = report_document(correction).table("errata")
    assert errata is not None
    assert errata.rows == ()
