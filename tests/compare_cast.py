"""Drafts with changes to compare, and rows of 新旧対照表 as short texts."""

from datetime import date
from typing import Any

from draft_cast import text_of
from draft_cast import write_section as write_section
from meeting_cast import by_decision
from openpyxl.cell.rich_text import CellRichText, TextBlock

from people.models import User
from plans.models import Axis, Edition, FocusItemText, Policy
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_add, amend_end, amend_text
from revisions.models import Origin
from revisions.papers.document import comparison_table
from revisions.papers.table import ComparisonTable, Line, Row, TableWords
from revisions.queries.revisions import revision

URL = "/editions/compare/1.0/1.1/"
WORDS = TableWords()


def amend(
    edition: Edition,
    code: str,
    *,
    by: User,
    reason: str,
    origin: Origin | None = None,
    **words: object,
) -> FocusItemText:
    """Change what is given of an item, on the version that stands."""
    text = text_of(edition, code)
    values = {"title": text.title, "overview": text.overview, "is_study": text.is_study, **words}
    more = {"origin": origin} if origin else {}
    return amend_text(
        text=text, opened_version=text.version, reason=reason, by=by, **values, **more
    )  # type: ignore[arg-type]  # The values are those of a text.


def add(
    edition: Edition, *, by: User, title: str = "書かない窓口", reason: str = "始めるため。"
) -> None:
    amend_add(
        policy=policy_of(edition, "1-A"),
        title=title,
        overview="申請書を書かずに済むようにします。",
        is_study=True,
        reason=reason,
        by=by,
    )


def change(edition: Edition, by: User) -> Edition:
    """Reword one item, make one concrete, end one and add one."""
    amend(
        edition,
        "1-A-1",
        by=by,
        reason="窓口が変わったため。",
        overview="申請から決済までをスマートフォンで完結させます。",
    )
    origin = by_decision(edition, by, "1-A-2")
    amend(edition, "1-A-2", by=by, reason="実施を決めたため。", is_study=False, origin=origin)
    amend_end(text=text_of(edition, "1-B-1"), opened_version=1, reason="終えるため。", by=by)
    add(edition, by=by)
    return edition


def adopt(edition: Edition, by: User, *, day: int = 10) -> Edition:
    return adopt_edition(
        edition=edition,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, day),
        basis="本部会議",
        by=by,
    )


def policy_of(edition: Edition, key: str) -> Policy:
    return Policy.objects.select_related("axis", "edition").get(edition=edition, key=key)


def axis_of(edition: Edition, key: str) -> Axis:
    return Axis.objects.select_related("edition").get(edition=edition, key=key)


def table_of(old: Edition, new: Edition, words: TableWords = WORDS) -> ComparisonTable:
    return comparison_table(revision(old, new), words)


def told(row: Row) -> tuple[str, str, str]:
    """Return both sides, the new one first and what is marked in [], and what is remarked in short."""
    remarks = row.remarks
    said = [str(kind.label) for kind in remarks.kinds]
    said += [*remarks.notes, *(given.text for given in remarks.reasons)]
    return side(row.new), side(row.old), " ".join(said)


def side(lines: tuple[Line, ...]) -> str:
    return "/".join(
        "".join(f"[{one.text}]" if one.is_marked else one.text for one in line.stretches)
        for line in lines
    )


def rows_of(old: Edition, new: Edition) -> list[tuple[str, str, str]]:
    """Return all rows of the table in short."""
    return [told(row) for row in table_of(old, new).rows]


def plain_cell(value: Any) -> str:
    """Return the words of a cell, rich text or not."""
    return str(value or "")


def underlined(value: Any) -> list[str]:
    """Return the underlined stretches of a cell."""
    if not isinstance(value, CellRichText):
        return []
    return [part.text for part in value if isinstance(part, TextBlock) and part.font.u]
