"""閉鎖: what held personal data by mistake and was closed, cell by cell (A3)."""

from django.conf import settings
from django.db import models

from kirishima_dx.constraints import filled


class Closing(models.Model):
    """閉鎖: that the 事務局 closed something, why and when. Append-only. `subject` is what kind of thing it was."""

    subject = models.CharField("閉じたもの", max_length=100)
    reason = models.TextField("理由")
    closed_at = models.DateTimeField("閉じた日時")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="閉じた人",
    )
    closed_by_name = models.CharField("閉じた人の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "閉鎖"
        verbose_name_plural = "閉鎖"
        ordering = ("-closed_at", "-pk")
        constraints = (
            models.CheckConstraint(name="closing_explained", condition=filled("subject", "reason")),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.closed_at:%Y-%m-%d}"


class ClosedCell(models.Model):
    """One column of one row that was closed: where it is, and the SHA-256 and size in bytes of what was there.

    The database lets a kept column be emptied only where such a row names it. Append-only.
    """

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="cells")
    table_name = models.CharField("表", max_length=63)
    row_id = models.BigIntegerField("行")
    column_name = models.CharField("列", max_length=63)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("大きさ（バイト）")

    class Meta:
        verbose_name = "閉じた欄"
        verbose_name_plural = "閉じた欄"
        ordering = ("closing", "pk")
        constraints = (
            models.CheckConstraint(
                name="closed_cell_named", condition=filled("table_name", "column_name", "digest")
            ),
        )
        indexes = (
            models.Index(fields=("table_name", "row_id"), name="closed_cell_by_row"),
            models.Index(fields=("digest",), name="closed_cell_by_digest"),
        )

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id} {self.column_name}"
