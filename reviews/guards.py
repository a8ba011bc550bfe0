"""What the database refuses in the reviews app (rules R1, R2 and A2)."""

from kirishima_dx.closing import Columns
from kirishima_dx.guards import Event, Guard, append_only, filled_in_once, fixed, in_order_of_time
from reviews.closable import CLOSABLE

_SEALED_PARTS = (
    "reviews_sealedpassage",
    "reviews_sealedtable",
    "reviews_sealedrow",
    "reviews_sealedworkbook",
    "reviews_reportedentry",
)
_CALLED_OFF = "取りやめた会議の記録は変更できません。"
_RECORD_CLOSED = "確定した議事の記録は変更できません。追記してください。"


def _sealed_part_guards(table: str) -> list[Guard]:
    message = "確定した年次報告は変更できません。"
    late = "(SELECT status FROM reviews_annualreport WHERE id = NEW.report_id) = 'sealed'"
    return [
        *append_only(table, what="確定した年次報告の内容"),
        Guard(f"{table}_late_insert", table, "INSERT", message, late),
    ]


def _closed(meeting: str) -> str:
    return f"(SELECT closed_at FROM reviews_meeting WHERE id = {meeting}) IS NOT NULL"  # noqa: S608 — our own words


def _closed_with(table: str, key: str) -> str:
    """Say that the sitting of the row of `table` whose key is `key` has a closed record."""
    meeting = f"(SELECT meeting_id FROM {table} WHERE id = {key})"  # noqa: S608 — our own words
    return _closed(meeting)


def _called_off(meeting: str) -> str:
    return f"(SELECT called_off_at FROM reviews_meeting WHERE id = {meeting}) IS NOT NULL"  # noqa: S608 — our own words


def _called_off_guards(table: str, closable: Columns | None = None) -> list[Guard]:
    """Return the guards of a part of a meeting, which nothing touches while the meeting is called off."""
    old, new = _called_off("OLD.meeting_id"), _called_off("NEW.meeting_id")
    whens: tuple[tuple[Event, str], ...] = (
        ("INSERT", new),
        ("UPDATE", f"{old} OR {new}"),
        ("DELETE", old),
    )
    return [
        Guard(
            f"{table}_called_off_{event.lower()}",
            table,
            event,
            _CALLED_OFF,
            when,
            closable if closable and event == "UPDATE" else {},
        )
        for event, when in whens
    ]


def _record_guards(table: str, old: str, new: str, closable: Columns | None = None) -> list[Guard]:
    """Return the guards of a part of a sitting's record, which nothing touches once the record is closed."""
    whens: tuple[tuple[Event, str], ...] = (
        ("INSERT", new),
        ("UPDATE", f"{old} OR {new}"),
        ("DELETE", old),
    )
    return [
        Guard(
            f"{table}_closed_{event.lower()}",
            table,
            event,
            _RECORD_CLOSED,
            when,
            closable if closable and event == "UPDATE" else {},
        )
        for event, when in whens
    ]


_CONSIDERATION_COLUMNS = (
    "id",
    "plan_id",
    "fiscal_year",
    "outcome",
    "reason",
    "considered_on",
    "meeting_id",
    "recorded_at",
    "recorded_by_id",
    "recorded_by_name",
)
_NOT_ADDED = "(SELECT addition_reason FROM reviews_decision WHERE id = NEW.decision_id) = ''"
_ADDED_LATE = f"{_closed('NEW.meeting_id')} AND NEW.addition_reason = ''"


_WHAT_IT_IS = {
    "reviews_annualreport": "plan_id fiscal_year number opened_at opened_by_id",
    "reviews_meeting": "plan_id planned_at planned_by_id",
    **dict.fromkeys(("reviews_attendance", "reviews_agendaitem"), "meeting_id"),
    "reviews_decision": "meeting_id agenda_item_id number recorded_at recorded_by_id recorded_by_name",
    "reviews_decisionitem": "decision_id focus_item_id",
}
"""Columns that stay while a report is a draft and a record is open too."""

GUARDS = [
    *(
        fixed(table, *columns.split(), what="何の記録か、だれが記録したか")
        for table, columns in _WHAT_IT_IS.items()
    ),
    Guard(
        "reviews_annualreport_corrects_kept",
        "reviews_annualreport",
        "UPDATE",
        "どの号を正すかは、取りやめるときのほかは変更できません。",
        "NOT (NEW.corrects_id <=> OLD.corrects_id OR (NEW.corrects_id IS NULL AND NEW.abandoned_at IS NOT NULL))",
    ),
    Guard(
        "reviews_annualreport_sealed_update",
        "reviews_annualreport",
        "UPDATE",
        "確定した年次報告は変更できません。",
        "OLD.status = 'sealed'",
    ),
    Guard(
        "reviews_annualreport_sealed_delete",
        "reviews_annualreport",
        "DELETE",
        "確定した年次報告は削除できません。",
        "OLD.status = 'sealed'",
    ),
    Guard(
        "reviews_annualreport_abandoned_update",
        "reviews_annualreport",
        "UPDATE",
        "取りやめた年次報告は変更できません。",
        "OLD.abandoned_at IS NOT NULL",
        CLOSABLE["AnnualReport"],
    ),
    Guard(
        "reviews_annualreport_abandoned_delete",
        "reviews_annualreport",
        "DELETE",
        "取りやめた年次報告は削除できません。",
        "OLD.abandoned_at IS NOT NULL",
    ),
    *[guard for table in _SEALED_PARTS for guard in _sealed_part_guards(table)],
    *append_only("reviews_withholding", what="差し控えの記録", closable=CLOSABLE["Withholding"]),
    Guard(
        "reviews_withholding_of_sealed",
        "reviews_withholding",
        "INSERT",
        "確定していない年次報告は、差し控えずに直せます。",
        "(SELECT status FROM reviews_annualreport WHERE id = NEW.report_id) <> 'sealed'",
    ),
    *append_only("reviews_publication", what="公表の記録", closable=CLOSABLE["Publication"]),
    Guard(
        "reviews_publication_of_sealed",
        "reviews_publication",
        "INSERT",
        "確定していない年次報告は公表できません。",
        "(SELECT status FROM reviews_annualreport WHERE id = NEW.report_id) <> 'sealed'",
    ),
    *filled_in_once(
        "reviews_consideration",
        what="改定の検討の記録",
        kept=_CONSIDERATION_COLUMNS,
        while_open="OLD.edition_id IS NULL",
        closable=CLOSABLE["Consideration"],
    ),
    Guard(
        "reviews_meeting_closed_update",
        "reviews_meeting",
        "UPDATE",
        _RECORD_CLOSED,
        "OLD.closed_at IS NOT NULL",
    ),
    Guard(
        "reviews_meeting_closed_delete",
        "reviews_meeting",
        "DELETE",
        _RECORD_CLOSED,
        "OLD.closed_at IS NOT NULL",
    ),
    Guard(
        "reviews_meeting_called_off_update",
        "reviews_meeting",
        "UPDATE",
        _CALLED_OFF,
        "OLD.called_off_at IS NOT NULL AND NEW.called_off_at IS NOT NULL",
        CLOSABLE["Meeting"],
    ),
    Guard(
        "reviews_meeting_called_off_delete",
        "reviews_meeting",
        "DELETE",
        _CALLED_OFF,
        "OLD.called_off_at IS NOT NULL",
    ),
    Guard(
        "reviews_meeting_decided_update",
        "reviews_meeting",
        "UPDATE",
        "決定のある会議は取りやめにできません。",
        "NEW.called_off_at IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM reviews_decision WHERE reviews_decision.meeting_id = NEW.id)",
    ),
    *_called_off_guards("reviews_attendance"),
    *_called_off_guards("reviews_agendaitem", CLOSABLE["AgendaItem"]),
    *_called_off_guards("reviews_decision", CLOSABLE["Decision"]),
    Guard(
        "reviews_opinion_called_off_insert",
        "reviews_opinion",
        "INSERT",
        _CALLED_OFF,
        _called_off("(SELECT meeting_id FROM reviews_agendaitem WHERE id = NEW.agenda_item_id)"),
    ),
    *_record_guards("reviews_attendance", _closed("OLD.meeting_id"), _closed("NEW.meeting_id")),
    *_record_guards(
        "reviews_agendaitem",
        _closed("OLD.meeting_id"),
        _closed("NEW.meeting_id"),
        CLOSABLE["AgendaItem"],
    ),
    *append_only("reviews_opinion", what="本部員の意見", closable=CLOSABLE["Opinion"]),
    Guard(
        "reviews_opinion_closed_insert",
        "reviews_opinion",
        "INSERT",
        _RECORD_CLOSED,
        _closed_with("reviews_agendaitem", "NEW.agenda_item_id"),
    ),
    *append_only("reviews_recordaddition", what="議事の追記", closable=CLOSABLE["RecordAddition"]),
    Guard(
        "reviews_recordaddition_of_closed",
        "reviews_recordaddition",
        "INSERT",
        "確定していない議事の記録は、追記せずに直せます。",
        f"NOT ({_closed('NEW.meeting_id')})",
    ),
    Guard(
        "reviews_recordaddition_of_its_meeting",
        "reviews_recordaddition",
        "INSERT",
        "ほかの会議の決定や追記は挙げられません。",
        "(SELECT meeting_id FROM reviews_decision WHERE id = NEW.corrects_id) <> NEW.meeting_id OR "
        "(SELECT meeting_id FROM reviews_recordaddition WHERE id = NEW.takes_back_id) <> NEW.meeting_id",
    ),
    Guard(
        "reviews_decision_late_insert", "reviews_decision", "INSERT", _RECORD_CLOSED, _ADDED_LATE
    ),
    Guard(
        "reviews_decision_closed_update",
        "reviews_decision",
        "UPDATE",
        _RECORD_CLOSED,
        f"{_closed('OLD.meeting_id')} OR {_closed('NEW.meeting_id')}",
        CLOSABLE["Decision"],
    ),
    Guard(
        "reviews_decision_closed_delete",
        "reviews_decision",
        "DELETE",
        _RECORD_CLOSED,
        _closed("OLD.meeting_id"),
    ),
    Guard(
        "reviews_decisionitem_late_insert",
        "reviews_decisionitem",
        "INSERT",
        _RECORD_CLOSED,
        " AND ".join((_closed_with("reviews_decision", "NEW.decision_id"), _NOT_ADDED)),
    ),
    Guard(
        "reviews_decisionitem_closed_update",
        "reviews_decisionitem",
        "UPDATE",
        _RECORD_CLOSED,
        f"{_closed_with('reviews_decision', 'OLD.decision_id')}"
        f" OR {_closed_with('reviews_decision', 'NEW.decision_id')}",
    ),
    Guard(
        "reviews_decisionitem_closed_delete",
        "reviews_decisionitem",
        "DELETE",
        _RECORD_CLOSED,
        _closed_with("reviews_decision", "OLD.decision_id"),
    ),
    *append_only("reviews_followup", what="決定への対応の記録", closable=CLOSABLE["FollowUp"]),
    in_order_of_time("reviews_followup", "taken_at", of="decision_id", what="決定への対応"),
    *append_only(
        "reviews_decisionoutcome",
        what="決定の扱いの記録",
        closable=CLOSABLE["DecisionOutcome"],
    ),
    *append_only(
        "reviews_outcomerecall", what="決定の扱いの取消し", closable=CLOSABLE["OutcomeRecall"]
    ),
]
