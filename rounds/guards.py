"""What the database refuses in the rounds app (rules G1 and A2)."""

from kirishima_dx.guards import Guard, append_only, not_again
from rounds.closable import CLOSABLE

_only_closes = " AND ".join(
    ["OLD.closed_at IS NULL", "NEW.closed_at IS NOT NULL"]
    + [
        f"NEW.{column} <=> OLD.{column}"
        for column in (
            "id",
            "plan_id",
            "fiscal_year",
            "kind",
            "title",
            "period_from",
            "period_until",
            "as_of",
            "opens_on",
            "due_on",
            "instructions",
            "asks_certification",
            "overdue_rule",
            "is_rehearsal",
            "opened_at",
            "opened_by_id",
            "opened_by_name",
        )
    ]
)
_only_applied = " AND ".join(
    ["OLD.applied_at IS NULL", "NEW.applied_at IS NOT NULL"]
    + [
        f"NEW.{column} <=> OLD.{column}"
        for column in ("id", "round_id", "uploaded_at", "uploaded_by_id", "uploaded_by_name")
    ]
)
_next_revision = " AND ".join(
    ["NEW.revision = OLD.revision + 1"]
    + [
        f"NEW.{column} <=> OLD.{column}"
        for column in (
            "id",
            "round_id",
            "initiative_id",
            "asked_department_id",
            "asked_department_name",
        )
    ]
)

GUARDS = [
    *append_only("rounds_answerchange", what="回答の経過", closable=CLOSABLE["AnswerChange"]),
    *append_only(
        "rounds_answerimportfile", what="取り込んだファイル", closable=CLOSABLE["AnswerImportFile"]
    ),
    not_again("rounds_answerimportfile", what="ファイル"),
    *append_only("rounds_extension", what="期限の延長", closable=CLOSABLE["Extension"]),
    *append_only("rounds_reminder", what="督促の記録", closable=CLOSABLE["Reminder"]),
    Guard(
        "rounds_answer_step_by_step",
        "rounds_answer",
        "UPDATE",
        "回答は、経過を残さずに変更できません。",
        f"NOT ({_next_revision})",
    ),
    Guard("rounds_answer_no_delete", "rounds_answer", "DELETE", "回答は削除できません。"),
    Guard(
        "rounds_answerimport_only_applied",
        "rounds_answerimport",
        "UPDATE",
        "取込の記録は変更できません。",
        f"NOT ({_only_applied})",
    ),
    Guard(
        "rounds_answerimport_no_delete",
        "rounds_answerimport",
        "DELETE",
        "取込の記録は削除できません。",
    ),
    Guard(
        "rounds_reportinground_only_closes",
        "rounds_reportinground",
        "UPDATE",
        "照会は締め切ることしかできません。",
        f"NOT ({_only_closes})",
        CLOSABLE["ReportingRound"],
    ),
    Guard(
        "rounds_reportinground_no_delete",
        "rounds_reportinground",
        "DELETE",
        "照会は削除できません。",
    ),
]
