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


class RoundKind(models.TextChoices):
    """Which 照会 of a fiscal year: 随時 bears a title of its own."""

    FIRST_HALF = "first_half", "上半期"
    YEAR_END = "year_end", "年度末"
    AD_HOC = "ad_hoc", "随時"


class OverdueRule(models.TextChoices):
    """What happens to an answer after its deadline, until the round is closed."""

    TAKE = "take", "受け付けて「期限後」と記す"
    REFUSE = "refuse", "受け付けない"


class AnswerKind(models.TextChoices):
    UPDATE = EntryKind.UPDATE.value, EntryKind.UPDATE.label
    UNCHANGED = EntryKind.UNCHANGED.value, EntryKind.UNCHANGED.label


class AnswerState(models.TextChoices):
    UNANSWERED = "unanswered", "未回答"
    WRITING = "writing", "入力中"
    SENT = "sent", "提出済"
    RETURNED = "returned", "差戻し"
    ACCEPTED = "accepted", "確認済"


OWED_STATES = (AnswerState.UNANSWERED, AnswerState.WRITING, AnswerState.RETURNED)
"""The department still has to do something: what may be written, and what a reminder asks for."""


class AnswerStep(models.TextChoices):
    """What was done to an answer; `STEPS` says from which states."""

    ASKED = "asked", "照会"
    SAVED = "saved", "保存"
    SENT = "sent", "提出"
    WITHDRAWN = "withdrawn", "提出の取下げ"
    CERTIFIED = "certified", "課内の確認"
    RETURNED = "returned", "差戻し"
    ACCEPTED = "accepted", "事務局の確認"
    REOPENED = "reopened", "再開"


STEPS = {
    AnswerStep.SAVED: (OWED_STATES, AnswerState.WRITING),
    AnswerStep.SENT: ((*OWED_STATES, AnswerState.SENT), AnswerState.SENT),
    AnswerStep.WITHDRAWN: ((AnswerState.SENT,), AnswerState.WRITING),
    AnswerStep.CERTIFIED: ((AnswerState.SENT,), AnswerState.SENT),
    AnswerStep.RETURNED: ((AnswerState.SENT,), AnswerState.RETURNED),
    AnswerStep.ACCEPTED: ((AnswerState.SENT,), AnswerState.ACCEPTED),
    AnswerStep.REOPENED: (
        (*OWED_STATES, AnswerState.SENT, AnswerState.ACCEPTED),
        AnswerState.WRITING,
    ),
}
"""From which states a step is taken, and where it leads. What was sent may be sent anew until it is accepted."""
