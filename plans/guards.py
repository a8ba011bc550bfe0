"""What the database refuses in the plans app (rules T1 and T3): an edition that is no draft any more stays as it is."""

from kirishima_dx.guards import Guard, append_only
from plans.closable import CLOSABLE

TEXT_TABLES = {
    "plans_axis": "軸",
    "plans_policy": "取組方針",
    "plans_focusitemtext": "重点項目の文言",
    "plans_section": "章・節",
    "plans_descent": "項目の系譜",
    "plans_erratum": "正誤",
}
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


_only_superseded = " AND ".join(
    ["OLD.status = 'in_force'", "NEW.status = 'superseded'"]
    + [f"NEW.{column} <=> OLD.{column}" for column in KEPT_EDITION_COLUMNS]
)

GUARDS = [
    *_text_guards(),
    Guard(
        "plans_edition_fixed_update",
        "plans_edition",
        "UPDATE",
        "施行した版、取りやめた案は変更できません。",
        f"OLD.status <> 'draft' AND NOT ({_only_superseded})",
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
    *append_only("plans_itemfate", what="項目の引継ぎ"),
    Guard(
        "plans_itemfate_late_insert",
        "plans_itemfate",
        "INSERT",
        "施行した版、取りやめた案に項目の引継ぎは追加できません。",
        _is_fixed("NEW"),
    ),
]
