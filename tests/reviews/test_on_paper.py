"""Every workbook of the product as LibreOffice prints it: no letter under 9 points, none cut off."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from compare_cast import change
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from meeting_cast import decided, put
from paper_cast import Record, late, reported
from printed import printed

from kirishima_dx.spreadsheets.paper import LEAST
from people.models import Department, User
from plans.models import Edition, FocusItem
from reviews.enums import AgendaKind
from reviews.models import Meeting
from rounds.models import Answer

TEXT = (
    "令和8年度は支所の窓口で試行し、利用者の声を聞いて案内の順番を改めた（対象は3か所から12か所）。"
    * 8
)


@pytest.fixture
def meeting(
    draft: Edition,
    secretariat: User,
    welfare: Department,
    responsible: FocusItem,
    editor: User,
    record: Record,
) -> Meeting:
    """A meeting with a draft report, a past decision, and long words of a late item."""
    long = dict.fromkeys(
        ("rating_reason", "achievements", "outcome", "problem", "next_steps"), TEXT
    )
    late(record, responsible, editor, **long, new_due_date=date(2027, 3, 31))
    decided(draft, secretariat, welfare)
    changed = change(draft, secretariat)
    meeting = reported(changed, secretariat)
    put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=changed)
    return meeting


def workbooks_there_are() -> set[str]:
    """Return the names of all addresses at which a workbook stands."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, path)
            else:
                yield path, str(one.name)

    found = walk(get_resolver().url_patterns, "")
    return {name for path, name in found if re.search(r"\.xlsx$", path)}


@pytest.mark.office
@pytest.mark.sqlite
def test_no_workbook_prints_small_letters_or_cuts_them(
    meeting: Meeting, answer: Answer, secretariat: User, client: Client, tmp_path: Path
) -> None:
    report = meeting.report
    assert report is not None
    addresses: dict[str, list[object]] = {
        "assignments_workbook": [],
        "edition_compare_workbook": ["1.0", "1.1"],
        "decision_list_workbook": [],
        "department_list_workbook": [],
        "item_list_workbook": [],
        "meeting_workbook": [meeting.pk],
        "report_issue_workbook": [report.fiscal_year, report.number],
        "round_board_workbook": [answer.round_id],
        "round_workbook": [answer.round_id],
    }
    assert addresses.keys() == workbooks_there_are() - {"report_year_workbook"}
    client.force_login(secretariat)
    books = {name: client.get(reverse(name, args=args)).content for name, args in addresses.items()}
    for name, found in printed(books, tmp_path).items():
        assert found, name
        assert min(one.size for one in found) >= LEAST - 0.05, name
        # The form keeps a row an item, to be filled in on a screen; Excel makes none taller than 409 points.
        if name != "round_workbook":
            assert not [one for one in found if one.is_cut], name
