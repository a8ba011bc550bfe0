"""Which columns of the reviews app are closed where they hold personal data by mistake, and which are kept (A3)."""

from kirishima_dx.closing import WORDS, Closable, Kept

CLOSABLE: Closable = {
    "AnnualReport": dict.fromkeys(
        (
            "overview",
            "technology_trends",
            "national_trends",
            "correction_reason",
            "abandoned_because",
        ),
        WORDS,
    ),
    "Publication": {"reason": WORDS},
    "Withholding": {"reason": WORDS},
    "Consideration": {"reason": WORDS},
    "Decision": {"text": WORDS, "addition_reason": WORDS},
    "DecisionOutcome": {"reason": WORDS},
    "FollowUp": {"text": WORDS},
    "AgendaItem": dict.fromkeys(("title", "question", "explanation", "discussion"), WORDS),
    "Meeting": {"called_off_because": WORDS},
    "Opinion": {"text": WORDS},
    "OutcomeRecall": {"reason": WORDS},
    "RecordAddition": {"text": WORDS, "reason": WORDS},
}
_SEALED = "確定した年次報告は変わらない（R1）。号の全体を差し控え、新しい号に差し替える。"
_MEMBER = "本部員と代理者の職と氏名。議事の記録の一部。"
_MEETING = "会議の名称と場所。"
KEPT: Kept = {
    "AnnualReport": {"seal_reason": _SEALED, "digest": _SEALED},
    "DecisionOutcome": dict.fromkeys(("place", "label"), "計画の本文にある箇所。"),
    "SealedPassage": {"key": _SEALED, "label": _SEALED, "text": _SEALED, "value": _SEALED},
    "SealedTable": {"key": _SEALED, "title": _SEALED, "columns": _SEALED},
    "SealedRow": {"cells": _SEALED},
    "SealedWorkbook": {"content": _SEALED, "digest": _SEALED},
    "Attendance": {"post": _MEMBER, "name": _MEMBER, "substitute": _MEMBER},
    "Meeting": {"name": _MEETING, "place": _MEETING, "paper_prefix": _MEETING},
}
