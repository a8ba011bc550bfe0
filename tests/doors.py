"""Who comes in where: the table that tests/test_access.py tries, role × address × method (A1)."""

from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "anonymous",
    "staff",
    "headquarters",
    "outsider",
    "other_editor",
    "editor",
    "certifier",
    "secretariat",
)
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}
RESPONSIBLE = frozenset({"other_editor", "editor", "certifier", "secretariat"})
SECRETARIAT = frozenset({"secretariat"})
OWNER = frozenset({"editor", "certifier", "secretariat"})
"""Who answers for the decision of the world: 福祉課, and the 事務局."""
WRITERS = RESPONSIBLE | {"outsider"}
"""Whoever writes for a department, whichever it is."""
SENDER = SECRETARIAT | {"editor"}
"""Who sent the workbooks of the world, and the 事務局."""


@dataclass(frozen=True)
class Door:
    """An address: who comes in by GET and by POST; None where the method is not allowed at all.

    Others who are signed in get 403, anonymous people the sign-in page; behind a `hidden` door both get 404.
    """

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.name} {' '.join(map(str, self.arguments.values()))}".strip()


LED = {"code": "1-A-1"}
UNLED = {"code": "1-A-2"}
AXIS, POLICY, SECTION = {"key": "1"}, {"key": "1-A"}, {"key": "purpose"}
ROUND = {"round_id": 0}
SITTING = {"meeting_id": 0}
SEALED = {"year": 2025, "number": 1}
MATTER = {**SITTING, "item_id": 0}
DRAFT_REPORT = {"year": 2026, "number": 1}
DOORS = (
    Door("health", get=EVERYONE),
    Door("login", get=EVERYONE, post=EVERYONE),
    Door("logout", post=EVERYONE),
    Door("password_change", get=SIGNED_IN, post=SIGNED_IN),
    Door("lock_list", get=SECRETARIAT, post=SECRETARIAT),
    Door("closing_list", get=SECRETARIAT),
    Door("closing_search", post=SECRETARIAT),
    Door(
        "closing_add",
        {"table": "initiatives_evidence", "row_id": 0},
        get=SECRETARIAT,
        post=SECRETARIAT,
    ),
    Door("department_list", get=SIGNED_IN),
    Door("department_list_workbook", get=SIGNED_IN),
    Door("department_import", get=SECRETARIAT, post=SECRETARIAT),
    Door("department_import_check", {"upload_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("department_handover", get=SECRETARIAT, post=SECRETARIAT),
    Door("department_handed_over", {"code": "old"}, get=SECRETARIAT),
    Door("handover_recall", {"code": "old"}, get=SECRETARIAT, post=SECRETARIAT),
    Door("assignments", get=SECRETARIAT, post=SECRETARIAT),
    Door("planned_assignments", get=SECRETARIAT, post=SECRETARIAT),
    Door("assignments_workbook", get=SECRETARIAT),
    Door("assignments_import", get=SECRETARIAT, post=SECRETARIAT),
    Door("living_plan", get=EVERYONE),
    Door("late_and_to_decide", get=EVERYONE),
    Door("plan_changes", get=EVERYONE),
    Door("item_list", get=EVERYONE),
    Door("item_list_workbook", get=EVERYONE),
    Door("item_list_csv", get=EVERYONE),
    Door("dashboard", get=EVERYONE),
    Door("my_page", get=SIGNED_IN),
    Door("answering_guide", get=SIGNED_IN),
    Door("record_list", get=SECRETARIAT),
    Door("record_list_csv", get=SECRETARIAT),
    Door("record_shortening", get=SECRETARIAT, post=SECRETARIAT),
    Door("answer", {**ROUND, **LED}, get=SIGNED_IN, post=RESPONSIBLE),
    Door("answer", {**ROUND, **UNLED}, get=SIGNED_IN, post=SECRETARIAT),
    Door("answer_autosave", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_unchanged", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_withdraw", {**ROUND, **LED}, post=RESPONSIBLE),
    Door("answer_certify", {**ROUND, **LED}, post=frozenset({"certifier"})),
    Door("round_certify", ROUND, get=frozenset({"certifier"}), post=frozenset({"certifier"})),
    Door("item_detail", LED, get=EVERYONE),
    Door("item_progress", LED, get=RESPONSIBLE, post=RESPONSIBLE),
    Door("item_progress", UNLED, get=SECRETARIAT, post=SECRETARIAT),
    Door("item_unchanged", LED, post=RESPONSIBLE),
    Door("item_unchanged", UNLED, post=SECRETARIAT),
    Door("entry_correction", {**LED, "entry_id": 0}, get=RESPONSIBLE, post=RESPONSIBLE),
    Door("item_departments", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("study_list", get=SIGNED_IN),
    Door("study", LED, get=SIGNED_IN, post=RESPONSIBLE),
    Door("study", UNLED, get=SIGNED_IN, post=SECRETARIAT),
    Door("study_note", LED, post=RESPONSIBLE),
    Door("study_note", UNLED, post=SECRETARIAT),
    Door("evidence_add", LED, post=RESPONSIBLE),
    Door("evidence_add", UNLED, post=SECRETARIAT),
    Door("evidence_file", {**LED, "evidence_id": 0}, get=SIGNED_IN),
    Door("meeting_list", get=SIGNED_IN),
    Door("meeting_plan", get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting", SITTING, get=SIGNED_IN),
    Door("meeting_edit", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_members", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_call_off", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_restore", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_minutes", SITTING, get=SIGNED_IN),
    Door("meeting_close", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    # To a record that is still open nobody adds anything.
    Door("meeting_addition", SITTING, get=frozenset(), post=frozenset()),
    Door("agenda_add", SITTING, get=SECRETARIAT, post=SECRETARIAT),
    Door("agenda_item", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("agenda_opinion", MATTER, post=frozenset({"headquarters"})),
    Door("agenda_minutes", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_record", MATTER, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_edit", {**SITTING, "decision_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_withdraw", {**SITTING, "decision_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("decision_list", get=SIGNED_IN),
    Door("decision_list_workbook", get=SIGNED_IN),
    Door("decision_list_csv", get=SIGNED_IN),
    Door("decision", {"decision_id": 0}, get=SIGNED_IN, post=OWNER),
    Door("decision_settle", {"decision_id": 0}, post=SECRETARIAT),
    Door("round_list", get=SIGNED_IN),
    Door("round_open", get=SECRETARIAT, post=SECRETARIAT),
    Door("round_board", ROUND, get=SIGNED_IN),
    Door("round_board_workbook", ROUND, get=SIGNED_IN),
    Door("round_board_csv", ROUND, get=SIGNED_IN),
    Door("round_story", ROUND, get=SIGNED_IN),
    Door("round_reminders", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_extension", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_close", ROUND, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_review", ROUND, get=SECRETARIAT),
    Door("answer_review", {**ROUND, **LED}, get=SECRETARIAT, post=SECRETARIAT),
    Door("answer_reopen", {**ROUND, **LED}, get=SECRETARIAT, post=SECRETARIAT),
    Door("round_workbook", ROUND, get=WRITERS),
    Door("round_workbooks", ROUND, get=WRITERS),
    Door("answer_import", ROUND, get=WRITERS, post=WRITERS),
    Door("answer_import_check", {**ROUND, "import_id": 0}, get=SENDER, post=SENDER),
    Door("answer_import_file", {**ROUND, "import_id": 0, "place": 1}, get=SENDER),
    Door("report_list", get=EVERYONE, post=SECRETARIAT),
    Door("report_year", {"year": 2025}, get=EVERYONE),
    Door("report_year", {"year": 2026}, get=SIGNED_IN, hidden=True),
    Door("report_year_workbook", {"year": 2025}, get=EVERYONE),
    Door("report_year_workbook", {"year": 2026}, get=SIGNED_IN, hidden=True),
    Door("report_issue", SEALED, get=EVERYONE),
    Door("report_issue", DRAFT_REPORT, get=SIGNED_IN, hidden=True),
    Door("report_issue_workbook", SEALED, get=EVERYONE),
    Door("report_issue_workbook", DRAFT_REPORT, get=SIGNED_IN, hidden=True),
    Door("report_edit", DRAFT_REPORT, get=SECRETARIAT, post=SECRETARIAT),
    # Whoever was typing when it was sealed keeps the text, and is told that it cannot be saved.
    Door("report_edit", SEALED, get=frozenset(), post=SECRETARIAT),
    Door("report_seal", DRAFT_REPORT, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_abandon", DRAFT_REPORT, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_abandon", SEALED, get=frozenset(), post=frozenset()),
    Door("report_seal", SEALED, get=frozenset(), post=frozenset()),
    Door("report_correction", SEALED, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_publish", SEALED, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_withhold", SEALED, get=SECRETARIAT, post=SECRETARIAT),
    Door("report_withhold", DRAFT_REPORT, get=frozenset(), post=frozenset()),
    Door("report_publish", DRAFT_REPORT, get=frozenset(), post=frozenset()),
    Door("edition_list", get=EVERYONE),
    Door("errata", get=EVERYONE),
    Door("edition_timeline", get=EVERYONE),
    Door("edition_detail", {"number": "1.0"}, get=EVERYONE),
    Door("edition_detail", {"number": "1.1"}, get=SIGNED_IN),
    Door("edition_adoption", {"number": "1.0"}, get=SIGNED_IN, post=SECRETARIAT),
    Door("edition_item", {"number": "1.0", **LED}, get=EVERYONE),
    Door("edition_item", {"number": "1.1", **LED}, get=SIGNED_IN),
    Door("edition_why", {"number": "1.0", "place": "items/1-A-1"}, get=EVERYONE),
    Door("edition_why", {"number": "1.1", "place": "sections/purpose"}, get=SIGNED_IN),
    Door("edition_erratum_add", {"number": "1.0"}, get=SECRETARIAT, post=SECRETARIAT),
    Door("meeting_workbook", SITTING, get=SIGNED_IN),
    Door("report_verify", get=EVERYONE, post=EVERYONE),
    Door("meeting_papers", SITTING, get=SIGNED_IN),
    Door("meeting_papers_style", SITTING, get=SIGNED_IN),
    Door("meeting_present", SITTING, get=SIGNED_IN),
    Door("draft", get=SIGNED_IN),
    Door("draft_open", post=SECRETARIAT),
    Door("draft_adopt", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_abandon", get=SECRETARIAT, post=SECRETARIAT),
    Door("abandoned_draft", {"pk": 0}, get=SIGNED_IN),
    Door("considerations", get=SIGNED_IN),
    Door("consideration_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_cover", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_edit", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_move", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_end", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_axis_restore", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_add", AXIS, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_edit", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_move", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_end", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_restore", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_policy_gaps", POLICY, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_edit", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_move", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_end", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_section_restore", SECTION, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_edit", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_end", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_restore", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_add", {"policy": "1-A"}, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_move", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_split", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_item_merge", LED, get=SECRETARIAT, post=SECRETARIAT),
    Door("draft_read", get=SIGNED_IN),
    Door("draft_comments", get=SIGNED_IN, post=SIGNED_IN),
    Door("draft_comment_settle", {"comment_id": 0}, get=SECRETARIAT, post=SECRETARIAT),
    Door("edition_comments", {"edition_id": 0}, get=SIGNED_IN),
    Door("edition_compare_choose", get=EVERYONE),
    Door("edition_compare", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("edition_compare_workbook", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("edition_summary", {"old": "1.0", "new": "1.1"}, get=SIGNED_IN),
    Door("admin:index", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_user_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_user_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:people_department_add", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:initiatives_progressentry_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:rounds_reportinground_changelist", get=SECRETARIAT, post=SECRETARIAT),
    Door("admin:rounds_answer_add", get=frozenset(), post=frozenset()),
    Door("admin:initiatives_progressentry_add", get=frozenset(), post=frozenset()),
)
