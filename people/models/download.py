"""What was taken out of the product as a file, and by whom (A2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kirishima_dx.constraints import filled


class Download(models.Model):
    """取出し: somebody took out a file that not everybody may read. Append-only; kept for a stated time.

    `size` and `digest` (SHA-256, hexadecimal) are of the bytes that went out; both are missing where the file is
    written while it goes. `path` has no query: words that were looked for stand in no record.
    """

    taken_at = models.DateTimeField("取出し日時")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="利用者",
    )
    taken_by_name = models.CharField("氏名（当時）", max_length=100, blank=True)
    address = models.CharField("接続元", max_length=45, blank=True)
    url_name = models.CharField("画面の名", max_length=100)
    path = models.CharField("アドレス", max_length=500)
    file_name = models.CharField("ファイル名", max_length=300)
    size = models.PositiveBigIntegerField("大きさ（バイト）", null=True)
    digest = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = "ファイルの取出し"
        verbose_name_plural = "ファイルの取出し"
        ordering = ("-taken_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="download_named", condition=filled("url_name", "path", "file_name")
            ),
            models.CheckConstraint(
                name="download_taken_by_pair",
                condition=Q(taken_at__isnull=False)
                & (
                    Q(taken_by__isnull=True, taken_by_name="")
                    | (Q(taken_by__isnull=False) & filled("taken_by_name"))
                ),
            ),
        )
        indexes = (models.Index(fields=("taken_at", "id"), name="download_by_time"),)

    def __str__(self) -> str:
        return self.file_name
