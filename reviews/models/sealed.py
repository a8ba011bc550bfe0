"""What a sealed report shows, as plain rows of its own (rule R1)."""

from django.db import models

from initiatives.models import ProgressEntry
from plans.models import FocusItem
from reviews.models.annual_report import AnnualReport


class SealedPassage(models.Model):
    """One labelled text of a sealed report: the label as it was, the words as they were.

    `value` is what they say to a machine: a year, a number, a day in ISO 8601, a code.
    """

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="sealed_passages"
    )
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    value = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("report", "position")
        constraints = (
            models.UniqueConstraint("report", "position", name="sealed_passage_position_once"),
            models.UniqueConstraint("report", "key", name="sealed_passage_key_once"),
        )

    def __str__(self) -> str:
        return self.label


class SealedTable(models.Model):
    """One table of a sealed report. `columns` holds them in order, as Column.as_json gives them."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="sealed_tables")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    columns = models.JSONField()

    class Meta:
        ordering = ("report", "position")
        constraints = (
            models.UniqueConstraint("report", "position", name="sealed_table_position_once"),
            models.UniqueConstraint("report", "key", name="sealed_table_key_once"),
        )

    def __str__(self) -> str:
        return self.title


class SealedRow(models.Model):
    """One row of a sealed table. `cells` holds one a column: the words of a text, else words and value."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(SealedTable, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    cells = models.JSONField()

    class Meta:
        ordering = ("table", "position")
        constraints = (
            models.UniqueConstraint("table", "position", name="sealed_row_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.position}"


class SealedWorkbook(models.Model):
    """The workbook of a sealed report, byte for byte as it was drawn. `digest` is its SHA-256 in hexadecimal."""

    report = models.OneToOneField(
        AnnualReport, on_delete=models.PROTECT, related_name="sealed_workbook"
    )
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.report} 会議資料"


class ReportedEntry(models.Model):
    """Which entry a sealed report tells of an item: the way from an answer to the report. Not part of what is shown."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="reported_entries"
    )
    focus_item = models.ForeignKey(FocusItem, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        ProgressEntry, on_delete=models.PROTECT, related_name="reported_entries"
    )

    class Meta:
        ordering = ("report", "focus_item")
        constraints = (models.UniqueConstraint("report", "focus_item", name="reported_entry_once"),)

    def __str__(self) -> str:
        return f"{self.report} {self.focus_item}"
