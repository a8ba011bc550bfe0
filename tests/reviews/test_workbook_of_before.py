"""R1: a report sealed before there were meetings gives exactly the cells that it gave then.

The stored file holds such a document, with texts taller than a row, and what was read from its workbook in those days.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from report_cast import cells

from reviews.report.document import Column, Passage, ReportDocument, Seal, Table
from reviews.workbooks.report import report_workbook

STORED = Path(__file__).parent / "workbook_of_before.json"
MOMENT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)


def document_of(stored: dict[str, Any]) -> ReportDocument:
    return ReportDocument(
        tuple(Passage(**passage) for passage in stored["passages"]),
        tuple(
            Table(
                table["key"],
                table["title"],
                tuple(Column(**column) for column in table["columns"]),
                tuple(tuple(row) for row in table["rows"]),
            )
            for table in stored["tables"]
        ),
    )


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def test_r1_a_document_without_the_new_tables_gives_the_cells_it_gave_before() -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    document = document_of(stored["document"])
    content = report_workbook(document, seal=Seal(MOMENT, document.digest()), made_at=MOMENT)
    found = {
        name: [
            [plain(value) for value in cell]
            for cell in of_sheet
            if len(cell) != 5 or cell[1] is not None
        ]
        for name, of_sheet in cells(content).items()
    }
    assert found.keys() == stored["cells"].keys()
    for name, of_sheet in found.items():
        assert sorted(map(str, of_sheet)) == sorted(map(str, stored["cells"][name]))
