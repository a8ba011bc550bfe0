"""担当一覧 as a workbook: one row an item, a drop-down for the lead department; what comes back is compared.

What a file changes is saved by the page on which all items are assigned: it asks from which day on, and why.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from initiatives.enums import NO_DEPARTMENT
from initiatives.exports.item_list import CODE
from initiatives.queries.assignments import AssignmentRow
from kirishima_dx.spreadsheets.cell_kinds import TEXT, Kind
from kirishima_dx.spreadsheets.list_rows import Column, Entry, ListCheck
from kirishima_dx.spreadsheets.list_workbook import HEAD, Layout, list_workbook
from kirishima_dx.spreadsheets.look import Dresser, write_table
from kirishima_dx.spreadsheets.reference_list import ReferenceList, Rule
from kirishima_dx.spreadsheets.table import TableCell
from kirishima_dx.typed_text import name_key
from people.models import Department
from people.queries import DepartmentNames
from plans.models import Plan

DEPARTMENTS = "部署"
PLACE, LEAD, SUPPORTING = "番号", "主担当課", "関係課"
GUIDE = {
    PLACE: "この版での重点項目の番号です。改定で変わることがあります。行の順は変えてもかまいません。",
    LEAD: "主担当課を一つ、一覧から選びます。名称のほか、シート「部署」のコードでもかまいません。"
    "空欄は「未設定」（主担当課を置かない）です。",
    SUPPORTING: "関係課を「、」で区切って並べます（例：福祉課、企画課）。空欄は「なし」です。",
    CODE: "版が変わっても変わらない番号です。行の照合に使うので、書き換えないでください。"
    "行を書き足すときは、空欄のまま「番号」を入れてもかまいません。",
    "取り込むと": "変わるところを項目ごとに画面で確かめてから、いつからの担当かと理由を入れて保存します。"
    "この一覧にない項目の担当は、そのままです。列「関係課」を消すと、関係課はそのままです。",
}


class ItemNumber(Kind):
    """A number as the plan writes it, whatever width and dash it was typed with."""

    def read(self, cell: TableCell) -> str:
        text = unicodedata.normalize("NFKC", cell.text()).upper()
        return re.sub(r"[‐‑‒–—―−ーｰ]", "-", re.sub(r"\s", "", text))


class Departments(Kind):
    """Departments by any of their names, in the order of the city's list."""

    look, blank = TEXT, ()

    def __init__(self, names: DepartmentNames, *, none: str) -> None:
        super().__init__()
        self.names, self.none = names, none

    def read(self, cell: TableCell) -> list[Department]:
        return self.names.find_all(cell.text())

    def shown(self, value: list[Department]) -> str:
        return self.render(value) or self.none

    def render(self, value: list[Department], **options: Any) -> str:
        return self.names.labels(value)


def _columns(names: DepartmentNames) -> tuple[Column, ...]:
    number = ItemNumber(required="番号を入れてください。")
    return (
        Column("place", PLACE, number, 9, is_needed=True, is_given=True),
        Column("axis", "軸", Kind(), 24, is_given=True),
        Column("policy", "取組方針", Kind(), 30, is_given=True),
        Column("title", "重点項目", Kind(), 36, is_given=True),
        Column("lead", LEAD, Departments(names, none=NO_DEPARTMENT), 24, is_needed=True),
        Column("supporting", SUPPORTING, Departments(names, none="なし"), 44),
        Column("code", CODE, number, 12, is_given=True),
    )


class AssignmentList(ReferenceList):
    """The items of an edition, by the lasting code where a row has it, else by the number, which may have become that
    of another item since. `lead` is a list of one department or none."""

    sheet, keys = "担当一覧", ("code", "place")
    unknown = "「{key}」という{label}の項目は、この版にありません。"
    twice = "「{key}」の行が二つ以上あります。一行にしてください。"

    def __init__(self, rows: Sequence[AssignmentRow], names: DepartmentNames) -> None:
        self.columns = _columns(names)
        super().__init__()
        self.rows, self.names = rows, names
        titles = Counter(name_key(row.text.title) for row in rows)
        self._titled = {key: row for row in rows if titles[key := name_key(row.text.title)] == 1}

    def records(self) -> Sequence[AssignmentRow]:
        return self.rows

    def values_of(self, record: AssignmentRow) -> dict[str, Any]:
        policy = record.text.policy
        return {
            "place": record.text.place,
            "axis": policy.axis.name,
            "policy": policy.name,
            "title": record.text.title,
            "lead": [record.lead] if record.lead else [],
            "supporting": sorted(record.supporting, key=lambda one: one.place_order),
            "code": record.code,
        }

    def rules(self, new: Entry) -> Iterator[Rule]:
        if len(new.lead) > 1:
            yield ("lead",), "主担当課は一つだけにしてください。ほかは関係課に入れます。"
        if new.lead and new.lead[0] in new.supporting:
            message = f"「{new.lead[0]}」は主担当課なので、関係課には入れられません。"
            yield ("supporting", "lead"), message

    def mistaken(self, new: Entry) -> str:
        """Compare the title too where a row has no lasting code."""
        if new.told.named_by == "code":
            return ""
        title = new.told.cells.get("title")
        if title is not None and title.fault:
            return f"重点項目（{title.address}）を確かめられません。{title.fault}"
        meant = self._titled.get(name_key(new.told.text("title")))
        if meant is None or meant is new.record:
            return ""
        return (
            f"{new.told.key}は、いまは「{new.title}」の番号です。"
            f"「{meant.text.title}」のことなら、{meant.text.place}に直してください。"
        )

    def notes(self, new: Entry) -> list[str]:
        """Return what a row calls its item otherwise than the plan does today."""
        if new.told.named_by == "code":
            place = ItemNumber().read(new.told.cells["place"])
            note = f"ファイルでの番号は{place}です。いまは{new.place}です。"
            return [note] if place and place != new.place else []
        title = new.told.text("title")
        is_reworded = title and name_key(title) != name_key(new.title)
        return [f"ファイルでの重点項目は「{title}」です。"] if is_reworded else []

    def warnings(self, old: Entry | None, new: Entry) -> list[str]:
        loses_lead = old is not None and old.lead and not new.lead
        return ["主担当課がなくなります。ファイルの主担当課が空欄です。"] if loses_lead else []


def count_renumbered(check: ListCheck) -> int:
    """Count the items that were found by their lasting code and stand under another number today."""
    read = (*check.changed, *check.unchanged)
    return sum(row.new.told.named_by == "code" and bool(row.notes) for row in read)


def assignments_workbook(listed: AssignmentList, *, plan: Plan, made_at: datetime) -> bytes:
    def add_departments(book: Workbook, dresser: Dresser) -> None:
        _add_departments(book, listed, dresser)

    layout = Layout(frozen="E2", guide=GUIDE)
    return list_workbook(
        listed,
        layout,
        title=plan.name,
        owner=plan.municipality,
        made_at=made_at,
        add=add_departments,
    )


def _add_departments(book: Workbook, listed: AssignmentList, dresser: Dresser) -> None:
    """Offer the names on a sheet; a code may be typed instead, so another value is only questioned."""
    names = listed.names
    sheet = book.create_sheet(DEPARTMENTS)
    told = [[names.label(d), d.code, d.division] for d in names.departments]
    columns = {"名称": 36, "コード": 24, "部": 24}
    write_table(sheet, columns, told, head=HEAD, looks=[TEXT] * 3, dresser=dresser)
    sheet.freeze_panes = "A2"
    if not (told and listed.rows):
        return
    offer = DataValidation(
        type="list", formula1=f"'{DEPARTMENTS}'!$A$2:$A${len(told) + 1}", allow_blank=True
    )
    offer.errorStyle, offer.showErrorMessage = "warning", True
    offer.errorTitle = LEAD
    offer.error = f"一覧にない名称です。シート「{DEPARTMENTS}」の名称かコードを入れてください。"
    column = "ABCDEFG"[list(listed.by_key).index("lead")]
    offer.add(f"{column}2:{column}{len(listed.rows) + 1}")
    book[listed.sheet].add_data_validation(offer)
