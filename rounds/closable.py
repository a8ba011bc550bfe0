"""Which columns of the rounds app are closed where they hold personal data by mistake, and which are kept (A3)."""

from initiatives.closable import STATED
from kirishima_dx.closing import BYTES, OBJECT, WORDS, Closable, Kept

CLOSABLE: Closable = {
    "Answer": {**STATED, "return_reason": WORDS},
    "AnswerChange": {"content": OBJECT, "reason": WORDS},
    "AnswerImportFile": {"name": WORDS, "content": BYTES},
    "Extension": {"reason": WORDS},
    "Reminder": {"text": WORDS},
    "ReportingRound": {"title": WORDS, "instructions": WORDS},
}
KEPT: Kept = {
    "AnswerImport": {"result": "項目の番号と欄の名前だけ。書かれた言葉は入らない。"},
    "AnswerImportFile": {"digest": "閉じた後も残す（A3）。"},
    "Reminder": {"mailed_to": "課の共用アドレス。"},
}
