"""Counting the rows of 進捗一覧: every sum is made of the rows of the same document (rule R3)."""

from collections.abc import Iterable, Sequence

from reviews.report.document import CellValue, Column, Table

TOTAL, SUBTOTAL = "合計", "小計"
Record = dict[str, CellValue]
Row = tuple[CellValue, ...]


def totals_by_policy(
    key: str, title: str, progress: Table, counted: str, labels: Iterable[str]
) -> Table:
    """Count one column by policy, axis and in all; each row says what it sums."""
    labels, records = tuple(labels), progress.records
    rows: list[Row] = []
    for axis in _values(records, "axis"):
        of_axis = [record for record in records if record["axis"] == axis]
        for policy in _values(of_axis, "policy"):
            of_policy = [record for record in of_axis if record["policy"] == policy]
            rows.append(_count((axis, policy), of_policy, counted, labels))
        rows.append(_count((axis, SUBTOTAL), of_axis, counted, labels))
    rows.append(_count((TOTAL, ""), records, counted, labels))
    return Table(
        key,
        title,
        _columns(Column("axis", "軸"), Column("policy", "取組方針"), labels),
        tuple(rows),
    )


def totals_by_department(progress: Table, labels: Iterable[str], order: Sequence[str]) -> Table:
    """Count the ratings by 担当課, the departments in the `order` given, and in all."""
    labels, records = tuple(labels), progress.records
    named = [name for name in _values(records, "department") if name not in order]
    rows = [
        _count((name, ""), of_department, "rating", labels)
        for name in (*order, *named)
        if (of_department := [record for record in records if record["department"] == name])
    ]
    rows.append(_count((TOTAL, ""), records, "rating", labels))
    columns = _columns(Column("department", "担当課"), Column("part", "内訳"), labels)
    return Table("totals_by_department", "担当課別の総括", columns, tuple(rows))


def _values(records: list[Record], key: str) -> list[str]:
    """Return what stands in a column, each value once, in order."""
    return list(dict.fromkeys(str(record[key]) for record in records))


def _count(
    names: tuple[str, str], records: list[Record], counted: str, labels: tuple[str, ...]
) -> Row:
    values = [record[counted] for record in records]
    return (*names, len(values), *(values.count(label) for label in labels))


def _columns(first: Column, second: Column, labels: tuple[str, ...]) -> tuple[Column, ...]:
    return (
        first,
        second,
        Column("count", "重点項目数"),
        *(Column(f"count_{position}", label) for position, label in enumerate(labels, start=1)),
    )
