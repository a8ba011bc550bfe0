"""Counting the rows of 進捗一覧: every sum is made of the rows of the same document (rule R3)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from initiatives.stated_column import Kind
from reviews.report.document import Cell, Column, Record, Table, Value
from reviews.report.looks import choices_of

TOTAL, SUBTOTAL = "合計", "小計"
COUNTS = "count_"
"""Begins the keys of the columns that count: the code that is counted follows."""
Counted = Mapping[str, Cell | str | int]


def counted_code(column: Column) -> str:
    """Return the code that a column counts."""
    return column.key.removeprefix(COUNTS)


def totals_by_policy(key: str, title: str, progress: Table, counted: str) -> Table:
    """Count the choices of one column by policy, axis and in all; each row says what it sums."""
    columns = _columns(Column("axis", "軸"), Column("policy", "取組方針"), counted)
    return Table.of(key, title, columns, _rows_by_policy(progress.records, counted))


def _rows_by_policy(records: Sequence[Record], counted: str) -> Iterator[Counted]:
    for axis in _words(records, "axis"):
        of_axis = [record for record in records if record["axis"].words == axis]
        for policy in _words(of_axis, "policy"):
            of_policy = [record for record in of_axis if record["policy"].words == policy]
            yield _count({"axis": axis, "policy": policy}, of_policy, counted)
        yield _count({"axis": axis, "policy": SUBTOTAL}, of_axis, counted)
    yield _count({"axis": TOTAL}, records, counted)


def totals_by_department(progress: Table, order: Sequence[str]) -> Table:
    """Count the ratings by 担当課, the departments in the `order` given, and in all."""
    columns = _columns(Column("department", "担当課"), Column("part", "内訳"), "rating")
    rows = _rows_by_department(progress.records, order)
    return Table.of("totals_by_department", "担当課別の総括", columns, rows)


def _rows_by_department(records: Sequence[Record], order: Sequence[str]) -> Iterator[Counted]:
    named = [name for name in _words(records, "department") if name not in order]
    for name in (*order, *named):
        of_department = [record for record in records if record["department"].words == name]
        if of_department:
            yield _count({"department": name}, of_department, "rating")
    yield _count({"department": TOTAL}, records, "rating")


def _words(records: Iterable[Record], key: str) -> list[str]:
    """Return what stands in a column, each word once, in order."""
    return list(dict.fromkeys(record[key].words for record in records))


def _count(names: dict[str, str], records: Sequence[Record], counted: str) -> Counted:
    values: list[Value] = [record[counted].value for record in records]
    counts = {f"{COUNTS}{code}": values.count(code) for code in choices_of(counted)}
    return {**names, "count": len(values), **counts}


def _columns(first: Column, second: Column, counted: str) -> tuple[Column, ...]:
    return (
        first,
        second,
        Column("count", "重点項目数", Kind.WHOLE),
        *(
            Column(f"{COUNTS}{code}", label, Kind.WHOLE, counted)
            for code, label in choices_of(counted).items()
        ),
    )
