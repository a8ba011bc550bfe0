"""Closed sets of the reviews app."""

from django.db import models

from kirishima_dx.closed_set import ClosedSet, Traits, describe


class ReportStatus(ClosedSet):
    DRAFT = "draft", "作成中"
    SEALED = "sealed", "確定"


describe(
    ReportStatus,
    {
        ReportStatus.DRAFT: Traits(meaning="記録とともに変わる"),
        ReportStatus.SEALED: Traits(meaning="もう変わらない"),
    },
)


class RatingChange(ClosedSet):
    """評価の変化: how a rating came after last year's."""

    BETTER = "better", "改善"
    WORSE = "worse", "悪化"
    SAME = "same", "変わらない"
    NOT_COMPARABLE = "not_comparable", "比べられない"
    NEW = "new", "今年度から"
    NO_ANSWER = "no_answer", "回答なし"


describe(
    RatingChange,
    {
        RatingChange.BETTER: Traits(meaning="前年度より良い", mark="↑", rank=5),
        RatingChange.SAME: Traits(meaning="前年度と同じ", mark="＝", rank=4),
        RatingChange.WORSE: Traits(meaning="前年度より悪い", mark="↓", rank=3, is_bad=True),
        RatingChange.NOT_COMPARABLE: Traits(
            meaning="どちらかが評価できない", mark="―", look="not_ratable", rank=2
        ),
        RatingChange.NEW: Traits(meaning="前年度は回答がなかった", mark="＋", look="fresh", rank=1),
        RatingChange.NO_ANSWER: Traits(
            meaning="今年度は回答がない", mark="？", look="none", rank=0
        ),
    },
)


class StatusChange(ClosedSet):
    """状態の変化: how a status came after last year's."""

    FORWARD = "forward", "前進"
    BACK = "back", "後退"
    SAME = "same", "変わらない"
    STOPPED = "stopped", "休止・中止"
    RESUMED = "resumed", "再開"
    NEW = "new", "今年度から"
    NO_ANSWER = "no_answer", "回答なし"


describe(
    StatusChange,
    {
        StatusChange.FORWARD: Traits(
            meaning="前年度より先に進んだ", mark="↑", look="better", rank=6
        ),
        StatusChange.RESUMED: Traits(meaning="休止・中止から動き出した", mark="↺", rank=5),
        StatusChange.SAME: Traits(meaning="前年度と同じ", mark="＝", rank=4),
        StatusChange.BACK: Traits(
            meaning="前年度より後に戻った", mark="↓", look="worse", rank=3, is_bad=True
        ),
        StatusChange.STOPPED: Traits(
            meaning="休止または中止になった", mark="■", rank=2, is_bad=True
        ),
        StatusChange.NEW: Traits(meaning="前年度は回答がなかった", mark="＋", look="fresh", rank=1),
        StatusChange.NO_ANSWER: Traits(
            meaning="今年度は回答がない", mark="？", look="none", rank=0
        ),
    },
)


class StudyStanding(ClosedSet):
    """検討の状況: how far the study of a ★ item is on a day."""

    NOT_BEGUN = "not_begun", "始まっていない"
    UNDER_WAY = "under_way", "検討中"
    OVERDUE = "overdue", "期限を過ぎている"
    ENDED = "ended", "検討を終えた"


describe(
    StudyStanding,
    {
        StudyStanding.NOT_BEGUN: Traits(
            meaning="検討する問いがまだ書かれていない", mark="－", is_bad=True
        ),
        StudyStanding.UNDER_WAY: Traits(meaning="問いについて検討している", mark="▷"),
        StudyStanding.OVERDUE: Traits(meaning="見直しの期限を過ぎた", mark="▲", is_bad=True),
        StudyStanding.ENDED: Traits(
            meaning="具体化か中止を本部が決めたか、★が外れた", mark="■", is_ended=True
        ),
    },
)


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
    CONSIDERATION = "consider", "改定の検討"
    OTHER = "other", "その他"


class AttendanceKind(models.TextChoices):
    EXPECTED = "expected", "出席予定"
    PRESENT = "present", "出席"
    SUBSTITUTE = "substitute", "代理出席"
    ABSENT = "absent", "欠席"


class DecisionKind(ClosedSet):
    """What the DX推進本部 decided (design.md §2)."""

    NOTED = "noted", "了承"
    INSTRUCTION = "instruction", "指示"
    AMENDMENT = "amendment", "改定"
    CONCRETISE = "concretise", "具体化（★解除）"
    CONTINUE_STUDY = "continue_study", "継続検討"
    STOP = "stop", "中止"

    @property
    def is_owed(self) -> bool:
        """Whether somebody has to act on it: it names who, and until when."""
        return self in (DecisionKind.INSTRUCTION, DecisionKind.CONTINUE_STUDY)

    @property
    def changes_plan(self) -> bool:
        """Whether the plan is to read otherwise upon it."""
        return self in (DecisionKind.AMENDMENT, DecisionKind.CONCRETISE)

    @property
    def ends_study(self) -> bool:
        """Whether it may come of the study of a ★ item."""
        return self in (DecisionKind.CONCRETISE, DecisionKind.CONTINUE_STUDY, DecisionKind.STOP)

    @property
    def settles_study(self) -> bool:
        """Whether the study is over with it: no day of review is awaited any more."""
        return self.ends_study and self != DecisionKind.CONTINUE_STUDY


describe(
    DecisionKind,
    {
        DecisionKind.NOTED: Traits(meaning="報告や提案を認めた"),
        DecisionKind.INSTRUCTION: Traits(meaning="することを求めた"),
        DecisionKind.AMENDMENT: Traits(meaning="計画の文言を改めると決めた"),
        DecisionKind.CONCRETISE: Traits(meaning="検討項目を具体的な取組にすると決めた"),
        DecisionKind.CONTINUE_STUDY: Traits(meaning="検討を続けると決めた"),
        DecisionKind.STOP: Traits(meaning="取組をやめると決めた"),
    },
)
REVISING_KINDS = tuple(kind for kind in DecisionKind if kind.changes_plan)
OWED_KINDS = tuple(kind for kind in DecisionKind if kind.is_owed)
STUDY_OUTCOMES = tuple(kind for kind in DecisionKind if kind.ends_study)


class OutcomeKind(ClosedSet):
    """What an edition that came into force made of a decision (rule O3)."""

    REFLECTED = "reflected", "反映"
    BASIS = "basis", "施行の根拠"
    DEFERRED = "deferred", "見送り"


describe(
    OutcomeKind,
    {
        OutcomeKind.REFLECTED: Traits(meaning="この版の文言は、この決定により変わった"),
        OutcomeKind.BASIS: Traits(meaning="この版は、この決定を根拠に施行した"),
        OutcomeKind.DEFERRED: Traits(meaning="この版には載せなかった。次の版を待つ"),
    },
)
DONE_BY = (OutcomeKind.REFLECTED, OutcomeKind.BASIS)
"""By which of them a decision to change the plan is done."""
AWAITING = "改定待ち"
"""Shown of a decision to change the plan as long as no edition has done it."""


class DecisionState(ClosedSet):
    """How far a decision is followed up; derived from its steps."""

    OPEN = "open", "対応中"
    ANSWERED = "answered", "報告あり"
    CLOSED = "closed", "決着"


describe(
    DecisionState,
    {
        DecisionState.OPEN: Traits(meaning="担当の報告を待っている", mark="▷"),
        DecisionState.ANSWERED: Traits(meaning="担当が報告し、事務局の確認を待っている", mark="▶"),
        DecisionState.CLOSED: Traits(meaning="済んだ", mark="■", is_ended=True),
    },
)
NOT_OWED = "対応を要しない"
"""Shown where nobody has to act on a decision."""
NOT_OWED_CODE = "not_owed"
NOTHING_OWED = Traits(meaning="誰も動かなくてよい", mark="―", look="none")
"""How such a decision is told apart from one that is followed up."""


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
