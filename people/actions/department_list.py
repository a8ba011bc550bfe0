"""A list of departments from Excel: what it would change, and changing exactly that."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from import_export.results import RowResult

from kirishima_dx import clock
from kirishima_dx.workbook_table import CellFault, Table, TableRow
from people.actions.department_resource import (
    COLUMNS,
    DepartmentResource,
    code_of,
    dataset_of,
)
from people.models import Department, DepartmentListUpload, User

NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"


class DepartmentListOutdated(Exception):
    """The departments are no longer as the preview showed them, or the list was applied already."""


class DepartmentListWrong(ValueError):
    """The list has errors; nothing was applied."""


@dataclass(frozen=True)
class CellChange:
    """One column of one department: what stands and what the file says; `old` is empty for a new department."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ListRow:
    """What one row of the file would do; `kind` is new, changed, unchanged or wrong."""

    number: int
    code: str
    name: str
    kind: str
    changes: list[CellChange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DepartmentListCheck:
    """A list beside the departments as they are. `state` says how they were; `absent` counts those not in the list."""

    rows: list[ListRow]
    state: str
    absent: int
    unknown: list[str]

    def of(self, kind: str) -> list[ListRow]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def new(self) -> list[ListRow]:
        return self.of(NEW)

    @property
    def changed(self) -> list[ListRow]:
        return self.of(CHANGED)

    @property
    def unchanged(self) -> list[ListRow]:
        return self.of(UNCHANGED)

    @property
    def faults(self) -> list[CellFault]:
        return [fault for row in self.rows for fault in row.faults]

    @property
    def can_be_applied(self) -> bool:
        return not self.faults and bool(self.new or self.changed)


def check_department_list(table: Table) -> DepartmentListCheck:
    """Compare a list with the departments as they are; a dry run, nothing is written."""
    state = Department.objects.fingerprint()
    rows = _run(table, dry_run=True)
    codes = {row.code for row in rows}
    absent = sum(code not in codes for code in Department.objects.values_list("code", flat=True))
    return DepartmentListCheck(rows, state, absent, table.unknown)


@transaction.atomic
def apply_department_list(
    *, upload: DepartmentListUpload, table: Table, seen_state: str, by: User
) -> DepartmentListCheck:
    """Do what the preview showed, all of it or nothing.

    Raises DepartmentListOutdated where the departments are no longer in `seen_state` or the list was applied before,
    and DepartmentListWrong where it has errors.
    """
    # One list at a time, also where no department exists yet whose row could be locked.
    list(DepartmentListUpload.objects.select_for_update().order_by("pk").values_list("pk")[:1])
    upload = DepartmentListUpload.objects.select_for_update().get(pk=upload.pk)
    list(Department.objects.select_for_update().order_by("pk").values_list("pk"))
    if upload.applied_at is not None or Department.objects.fingerprint() != seen_state:
        raise DepartmentListOutdated
    reason = f"部署一覧「{upload.file_name}」の取込み"
    rows = _run(table, dry_run=False, by=by, reason=reason)
    done = DepartmentListCheck(rows, seen_state, 0, table.unknown)
    if done.faults:
        raise DepartmentListWrong
    upload.applied_at, upload.applied_by = clock.now(), by
    upload.save(update_fields=["applied_at", "applied_by"])
    return done


def keep_department_list(*, file_name: str, content: bytes, by: User) -> DepartmentListUpload:
    """Keep a list that was sent in, so that what is applied later is what was shown."""
    return DepartmentListUpload.objects.create(
        file_name=file_name[-255:], content=content, uploaded_at=clock.now(), uploaded_by=by
    )


def _run(table: Table, *, dry_run: bool, by: User | None = None, reason: str = "") -> list[ListRow]:
    resource = DepartmentResource(by=by, reason=reason)
    result = resource.import_data(
        dataset_of(table),
        dry_run=dry_run,
        use_transactions=True,
        rollback_on_validation_errors=True,
    )
    for error in result.base_errors:
        raise error.error
    return [_row(table, row, done) for row, done in zip(table.rows, result.rows, strict=True)]


def _row(table: Table, row: TableRow, done: RowResult) -> ListRow:
    """Say of one row what the engine did or would do; what nobody foresaw is raised."""
    for error in done.errors:
        raise error.error
    code = code_of(row.cells)
    if done.validation_error is not None:
        name = row.cells.get(COLUMNS["name"])
        faults = _faults(table, row, done.validation_error)
        return ListRow(row.number, code, name.text() if name else "", WRONG, faults=faults)
    new: Department = done.instance
    if done.import_type == RowResult.IMPORT_TYPE_SKIP:
        return ListRow(row.number, code, new.name, UNCHANGED)
    old: Department | None = None if done.is_new() else done.original
    changes = _changes(table, old, new)
    kind = NEW if old is None else CHANGED
    return ListRow(row.number, code, new.name, kind, changes, notes=_notes(old, new))


def _faults(table: Table, row: TableRow, error: ValidationError) -> list[CellFault]:
    found = []
    for name, messages in error.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else COLUMNS.get(name, name)
        cell = row.cells.get(label)
        address = cell.address if cell else f"{row.number}行目"
        found += [CellFault(table.sheet, address, label, message) for message in messages]
    return found


def _changes(table: Table, old: Department | None, new: Department) -> list[CellChange]:
    changes = []
    for name, label in COLUMNS.items():
        before, after = (_shown(getattr(row, name)) if row else "" for row in (old, new))
        if label in table.columns and before != after and name != "code":
            changes.append(CellChange(label, before, after))
    return changes


def _shown(value: str | int | date | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _notes(old: Department | None, new: Department) -> list[str]:
    """Point out what is usually done in another way."""
    notes = []
    if old is not None and old.name != new.name:
        notes.append(
            "名称を書き換えると、過去の画面の表示も新しい名称になります。"
            "機構改革による改称は「機構改革・引継ぎ」で行ってください。"
        )
    if old is not None and old.valid_until is None and new.valid_until is not None:
        notes.append(
            "廃止日が入ります。担当している項目の引継ぎは「機構改革・引継ぎ」で行ってください。"
        )
    return notes
