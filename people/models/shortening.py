"""保存期間を過ぎた記録の整理: until when the records of a table were let go, and why (A2)."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from kirishima_dx.constraints import filled


class Shortening(models.Model):
    """That the 事務局 let go what a table recorded before `until`, a moment at least a year back. Append-only.

    The database lets a row of a table that is kept for a time go only where such a row reaches beyond it.
    """

    table_name = models.CharField("表", max_length=63)
    until = models.DateTimeField("これより前の記録を削除")
    reason = models.TextField("理由")
    shortened_at = models.DateTimeField("整理した日時")
    shortened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="整理した人",
    )
    shortened_by_name = models.CharField("整理した人の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "記録の整理"
        verbose_name_plural = "記録の整理"
        ordering = ("-shortened_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="shortening_explained", condition=filled("table_name", "reason")
            ),
        )
        indexes = (models.Index(fields=("table_name", "until"), name="shortening_by_table"),)

    def __str__(self) -> str:
        return f"{self.table_name} {localtime(self.until):%Y-%m-%d}"
