"""What the database refuses in the initiatives app (rules G1 and A2)."""

from kirishima_dx.guards import Guard, append_only, in_order_of_time

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


GUARDS = [
    *append_only("initiatives_progressentry", what="進捗の記録"),
    in_order_of_time(
        "initiatives_progressentry", "recorded_at", of="initiative_id", what="進捗の記録"
    ),
    *append_only("initiatives_studynote", what="検討の記録"),
    in_order_of_time("initiatives_studynote", "written_at", of="study_id", what="検討の記録"),
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
]
