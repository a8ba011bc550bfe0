"""Which columns of the initiatives app are closed where they hold personal data by mistake, and which are kept (A3)."""

from initiatives.stated_column import Kind
from initiatives.statement import COLUMNS
from kirishima_dx.closing import BYTES, WORDS, Closable, Columns, Kept

STATED: Columns = {column.key: WORDS for column in COLUMNS if column.kind is Kind.TEXT}
"""What people write of an item in their own words, in every table that holds statements."""
CLOSABLE: Closable = {
    "ProgressEntry": {**STATED, "correction_reason": WORDS},
    "Responsibility": {"reason": WORDS},
    "ResponsibilityRecall": {"reason": WORDS},
    "Study": {"question": WORDS},
    "StudyNote": {"text": WORDS},
    "Evidence": {"name": WORDS, "title": WORDS, "content": BYTES},
}
KEPT: Kept = {
    "EvidenceDownload": {"address": "どこから取り出されたか（A2）。"},
    "Evidence": {
        "media_type": "ファイルの種類だけ。",
        "digest": "閉じた後も残す（A3）。",
    },
}
