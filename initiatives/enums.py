"""Closed sets of the initiatives app: three questions, three scales (design.md §2)."""

from django.db import models


class Status(models.TextChoices):
    """状態: how far. The plan's own words are 試行→運用→定着."""

    NOT_STARTED = "not_started", "未着手"
    STUDYING = "studying", "調査・検討中"
    PREPARING = "preparing", "準備中"
    PILOTING = "piloting", "試行中"
    OPERATING = "operating", "運用中"
    ESTABLISHED = "established", "定着"
    PAUSED = "paused", "休止"
    STOPPED = "stopped", "中止"


class CycleStep(models.TextChoices):
    """段階: the five steps of 進行管理, not PDCA."""

    RESEARCH = "research", "①調査"
    DESIGN = "design", "②戦略設計"
    ACTION = "action", "③取組実行"
    EVALUATION = "evaluation", "④評価"
    IMPROVEMENT = "improvement", "⑤改善&最適化"


class Rating(models.TextChoices):
    """進捗評価: how well against the schedule."""

    ON_TRACK = "on_track", "順調"
    MOSTLY_ON_TRACK = "mostly_on_track", "概ね順調"
    SLIGHTLY_LATE = "slightly_late", "やや遅れている"
    LATE = "late", "遅れている"
    NOT_RATABLE = "not_ratable", "評価できない"


LATE_RATINGS = (Rating.SLIGHTLY_LATE, Rating.LATE)
"""Ratings that need a cause, a counter-measure and a new date (G3)."""


class Direction(models.TextChoices):
    """今後の方針: what next."""

    CONTINUE = "continue", "継続"
    EXPAND = "expand", "拡充"
    REVISE = "revise", "見直し"
    MERGE = "merge", "統合"
    COMPLETE = "complete", "完了"
    STOP = "stop", "中止"


class EntryKind(models.TextChoices):
    UPDATE = "update", "更新あり"
    UNCHANGED = "unchanged", "変更なし"
    CORRECTION = "correction", "訂正"


class ResponsibilityKind(models.TextChoices):
    LEAD = "lead", "主担当課"
    SUPPORTING = "supporting", "関係課"


NO_ANSWER = "未回答"
"""Shown where nothing was stated. Silence is a visible value (G2)."""
NO_DEPARTMENT = "未設定"
"""Shown where no department is responsible yet."""
