"""Closed sets of the reviews app."""

from django.db import models


class ReportStatus(models.TextChoices):
    DRAFT = "draft", "作成中"
    SEALED = "sealed", "確定"


class AmendmentKind(models.TextChoices):
    """What a change in a draft edition does."""

    NEW = "new", "新設"
    REWORD = "reword", "文言変更"
    CONCRETISE = "concretise", "具体化（★解除）"
    STUDY = "study", "検討項目とする（★付与）"
    END = "end", "終了"
    RESTORE = "restore", "変更の取りやめ"
