"""What the database refuses in the reviews app (rules R1, R2 and T1)."""

from kirishima_dx.guards import Guard, append_only

_SEALED_PARTS = ("reviews_sealedpassage", "reviews_sealedtable", "reviews_sealedrow")


def _sealed_part_guards(table: str) -> list[Guard]:
    message = "確定した年次報告は変更できません。"
    late = "(SELECT status FROM reviews_annualreport WHERE id = NEW.report_id) = 'sealed'"
    return [
        *append_only(table, what="確定した年次報告の内容"),
        Guard(f"{table}_late_insert", table, "INSERT", message, late),
    ]


GUARDS = [
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
    *[guard for table in _SEALED_PARTS for guard in _sealed_part_guards(table)],
    *append_only("reviews_amendment", what="改定の記録"),
    Guard(
        "reviews_amendment_late_insert",
        "reviews_amendment",
        "INSERT",
        "施行した版に改定の記録は追加できません。",
        "(SELECT status FROM plans_edition WHERE id = NEW.edition_id) <> 'draft'",
    ),
]
