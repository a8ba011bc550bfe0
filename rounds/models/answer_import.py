"""取込: workbooks that came back, kept as they came, and what they did."""

from typing import Any

from django.conf import settings
from django.db import models

from kirishima_dx.closing import MARK
from kirishima_dx.constraints import both_or_neither, filled
from rounds.models.reporting_round import ReportingRound


class AnswerImport(models.Model):
    """One upload of one or several answer workbooks into a round.

    It is looked at first (preview) and then applied whole, once, or never. `result` is empty until then; afterwards
    it tells what became of each row: {"code", "file", "outcome", "fields"}.
    """

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="imports")
    uploaded_at = models.DateTimeField("アップロード日時")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by_name = models.CharField("アップロードした人の氏名（当時）", max_length=100)
    applied_at = models.DateTimeField("取込日時", null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result: "models.JSONField[list[Any], list[Any]]" = models.JSONField("結果", default=list)

    class Meta:
        verbose_name = "回答様式の取込"
        verbose_name_plural = "回答様式の取込"
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            both_or_neither("applied_at", "applied_by", name="answer_import_applied_pair"),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.uploaded_at:%Y-%m-%d %H:%M}"

    @property
    def is_applied(self) -> bool:
        return self.applied_at is not None


class AnswerImportFile(models.Model):
    """One file of an upload, byte for byte. `digest` is its SHA-256 in hexadecimal."""

    upload = models.ForeignKey(AnswerImport, on_delete=models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField("順番")
    name = models.CharField("ファイル名", max_length=255)
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("中身")

    class Meta:
        verbose_name = "取り込んだファイル"
        verbose_name_plural = "取り込んだファイル"
        ordering = ("upload", "place")
        constraints = (
            models.UniqueConstraint(fields=("upload", "place"), name="import_file_place_once"),
            models.CheckConstraint(name="import_file_named", condition=filled("name", "digest")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether its bytes and its name are gone (A3)."""
        return self.name == MARK
