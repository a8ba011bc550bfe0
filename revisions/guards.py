"""What the database refuses in the revisions app (rules T1, A2 and A4)."""

from kirishima_dx.guards import Event, Guard, append_only, filled_in_once
from revisions.closable import CLOSABLE

_WRITES: tuple[Event, ...] = ("INSERT", "UPDATE")
_COMMENT_COLUMNS = (
    "id",
    "edition_id",
    "focus_item_id",
    "place",
    "text",
    "is_question",
    "said_at",
    "said_by_id",
    "said_by_name",
)


_EFFECT_OF_NO_DRAFT = (
    "(SELECT status FROM plans_edition WHERE id ="
    " (SELECT edition_id FROM revisions_amendment WHERE id = NEW.amendment_id)) <> 'draft'"
)
_NO_DRAFT = "(SELECT status FROM plans_edition WHERE id = NEW.edition_id) <> 'draft'"

_KEPT_BY_A_RECALL = (
    "EXISTS (SELECT 1 FROM revisions_recalleddecision d JOIN plans_recalledadoption r ON r.id = d.recall_id"
    " WHERE r.edition_id = OLD.edition_id AND d.decision_id = OLD.decision_id AND r.new_effective_from IS NULL)"
    " AND (SELECT status FROM plans_edition WHERE id = OLD.edition_id) = 'draft'"
)

GUARDS = [
    *append_only("revisions_amendment", what="改定の記録", closable=CLOSABLE["Amendment"]),
    Guard(
        "revisions_amendment_late_insert",
        "revisions_amendment",
        "INSERT",
        "施行した版に改定の記録は追加できません。",
        _NO_DRAFT,
    ),
    *filled_in_once(
        "revisions_effect",
        what="文言に残る変更の記録",
        kept=("id", "amendment_id", "aspect"),
        while_open="NOT OLD.is_undone",
    ),
    *(
        Guard(
            f"revisions_effect_late_{event.lower()}",
            "revisions_effect",
            event,
            "施行した版、取りやめた案の改定の記録は変更できません。",
            _EFFECT_OF_NO_DRAFT,
        )
        for event in _WRITES
    ),
    *filled_in_once(
        "revisions_draftcomment",
        what="案への意見・質問",
        kept=_COMMENT_COLUMNS,
        while_open="OLD.settled_at IS NULL",
        closable=CLOSABLE["DraftComment"],
    ),
    Guard(
        "revisions_draftcomment_late_insert",
        "revisions_draftcomment",
        "INSERT",
        "施行した版、取りやめた案に意見・質問は追加できません。",
        _NO_DRAFT,
    ),
    Guard(
        "revisions_draftcomment_late_settlement",
        "revisions_draftcomment",
        "UPDATE",
        "施行した版、取りやめた案への質問は解決できません。",
        _NO_DRAFT,
        CLOSABLE["DraftComment"],
    ),
    Guard(
        "revisions_adoptiondecision_no_update",
        "revisions_adoptiondecision",
        "UPDATE",
        "施行の根拠とした決定は変更できません。",
    ),
    Guard(
        "revisions_adoptiondecision_no_delete",
        "revisions_adoptiondecision",
        "DELETE",
        "施行の根拠とした決定は削除できません。",
        f"NOT ({_KEPT_BY_A_RECALL})",
    ),
    *append_only("revisions_recalleddecision", what="取りやめた施行の根拠とした決定"),
    Guard(
        "revisions_recalleddecision_of_what_stood",
        "revisions_recalleddecision",
        "INSERT",
        "取りやめた施行の根拠とした決定は、いま根拠になっている決定について記録します。",
        "NOT EXISTS (SELECT 1 FROM revisions_adoptiondecision a JOIN plans_recalledadoption r"
        " ON r.edition_id = a.edition_id WHERE r.id = NEW.recall_id AND a.decision_id = NEW.decision_id)",
    ),
    Guard(
        "revisions_adoptiondecision_late_insert",
        "revisions_adoptiondecision",
        "INSERT",
        "施行した版の根拠とした決定は変更できません。",
        _NO_DRAFT,
    ),
]
