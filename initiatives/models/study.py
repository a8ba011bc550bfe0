"""検討の記録: what is asked of a ★ item, what was found out, and the papers it rests on. For staff."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from initiatives.models.initiative import Initiative
from kirishima_dx.closing import MARK
from kirishima_dx.constraints import filled
from kirishima_dx.history import tracked
from people.models import Department


class Study(models.Model):
    """検討: the question of an item that the plan marks ★, and until when it is looked at again.

    Its outcome is a decision of the DX推進本部. `version` counts the savings (G4).
    """

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="study")
    question = models.TextField("検討する問い")
    review_by = models.DateField("見直しの期限", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = tracked()

    class Meta:
        verbose_name = "検討"
        verbose_name_plural = "検討"
        ordering = ("initiative",)
        constraints = (
            models.CheckConstraint(name="study_asks_something", condition=filled("question")),
        )

    def __str__(self) -> str:
        return f"{self.initiative} 検討"

    def get_absolute_url(self) -> str:
        return reverse("study", args=[self.initiative.focus_item.code])


class StudyNote(models.Model):
    """One note of a study. Append-only."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField("記録")
    written_at = models.DateTimeField("記録日時")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    written_by_name = models.CharField("記録者の氏名（当時）", max_length=100)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    department_name = models.CharField("部署名（当時）", max_length=100, blank=True)

    class Meta:
        verbose_name = "検討の記録"
        verbose_name_plural = "検討の記録"
        ordering = ("study", "written_at", "pk")
        constraints = (models.CheckConstraint(name="study_note_written", condition=filled("text")),)

    def __str__(self) -> str:
        return f"{self.study} {self.written_at:%Y-%m-%d}"


class Evidence(models.Model):
    """根拠資料: one file of a study, byte for byte. Append-only. `digest` is its SHA-256 in hexadecimal.

    `media_type` was found by looking into the file, never taken from what the sender said.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField("ファイル名", max_length=255)
    title = models.CharField("何の資料か", max_length=200)
    media_type = models.CharField("種類", max_length=100)
    size = models.PositiveIntegerField("大きさ（バイト）")
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("中身")
    kept_at = models.DateTimeField("記録日時")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記録者"
    )
    kept_by_name = models.CharField("記録者の氏名（当時）", max_length=100)

    class Meta:
        verbose_name = "根拠資料"
        verbose_name_plural = "根拠資料"
        ordering = ("study", "kept_at", "pk")
        constraints = (
            models.UniqueConstraint("study", "digest", name="evidence_once"),
            models.CheckConstraint(
                name="evidence_named", condition=filled("name", "title", "media_type", "digest")
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether its bytes and its name are gone (A3); what is left tells that there was a file."""
        return self.name == MARK


class EvidenceDownload(models.Model):
    """Who took a file out, when and from where. Append-only. Rows of before 0.4 know no address."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="downloads")
    taken_at = models.DateTimeField("取出し日時")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField("接続元", max_length=45, blank=True)

    class Meta:
        verbose_name = "根拠資料の取出し"
        verbose_name_plural = "根拠資料の取出し"
        ordering = ("evidence", "taken_at", "pk")
        indexes = (models.Index(fields=("taken_at", "id"), name="evidence_download_by_time"),)

    def __str__(self) -> str:
        return f"{self.evidence} {self.taken_at:%Y-%m-%d %H:%M}"
