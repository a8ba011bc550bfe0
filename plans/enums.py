"""Closed sets of the plans app."""

from django.db import models


class EditionStatus(models.TextChoices):
    DRAFT = "draft", "案"
    IN_FORCE = "in_force", "施行中"
    SUPERSEDED = "superseded", "旧版"
    ABANDONED = "abandoned", "取りやめた案"


ADOPTED = (EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED)
"""Statuses of an edition whose text is the plan's; a draft may still become so, an abandoned one never."""


class SectionKind(models.TextChoices):
    TEXT = "text", "本文"
    ITEMS = "items", "軸・取組方針・重点項目の一覧"
    BEFORE_AFTER = "before_after", "Before / After"


class Fate(models.TextChoices):
    """What became of a focus item from one edition to the next (rule T3)."""

    SAME = "same", "同一"
    REWORDED = "reworded", "文言変更"
    MOVED = "moved", "移動"
    SPLIT = "split", "分割"
    MERGED = "merged", "統合"
    ENDED = "ended", "終了"
    NEW = "new", "新設"

    def told(self, *, moves: bool) -> str:
        """Return the label; MOVED is recorded of another number in the same place too, and told as that."""
        return "番号の変更" if self == Fate.MOVED and not moves else str(self.label)


DESCENTS = (Fate.SPLIT, Fate.MERGED)
"""Fates that join an item to another one."""


class ErratumKind(models.TextChoices):
    TRANSCRIPTION = "transcription", "文字起こしの誤り（本文は訂正済み）"
    MISPRINT = "misprint", "施行後に見つかった誤り（本文は当時のまま）"
