"""Closed sets of the rounds app: which rounds there are, and how far an answer is."""

from django.db import models

from initiatives.enums import EntryKind
from kirishima_dx.closed_set import ClosedSet, Traits, describe


class RoundKind(models.TextChoices):
    """Which 照会 of a fiscal year: 随時 bears a title of its own."""

    FIRST_HALF = "first_half", "上半期"
    YEAR_END = "year_end", "年度末"
    AD_HOC = "ad_hoc", "随時"


class OverdueRule(models.TextChoices):
    """What happens to an answer after its deadline, until the round is closed."""

    TAKE = "take", "受け付けて「期限後」と記す"
    REFUSE = "refuse", "受け付けない"


class AnswerKind(ClosedSet):
    UPDATE = EntryKind.UPDATE.value, EntryKind.UPDATE.label
    UNCHANGED = EntryKind.UNCHANGED.value, EntryKind.UNCHANGED.label


describe(
    AnswerKind,
    {
        AnswerKind.UPDATE: Traits(meaning="この照会の対象期間に、新しく伝えることがある"),
        AnswerKind.UNCHANGED: Traits(
            meaning="前回の記録のまま変わっていない"
            "（前回の内容を、今回の基準日の状況としてもう一度記録します）"
        ),
    },
)


class AnswerState(ClosedSet):
    UNANSWERED = "unanswered", "未回答"
    WRITING = "writing", "入力中"
    SENT = "sent", "提出済"
    RETURNED = "returned", "差戻し"
    ACCEPTED = "accepted", "確認済"

    @property
    def is_owed(self) -> bool:
        """Whether the department still has to do something."""
        return self in (AnswerState.UNANSWERED, AnswerState.WRITING, AnswerState.RETURNED)


describe(
    AnswerState,
    {
        AnswerState.UNANSWERED: Traits(meaning="まだ何も書かれていない", mark="○"),
        AnswerState.WRITING: Traits(meaning="書きかけで、提出されていない", mark="✎"),
        AnswerState.SENT: Traits(meaning="提出され、事務局の確認を待っている", mark="◐"),
        AnswerState.RETURNED: Traits(meaning="事務局が直しを求めている", mark="↩"),
        AnswerState.ACCEPTED: Traits(meaning="事務局が確かめ、記録になった", mark="●"),
    },
)


OWED_STATES = tuple(state for state in AnswerState if state.is_owed)
"""The department still has to do something: what may be written, and what a reminder asks for."""


class AnswerStep(models.TextChoices):
    """What was done to an answer; `STEPS` says from which states. A closing (A3) leaves the state as it is."""

    ASKED = "asked", "照会"
    SAVED = "saved", "保存"
    SENT = "sent", "提出"
    WITHDRAWN = "withdrawn", "提出の取下げ"
    CERTIFIED = "certified", "課内の確認"
    RETURNED = "returned", "差戻し"
    ACCEPTED = "accepted", "事務局の確認"
    REOPENED = "reopened", "再開"
    CLOSED = "closed", "個人情報を含むため閉じた"


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
