"""What the answer workbook holds: its columns, their words, and the key that ties a row to an answer."""

import hashlib
import re
from dataclasses import dataclass

from initiatives.stated_column import StatedColumn
from rounds.answer_content import ANSWER_COLUMNS

SHEET = "回答"
CODE, KEY, RETURNED = "番号", "照合キー", "差戻しの理由"
REFERENCE_COLUMNS = {
    CODE: 7,
    "軸": 9,
    "取組方針": 12,
    "重点項目": 17,
    "取組の概要": 34,
    "検討項目": 6,
    "主担当課": 11,
    "前回の状態": 9,
    "前回の進捗評価": 10,
    "前回の取組実績": 26,
    "前回の課題": 22,
    "前回の今後の取組": 22,
    RETURNED: 20,
}
"""What the city tells the department, with widths in characters; locked, and never read back but for the number.

A form that was handed out before one of them came is read as it is: columns are found by their heads.
"""
KEY_WIDTH = 24
ASKED = {column.label: column for column in ANSWER_COLUMNS}
"""The columns that are filled in, by their heads."""
COLUMNS = (*REFERENCE_COLUMNS, *ASKED, KEY)
BY_KEY = {column.key: column for column in ANSWER_COLUMNS}


def place_of(column: StatedColumn) -> int:
    """Return where a column stands, from 1."""
    return COLUMNS.index(column.label) + 1


_KEY = re.compile(r"R(?P<round>\d{1,9})-A(?P<answer>\d{1,9})-V(?P<revision>\d{1,9})-[0-9a-f]{6}")


@dataclass(frozen=True)
class RowKey:
    """照合キー: which answer of which round a row is, and the revision on which it was made.

    The last part is a checksum over the others and the number of the item: a slip of the finger is noticed.
    """

    round_id: int
    answer_id: int
    revision: int

    def written(self, code: str) -> str:
        """Return the key as it stands in the cell of the item with that number."""
        body = f"R{self.round_id}-A{self.answer_id}-V{self.revision}"
        check = hashlib.sha256(f"{body}-{code}".encode()).hexdigest()[:6]
        return f"{body}-{check}"

    @classmethod
    def read(cls, text: str) -> "RowKey | None":
        """Read a key; None where it is none. Whether it fits its item, `written` tells."""
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        return cls(int(found["round"]), int(found["answer"]), int(found["revision"]))
