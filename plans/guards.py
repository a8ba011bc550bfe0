"""What the database refuses in the plans app (rules T1 and T3): an edition that is no draft any more stays as it is.

Until its day has come an adoption may be taken back or moved, upon a row that says so (rule A4)."""

from kirishima_dx.guards import Guard, append_only, fixed, kept_in_history
from plans.closable import CLOSABLE

TEXT_TABLES = {
    "plans_axis": "軸",
    "plans_policy": "取組方針",
    "plans_focusitemtext": "重点項目の文言",
    "plans_section": "章・節",
    "plans_descent": "項目の系譜",
    "plans_erratum": "正誤",
}
WHAT_IT_IS = {
    "plans_edition": ("plan_id", "major", "minor", "base_id", "opened_at", "opened_by_id"),
    "plans_axis": ("edition_id", "key"),
    "plans_policy": ("edition_id", "key"),
    "plans_focusitemtext": ("edition_id", "focus_item_id"),
    "plans_section": ("edition_id", "key"),
    "plans_descent": ("edition_id",),
    "plans_erratum": ("edition_id",),
}
"""Columns that stay in a draft too: links, amendments and comparisons find the text by them."""
_PLAN_NAMES = ("name", "municipality", "municipality_code")
KEPT_EDITION_COLUMNS = (
    "id",
    "plan_id",
    "major",
    "minor",
    "base_id",
    "first_fiscal_year",
    "last_fiscal_year",
    "issuer",
    "last_updated",
    "opened_at",
    "opened_by_id",
    "decided_on",
    "effective_from",
    "adoption_basis",
    "adopted_at",
    "adopted_by_id",
    "abandoned_at",
    "abandoned_by_id",
    "abandoned_because",
    "version",
)


def _is_fixed(row: str) -> str:
    return f"(SELECT status FROM plans_edition WHERE id = {row}.edition_id) <> 'draft'"  # noqa: S608 — our own words


def _text_guards() -> list[Guard]:
    guards = []
    for table, what in TEXT_TABLES.items():
        message = f"施行した版、取りやめた案の{what}は変更できません。"
        guards += [
            Guard(
                f"{table}_fixed_update",
                table,
                "UPDATE",
                message,
                f"{_is_fixed('OLD')} OR {_is_fixed('NEW')}",
                CLOSABLE["Erratum"] if table == "plans_erratum" else {},
            ),
            Guard(f"{table}_fixed_delete", table, "DELETE", message, _is_fixed("OLD")),
        ]
        if table != "plans_erratum":  # A misprint found later is added beside the text.
            guards.append(
                Guard(f"{table}_fixed_insert", table, "INSERT", message, _is_fixed("NEW"))
            )
    return guards


ADOPTION_COLUMNS = ("decided_on", "effective_from", "adoption_basis", "adopted_at", "adopted_by_id")


def _step(old: str, new: str, *conditions: str, but: tuple[str, ...] = ()) -> str:
    """Say that an edition goes from one status to another and, outside the columns `but`, stays as it is."""
    same = [f"NEW.{name} <=> OLD.{name}" for name in KEPT_EDITION_COLUMNS if name not in but]
    return " AND ".join([f"OLD.status = '{old}'", f"NEW.status = '{new}'", *same, *conditions])


_RECALLED = (
    "EXISTS (SELECT 1 FROM plans_recalledadoption r WHERE r.edition_id = OLD.id"
    " AND r.effective_from = OLD.effective_from AND r.adopted_at = OLD.adopted_at"
    " AND r.recalled_on < OLD.effective_from AND {})"
)
_superseded = _step("in_force", "superseded")
_called_off = _step(
    "in_force",
    "draft",
    *(f"NEW.{name} IS NULL" for name in ADOPTION_COLUMNS if name != "adoption_basis"),
    "NEW.adoption_basis = ''",
    _RECALLED.format("r.new_effective_from IS NULL"),
    but=ADOPTION_COLUMNS,
)
_moved = _step(
    "in_force",
    "in_force",
    _RECALLED.format(
        "r.new_effective_from = NEW.effective_from AND r.recalled_at = NEW.adopted_at"
        " AND r.recalled_by_id = NEW.adopted_by_id"
    ),
    but=("effective_from", "adopted_at", "adopted_by_id"),
)
_in_force_again = _step(
    "superseded",
    "in_force",
    "EXISTS (SELECT 1 FROM plans_edition later JOIN plans_recalledadoption r ON r.edition_id = later.id"
    " WHERE later.base_id = OLD.id AND later.status = 'draft' AND r.new_effective_from IS NULL)",
)
_STEPS = " OR ".join(f"({step})" for step in (_superseded, _called_off, _moved, _in_force_again))
_same_adoption = " AND ".join(f"e.{name} = NEW.{name}" for name in ADOPTION_COLUMNS)
_recalls_what_stands = (
    "EXISTS (SELECT 1 FROM plans_edition e"  # noqa: S608 — our own words
    f" WHERE e.id = NEW.edition_id AND e.status = 'in_force' AND {_same_adoption})"
)

GUARDS = [
    fixed("plans_plan", "code", what="計画のコード"),
    kept_in_history("plans_plan", "plans_historicalplan", *_PLAN_NAMES, what="計画の名称"),
    Guard(
        "plans_plan_demo_stays",
        "plans_plan",
        "UPDATE",
        "デモの計画は、デモのままです。",
        "OLD.is_demo AND NOT NEW.is_demo",
    ),
    Guard("plans_plan_no_delete", "plans_plan", "DELETE", "計画は削除できません。"),
    *(
        fixed(table, *columns, what=f"{TEXT_TABLES.get(table, '版')}が何であるか")
        for table, columns in WHAT_IT_IS.items()
    ),
    *_text_guards(),
    Guard(
        "plans_edition_fixed_update",
        "plans_edition",
        "UPDATE",
        "施行した版、取りやめた案は変更できません。",
        f"OLD.status <> 'draft' AND NOT ({_STEPS})",
        CLOSABLE["Edition"],
    ),
    Guard(
        "plans_edition_fixed_delete",
        "plans_edition",
        "DELETE",
        "施行した版、取りやめた案は削除できません。",
        "OLD.status <> 'draft'",
    ),
    Guard(
        "plans_focusitem_code_kept",
        "plans_focusitem",
        "UPDATE",
        "重点項目の番号は変更できません。",
        "NOT (NEW.code <=> OLD.code AND NEW.plan_id <=> OLD.plan_id)",
    ),
    Guard("plans_itemfate_no_update", "plans_itemfate", "UPDATE", "項目の引継ぎは変更できません。"),
    Guard(
        "plans_itemfate_no_delete",
        "plans_itemfate",
        "DELETE",
        "項目の引継ぎは削除できません。",
        _is_fixed("OLD"),
    ),
    Guard(
        "plans_itemfate_late_insert",
        "plans_itemfate",
        "INSERT",
        "施行した版、取りやめた案に項目の引継ぎは追加できません。",
        _is_fixed("NEW"),
    ),
    *append_only(
        "plans_recalledadoption",
        what="施行の取りやめ・変更の記録",
        closable=CLOSABLE["RecalledAdoption"],
    ),
    Guard(
        "plans_recalledadoption_of_what_stands",
        "plans_recalledadoption",
        "INSERT",
        "施行の取りやめ・変更は、いま決まっている施行について記録します。",
        f"NOT {_recalls_what_stands}",
    ),
]
