"""What the database refuses in the initiatives app (rules G1 and A2)."""

from initiatives.closable import CLOSABLE
from kirishima_dx.guards import Guard, append_only, not_again

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
    *append_only(
        "initiatives_progressentry", what="進捗の記録", closable=CLOSABLE["ProgressEntry"]
    ),
    *append_only("initiatives_studynote", what="検討の記録", closable=CLOSABLE["StudyNote"]),
    *append_only("initiatives_evidence", what="根拠資料", closable=CLOSABLE["Evidence"]),
    not_again("initiatives_evidence", what="資料"),
    *append_only("initiatives_evidencedownload", what="根拠資料の取出しの記録"),
    Guard(
        "initiatives_responsibility_only_ends",
        "initiatives_responsibility",
        "UPDATE",
        "担当の記録は終了させることしかできません。",
        f"NOT ({_only_ended})",
        CLOSABLE["Responsibility"],
    ),
    Guard(
        "initiatives_responsibility_no_delete",
        "initiatives_responsibility",
        "DELETE",
        "担当の記録は削除できません。",
    ),
]
