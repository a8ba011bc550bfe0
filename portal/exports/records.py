"""利用の記録 as a CSV file, row by row."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from portal.queries.records.record import Record

HEAD = (
    "日時",
    "種類",
    "ユーザー名",
    "氏名",
    "接続元",
    "対象",
    "内容",
    "理由",
    "大きさ（バイト）",
    "SHA-256",
)
Row = tuple[str | int | None, ...]


def record_rows(records: Iterable[Record]) -> Iterator[Row]:
    """Return the head, then a row for each record. Times are those of Asia/Tokyo, to the second."""
    yield HEAD
    for record in records:
        yield (
            timezone.localtime(record.at).strftime("%Y-%m-%d %H:%M:%S"),
            record.kind.label,
            record.username,
            record.name,
            record.address,
            record.subject,
            "　".join(record.said),
            record.reason,
            record.size,
            record.digest,
        )
