"""正誤表: in which words and numbers a correcting issue differs from the issue that it corrects."""

from initiatives.stated_column import Kind
from reviews.report.document import Cell, Column, ReportDocument, Table

COMPARED = ("as_of", "edition", "overview", "technology_trends", "national_trends")
"""Passages that can be wrong; the others say which issue it is."""
NOT_COMPARED = ("errata", "previous_texts", "meanings")
ROW_NAMES = ("code", "decision")
"""Columns that name a row; where a table has none of them, its first two columns do."""

COLUMNS = (
    Column("place", "箇所"),
    Column("column", "項目"),
    Column("wrong", "誤"),
    Column("right", "正"),
)

Place = tuple[str, ...]


def errata_table(old: ReportDocument, new: ReportDocument) -> Table:
    """Return the 正誤表 of a correcting issue: every word and number that differs from the issue it corrects."""
    # A table or a column that only one of them has belongs to another version of the software, and is no error.
    shared = _columns(old) & _columns(new)
    before, after = _flat(old, shared), _flat(new, shared)
    rows = []
    for key in dict.fromkeys([*before, *after]):
        wrong, right = before.get(key), after.get(key)
        place, label, _ = right or wrong or ("", "", "")
        texts = (wrong[2] if wrong else "", right[2] if right else "")
        if texts[0] != texts[1]:
            told = {"place": place, "column": label, "wrong": texts[0], "right": texts[1]}
            rows.append(told)
    return Table.of("errata", "正誤表", COLUMNS, rows)


WITHHELD = "（個人情報を含むため差し控えました）"


def replaced_table(title: str) -> Table:
    """Return the 正誤表 of an issue that takes the place of one that is withheld, and tells none of its words."""
    row = {"place": title, "column": "全体", "wrong": WITHHELD, "right": "この号に差し替えた。"}
    return Table.of("errata", "正誤表", COLUMNS, [row])


def _heads(table: Table) -> list[Column]:
    named = [column for column in table.columns if column.key in ROW_NAMES]
    return named[:1] or list(table.columns[:2])


def _columns(document: ReportDocument) -> set[Place]:
    return {(table.key, column.key) for table in document.tables for column in table.columns}


def _flat(document: ReportDocument, shared: set[Place]) -> dict[Place, tuple[str, str, str]]:
    """Return every passage and cell as place, label and text, by keys that outlast a change of labels.

    A row is known by its leading words, not by its position, and a count by the code that it counts.
    """
    flat: dict[Place, tuple[str, str, str]] = {
        (passage.key,): (passage.label, "", passage.text)
        for passage in document.passages
        if passage.key in COMPARED
    }
    for table in document.tables:
        if table.key in NOT_COMPARED:
            continue
        heads = _heads(table)
        for row in table.rows:
            cells = list(zip(table.columns, row, strict=True))
            names = [cell.words for column, cell in cells if column in heads and cell.words]
            for column, cell in cells:
                if column in heads or (table.key, column.key) not in shared:
                    continue
                place = f"{table.title} {' '.join(names)}"
                flat[table.key, *names, column.key] = (place, column.label, _told(column, cell))
    return flat


def _told(column: Column, cell: Cell) -> str:
    """Return what stands in a cell, a day as machines write it, so that every digit can be compared."""
    return str(cell.value) if column.kind is Kind.DAY and cell.value else cell.words
