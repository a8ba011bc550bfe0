"""What the database refuses in the initiatives app (rules G1, A2 and A4)."""

from initiatives.closable import CLOSABLE
from kirishima_dx.guards import (
    Guard,
    append_only,
    fixed,
    in_order_of_time,
    kept_in_history,
    not_again,
)

_KEPT = (
    "id",
    "initiative_id",
    "department_id",
    "kind",
    "valid_from",
    "reason",
    "assigned_at",
    "assigned_by_id",
)
_same = " AND ".join(f"NEW.{column} <=> OLD.{column}" for column in _KEPT)
_only_ended = f"OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL AND {_same}"
_recalled = (
    f"OLD.valid_until IS NOT NULL AND {_same} AND EXISTS (SELECT 1 FROM initiatives_responsibilityrecall AS r"  # noqa: S608 — our own words
    " WHERE r.responsibility_id = OLD.id AND r.planned_until = OLD.valid_until AND r.planned_at = OLD.ended_at"
    " AND r.recalled_on < r.planned_day AND r.new_until <=> NEW.valid_until)"
)
"""A planned end may go, or come on another day, where a row says that it was called off before its day (A4)."""
_planned = (
    "EXISTS (SELECT 1 FROM initiatives_responsibility AS r WHERE r.id = NEW.responsibility_id AND"
    " ((NEW.planned_until IS NULL AND r.valid_from = NEW.planned_day AND r.assigned_at = NEW.planned_at)"
    " OR (r.valid_until = NEW.planned_until AND r.ended_at = NEW.planned_at)))"
)


GUARDS = [
    *append_only(
        "initiatives_progressentry", what="進捗の記録", closable=CLOSABLE["ProgressEntry"]
    ),
    in_order_of_time(
        "initiatives_progressentry", "recorded_at", of="initiative_id", what="進捗の記録"
    ),
    fixed("initiatives_initiative", "focus_item_id", what="取組の重点項目"),
    fixed("initiatives_study", "initiative_id", what="検討の取組"),
    kept_in_history(
        "initiatives_study",
        "initiatives_historicalstudy",
        "question",
        "review_by",
        what="検討する問い",
        closable=CLOSABLE["Study"],
    ),
    Guard(
        "initiatives_study_counted",
        "initiatives_study",
        "UPDATE",
        "検討する問いは、画面から変更してください。",
        "NOT (NEW.question <=> OLD.question) AND NEW.version <> OLD.version + 1",
    ),
    Guard("initiatives_study_no_delete", "initiatives_study", "DELETE", "検討は削除できません。"),
    *append_only("initiatives_studynote", what="検討の記録", closable=CLOSABLE["StudyNote"]),
    in_order_of_time("initiatives_studynote", "written_at", of="study_id", what="検討の記録"),
    *append_only("initiatives_evidence", what="根拠資料", closable=CLOSABLE["Evidence"]),
    not_again("initiatives_evidence", what="資料"),
    *append_only("initiatives_evidencedownload", what="根拠資料の取出しの記録"),
    Guard(
        "initiatives_responsibility_only_ends",
        "initiatives_responsibility",
        "UPDATE",
        "担当の記録は終了させることしかできません。",
        f"NOT ({_only_ended}) AND NOT ({_recalled})",
        CLOSABLE["Responsibility"],
    ),
    Guard(
        "initiatives_responsibility_no_delete",
        "initiatives_responsibility",
        "DELETE",
        "担当の記録は削除できません。",
    ),
    *append_only(
        "initiatives_responsibilityrecall",
        what="担当の予定の取りやめの記録",
        closable=CLOSABLE["ResponsibilityRecall"],
    ),
    Guard(
        "initiatives_responsibilityrecall_of_a_plan",
        "initiatives_responsibilityrecall",
        "INSERT",
        "その担当には、取りやめる予定がありません。",
        f"NOT {_planned}",
    ),
]
