"""What the database refuses in the initiatives app (rules G1 and A2)."""

from kirishima_dx.guards import Guard, append_only

_only_ended = " AND ".join(
    ["OLD.valid_until IS NULL", "NEW.valid_until IS NOT NULL"]
    + [
        f"NEW.{column} <=> OLD.{column}"
        for column in (
            "id",
            "initiative_id",
            "department_id",
            "kind",
            "valid_from",
            "reason",
            "assigned_at",
            "assigned_by_id",
        )
    ]
)

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

ROUND_GUARDS = [
    *append_only("initiatives_answerchange", what="回答の経過"),
    *append_only("initiatives_answerimportfile", what="取り込んだファイル"),
    *append_only("initiatives_extension", what="期限の延長"),
    *append_only("initiatives_reminder", what="督促の記録"),
    Guard(
        "initiatives_answer_step_by_step",
        "initiatives_answer",
        "UPDATE",
        "回答は、経過を残さずに変更できません。",
        f"NOT ({_next_revision})",
    ),
    Guard("initiatives_answer_no_delete", "initiatives_answer", "DELETE", "回答は削除できません。"),
    Guard(
        "initiatives_answerimport_only_applied",
        "initiatives_answerimport",
        "UPDATE",
        "取込の記録は変更できません。",
        f"NOT ({_only_applied})",
    ),
    Guard(
        "initiatives_answerimport_no_delete",
        "initiatives_answerimport",
        "DELETE",
        "取込の記録は削除できません。",
    ),
    Guard(
        "initiatives_reportinground_only_closes",
        "initiatives_reportinground",
        "UPDATE",
        "照会は締め切ることしかできません。",
        f"NOT ({_only_closes})",
    ),
    Guard(
        "initiatives_reportinground_no_delete",
        "initiatives_reportinground",
        "DELETE",
        "照会は削除できません。",
    ),
]
"""Of rounds, answers and uploads."""
GUARDS = [
    *append_only("initiatives_progressentry", what="進捗の記録"),
    *append_only("initiatives_studynote", what="検討の記録"),
    *append_only("initiatives_evidence", what="根拠資料"),
    *append_only("initiatives_evidencedownload", what="根拠資料の取出しの記録"),
    Guard(
        "initiatives_responsibility_only_ends",
        "initiatives_responsibility",
        "UPDATE",
        "担当の記録は終了させることしかできません。",
        f"NOT ({_only_ended})",
    ),
    Guard(
        "initiatives_responsibility_no_delete",
        "initiatives_responsibility",
        "DELETE",
        "担当の記録は削除できません。",
    ),
    *ROUND_GUARDS,
]
