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
    MOVE = "move", "移動"
    RENUMBER = "renumber", "番号の変更"
    SPLIT = "split", "分割"
    MERGE = "merge", "統合"
    END = "end", "終了"
    RESTORE = "restore", "変更の取りやめ"


class OriginKind(models.TextChoices):
    """What gave rise to a change of the plan (改定のきっかけ)."""

    DECISION = "decision", "本部会議の決定"
    PROBLEM = "problem", "課題・協議事項"
    ROUND = "round", "照会への回答"
    FIELD = "field", "現場の動向・気づき"
    TECHNOLOGY = "technology", "技術の動向"
    NATION = "nation", "国・県の動向"
    ERRATUM = "erratum", "正誤"
    OTHER = "other", "その他（理由のとおり）"


class ConsiderationOutcome(models.TextChoices):
    """What came of considering the year's update of the plan."""

    REVISE = "revise", "改定する"
    KEEP = "keep", "改定しない"


class AgendaKind(models.TextChoices):
    """What an agenda item puts before the DX推進本部."""

    REPORT = "report", "年次報告"
    PROBLEM = "problem", "課題・協議事項"
    ITEM = "item", "重点項目"
    AMENDMENT = "amendment", "改定案"
    OTHER = "other", "その他"


class AttendanceKind(models.TextChoices):
    EXPECTED = "expected", "出席予定"
    PRESENT = "present", "出席"
    SUBSTITUTE = "substitute", "代理出席"
    ABSENT = "absent", "欠席"


class DecisionKind(models.TextChoices):
    """What the DX推進本部 decided (design.md §2)."""

    NOTED = "noted", "了承"
    INSTRUCTION = "instruction", "指示"
    AMENDMENT = "amendment", "改定"
    CONCRETISE = "concretise", "具体化（★解除）"
    CONTINUE_STUDY = "continue_study", "継続検討"
    STOP = "stop", "中止"


OWED_KINDS = (DecisionKind.INSTRUCTION, DecisionKind.CONTINUE_STUDY)
"""Kinds that somebody has to act on: they name who, and until when."""
STUDY_OUTCOMES = (DecisionKind.CONCRETISE, DecisionKind.CONTINUE_STUDY, DecisionKind.STOP)
"""What may come of the study of a ★ item."""


class DecisionState(models.TextChoices):
    """How far a decision is followed up; derived from its steps."""

    OPEN = "open", "対応中"
    ANSWERED = "answered", "報告あり"
    CLOSED = "closed", "決着"


class FollowUpStep(models.TextChoices):
    """What was done about a decision; `FOLLOW_UPS` says from which states."""

    ANSWERED = "answered", "対応の報告"
    RETURNED = "returned", "差戻し"
    CLOSED = "closed", "決着"
    REOPENED = "reopened", "再開"


FOLLOW_UPS = {
    FollowUpStep.ANSWERED: ((DecisionState.OPEN, DecisionState.ANSWERED), DecisionState.ANSWERED),
    FollowUpStep.RETURNED: ((DecisionState.ANSWERED,), DecisionState.OPEN),
    FollowUpStep.CLOSED: ((DecisionState.OPEN, DecisionState.ANSWERED), DecisionState.CLOSED),
    FollowUpStep.REOPENED: ((DecisionState.CLOSED,), DecisionState.OPEN),
}
"""From which states a step is taken, and where it leads."""


def state_after(step: str | None) -> DecisionState:
    """Return how far a decision is after its last step; None: none was taken yet."""
    return FOLLOW_UPS[FollowUpStep(step)][1] if step else DecisionState.OPEN
