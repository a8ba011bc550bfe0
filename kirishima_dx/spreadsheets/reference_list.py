"""A reference list that comes from Excel: declared once, then read, compared, shown, applied and written.

A list is a subclass of ReferenceList: its columns, what stands now, and which action does what a row says. The engine
is django-import-export, which walks the rows, reads their cells, skips what says the same and sorts out the rest. Ours
is the comparison with rows that are read once, so that a preview writes nothing (its own dry run saves and rolls back)
and an unchanged row asks nothing. Nothing is ever deleted; a column that the file lacks is left alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from import_export import fields, instance_loaders, resources
from import_export.results import RowResult
from tablib import Dataset

from kirishima_dx.spreadsheets.guard.reading import read_sheets
from kirishima_dx.spreadsheets.list_rows import (
    CellChange,
    Column,
    Entry,
    ListCheck,
    ListOutdated,
    ListRow,
    ListWrong,
    Told,
)
from kirishima_dx.spreadsheets.list_upload import ListUpload, take_list
from kirishima_dx.spreadsheets.look import Value
from kirishima_dx.spreadsheets.table import CellFault, Table, TableRow, find_table

ENTRY = "entry"
"""Under this name a row of the engine carries its entry; headers are Japanese."""
Rule = tuple[tuple[str, ...], str | list[str]]
"""Columns that break a rule together, and what is wrong: told at the first of them that the file has, once a column,
not where one of them cannot be read."""

STRUCK_OUT = (
    "この行には、すべて取消線が付いています。"
    "取り込まないなら行ごと消し、取り込むなら取消線を外してください。"
)


class ReferenceList(resources.Resource):
    """The base of all lists. Rows are matched by the first of `keys` that is filled in."""

    sheet: str
    columns: Sequence[Column]
    keys: Sequence[str]
    model: type[models.Model] | None = None
    """Whose fields say how long a text may be."""
    unknown = ""
    """What is wrong with a key that nothing bears; empty where that is a new row."""
    twice = "同じ{label}の行が二つ以上あります（{rows}行目）。一行にしてください。"

    class Meta:
        import_id_fields = ()
        instance_loader_class = instance_loaders.BaseInstanceLoader
        skip_unchanged = skip_html_diff = store_instance = True

    def __init__(self) -> None:
        super().__init__()
        self.by_key = {column.key: column for column in self.columns}
        for key, column in self.by_key.items():
            is_told = column.is_given or key in self.keys
            self.fields[key] = fields.Field(key, column.label, column.kind, readonly=is_told)

    def records(self) -> Sequence[Any]:
        """Return what stands now, in a fixed number of queries."""
        raise NotImplementedError

    def values_of(self, record: Any) -> dict[str, Any]:
        return {key: getattr(record, key) for key in self.by_key}

    def rules(self, new: Entry) -> Iterator[Rule]:
        """Yield what is wrong with a row that changes something. Asks no query."""
        for one in self.model._meta.fields if self.model else ():
            if one.name in self.by_key and (getattr(new, one.name) or not one.blank):
                try:
                    one.clean(getattr(new, one.name), None)
                except ValidationError as error:
                    yield (one.name,), error.messages

    def mistaken(self, new: Entry) -> str:
        """Return why a row cannot mean what its key names."""
        return ""

    def notes(self, new: Entry) -> list[str]:
        return []

    def warnings(self, old: Entry | None, new: Entry) -> list[str]:
        return []

    def lock(self) -> None:
        """Lock what the list is compared with."""
        raise NotImplementedError

    def save(self, new: Entry, *, by: Any, reason: str) -> None:
        """Do what a row says, by an action. Raises ValidationError, by keys of columns, where that refuses."""
        raise NotImplementedError

    def read(self, content: bytes) -> Table:
        """Return the table of an uploaded list. Raises WorkbookRefused and TableRefused."""
        labels = [column.label for column in self.columns]
        needed = [column.label for column in self.columns if column.is_needed]
        sheets = read_sheets(content)
        return find_table(sheets, sheet_name=self.sheet, columns=labels, required=needed)

    def check(self, content: bytes) -> ListCheck:
        """Compare a list with what stands. Nothing is written, and no transaction is opened."""
        table = self.read(content)
        self._load(table)
        return self._run(table, dry_run=True)

    def apply(self, upload: ListUpload, *, seen: str, by: Any) -> ListCheck:
        """Do what the preview showed, all of it or nothing.

        Raises ListOutdated where what stands is no longer in the state `seen` or the list was applied before, and
        ListWrong.
        """
        table = self.read(bytes(upload.content))
        with transaction.atomic():
            take_list(upload, by=by)
            self.lock()
            self._load(table)
            if self.state != seen:
                raise ListOutdated
            reason = f"{self.sheet}「{upload.file_name}」の取込み"
            done = self._run(table, dry_run=False, by=by, reason=reason)
            if done.faults:
                raise ListWrong(done)
        return done

    def written(self) -> list[Sequence[Value]]:
        """Return what stands now, as the workbook holds it."""
        return list(self.export([Entry(one, self.values_of(one)) for one in self.records()]))

    def _load(self, table: Table) -> None:
        """Read what stands, once for all rows, and find what each row means."""
        standing = [Entry(one, self.values_of(one)) for one in self.records()]
        self.state = sha256(repr(list(self.export(standing))).encode()).hexdigest()
        known = {key: {getattr(entry, key): entry for entry in standing} for key in self.keys}
        self.entries = [self._entry(row, known) for row in table.rows]
        self.numbers = defaultdict(list)
        for entry in self.entries:
            self.numbers[self._meaning(entry)].append(entry.told.number)
        self.absent = sum(self._meaning(entry) not in self.numbers for entry in standing)

    def _entry(self, row: TableRow, known: Mapping[str, Mapping[str, Entry]]) -> Entry:
        cells = {c.key: row.cells[c.label] for c in self.columns if c.label in row.cells}
        present = [key for key in self.keys if key in cells]
        filled = (key for key in present if cells[key].fault or cells[key].text())
        named_by = next(filled, present[-1])
        key = fault = ""
        try:
            key = self.by_key[named_by].kind.clean(cells[named_by])
        except ValueError as error:
            fault = str(error)
        blank = Entry(None, {key: column.kind.blank for key, column in self.by_key.items()})
        entry = copy(known[named_by].get(key, blank))
        is_struck_out = row.is_struck_out(row.cells)
        entry.told = Told(row.number, cells, named_by, key, fault, is_struck_out)
        return entry

    def _meaning(self, entry: Entry) -> object:
        """Return what two rows for the same thing have in common, whichever key names it."""
        return (entry.told.key,) if entry.record is None else id(entry.record)

    def _run(self, table: Table, *, dry_run: bool, **act: Any) -> ListCheck:
        dataset = Dataset(headers=[*table.columns, ENTRY])
        for row, entry in zip(table.rows, self.entries, strict=True):
            dataset.append([*(row.cells[label] for label in table.columns), entry])
        # The engine's import_data opens a transaction even for a dry run; apply opens its own.
        result = self.import_data_inner(dataset, dry_run, False, False, False, **act)
        for error in (*result.base_errors, *(e for row in result.error_rows for e in row.errors)):
            raise error.error  # What nobody foresaw.
        check = ListCheck(self.state, self.absent, table.unknown, table.notes)
        for entry, done in zip(self.entries, result.rows, strict=True):
            if done.validation_error is not None:
                check.faults += self._faults(table.sheet, entry.told, done.validation_error)
            elif done.is_skip():
                check.unchanged.append(self._row(done))
            else:
                (check.new if done.is_new() else check.changed).append(self._row(done))
        return check

    def _row(self, done: RowResult) -> ListRow:
        old, new = done.original, done.instance
        changes = []
        for column in map(self.by_key.__getitem__, new.told.cells):
            shown = column.kind.shown
            before, after = (shown(getattr(one, column.key)) if one else "" for one in (old, new))
            if before != after and column.key not in self.keys:
                changes.append(CellChange(column.label, before, after))
        return ListRow(old, new, changes, self.notes(new), self.warnings(old, new))

    def _faults(self, sheet: str, told: Told, error: ValidationError) -> Iterator[CellFault]:
        for names, errors in error.update_error_dict({}).items():
            keys = [key for key in names.split(",") if key in self.by_key]
            label = self.by_key[keys[0]].label if keys else ""
            places = (told.cells[key].address for key in keys if key in told.cells)
            address = next(places, f"{told.number}行目")
            for message in ValidationError(errors).messages:
                yield CellFault(sheet, address, label, message)

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Entry, bool]:
        return row[ENTRY], row[ENTRY].record is None

    def import_instance(self, instance: Entry, row: Any, **options: Any) -> None:
        """Read all cells of a row, so that all its faults are told at once, that of its key first."""
        told = instance.told
        if told.is_struck_out:
            raise ValidationError({NON_FIELD_ERRORS: STRUCK_OUT})
        setattr(instance, told.named_by, told.key)
        fault = self._key_fault(instance)
        errors: dict[str, Any] = {told.named_by: ValidationError(fault)} if fault else {}
        try:
            super().import_instance(instance, row, **options)
        except ValidationError as error:
            errors |= error.error_dict
        if errors:
            raise ValidationError(errors)

    def _key_fault(self, new: Entry) -> str:
        told, numbers = new.told, self.numbers[self._meaning(new)]
        if told.fault:
            return told.fault
        wrong = self.twice if len(numbers) > 1 else ""
        if self.unknown and new.record is None:
            wrong = self.unknown
        label, rows = self.by_key[told.named_by].label, "、".join(map(str, numbers))
        return wrong.format(key=told.key, label=label, rows=rows) or self.mistaken(new)

    def validate_instance(self, instance: Entry, errors: Any = None, **options: Any) -> None:
        errors = dict(errors or {})
        if NON_FIELD_ERRORS in errors:
            raise ValidationError(errors)
        unread, wrong = set(errors), set(errors)
        for names, messages in self.rules(instance):
            if names[0] not in wrong and not unread & set(names):
                wrong.add(names[0])
                errors[",".join(names)] = ValidationError(messages)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Entry, is_create: bool, row: Any, **options: Any) -> None:
        if not options["dry_run"]:
            self.save(instance, by=options["by"], reason=options["reason"])
